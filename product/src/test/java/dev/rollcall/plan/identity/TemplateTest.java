package dev.rollcall.plan.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static @Nullable Mapped map(String template, Map<String, String> fields) {
    PersonFields person = new PersonFields(Map.of(), false);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      person = person.with(field.getKey(), Value.of(field.getValue()));
    }
    return Template.parse(template).map(person);
  }

  private static Value value(String template, Map<String, String> fields) {
    Mapped mapped = map(template, fields);
    if (mapped == null) {
      throw new AssertionError("nothing known");
    }
    return mapped.value();
  }

  @Test
  void theFirstFieldThatHasAValueCounts() {
    assertThat(value("[A|B]", Map.of("A", "a", "B", "b"))).isEqualTo(new Value.Text("a"));
    assertThat(value("[A|B]", Map.of("A", " ", "B", "b"))).isEqualTo(new Value.Text("b"));
    assertThat(value("[A|B]", Map.of("B", "b"))).isEqualTo(new Value.Text("b"));
  }

  @Test
  void whatIsEmptyIsClearedAndWhatIsNotToldIsLeftAlone() {
    assertThat(value("[A|B]", Map.of("A", " ", "B", " "))).isEqualTo(new Value.Cleared());
    assertThat(map("[A|B]", Map.of("A", " "))).isNull();
    assertThat(map("[A] [B]", Map.of("A", "a"))).isNull();
    assertThat(value("Dr. [A]", Map.of("A", " "))).isEqualTo(new Value.Cleared());
  }

  @Test
  void partsAreJoinedWithoutBlanksTooMany() {
    assertThat(value("[A] [M] [B]", Map.of("A", "a", "M", " ", "B", "b")))
        .isEqualTo(new Value.Text("a b"));
    assertThat(value("University", Map.of())).isEqualTo(new Value.Text("University"));
  }

  @Test
  void theOriginNamesTheFieldsThatWereRead() {
    Mapped mapped = map("[A|B] [C]", Map.of("A", " ", "B", "b", "C", "c"));

    assertThat(mapped)
        .isEqualTo(
            new Mapped(
                new Value.Text("b c"),
                new Origin("[A|B] [C]", "PERSON", "B C", null),
                "as the source has it"));
  }

  @Test
  void aNationalIdIsKnownAsOneWhateverStandsBesideIt() {
    Mapped mapped = map("[A] [SSN]", Map.of("A", "a", "SSN", "1"));

    assertThat(mapped)
        .isNotNull()
        .satisfies(one -> assertThat(one.origin().isNationalId()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "[", "[a b]", "[]", "A]", "[A||B]", "[first]"})
  void whatCannotBeReadIsRefused(String template) {
    assertThatThrownBy(() -> Template.parse(template)).isInstanceOf(IllegalArgumentException.class);
  }
}
