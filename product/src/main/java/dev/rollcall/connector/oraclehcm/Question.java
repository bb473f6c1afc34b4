package dev.rollcall.connector.oraclehcm;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code q} says, in the grammar of the framework version: query by example in the first,
 * conditions as in SQL from the second on ({@code facts/oracle-hcm.md §4}).
 */
final class Question {

  private record Condition(String attribute, String operator, String value, boolean number) {}

  private final boolean example;
  private final List<Condition> conditions = new ArrayList<>();

  Question(int framework) {
    this.example = framework == 1;
  }

  /**
   * One condition more, that has to hold as well.
   *
   * @param number whether the value stands without quotes
   */
  Question and(String attribute, String operator, String value, boolean number) {
    conditions.add(new Condition(attribute, operator, value, number));
    return this;
  }

  boolean isEmpty() {
    return conditions.isEmpty();
  }

  String text() {
    return example
        ? byExample()
        : conditions.stream().map(Question::sql).collect(Collectors.joining(" and "));
  }

  private static String sql(Condition one) {
    return "%s %s %s"
        .formatted(
            one.attribute(),
            one.operator(),
            one.number() ? one.value() : "'" + one.value().replace("'", "''") + "'");
  }

  /** An attribute is named once: {@code HireDate>2017-01-01 and <2017-03-31}. */
  private String byExample() {
    return conditions.stream()
        .map(Condition::attribute)
        .distinct()
        .map(attribute ->
            conditions.stream()
                .filter(one -> one.attribute().equals(attribute))
                .map(one -> one.operator() + one.value())
                .collect(Collectors.joining(" and ", attribute, "")))
        .collect(Collectors.joining(";"));
  }

  /** Those with one of these ids, from the second framework version on. */
  static String oneOf(List<String> personIds) {
    return "PersonId in (" + String.join(",", personIds) + ")";
  }
}
