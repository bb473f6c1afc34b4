package dev.rollcall.plan.rule;

import dev.rollcall.model.MappedPerson;
import dev.rollcall.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A condition of limited reconciliation: {@code First Name=John&Last Name=Doe|First Name=Jane}.
 * There is {@code =}, {@code &} and {@code |}, the ands bind first, nothing else means anything,
 * and blanks are part of what they stand in ({@code facts/oim-campus-connector.md §9}).
 *
 * @param text as configured
 * @param alternatives all conditions of one have to hold; none to admit everybody
 */
public record Query(String text, List<List<Condition>> alternatives) {

  /** What the guide ships as the value: no condition. */
  public static final String NO_CONDITION = "Enter a Value";

  /** An attribute that has to have exactly this value. */
  public record Condition(String attribute, String value) {
    boolean holds(MappedPerson person) {
      return person.attributes().get(attribute) instanceof Value.Text(String text)
          && text.equals(value);
    }
  }

  public Query {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  /** Admits everybody. */
  public static Query everybody() {
    return new Query(NO_CONDITION, List.of());
  }

  /**
   * Reads a condition.
   *
   * @param fields the attributes by the names that a condition may use
   * @throws IllegalArgumentException when it is none; the message says what is wrong and allowed
   */
  public static Query parse(String text, Map<String, String> fields) {
    if (text.isBlank() || text.equals(NO_CONDITION)) {
      return everybody();
    }
    List<List<Condition>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|", -1)) {
      List<Condition> conditions = new ArrayList<>();
      for (String condition : alternative.split("&", -1)) {
        conditions.add(condition(condition, fields));
      }
      alternatives.add(conditions);
    }
    return new Query(text, alternatives);
  }

  private static Condition condition(String text, Map<String, String> fields) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "'%s' is no condition; allowed is NAME=VALUE, joined by & and |, without parentheses"
              .formatted(text));
    }
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    String attribute = fields.get(name);
    if (attribute == null) {
      throw new IllegalArgumentException(
          "'%s' in '%s' is no field of customQueryFields; allowed are %s, in this case, without blanks or parentheses around them"
              .formatted(name, text, String.join(", ", fields.keySet())));
    }
    if (value.isEmpty() || value.indexOf('=') >= 0) {
      throw new IllegalArgumentException("'%s' must have one value behind one '='".formatted(text));
    }
    return new Condition(attribute, value);
  }

  /** Whether the person is taken. */
  public boolean admits(MappedPerson person) {
    return alternatives.isEmpty()
        || alternatives.stream()
            .anyMatch(
                conditions -> conditions.stream().allMatch(condition -> condition.holds(person)));
  }
}
