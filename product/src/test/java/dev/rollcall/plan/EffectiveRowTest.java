package dev.rollcall.plan;

import static dev.rollcall.plan.Person.NAME;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.row;
import static dev.rollcall.plan.Person.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Origin;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which row of a dated record is in effect. */
final class EffectiveRowTest {

  private static final Planner PLANNER =
      new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));

  @Test
  void thePrimaryNameIsReadAndNotThePreferredOne() {
    Person person =
        Person.added()
            .complete(NAME, name("PRF", "2025-01-01", "Kev"), name("PRI", "2013-08-20", "Kevin"));

    assertThat(text(person, "first_name")).isEqualTo("Kevin");
  }

  @Test
  void theOriginNamesRuleRecordFieldAndDate() {
    Person person = Person.added().complete(NAME, name("PRI", "2013-08-20", "Kevin"));

    assertThat(mapped(person, "first_name").origin())
        .isEqualTo(
            new Origin(
                "FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT",
                NAME,
                "FIRST_NAME",
                LocalDate.parse("2013-08-20")));
  }

  @Test
  void aFutureRowIsNotRead() {
    Person person =
        Person.added()
            .complete(NAME, name("PRI", "2020-01-01", "Kevin"), name("PRI", "2026-03-11", "Later"));

    assertThat(text(person, "first_name")).isEqualTo("Kevin");
  }

  @Test
  void aRowOfTodayIsInEffect() {
    Person person =
        Person.added()
            .complete(NAME, name("PRI", "2026-03-10", "Today"), name("PRI", "2020-01-01", "Old"));

    assertThat(text(person, "first_name")).isEqualTo("Today");
  }

  @Test
  void anInactiveCurrentRowDoesNotBringTheOlderOneBack() {
    Person person =
        Person.added()
            .complete(
                NAME,
                name("PRI", "2013-08-20", "Kevin"),
                row("NAME_TYPE=PRI", "EFFDT=2024-02-01", "EFF_STATUS=I", "FIRST_NAME=Gone"));

    assertThat(mapped(person, "first_name").value()).isEqualTo(new Value.Cleared());
    assertThat(mapped(person, "first_name").origin().effdt()).isEqualTo("2024-02-01");
  }

  @Test
  void aStatusOfAOrActiveInAnyCaseOrNoneIsActive() {
    for (String status : new String[] {"A", "a", "Active", "ACTIVE", "", " "}) {
      Person person =
          Person.added()
              .complete(
                  NAME,
                  row(
                      "NAME_TYPE=PRI",
                      "EFFDT=2024-02-01",
                      "EFF_STATUS=" + status,
                      "FIRST_NAME=Kevin"));

      assertThat(text(person, "first_name")).as("status '%s'", status).isEqualTo("Kevin");
    }
  }

  @Test
  void ofTwoRowsOnOneDateTheLaterToldCounts() {
    Person person =
        Person.added()
            .complete(
                NAME, name("PRI", "2024-02-01", "First"), name("PRI", "2024-02-01", "Second"));

    assertThat(text(person, "first_name")).isEqualTo("Second");
  }

  @Test
  void theStartDateIsThatOfTheNameRowInEffectWhateverItsTypeAsInTheGuide() {
    Person person =
        Person.added()
            .complete(NAME, name("PRI", "2013-08-20", "Kevin"), name("PRF", "2025-01-01", "Kev"));

    assertThat(text(person, "start_date")).isEqualTo("2025-01-01");
  }

  @Test
  void theTraceOfAFutureRowClearsNothingToday() {
    Person person = Person.added().partial(NAME, trace("NAME_TYPE=PRI", "EFFDT=2027-01-01"));

    assertThat(find(person, "first_name")).isNull();
  }

  @Test
  void aDeletedRowIsNeverReadAlthoughItsKeysAreKnown() {
    Person person =
        Person.added()
            .complete(
                NAME,
                name("PRI", "2013-08-20", "Kevin"),
                trace("NAME_TYPE=PRI", "EFFDT=2024-02-01"));

    assertThat(text(person, "first_name")).isEqualTo("Kevin");
    assertThat(text(person, "start_date")).isEqualTo("2013-08-20");
  }

  @Test
  void withOnlyFutureRowsACompleteRecordClearsAndAPartialOneSaysNothing() {
    Row future = name("PRI", "2099-01-01", "Future");

    assertThat(mapped(Person.added().complete(NAME, future), "first_name").value())
        .isEqualTo(new Value.Cleared());
    assertThat(find(Person.added().partial(NAME, future), "first_name")).isNull();
  }

  @Test
  void aRowWithAnUnreadableDateIsLeftOutAndRemarkedOnce() {
    Person person =
        Person.added()
            .complete(NAME, name("PRI", "2013-08-20", "Kevin"), name("PRI", "01.02.2024", "Odd"));

    assertThat(text(person, "first_name")).isEqualTo("Kevin");
    assertThat(PLANNER.want(person.facts(), TODAY).remarks())
        .containsExactly(
            "a row of SCC_PER_NAME_I is left out: its EFFDT '01.02.2024' is no date (yyyy-MM-dd)");
  }

  @Test
  void noAbsenceIsConcludedFromARowThatCouldNotBeRead() {
    Person person = Person.added().complete(NAME, name("PRI", "2024-02-30", "Odd"));

    assertThat(find(person, "first_name")).isNull();
  }

  @Test
  void anEmptyDateIsRemarkedToo() {
    Person person = Person.added().complete(NAME, name("PRI", "", "Odd"));

    assertThat(PLANNER.want(person.facts(), TODAY).remarks())
        .containsExactly("a row of SCC_PER_NAME_I is left out: its EFFDT is empty");
  }

  private static Row name(String type, String effdt, String first) {
    return row("NAME_TYPE=" + type, "EFFDT=" + effdt, "EFF_STATUS=A", "FIRST_NAME=" + first);
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
