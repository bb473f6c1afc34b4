package dev.rollcall.connector.campusmessage;

import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.RefusedDelivery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the headers say about a message; Integration Broker copies its IBInfo there ({@code
 * facts/oim-campus-connector.md §2}).
 *
 * @param transactionId the sender's id for this publication, null when it sent none
 * @param originated when the sender published it, null when it did not say
 * @param arrived when it came in
 * @param headers the ones a replay needs; never credentials
 */
record Envelope(
    @Nullable String transactionId,
    @Nullable Instant originated,
    Instant arrived,
    Map<String, String> headers) {
  private static final List<String> OPERATION = List.of("ExternalOperationName", "MessageName");
  private static final List<String> KEPT =
      List.of(
          "ExternalOperationName",
          "MessageName",
          "OperationType",
          "OrigTimeStamp",
          "TransactionID",
          "NonRepudiation",
          "From",
          "To");
  private static final int MAX_HEADER = 255;

  /** {@code CCYY-MM-DDTHH:MM:SS.ssssss+hhmm}, the fraction and the colon as senders please. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?:(Z)|([+-]\\d\\d):?(\\d\\d))");

  /** Reads the headers of a delivery. */
  static Envelope of(Delivery delivery) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : KEPT) {
      delivery.header(name).ifPresent(value -> headers.put(name, checked(name, value)));
    }
    String timestamp = headers.get("OrigTimeStamp");
    return new Envelope(
        headers.get("TransactionID"),
        timestamp == null ? null : instant(timestamp),
        delivery.arrived().truncatedTo(ChronoUnit.MICROS),
        headers);
  }

  /** The operation a delivery names; empty when it names none. */
  static Optional<String> operation(Delivery delivery) {
    return OPERATION.stream().flatMap(name -> delivery.header(name).stream()).findFirst();
  }

  /** When the message was true: as the sender says, else when it arrived. */
  Instant timestamp() {
    return originated == null ? arrived : originated;
  }

  private static String checked(String name, String value) {
    if (value.length() > MAX_HEADER || value.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedDelivery(
          RefusedDelivery.Kind.MALFORMED,
          "header " + name + " has control characters or more than " + MAX_HEADER + " characters");
    }
    return value;
  }

  /** To the microsecond, which is what PeopleSoft writes and PostgreSQL keeps. */
  private static Instant instant(String text) {
    Matcher matcher = TIMESTAMP.matcher(text);
    if (matcher.matches()) {
      String offset = matcher.group(2) == null ? matcher.group(3) + ":" + matcher.group(4) : "Z";
      try {
        return OffsetDateTime.parse(matcher.group(1) + offset)
            .toInstant()
            .truncatedTo(ChronoUnit.MICROS);
      } catch (DateTimeException _) {
        // a 31st of June is as unreadable as any other text
      }
    }
    throw new RefusedDelivery(
        RefusedDelivery.Kind.MALFORMED,
        "header OrigTimeStamp is not of the form CCYY-MM-DDTHH:MM:SS.ssssss+hhmm");
  }
}
