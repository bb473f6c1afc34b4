package dev.rollcall.plan;

import static dev.rollcall.plan.Person.AFFILIATION;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.affiliation;
import static dev.rollcall.plan.Person.held;
import static dev.rollcall.plan.Person.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Promise 5, "never mixes clear with absent", for the fields of an affiliation. */
final class AffiliationFillTest {

  private static final HeldAffiliation STUDENT = held("STUDENT", "A", "2020-09-01", null, true);
  private static final HeldAffiliation STAFF = held("STAFF", "A", null, null, true);

  @Test
  void whatAPartialRowNeverToldStaysAsTheAccountHasIt() {
    Person person =
        Person.added()
            .partial(
                AFFILIATION,
                row(
                    "INSTITUTION=PSUNV",
                    "SCC_AFL_CODE=STUDENT",
                    "SCC_AFL_STATUS=A",
                    "START_DT=2020-09-01"));
    HeldAffiliation ending = held("STUDENT", "A", "2020-09-01", "2026-06-30", true);

    Plan plan = plan(person, ending);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.next())
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2026-07-01"), "affiliation STUDENT at PSUNV ends on 2026-06-30"));
  }

  @Test
  void aPartialRowWithoutStatusKeepsTheStatusOfTheAccount() {
    Row row = row("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "START_DT=2020-09-01", "END_DT=");

    assertThat(changes(Person.added().partial(AFFILIATION, row), STUDENT)).isEmpty();
  }

  @Test
  void aPartialRowWithoutFirstDayIsTheOnlyOneOfItsCode() {
    Row ended = row("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "SCC_AFL_STATUS=I");

    assertThat(changes(Person.added().partial(AFFILIATION, ended), STUDENT, STAFF))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.PutAffiliation.class,
            put -> {
              assertThat(put.before()).isEqualTo(STUDENT);
              assertThat(put.after().affiliation().key()).isEqualTo(STUDENT.affiliation().key());
              assertThat(put.after().enabled()).isFalse();
            });
  }

  @Test
  void aPartialRowWithoutFirstDayIsNoneOfSeveral() {
    Row row = row("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "SCC_AFL_STATUS=I");
    HeldAffiliation earlier = held("STUDENT", "A", "2010-09-01", "2014-06-30", false);

    assertThat(changes(Person.added().partial(AFFILIATION, row), STUDENT, earlier))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.PutAffiliation.class, put -> assertThat(put.before()).isNull());
  }

  @Test
  void aPartialRowWithoutFirstDayIsNotTheOneThatAnotherRowTellsOf() {
    Row row = row("INSTITUTION=PSUNV", "SCC_AFL_CODE=STUDENT", "SCC_AFL_STATUS=I");
    Row told = affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "");

    assertThat(changes(Person.added().partial(AFFILIATION, row, told), STUDENT))
        .singleElement()
        .isInstanceOfSatisfying(
            Change.PutAffiliation.class, put -> assertThat(put.before()).isNull());
  }

  @Test
  void anUnreadableLastDayDisablesAndKeepsTheOneTheAccountHas() {
    Person person =
        Person.added()
            .complete(
                AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "30.06.2026"));
    HeldAffiliation ending = held("STUDENT", "A", "2020-09-01", "2026-06-30", true);

    assertThat(changes(person, ending))
        .containsExactly(
            new Change.PutAffiliation(
                ending,
                held("STUDENT", "A", "2020-09-01", "2026-06-30", false),
                "does not count: no date can be read in its to"));
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
