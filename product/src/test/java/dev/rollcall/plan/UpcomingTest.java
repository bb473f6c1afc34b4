package dev.rollcall.plan;

import static dev.rollcall.plan.Person.AFFILIATION;
import static dev.rollcall.plan.Person.NAME;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.affiliation;
import static dev.rollcall.plan.Person.row;
import static dev.rollcall.plan.Person.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.Row;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On which day a person has to be looked at again although nothing was told. */
final class UpcomingTest {

  @Test
  void aFutureRowIsNamedWithTheAttributeThatReadsIt() {
    assertThat(next(Person.added().complete(NAME, name("PRI", "2099-01-01"))))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2099-01-01"),
                "first_name: SCC_PER_NAME_I row of 2099-01-01 takes effect"));
  }

  @Test
  void aRowThatOnlyTheStartDateReadsCountsToo() {
    assertThat(next(Person.added().complete(NAME, name("PRF", "2099-01-01"))))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2099-01-01"),
                "start_date: SCC_PER_NAME_I row of 2099-01-01 takes effect"));
  }

  @Test
  void theEarliestDateIsNext() {
    Person person =
        Person.added()
            .complete(NAME, name("PRI", "2027-01-01"), name("PRI", "2026-05-01"))
            .complete(AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "", "2026-04-29"));

    assertThat(next(person))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2026-04-30"), "affiliation STUDENT at PSUNV ends on 2026-04-29"));
  }

  @Test
  void anAffiliationEndsOnTheDayAfterItsLast() {
    assertThat(next(student("A", "2020-09-01", "2030-06-30")))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2030-07-01"), "affiliation STUDENT at PSUNV ends on 2030-06-30"));
  }

  @Test
  void anAffiliationWhoseLastDayIsTodayEndsTomorrow() {
    assertThat(next(student("A", "", "2026-03-10")))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2026-03-11"), "affiliation STUDENT at PSUNV ends on 2026-03-10"));
  }

  @Test
  void anAffiliationStartsOnItsFirstDay() {
    assertThat(next(student("A", "2026-09-01", "2030-06-30")))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2026-09-01"),
                "affiliation STUDENT at PSUNV starts on 2026-09-01"));
  }

  @Test
  void nothingComesUpForWhatIsOver() {
    Person person =
        Person.added()
            .complete(NAME, name("PRI", "2020-01-01"), name("PRI", "2026-03-10"))
            .complete(
                AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "2026-03-09"));

    assertThat(next(person)).isNull();
  }

  @Test
  void nothingComesUpForWhatCannotCountOnAnyDay() {
    assertThat(next(student("I", "2026-09-01", "2030-06-30"))).isNull();
    assertThat(next(student("A", "2027-01-01", "2026-12-31"))).isNull();
    assertThat(next(student("A", "2026-09-01", "30.06.2030"))).isNull();
  }

  @Test
  void theLastYearOfFourDigitsIsNoEnd() {
    assertThat(next(student("A", "", "9999-12-31"))).isNull();
  }

  @Test
  void theTraceOfAFutureRowComesUpOnlyWhereItCanChangeTheAnswer() {
    Row deleted = trace("NAME_TYPE=PRI", "EFFDT=2027-01-01");
    Row later = trace("NAME_TYPE=PRI", "EFFDT=2028-01-01");

    assertThat(next(Person.added().complete(NAME, deleted))).isNull();
    assertThat(next(Person.added().partial(NAME, deleted, name("PRI", "2020-01-01")))).isNull();
    assertThat(next(Person.added().partial(NAME, later, deleted, later)))
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2027-01-01"),
                "first_name: the deleted SCC_PER_NAME_I row of 2027-01-01 would take effect"));
  }

  @Test
  void aDeletedPersonsValuesStillHaveTheirDays() {
    assertThat(next(Person.with(Standing.DELETED).complete(NAME, name("PRI", "2099-01-01"))))
        .isNotNull();
    assertThat(
            next(
                Person.with(Standing.DELETED)
                    .complete(AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "", "2099-01-01"))))
        .isNull();
  }

  private static Person student(String status, String from, String to) {
    return Person.added().complete(AFFILIATION, affiliation("PSUNV", "STUDENT", status, from, to));
  }

  private static Row name(String type, String effdt) {
    return row("NAME_TYPE=" + type, "EFFDT=" + effdt, "FIRST_NAME=Kevin");
  }

  private static @Nullable Upcoming next(Person person) {
    return new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false))
        .want(person.facts(), TODAY)
        .next();
  }
}
