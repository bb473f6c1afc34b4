package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Facts;
import dev.rollcall.model.Origin;
import dev.rollcall.plan.rule.Rules;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables are in force, and what the guide's names become. */
final class TablesTest {

  private static final AttributeRule LOGIN =
      AttributeRule.of("login", "User ID", "EMPLID~SCC_CM_PERSON_I~None~None~PRIMARY");
  private static final String FIRST_NAME = "FIRST_NAME~SCC_PER_NAME_I2~NAME_TYPE=PRI~EFFDT";

  private static Tables tables(AttributeRule... rules) {
    return new Tables(new Mapping(List.of(rules)), new PlanSettings(false), Rules.none());
  }

  private static Facts kevin(String message) {
    Facts facts = Person.kevin().facts();
    return new Facts(facts.subject(), facts.standing(), facts.records(), message);
  }

  @Test
  void theMessageThatToldLastDecides() {
    Planner planner =
        new MessagePlanner(
            tables(LOGIN),
            tables(LOGIN, AttributeRule.of("last_name", "Last Name", "LAST_NAME~SCC_PER_NAME_I")),
            "SCC_CONSTITUENT_FULLSYNC"::equals);
    assertThat(planner.want(kevin("SCC_CONSTITUENT_FULLSYNC"), Person.TODAY).attributes())
        .containsOnlyKeys("login", "last_name");
    assertThat(planner.want(kevin("SCC_CONSTITUENT_SYNC.v1"), Person.TODAY).attributes())
        .containsOnlyKeys("login");
    assertThat(planner.want(Person.kevin().facts(), Person.TODAY).attributes())
        .containsOnlyKeys("login");
  }

  @Test
  void aRecordIsReadUnderItsOneNameAndShownAsConfigured() {
    Mapping mapping =
        new Mapping(List.of(LOGIN, AttributeRule.of("first_name", "First Name", FIRST_NAME)))
            .withRecords(
                record -> Map.of("SCC_PER_NAME_I2", Person.NAME).getOrDefault(record, record));
    assertThat(
            new MessagePlanner(mapping, new PlanSettings(false))
                .want(Person.kevin().facts(), Person.TODAY)
                .attributes())
        .hasEntrySatisfying(
            "first_name",
            first ->
                assertThat(first.origin())
                    .isEqualTo(
                        new Origin(
                            FIRST_NAME, Person.NAME, "FIRST_NAME", LocalDate.parse("2024-02-01"))));
  }

  @ParameterizedTest
  @CsvSource({
    "User ID, login",
    "Home Phone, phone",
    "Effective Start Date, start_date",
    "Start Date, start_date",
    "Campus ID, campus_id",
    "Preferred Name, preferred_name",
    "E-Mail (2nd), e_mail_2nd"
  })
  void theGuidesNamesBecomeTheIdentitys(String field, String attribute) {
    assertThat(AttributeNames.of(field)).isEqualTo(attribute);
  }

  @ParameterizedTest
  @CsvSource({
    "Institution, institution",
    "Affiliation Code, code",
    "Affiliation Start Date, from",
    "Affiliation End Date, to",
    "Affiliation Campus, campus",
    "Plan, plan"
  })
  void theFieldsOfAnAffiliationNeedNotSayThatTheyAreOnes(String field, String attribute) {
    assertThat(AttributeNames.ofAffiliation(field)).isEqualTo(attribute);
  }
}
