package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MappingTest {

  private static final AttributeRule LOGIN =
      AttributeRule.of("login", "User ID", "EMPLID~SCC_CM_PERSON_I~None~None~PRIMARY");
  private static final String AFFILIATION = "~SCC_AFL_PERSON~None~None~RESOURCE=Affiliations";

  @Test
  void theCampusDefaultsAreTheGuidesTable() {
    assertThat(Mapping.campusDefaults().rules())
        .extracting(AttributeRule::label, AttributeRule::text)
        .contains(
            tuple("First Name", "FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT"),
            tuple("Start Date", "EFFDT~SCC_PER_NAME_I~None~EFFDT"),
            tuple("Campus ID", "CAMPUS_ID~PERSON_SA"))
        .hasSize(13);
  }

  @Test
  void theLoginIsThePrimaryRule() {
    assertThat(Mapping.campusDefaults().primary().attribute()).isEqualTo("login");
  }

  @Test
  void thePrimaryRuleMayStandAnywhere() {
    assertThat(new Mapping(List.of(AttributeRule.of("email", "Email", "A~B"), LOGIN)).primary())
        .isEqualTo(LOGIN);
  }

  @Test
  void everyFieldOfAnAffiliationIsBoundByADefaultRule() {
    assertThat(Mapping.campusDefaults().affiliation()).containsOnlyKeys(AffiliationField.values());
  }

  @Test
  void aMappingWithoutAffiliationsIsOne() {
    assertThat(new Mapping(List.of(LOGIN)).affiliation()).isEmpty();
  }

  @Test
  void aMappingNeedsExactlyOnePrimary() {
    refused("exactly one PRIMARY rule, the login; this one has 0");
    refused("this one has 2", LOGIN, AttributeRule.of("other", "Other", "A~B~None~None~PRIMARY"));
  }

  @Test
  void twoRulesForOneAttributeAreRefused() {
    refused("Two rules fill 'login'", LOGIN, AttributeRule.of("login", "Login", "A~B"));
    refused(
        "Two rules fill the affiliation's field 'code'",
        LOGIN,
        rule("code", "A"),
        rule("code", "B"));
  }

  @Test
  void affiliationsWithoutStatusAreRefused() {
    refused("institution, code and status", LOGIN, rule("institution", "I"), rule("code", "C"));
  }

  @Test
  void aFurtherFieldOfAnAffiliationNeedsTheOthers() {
    refused("institution, code and status; found [colour]", LOGIN, rule("colour", "C"));
  }

  @Test
  void anAffiliationMayHaveFurtherFields() {
    Mapping mapping =
        new Mapping(
            List.of(
                LOGIN,
                rule("institution", "I"),
                rule("code", "C"),
                rule("status", "S"),
                rule("colour", "COLOUR")));
    assertThat(mapping.moreOfAffiliation()).containsOnlyKeys("colour");
  }

  @Test
  void anUnknownResourceIsRefused() {
    refusedBeside("only 'Affiliations' is known", "END_DT~SCC_AFL_PERSON~None~None~RESOURCE=Cards");
  }

  @Test
  void anEffectiveDatedAffiliationIsRefused() {
    refusedBeside(
        "has its own first and last day", "END_DT~SCC_AFL_PERSON~None~EFFDT~RESOURCE=Affiliations");
  }

  @Test
  void affiliationRulesThatLookAtDifferentRowsAreRefused() {
    refusedBeside("looks at other rows", "END_DT~OTHER~None~None~RESOURCE=Affiliations");
    refusedBeside("looks at other rows", "END_DT~SCC_AFL_PERSON~T=1~None~RESOURCE=Affiliations");
  }

  private static AttributeRule rule(String attribute, String node) {
    return AttributeRule.of(attribute, "Affiliation " + attribute, node + AFFILIATION);
  }

  private static void refusedBeside(String message, String decode) {
    refused(
        message,
        LOGIN,
        rule("institution", "I"),
        rule("code", "C"),
        rule("status", "S"),
        AttributeRule.of("to", "To", decode));
  }

  private static void refused(String message, AttributeRule... rules) {
    List<AttributeRule> list = Stream.of(rules).toList();
    assertThatIllegalArgumentException()
        .as(Arrays.toString(rules))
        .isThrownBy(() -> new Mapping(list))
        .withMessageContaining(message);
  }
}
