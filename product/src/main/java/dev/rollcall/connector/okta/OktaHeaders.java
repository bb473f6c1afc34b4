package dev.rollcall.connector.okta;

import dev.rollcall.spi.Call;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Okta says in the headers of an answer ({@code facts/okta.md §1, §4}). */
public final class OktaHeaders {

  private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;[^,<]*)*)");
  private static final Pattern NEXT =
      Pattern.compile(";\\s*rel\\s*=\\s*\"?next\"?", Pattern.CASE_INSENSITIVE);

  private OktaHeaders() {}

  /** How much room is left; null when the answer does not say all of it. */
  static Call.@Nullable Room room(Map<String, String> headers) {
    try {
      String limit = headers.get("x-rate-limit-limit");
      String remaining = headers.get("x-rate-limit-remaining");
      String reset = headers.get("x-rate-limit-reset");
      String date = headers.get("date");
      if (limit == null || remaining == null || reset == null || date == null) {
        return null;
      }
      return new Call.Room(
          Integer.parseInt(limit.strip()),
          Integer.parseInt(remaining.strip()),
          Instant.ofEpochSecond(Long.parseLong(reset.strip())),
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (NumberFormatException | DateTimeParseException unreadable) {
      return null;
    }
  }

  /** By which Okta's own log knows the call. */
  static @Nullable String requestId(Map<String, String> headers) {
    return headers.get("x-okta-request-id");
  }

  /**
   * The query of the next page. Only that of it is used: the link names Okta's own host, and what
   * opens calls is sent to the host of the settings alone.
   */
  public static Optional<String> next(Map<String, String> headers) {
    Matcher link = LINK.matcher(headers.getOrDefault("link", ""));
    while (link.find()) {
      String target = link.group(1);
      int query = target.indexOf('?');
      if (query >= 0 && NEXT.matcher(link.group(2)).find()) {
        return Optional.of(target.substring(query + 1));
      }
    }
    return Optional.empty();
  }
}
