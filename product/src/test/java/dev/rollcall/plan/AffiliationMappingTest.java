package dev.rollcall.plan;

import static dev.rollcall.plan.Person.AFFILIATION;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.affiliation;
import static dev.rollcall.plan.Person.row;
import static dev.rollcall.plan.Person.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which affiliations the facts tell of, and which of them count. */
final class AffiliationMappingTest {

  private static final Planner PLANNER =
      new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));

  @Test
  void theStatusMayBeTheCodeOrTheTextInAnyCase() {
    for (String status : List.of("A", "a", "Active", "ACTIVE", " A ")) {
      assertThat(only(status, "2020-09-01", "").enabled(TODAY)).as(status).isTrue();
    }
    for (String status : List.of("I", "Inactive", "", "X")) {
      assertThat(only(status, "2020-09-01", "").enabled(TODAY)).as(status).isFalse();
    }
  }

  @Test
  void blankDatesAreOpen() {
    assertThat(only("A", "", "").enabled(LocalDate.MIN)).isTrue();
    assertThat(only("A", " ", " ").enabled(LocalDate.parse("2999-01-01"))).isTrue();
  }

  @Test
  void whatIsActiveCanBeSet() {
    Counting counting = new Counting(Set.of("current", " Leave "), true, true);
    for (String status : List.of("Current", "CURRENT ", "leave")) {
      assertThat(only(counting, status, "", "").enabled(TODAY)).as(status).isTrue();
    }
    assertThat(only(counting, "A", "", "").enabled(TODAY)).isFalse();
    assertThat(only(counting, "A", "", "").why(TODAY))
        .isEqualTo("does not count: status A is not active");
  }

  @Test
  void aBlankLastDayCanMeanThatItIsOver() {
    Counting over = new Counting(Set.of("A"), true, false);

    assertThat(only(over, "A", "2020-09-01", "").enabled(TODAY)).isFalse();
    assertThat(only(over, "A", "2020-09-01", "").why(TODAY))
        .isEqualTo("does not count: it has no last day");
    assertThat(only(over, "A", "2099-09-01", "").next(TODAY)).isNull();
    assertThat(only(over, "A", "", "2030-06-30").enabled(TODAY)).isTrue();
  }

  @Test
  void aBlankFirstDayCanMeanThatItHasNotStarted() {
    Counting notStarted = new Counting(Set.of("A"), false, true);

    assertThat(only(notStarted, "A", "", "2030-06-30").enabled(TODAY)).isFalse();
    assertThat(only(notStarted, "A", "", "2030-06-30").why(TODAY))
        .isEqualTo("does not count: it has no first day");
    assertThat(only(notStarted, "A", "", "2030-06-30").next(TODAY)).isNull();
    assertThat(only(notStarted, "A", "2020-09-01", "").enabled(TODAY)).isTrue();
  }

  @Test
  void theFirstDayAndTheLastDayCount() {
    WantedAffiliation affiliation = only("A", "2020-09-01", "2030-06-30");

    assertThat(affiliation.enabled(LocalDate.parse("2020-08-31"))).isFalse();
    assertThat(affiliation.enabled(LocalDate.parse("2020-09-01"))).isTrue();
    assertThat(affiliation.enabled(LocalDate.parse("2030-06-30"))).isTrue();
    assertThat(affiliation.enabled(LocalDate.parse("2030-07-01"))).isFalse();
  }

  @Test
  void theReasonSaysWhyItCountsOrNot() {
    assertThat(only("A", "2020-09-01", "").why(TODAY))
        .isEqualTo("counts: active since 2020-09-01 until further notice");
    assertThat(only("A", "2026-03-11", "").why(TODAY))
        .isEqualTo("does not count yet: starts on 2026-03-11");
    assertThat(only("A", "", "2026-03-09").why(TODAY))
        .isEqualTo("does not count any more: ended on 2026-03-09");
    assertThat(only("I", "", "").why(TODAY)).isEqualTo("does not count: status I is not active");
    assertThat(only("", "", "").why(TODAY)).isEqualTo("does not count: status is empty");
  }

  @Test
  void anUnreadableDateNeverCountsAndIsRemarked() {
    WantedAffiliation from = only("A", "01/09/2020", "");
    WantedAffiliation to = only("A", "", "2030-06-31");

    assertThat(from.enabled(TODAY)).isFalse();
    assertThat(from.why(TODAY)).isEqualTo("does not count: no date can be read in its from");
    assertThat(to.enabled(TODAY)).isFalse();
    assertThat(to.why(TODAY)).isEqualTo("does not count: no date can be read in its to");
    assertThat(want(Person.added().complete(AFFILIATION, student("A", "", "2030-06-31"))).remarks())
        .containsExactly(
            "an affiliation in SCC_AFL_PERSON does not count: its 'to' '2030-06-31' is no date (yyyy-MM-dd)");
  }

  @Test
  void oneCodeWithTwoFirstDaysIsTwoAffiliations() {
    assertThat(
            held(
                Person.added()
                    .complete(
                        AFFILIATION,
                        student("A", "2010-09-01", "2014-06-30"),
                        student("A", "2025-09-01", ""))))
        .containsExactly("PSUNV STUDENT 2010-09-01 false", "PSUNV STUDENT 2025-09-01 true");
  }

  @Test
  void oneCodeAtTwoInstitutionsIsTwoAffiliations() {
    assertThat(
            held(
                Person.added()
                    .complete(
                        AFFILIATION,
                        affiliation("PSUNV", "STUDENT", "A", "2025-09-01", ""),
                        affiliation("GLAKE", "STUDENT", "I", "2025-09-01", ""))))
        .containsExactly("PSUNV STUDENT 2025-09-01 true", "GLAKE STUDENT 2025-09-01 false");
  }

  @Test
  void ofTwoRowsWithTheSameKeyTheLastWins() {
    assertThat(
            held(
                Person.added()
                    .complete(
                        AFFILIATION,
                        student("A", "2025-09-01", ""),
                        student("I", "2025-09-01", ""))))
        .containsExactly("PSUNV STUDENT 2025-09-01 false");
  }

  @Test
  void aRowWithAnUnreadableFirstDayDoesNotHideTheOneWithoutAny() {
    assertThat(
            held(
                Person.added()
                    .complete(AFFILIATION, student("A", "", ""), student("A", "01.09.2025", ""))))
        .containsExactly("PSUNV STUDENT null true");
  }

  @Test
  void aDeletedRowIsNoAffiliation() {
    assertThat(
            held(
                Person.added()
                    .partial(
                        AFFILIATION,
                        trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=2025-09-01"))))
        .isEmpty();
  }

  @Test
  void aRowWithoutInstitutionOrCodeIsRemarkedAndLeftOut() {
    Person person =
        Person.added()
            .complete(
                AFFILIATION,
                affiliation("", "STUDENT", "A", "", ""),
                affiliation("PSUNV", " ", "A", "", ""));

    assertThat(held(person)).isEmpty();
    assertThat(want(person).remarks())
        .containsExactly("a row of SCC_AFL_PERSON has no institution or no code");
  }

  @Test
  void whatAPartialRowNeverToldIsUnknown() {
    assertThat(
            want(Person.added()
                    .partial(
                        AFFILIATION,
                        row(
                            "INSTITUTION=PSUNV",
                            "SCC_AFL_CODE=STUDENT",
                            "SCC_AFL_STATUS=A",
                            "START_DT=")))
                .affiliations()
                .getFirst()
                .unknown())
        .containsExactlyInAnyOrder(AffiliationField.DESCRIPTION, AffiliationField.TO);
  }

  @Test
  void whatACompleteRowDoesNotTellIsEmpty() {
    assertThat(
            want(Person.added()
                    .complete(AFFILIATION, row("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT")))
                .affiliations()
                .getFirst()
                .unknown())
        .isEmpty();
  }

  private static WantedAffiliation only(String status, String from, String to) {
    return want(Person.added().complete(AFFILIATION, student(status, from, to)))
        .affiliations()
        .getFirst();
  }

  private static WantedAffiliation only(Counting counting, String status, String from, String to) {
    PlanSettings settings =
        new PlanSettings(false, null, Account.Status.ENABLED, Map.of(), counting);
    return new MessagePlanner(Mapping.campusDefaults(), settings)
        .want(Person.added().complete(AFFILIATION, student(status, from, to)).facts(), TODAY)
        .affiliations()
        .getFirst();
  }

  private static Row student(String status, String from, String to) {
    return affiliation("PSUNV", "STUDENT", status, from, to);
  }

  private static List<String> held(Person person) {
    return want(person).affiliations().stream()
        .map(wanted -> wanted.on(TODAY))
        .map(has ->
            "%s %s %s %s"
                .formatted(
                    has.affiliation().institution(),
                    has.affiliation().code(),
                    has.affiliation().from(),
                    has.enabled()))
        .toList();
  }

  private static Wanted want(Person person) {
    return PLANNER.want(person.facts(), TODAY);
  }
}
