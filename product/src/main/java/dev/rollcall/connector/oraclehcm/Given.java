package dev.rollcall.connector.oraclehcm;

import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Values of Oracle HCM on their way into a record: null is not the same as missing. */
final class Given {

  private static final LocalDate OPEN_END = LocalDate.of(4712, 12, 31);
  private static final int DATE_LENGTH = 10;

  private final Map<String, Value> fields = new HashMap<>();

  /** Takes a value as it is; nothing when the object does not have it. */
  void take(String field, JsonNode from, String name) {
    JsonNode value = from.get(name);
    if (value != null) {
      fields.put(field, value(text(value)));
    }
  }

  /** Takes a date; the open end is none. */
  void takeDate(String field, JsonNode from, String name) {
    JsonNode value = from.get(name);
    if (value != null) {
      LocalDate date = date(from, name);
      fields.put(field, value(date == null ? null : date.toString()));
    }
  }

  /**
   * Sets a value.
   *
   * @param text null when it is known that there is none
   */
  void put(String field, @Nullable String text) {
    fields.put(field, value(text));
  }

  WorkerRecord record(String personId) {
    fields.put("personId", new Value.Text(personId));
    return new WorkerRecord(personId, fields);
  }

  private static Value value(@Nullable String text) {
    return text == null ? new Value.Cleared() : Value.of(text);
  }

  /** The text of a value, null when it has none. */
  static @Nullable String text(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return null;
    }
    if (value.isContainer()) {
      throw new UnusableRow("an object or a list where a value was expected");
    }
    // PostgreSQL keeps no NUL in a text.
    String text = value.asString().replace("\u0000", "").strip();
    return text.isEmpty() ? null : text;
  }

  /**
   * A date, of a stamp its day; null when there is none or it is the open end.
   *
   * @throws UnusableRow when it is no date
   */
  static @Nullable LocalDate date(JsonNode from, String name) {
    String text = text(from.get(name));
    if (text == null) {
      return null;
    }
    try {
      LocalDate date =
          LocalDate.parse(text.length() > DATE_LENGTH ? text.substring(0, DATE_LENGTH) : text);
      return date.isBefore(OPEN_END) ? date : null;
    } catch (DateTimeParseException wrong) {
      throw new UnusableRow(name + " is no date");
    }
  }

  /** Real booleans in workers, Y and N in emps. */
  static boolean isYes(JsonNode from, String name) {
    JsonNode value = from.path(name);
    return value.isBoolean()
        ? value.booleanValue()
        : value.asString("").equals("Y") || value.asString("").equals("true");
  }

  /**
   * The children of a row: a list before framework version 3, a collection of its own since.
   *
   * @return null when the row does not have them
   * @throws UnusableRow when there are more than came with the row
   */
  static @Nullable List<JsonNode> children(JsonNode row, String name) {
    JsonNode children = row.get(name);
    if (children == null) {
      return null;
    }
    if (children.path("hasMore").asBoolean(false)) {
      throw new UnusableRow("more " + name + " than come with a row");
    }
    JsonNode items = children.isArray() ? children : children.path("items");
    if (!items.isArray() && !children.isNull()) {
      throw new UnusableRow(name + " is not a list");
    }
    List<JsonNode> list = new ArrayList<>();
    items.forEach(list::add);
    return list;
  }

  /** Whether a day lies between two dates of a row, both inclusive; one that is missing is open. */
  static boolean covers(JsonNode row, String from, String to, LocalDate day) {
    LocalDate first = date(row, from);
    LocalDate last = date(row, to);
    return (first == null || !first.isAfter(day)) && (last == null || !last.isBefore(day));
  }

  /** Later ones first; without a date last. */
  static Comparator<JsonNode> latest(String name) {
    return Comparator.comparing(
        row -> date(row, name), Comparator.nullsLast(Comparator.<LocalDate>reverseOrder()));
  }

  /** Those first of which this is true. */
  static Comparator<JsonNode> first(Predicate<JsonNode> test) {
    return Comparator.comparing(row -> !test.test(row));
  }

  /** By a number that never changes, so that the same is chosen each time. */
  static Comparator<JsonNode> byNumber(String name) {
    return Comparator.comparingLong(row -> row.path(name).asLong(Long.MAX_VALUE));
  }
}
