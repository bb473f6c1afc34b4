package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DecodeTest {

  @Test
  void aDatedRuleWithATypeHasItsFourElements() {
    Decode decode = Decode.parse("FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT");

    assertThat(decode.node()).isEqualTo("FIRST_NAME");
    assertThat(decode.record()).isEqualTo("SCC_PER_NAME_I");
    assertThat(decode.type()).isEqualTo(new Decode.Type("NAME_TYPE", "PRI"));
    assertThat(decode.effdt()).isEqualTo("EFFDT");
    assertThat(decode.primary()).isFalse();
    assertThat(decode.resource()).isNull();
  }

  @Test
  void trailingElementsMayBeAbsent() {
    Decode decode = Decode.parse("EMAIL_ADDR~SCC_PER_EMAIL_I");

    assertThat(decode.type()).isNull();
    assertThat(decode.effdt()).isNull();
    assertThat(decode.print()).isEqualTo("EMAIL_ADDR~SCC_PER_EMAIL_I");
  }

  @Test
  void noneSkipsAnElement() {
    Decode decode = Decode.parse("EMPLID~SCC_CM_PERSON_I~None~None~PRIMARY");

    assertThat(decode.type()).isNull();
    assertThat(decode.effdt()).isNull();
    assertThat(decode.primary()).isTrue();
  }

  @Test
  void aResourceRuleNamesItsResource() {
    assertThat(Decode.parse("END_DT~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations").resource())
        .isEqualTo("Affiliations");
  }

  @Test
  void theOriginalTextIsKeptAndThePrintedOneIsTheShortest() {
    Decode decode = Decode.parse("PHONE~SCC_PER_PHONE_I~none~None~None");

    assertThat(decode.text()).isEqualTo("PHONE~SCC_PER_PHONE_I~none~None~None");
    assertThat(decode.print()).isEqualTo("PHONE~SCC_PER_PHONE_I");
  }

  @ParameterizedTest
  @CsvSource({
    "A,                           Element 2 (PARENT NODE) of 'A' is missing",
    "None~B,                      Element 1 (NODE) of 'None~B' is missing",
    "~B,                          Element 1 (NODE) of '~B' is empty",
    "A~B~~EFFDT,                  Element 3 (TYPE NODE=Value) of 'A~B~~EFFDT' is empty",
    "A~B~PRI,                     Element 3 (TYPE NODE=Value) of 'A~B~PRI' has no '='",
    "A~B~T=,                      'Element 3 (TYPE NODE=Value) of ''A~B~T='' has no value, or blanks'",
    "A~B~=PRI,                    Element 3 (TYPE NODE=Value) of 'A~B~=PRI' has no name before",
    "A~B~None~EFF=DT,             Element 4 (EFFECTIVE DATED NODE) of 'A~B~None~EFF=DT' has '='",
    "A~B~None~None~SECONDARY,     Element 5 (PRIMARY or RESOURCE=Name) of",
    "A~B~None~None~RESOURCE=,     Element 5 (PRIMARY or RESOURCE=Name) of",
    "A~B~None~None~PRIMARY~X,     has 6 elements; at most 5 are allowed",
    "A B~C,                       has ' ' where a name cannot have it"
  })
  void anErrorNamesTheElementAndWhatIsWrong(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decode.parse(text))
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A~B~PRI", "A~B~None~None~MAIN"})
  void anErrorSaysWhatIsAllowed(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decode.parse(text))
        .withMessageContaining("allowed is ")
        .withMessageContaining("None");
  }

  @Test
  void blanksAroundAnElementAreRefusedRatherThanGuessedAway() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Decode.parse("A ~B"))
        .withMessage(
            "Element 1 (NODE) of 'A ~B' has blanks around it; allowed is the name of a field");
  }

  @Test
  void aRuleSaysWhichAttributeItsDecodeIsWrongFor() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AttributeRule.of("email", "Email", "EMAIL_ADDR"))
        .withMessageStartingWith("email (Email): Element 2 (PARENT NODE)");
  }
}
