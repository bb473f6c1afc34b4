package dev.rollcall.simulators.hcm.rest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One attribute of a resource.
 *
 * @param <R> the rows of the resource
 */
record Attribute<R>(String name, Type type, boolean queryable, Getter<R> getter) {
  /** What its values are, named as a description of the resource names them. */
  enum Type {
    STRING("string"),
    INTEGER("integer"),
    DATE("date"),
    TIMESTAMP("datetime"),
    FLAG("boolean");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** Reads the value out of a row; null where there is none. */
  @FunctionalInterface
  interface Getter<R> {
    @Nullable Object of(R row);
  }

  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'+00:00'").withZone(ZoneOffset.UTC);

  /** Writes the value of a row; a null is written, too. */
  void write(R row, ObjectNode into) {
    switch (getter.of(row)) {
      case null -> into.putNull(name);
      case Long number -> into.put(name, number);
      case Integer number -> into.put(name, number);
      case Boolean flag -> into.put(name, flag);
      case Instant at -> into.put(name, stamp(at));
      case Object other -> into.put(name, other.toString());
    }
  }

  /** A stamp has no fraction, or three digits of one, and never a Z. */
  static String stamp(Instant at) {
    return at.get(ChronoField.MILLI_OF_SECOND) == 0 ? SECONDS.format(at) : MILLIS.format(at);
  }

  /**
   * Reads a literal of a query.
   *
   * @param quoted whether it stood in single quotes
   * @throws Problem 400 where it is not of this attribute's type
   */
  Comparable<?> literal(String text, boolean quoted) {
    try {
      return switch (type) {
        case STRING -> quoted ? text : refused(text);
        case DATE -> quoted ? LocalDate.parse(text) : refused(text);
        case TIMESTAMP -> quoted ? instant(text) : refused(text);
        case INTEGER -> quoted ? refused(text) : (Comparable<?>) Long.valueOf(text);
        case FLAG ->
            text.equals("true") || text.equals("false")
                ? (Comparable<?>) Boolean.valueOf(text)
                : refused(text);
      };
    } catch (DateTimeParseException | NumberFormatException e) {
      return refused(text);
    }
  }

  private static Instant instant(String text) {
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
        : DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text.replaceFirst(" ", "T"), Instant::from);
  }

  private Comparable<?> refused(String text) {
    throw Problem.bad(
        "The query parameter is invalid: " + text + " is no " + type.word() + " for " + name + ".");
  }
}
