package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.MappedPerson;
import dev.rollcall.model.Value;
import dev.rollcall.plan.rule.Query;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Limited reconciliation against an evaluator that splits the text step by step. */
final class QueryPropertyTest {

  private static final Map<String, String> FIELDS =
      Map.of("First Name", "first_name", "Last Name", "last_name", "Email", "email");

  @Provide
  Arbitrary<String> conditions() {
    Arbitrary<String> condition =
        Combinators.combine(
                Arbitraries.of(FIELDS.keySet()), Arbitraries.of("A", "B", " A", "A ", "(A)", "a"))
            .as((name, value) -> name + "=" + value);
    return condition
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(all -> String.join("&", all))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(all -> String.join("|", all));
  }

  @Provide
  Arbitrary<MappedPerson> people() {
    return Arbitraries.of("A", "B", " A", "A ", "(A)", "a", "", "unknown")
        .list()
        .ofSize(3)
        .map(QueryPropertyTest::person);
  }

  private static MappedPerson person(List<String> values) {
    Map<String, Value> attributes = new HashMap<>();
    List<String> names = List.of("first_name", "last_name", "email");
    for (int i = 0; i < names.size(); i++) {
      String value = values.get(i);
      if (!value.equals("unknown")) {
        attributes.put(names.get(i), value.isEmpty() ? new Value.Cleared() : new Value.Text(value));
      }
    }
    return new MappedPerson(attributes, List.of());
  }

  @Property
  void itAdmitsWhomTheNaiveEvaluatorAdmits(
      @ForAll("conditions") String text, @ForAll("people") MappedPerson person) {
    assertThat(Query.parse(text, FIELDS).admits(person)).isEqualTo(naive(text, person));
  }

  private static boolean naive(String text, MappedPerson person) {
    int or = text.indexOf('|');
    if (or >= 0) {
      return naive(text.substring(0, or), person) || naive(text.substring(or + 1), person);
    }
    int and = text.indexOf('&');
    if (and >= 0) {
      return naive(text.substring(0, and), person) && naive(text.substring(and + 1), person);
    }
    for (Map.Entry<String, String> field : FIELDS.entrySet()) {
      Value value = person.attributes().get(field.getValue());
      String has = value == null ? null : value.textOrNull();
      if (has != null && text.equals(field.getKey() + "=" + has)) {
        return true;
      }
    }
    return false;
  }

  @Property(tries = 50)
  void theShippedValueAdmitsEverybody(@ForAll("people") MappedPerson person) {
    assertThat(Query.parse("Enter a Value", FIELDS).admits(person)).isTrue();
  }
}
