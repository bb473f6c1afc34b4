package dev.rollcall.plan;

import static dev.rollcall.plan.Person.AFFILIATION;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.affiliation;
import static dev.rollcall.plan.Person.held;
import static dev.rollcall.plan.Person.trace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Row;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promise 3, "never acts on absence it cannot prove", for the affiliations of an account. */
final class AffiliationPlanTest {

  private static final HeldAffiliation STUDENT = held("STUDENT", "A", "2020-09-01", null, true);
  private static final HeldAffiliation STUDENT_OFF =
      held("STUDENT", "A", "2020-09-01", null, false);
  private static final Row OTHER = affiliation("PSUNV", "STAFF", "A", "", "");
  private static final HeldAffiliation STAFF = held("STAFF", "A", null, null, true);

  @Test
  void whatACompleteRecordLacksIsDisabledAndKept() {
    assertThat(changes(Person.added().complete(AFFILIATION, OTHER), STUDENT, STAFF))
        .containsExactly(
            new Change.PutAffiliation(
                STUDENT, STUDENT_OFF, "does not count: the source has no such row any more"));
  }

  @Test
  void whatAPartialRecordLacksIsLeftAlone() {
    Plan plan = plan(Person.added().partial(AFFILIATION, OTHER), STUDENT, STAFF);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.wanted().affiliations()).containsExactly(STAFF);
  }

  @Test
  void withoutTheRecordNothingIsTouched() {
    assertThat(changes(Person.added(), STUDENT, STAFF)).isEmpty();
  }

  @Test
  void aDeletedRowsAffiliationIsDisabledAlsoInAPartialRecord() {
    Row gone = trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=2020-09-01");

    assertThat(changes(Person.added().partial(AFFILIATION, gone), STUDENT, STAFF))
        .containsExactly(
            new Change.PutAffiliation(
                STUDENT, STUDENT_OFF, "does not count: the source deleted its row"));
  }

  @Test
  void aTraceOfAnotherFirstDayIsNotItsTrace() {
    Row gone = trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=2010-09-01");
    Row open = trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=");

    assertThat(changes(Person.added().partial(AFFILIATION, gone, open), STUDENT)).isEmpty();
  }

  @Test
  void aTraceWithoutAFirstDayMeansEveryAffiliationOfItsCode() {
    Row gone = trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT");

    assertThat(changes(Person.added().partial(AFFILIATION, gone), STUDENT)).hasSize(1);
  }

  @Test
  void aDeletedRowThatIsThereAgainCounts() {
    Row gone = trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=2020-09-01");
    Row back = affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "");

    assertThat(changes(Person.added().partial(AFFILIATION, gone, back), STUDENT_OFF))
        .containsExactly(
            new Change.PutAffiliation(
                STUDENT_OFF, STUDENT, "counts: active since 2020-09-01 until further notice"));
  }

  @Test
  void whatIsDisabledAlreadyIsNotDisabledAgain() {
    assertThat(changes(Person.added().complete(AFFILIATION), STUDENT_OFF)).isEmpty();
  }

  @Test
  void anEndedAffiliationIsDisabledOnTheDayAfter() {
    Person person =
        Person.added()
            .complete(AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "", "2026-03-09"));

    assertThat(changes(person, held("STUDENT", "A", null, "2026-03-09", true)))
        .containsExactly(
            new Change.PutAffiliation(
                held("STUDENT", "A", null, "2026-03-09", true),
                held("STUDENT", "A", null, "2026-03-09", false),
                "does not count any more: ended on 2026-03-09"));
  }

  @Test
  void aRowWithAnUnreadableFirstDayProtectsWhatItMightBe() {
    Person person =
        Person.added()
            .complete(AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "01.09.2020", ""));

    assertThat(plan(person, STUDENT, STAFF).wanted().affiliations())
        .doesNotContain(STUDENT_OFF)
        .contains(held("STAFF", "A", null, null, false));
  }

  @Test
  void aFirstDayThatMovesIsTheSameAffiliation() {
    for (String moved : List.of("2021-02-01", "2019-01-01", "")) {
      Row row = affiliation("PSUNV", "STUDENT", "A", moved, "");
      HeldAffiliation after = held("STUDENT", "A", moved.isEmpty() ? null : moved, null, true);

      assertThat(changes(Person.added().complete(AFFILIATION, row), STUDENT))
          .as(moved)
          .singleElement()
          .isInstanceOfSatisfying(
              Change.PutAffiliation.class,
              put -> {
                assertThat(put.before()).isEqualTo(STUDENT);
                assertThat(put.after()).isEqualTo(after);
              });
    }
  }

  @Test
  void aFirstDayThatMovesIntoTheFutureEndsTheAffiliationUntilThen() {
    Row row = affiliation("PSUNV", "STUDENT", "A", "2026-09-01", "");
    Plan plan = plan(Person.added().complete(AFFILIATION, row), STUDENT);

    assertThat(plan.wanted().affiliations())
        .containsExactly(held("STUDENT", "A", "2026-09-01", null, false));
    assertThat(plan.next()).isNotNull();
    assertThat(plan.wanted().groups()).isEmpty();
  }

  @Test
  void aFirstDayThatMovedAlsoLeavesATraceThatIsNobodys() {
    Row gone = trace("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=2020-09-01");
    Row moved = affiliation("PSUNV", "STUDENT", "A", "2021-02-01", "");

    assertThat(changes(Person.added().partial(AFFILIATION, gone, moved), STUDENT))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.PutAffiliation.class, put -> assertThat(put.before()).isEqualTo(STUDENT));
  }

  @Test
  void ofAFormerRepetitionTheLatestIsTheOneThatMoved() {
    HeldAffiliation earlier = held("STUDENT", "A", "2010-09-01", "2014-06-30", false);
    HeldAffiliation undated = held("STUDENT", "A", null, "2009-06-30", false);
    Row moved = affiliation("PSUNV", "STUDENT", "A", "2021-02-01", "");

    assertThat(changes(Person.added().complete(AFFILIATION, moved), undated, STUDENT, earlier))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.PutAffiliation.class, put -> assertThat(put.before()).isEqualTo(STUDENT));
  }

  @Test
  void whereACodeRepeatsEachFirstDayIsAnAffiliationOfItsOwn() {
    Row first = affiliation("PSUNV", "STUDENT", "A", "2010-09-01", "2014-06-30");
    Row second = affiliation("PSUNV", "STUDENT", "A", "2021-02-01", "");

    assertThat(changes(Person.added().complete(AFFILIATION, first, second), STUDENT))
        .extracting(change -> ((Change.PutAffiliation) change).before())
        .containsExactly(null, null, STUDENT);
  }

  @Test
  void theSameCodeElsewhereIsNotTheOneThatMoved() {
    Row elsewhere = affiliation("GLAKE", "STUDENT", "A", "2021-02-01", "");

    assertThat(changes(Person.added().complete(AFFILIATION, elsewhere), STUDENT))
        .extracting(change -> ((Change.PutAffiliation) change).before())
        .containsExactly(null, STUDENT);
  }

  @Test
  void aRowWithoutCodeProvesNoAbsence() {
    Person person =
        Person.added().complete(AFFILIATION, affiliation("PSUNV", "", "A", "2020-09-01", ""));

    assertThat(changes(person, STUDENT)).isEmpty();
  }

  private static List<Change> changes(Person person, HeldAffiliation... found) {
    return plan(person, found).changes().stream()
        .filter(Change.PutAffiliation.class::isInstance)
        .toList();
  }

  private static Plan plan(Person person, HeldAffiliation... found) {
    Planner planner = new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));
    Facts facts = person.facts();
    Account account =
        Person.account(Account.Status.ENABLED, Map.of("login", "0000012345"), List.of(found));
    return planner.plan(
        facts,
        planner.want(facts, TODAY),
        new Match.Linked("17", "linked to account 17"),
        account,
        TODAY);
  }
}
