package dev.rollcall.connector.oraclehcm;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads of Oracle HCM, signed in. "Later" is waited for, a few times and for so long as is said; a
 * token that is refused is renewed once. Safe for use by many threads.
 */
final class HcmClient {

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int LONGEST_TEXT = 500;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

  /** Whoever says to come after longer than this is asked again with the next poll. */
  private static final Duration WORTH_WAITING = Duration.ofMinutes(5);

  private final HcmSettings settings;
  private final HttpSender sender;
  private final HcmSignIn signIn;
  private final Clock clock;
  private final Pause pause;

  HcmClient(HcmSettings settings, HttpSender sender, Clock clock, Pause pause) {
    this.settings = settings;
    this.sender = sender;
    this.signIn = HcmSignIn.of(settings.auth(), sender, clock);
    this.clock = clock;
    this.pause = pause;
  }

  /**
   * Reads something.
   *
   * @param path behind the version of the resources
   * @param query unencoded, in order
   * @throws BrokenAnswer when there is success, and not a whole object
   * @throws ConnectorException when there is no success
   */
  JsonNode get(String path, Map<String, String> query, int framework) {
    String encoded =
        query.entrySet().stream()
            .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    URI address = settings.address(path, encoded.isEmpty() ? null : encoded);
    Exchange answer = answered(path, address, framework);
    try {
      JsonNode tree = JsonMapper.shared().readTree(answer.body());
      if (tree.isObject()) {
        return tree;
      }
      throw new BrokenAnswer("success, and no object in the answer");
    } catch (JacksonException broken) {
      String body = answer.body().stripLeading();
      throw new BrokenAnswer(
          body.startsWith("<")
              ? "success, and a page of HTML instead of an answer"
              : "success, and JSON that breaks off or is not valid after %d characters of %d"
                  .formatted(
                      Math.max(0, broken.getLocation().getCharOffset()), answer.body().length()));
    }
  }

  /**
   * As {@link #get}, where an answer that is none cannot be read in smaller parts.
   *
   * @throws ConnectorException also when there is success, and not a whole object
   */
  JsonNode whole(String path, Map<String, String> query, int framework) {
    try {
      return get(path, query, framework);
    } catch (BrokenAnswer broken) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "%s answered GET %s with %s"
              .formatted(settings.url().getHost(), path, broken.getMessage()),
          broken);
    }
  }

  private Exchange answered(String path, URI address, int framework) {
    boolean renewed = false;
    for (int attempt = 1; ; attempt++) {
      String header = signIn.header();
      @Nullable Exchange answer = null;
      @Nullable IOException failure = null;
      try {
        answer = sender.send("GET", address, headers(header, framework), null);
      } catch (ConnectionClosedException | MalformedChunkCodingException cut) {
        throw new BrokenAnswer("an answer that breaks off");
      } catch (IOException trouble) {
        failure = trouble;
      } catch (IllegalStateException shut) {
        // The pool of connections is shut, as when the service stops.
        throw new ConnectorException(
            ErrorKind.UNAVAILABLE, "no call to GET %s: %s".formatted(path, shut), shut);
      }
      if (answer != null && answer.status() == 200) {
        return answer;
      }
      if (answer != null && answer.status() == UNAUTHORIZED && !renewed) {
        renewed = true;
        if (signIn.renewable(header)) {
          attempt--;
          continue;
        }
      }
      ConnectorException said = answer == null ? noAnswer(path, failure) : refusal(path, answer);
      Duration length = answer == null ? null : after(answer);
      if (!isWorthTrying(said) || attempt >= settings.attempts()) {
        throw said;
      }
      if (length != null && length.compareTo(WORTH_WAITING) > 0) {
        throw said;
      }
      pause.of(length == null ? backOff(attempt) : length);
    }
  }

  private Map<String, String> headers(String authorization, int framework) {
    return Map.of(
        "Accept",
        "application/json",
        "Authorization",
        authorization,
        "REST-Framework-Version",
        Integer.toString(framework),
        "User-Agent",
        "Rollcall");
  }

  private static boolean isWorthTrying(ConnectorException said) {
    return switch (said.kind()) {
      case RATE_LIMITED, UNAVAILABLE -> true;
      case REFUSED_CREDENTIALS, NOT_FOUND, CONFLICT, INVALID, UNREADABLE -> false;
    };
  }

  /** Twice as long each time, and not the same for everybody who waits. */
  private static Duration backOff(int attempt) {
    Duration most = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 16));
    Duration bounded = most.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : most;
    long millis = bounded.toMillis();
    return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
  }

  /** What Retry-After says, seconds or a date; null when it says nothing that can be read. */
  private @Nullable Duration after(Exchange answer) {
    String text = answer.headers().get("retry-after");
    if (text == null) {
      return null;
    }
    if (text.strip().matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text.strip()));
    }
    Instant until = date(text);
    if (until == null) {
      return null;
    }
    // By the other side's own clock, when it says what time it is there.
    String there = answer.headers().get("date");
    Instant now = there == null ? null : date(there);
    Duration length = Duration.between(now == null ? Instant.now(clock) : now, until);
    return length.isNegative() ? Duration.ZERO : length;
  }

  private static @Nullable Instant date(String text) {
    try {
      return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException other) {
      return null;
    }
  }

  private ConnectorException noAnswer(String path, @Nullable IOException failure) {
    return new ConnectorException(
        ErrorKind.UNAVAILABLE,
        "no answer of %s to GET %s: %s".formatted(settings.url().getHost(), path, failure),
        failure);
  }

  private ConnectorException refusal(String path, Exchange answer) {
    String said =
        "%s answered GET %s with HTTP %d%s"
            .formatted(settings.url().getHost(), path, answer.status(), detail(answer.body()));
    return switch (answer.status()) {
      case UNAUTHORIZED ->
          refused(
              ErrorKind.REFUSED_CREDENTIALS,
              said + "; look at the credentials of " + settings.auth());
      case 403 ->
          refused(
              ErrorKind.REFUSED_CREDENTIALS,
              said + "; give the integration user the REST privilege for " + path);
      case 404 ->
          refused(
              ErrorKind.NOT_FOUND,
              path.startsWith("emps")
                  ? said + "; emps was withdrawn with release 23D: set the reader to workers"
                  : said + "; look at the address and the version of the resources");
      case TOO_MANY -> refused(ErrorKind.RATE_LIMITED, said);
      case 408 -> refused(ErrorKind.UNAVAILABLE, said);
      default ->
          refused(
              answer.status() >= 500
                  ? ErrorKind.UNAVAILABLE
                  : answer.status() >= 400 ? ErrorKind.INVALID : ErrorKind.UNREADABLE,
              said);
    };
  }

  private static ConnectorException refused(ErrorKind kind, String message) {
    return new ConnectorException(kind, message, null);
  }

  /** In JSON from framework version 4 on, as text before. */
  private static String detail(String body) {
    String text;
    try {
      JsonNode said = JsonMapper.shared().readTree(body);
      JsonNode first = said.path("o:errorDetails").path(0);
      text =
          String.join(
              " ",
              said.path("title").asString(""),
              first.path("detail").asString(said.path("detail").asString("")),
              first.path("o:errorCode").asString(""));
    } catch (JacksonException plain) {
      text = body.stripLeading().startsWith("<") ? "(a page of HTML)" : body;
    }
    String line = text.strip().replaceAll("\\s+", " ");
    return line.isEmpty()
        ? ""
        : ": " + (line.length() <= LONGEST_TEXT ? line : line.substring(0, LONGEST_TEXT) + "...");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
