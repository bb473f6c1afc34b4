package dev.rollcall.plan;

import static dev.rollcall.plan.Person.EMAIL;
import static dev.rollcall.plan.Person.NAME;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.row;
import static dev.rollcall.plan.Person.rowOf;
import static dev.rollcall.plan.Person.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the guide's default rules make of a person's rows. */
final class AttributeMappingTest {

  private static final Planner PLANNER =
      new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));

  @Test
  void anUndatedOriginHasNoDate() {
    assertThat(mapped(Person.added(), "login").origin().effdt()).isNull();
  }

  @Test
  void aSingleSpaceIsNoValue() {
    Person person =
        Person.added()
            .partial(EMAIL, row("EMAIL_ADDR= "))
            .partial(NAME, row("NAME_TYPE=PRI", "EFFDT=2020-01-01", "FIRST_NAME= "));

    assertThat(mapped(person, "email").value()).isEqualTo(new Value.Cleared());
    assertThat(mapped(person, "first_name").value()).isEqualTo(new Value.Cleared());
  }

  @Test
  void theFirstEmailCountsWhenNoneIsPreferred() {
    Person person =
        Person.added()
            .complete(
                EMAIL,
                row("EMAIL_ADDR=a@x.example", "PREF_EMAIL_FLAG=N"),
                row("EMAIL_ADDR=b@x.example"));

    assertThat(text(person, "email")).isEqualTo("a@x.example");
  }

  @Test
  void thePreferredEmailCountsWhereverItStands() {
    Person person =
        Person.added()
            .complete(
                EMAIL,
                row("EMAIL_ADDR=a@x.example", "PREF_EMAIL_FLAG=N"),
                row("EMAIL_ADDR=b@x.example", "PREF_EMAIL_FLAG=Y"));

    assertThat(text(person, "email")).isEqualTo("b@x.example");
  }

  @Test
  void ofTwoPreferredEmailsTheOneToldLastCounts() {
    Person person =
        Person.added()
            .partial(
                EMAIL,
                rowOf(4, "EMAIL_ADDR=a@x.example", "PREF_EMAIL_FLAG=Y"),
                rowOf(7, "EMAIL_ADDR=b@x.example", "PREF_EMAIL_FLAG=Y"),
                rowOf(7, "EMAIL_ADDR=c@x.example", "PREF_EMAIL_FLAG=Y"));

    assertThat(text(person, "email")).isEqualTo("b@x.example");
  }

  @Test
  void ofAnUnknownRecordNothingIsSaid() {
    assertThat(PLANNER.want(Person.added().facts(), TODAY).attributes()).containsOnlyKeys("login");
  }

  @Test
  void aCompleteRecordWithoutRowsClears() {
    Person person = Person.added().complete(EMAIL).complete(NAME);

    assertThat(mapped(person, "email").value()).isEqualTo(new Value.Cleared());
    assertThat(mapped(person, "first_name").value()).isEqualTo(new Value.Cleared());
  }

  @Test
  void aPartialRecordWithoutRowsSaysNothing() {
    Person person = Person.added().partial(EMAIL).partial(NAME);

    assertThat(find(person, "email")).isNull();
    assertThat(find(person, "first_name")).isNull();
  }

  @Test
  void aFieldMissingFromACompleteRecordClearsAndFromAPartialOneSaysNothing() {
    Row unnamed = row("NAME_TYPE=PRI", "EFFDT=2020-01-01", "LAST_NAME=Andersson");

    assertThat(mapped(Person.added().complete(NAME, unnamed), "first_name").value())
        .isEqualTo(new Value.Cleared());
    assertThat(find(Person.added().partial(NAME, unnamed), "first_name")).isNull();
    assertThat(text(Person.added().partial(NAME, unnamed), "last_name")).isEqualTo("Andersson");
  }

  @Test
  void theTraceOfADeletedRowClearsInAPartialRecord() {
    Person person =
        Person.added()
            .partial(EMAIL, trace("E_ADDR_TYPE=CAMP"))
            .partial(NAME, trace("NAME_TYPE=PRI", "EFFDT=2020-01-01"));

    assertThat(mapped(person, "email").value()).isEqualTo(new Value.Cleared());
    assertThat(mapped(person, "first_name").value()).isEqualTo(new Value.Cleared());
  }

  @Test
  void aTraceOfAnotherTypeClearsNothing() {
    Person person = Person.added().partial(NAME, trace("NAME_TYPE=PRF", "EFFDT=2020-01-01"));

    assertThat(find(person, "first_name")).isNull();
  }

  @Test
  void aRuleThatIsRemovedGivesNoValue() {
    Planner without =
        new MessagePlanner(
            new Mapping(
                Mapping.campusDefaults().rules().stream()
                    .filter(rule -> !rule.attribute().equals("first_name"))
                    .toList()),
            new PlanSettings(false));
    Person person = Person.added().complete(NAME, Person.kevinsName("2013-08-20", "Kevin"));

    assertThat(without.want(person.facts(), TODAY).attributes()).doesNotContainKey("first_name");
  }

  private static @Nullable String text(Person person, String attribute) {
    return mapped(person, attribute).value().textOrNull();
  }

  private static Mapped mapped(Person person, String attribute) {
    Mapped mapped = find(person, attribute);
    assertThat(mapped).as(attribute).isNotNull();
    return Objects.requireNonNull(mapped);
  }

  private static @Nullable Mapped find(Person person, String attribute) {
    return PLANNER.want(person.facts(), TODAY).attributes().get(attribute);
  }
}
