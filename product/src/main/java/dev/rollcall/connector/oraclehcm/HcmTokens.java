package dev.rollcall.connector.oraclehcm;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the access token of an application and gets the next one before it runs out. */
final class HcmTokens implements HcmSignIn {

  private static final Duration AHEAD = Duration.ofMinutes(2);

  private record Token(String header, Instant until) {}

  private final HcmAuth.ClientCredentials application;
  private final HttpSender sender;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Token token;

  HcmTokens(HcmAuth.ClientCredentials application, HttpSender sender, Clock clock) {
    this.application = application;
    this.sender = sender;
    this.clock = clock;
  }

  @Override
  public String header() {
    // Whoever comes while one is being got waits for it: there is no second call.
    lock.lock();
    try {
      Token known = token;
      if (known == null || !Instant.now(clock).isBefore(known.until())) {
        known = ask();
        token = known;
      }
      return known.header();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean renewable(String refused) {
    lock.lock();
    try {
      if (token != null && token.header().equals(refused)) {
        token = null;
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Token ask() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    if (application.scope() != null) {
      fields.put("scope", application.scope());
    }
    String pair = application.clientId() + ":" + application.clientSecret();
    Map<String, String> headers =
        Map.of(
            "Accept",
            "application/json",
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    Exchange answer;
    try {
      answer = sender.form(application.tokenUrl(), headers, fields);
    } catch (IOException | IllegalStateException failure) {
      throw new ConnectorException(
          ErrorKind.UNAVAILABLE,
          "no whole answer of %s to the question for a token: %s"
              .formatted(application.tokenUrl().getHost(), failure),
          failure);
    }
    if (!answer.success()) {
      throw refused(answer);
    }
    return read(answer);
  }

  private Token read(Exchange answer) {
    JsonNode said = tree(answer.body());
    String text = said.path("access_token").asString("");
    long seconds = said.path("expires_in").asLong(0);
    if (text.isEmpty() || seconds <= 0) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "%s answered with success and without a token or its lifetime"
              .formatted(application.tokenUrl().getHost()),
          null);
    }
    Duration lifetime = Duration.ofSeconds(seconds);
    Duration ahead = lifetime.compareTo(AHEAD.multipliedBy(2)) > 0 ? AHEAD : lifetime.dividedBy(2);
    return new Token("Bearer " + text, Instant.now(clock).plus(lifetime).minus(ahead));
  }

  /** Only OAuth's own words are passed on: what else is in such an answer may be a secret. */
  private ConnectorException refused(Exchange answer) {
    JsonNode said = tree(answer.body());
    ErrorKind kind =
        answer.status() == 429
            ? ErrorKind.RATE_LIMITED
            : answer.status() >= 500 ? ErrorKind.UNAVAILABLE : ErrorKind.REFUSED_CREDENTIALS;
    return new ConnectorException(
        kind,
        "%s gives %s no token: HTTP %d %s; look at the client id, its secret and the scope"
            .formatted(
                application.tokenUrl().getHost(),
                application,
                answer.status(),
                said.path("error").asString("")),
        null);
  }

  private static JsonNode tree(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException other) {
      return JsonMapper.shared().missingNode();
    }
  }
}
