package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.model.MappedPerson;
import dev.rollcall.model.Value;
import dev.rollcall.plan.rule.CelExpressions;
import dev.rollcall.plan.rule.RuleFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions over a mapped person. */
final class ExpressionTest {

  private static final CelExpressions EXPRESSIONS =
      new CelExpressions(List.of("first_name", "email", "phone"));

  private static MappedPerson person(Map<String, Value> attributes) {
    return new MappedPerson(attributes, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "withoutAccents(first_name), Zoë Müller-Łoś, Zoe Muller-Los",
    "nameCase(first_name), ANNE-MARIE O'NEIL, Anne-Marie O'Neil",
    "nameCase(first_name), ÉMILE, Émile",
    "digits(first_name), +1 (555) 010-0, 15550100",
    "first_name.upperAscii(), kevin, KEVIN"
  })
  void ownFunctionsAndThoseOfCelGiveTexts(String source, String value, String expected) {
    assertThat(
            EXPRESSIONS.text(source).evaluate(person(Map.of("first_name", new Value.Text(value)))))
        .contains(expected);
  }

  @Test
  void whatHasNoValueIsEmpty() {
    assertThat(
            EXPRESSIONS
                .condition("email == ''")
                .evaluate(person(Map.of("email", new Value.Cleared()))))
        .contains(true);
  }

  @Test
  void whatIsNotKnownGivesNothing() {
    assertThat(EXPRESSIONS.text("first_name + email").evaluate(person(Map.of()))).isEmpty();
  }

  @Test
  void whatIsNotKnownButNotReadDoesNotMatter() {
    assertThat(
            EXPRESSIONS
                .text("email == '' ? phone : 'x'")
                .evaluate(person(Map.of("email", new Value.Text("a@b")))))
        .contains("x");
  }

  @Test
  void anExpressionThatFailsSaysWhich() {
    MappedPerson bo = person(Map.of("first_name", new Value.Text("Bo")));
    assertThatExceptionOfType(RuleFailure.class)
        .isThrownBy(() -> EXPRESSIONS.text("first_name.substring(9)").evaluate(bo))
        .satisfies(failure -> assertThat(failure.rule()).isEqualTo("first_name.substring(9)"));
  }
}
