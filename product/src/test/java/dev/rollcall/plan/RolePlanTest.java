package dev.rollcall.plan;

import static dev.rollcall.plan.Person.AFFILIATION;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.affiliation;
import static dev.rollcall.plan.Person.held;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Change.JoinGroup;
import dev.rollcall.model.Change.LeaveGroup;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.Match;
import dev.rollcall.plan.rule.Rules;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An account is in the group of an affiliation code while any affiliation of that code counts. */
final class RolePlanTest {

  private static final HeldAffiliation STUDENT = held("STUDENT", "A", "2020-09-01", null, true);

  @Test
  void aGroupIsJoinedForTheReasonThatTheAffiliationCounts() {
    Plan plan =
        plan(person(affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "2030-06-30")), account());

    assertThat(groups(plan))
        .containsExactly(
            new JoinGroup(
                "STUDENT", "STUDENT at PSUNV (status A, 2020-09-01 to 2030-06-30) counts"));
    assertThat(plan.wanted().groups()).containsExactly("STUDENT");
  }

  @Test
  void aGroupIsLeftForTheReasonThatTheAffiliationDoesNotCountAnyMore() {
    Plan plan =
        plan(
            person(affiliation("PSUNV", "STUDENT", "A", "2020-09-01", "2026-03-09")),
            account(held("STUDENT", "A", "2020-09-01", "2026-03-09", true)));

    assertThat(groups(plan))
        .containsExactly(
            new LeaveGroup(
                "STUDENT",
                "STUDENT at PSUNV (status A, 2020-09-01 to 2026-03-09) does not count any more:"
                    + " ended on 2026-03-09"));
    assertThat(plan.wanted().groups()).isEmpty();
  }

  @Test
  void oneCodeAtTwoInstitutionsIsOneGroupWithBothReasons() {
    Plan plan =
        plan(
            person(
                affiliation("PSUNV", "STUDENT", "A", "", ""),
                affiliation("GLAKE", "STUDENT", "A", "", "")),
            account());

    assertThat(groups(plan))
        .singleElement()
        .satisfies(join ->
            assertThat(join.reason())
                .contains("STUDENT at PSUNV (status A, open to open) counts")
                .contains("; STUDENT at GLAKE (status A, open to open) counts"));
  }

  @Test
  void aGroupIsKeptWhileAnyAffiliationOfItsCodeCounts() {
    Person person =
        person(
            affiliation("PSUNV", "STUDENT", "A", "2010-09-01", "2014-06-30"),
            affiliation("PSUNV", "STUDENT", "A", "2020-09-01", ""),
            affiliation("GLAKE", "STUDENT", "I", "2020-09-01", ""));

    assertThat(groups(plan(person, account(STUDENT)))).isEmpty();
  }

  @Test
  void groupsAreJoinedAndLeftInTheOrderOfTheirNames() {
    Person person =
        person(affiliation("PSUNV", "ZOO", "A", "", ""), affiliation("PSUNV", "ART", "A", "", ""));

    assertThat(groups(plan(person, account(STUDENT, held("ALUMNI", "A", null, null, true)))))
        .extracting(change -> change.getClass().getSimpleName() + " " + group(change))
        .containsExactly(
            "JoinGroup ART", "JoinGroup ZOO", "LeaveGroup ALUMNI", "LeaveGroup STUDENT");
  }

  @Test
  void aGroupWithoutAnyAffiliationIsLeft() {
    Account found = new Account("17", Status.ENABLED, Map.of(), Set.of("STRANGER"), List.of());

    assertThat(groups(plan(person(), found)))
        .containsExactly(new LeaveGroup("STRANGER", "no affiliation has this code"));
  }

  @Test
  void whatNothingIsToldOfKeepsItsGroupUntilItsOwnLastDay() {
    HeldAffiliation ending = held("STUDENT", "A", "2020-09-01", "2026-03-10", true);
    Plan lastDay = plan(Person.added(), account(ending));
    Facts facts = Person.added().facts();
    LocalDate after = TODAY.plusDays(1);
    Plan ended =
        plan(
            new MessagePlanner(Mapping.campusDefaults(), settings()),
            facts,
            account(ending),
            after);

    assertThat(lastDay.changes()).isEmpty();
    assertThat(lastDay.wanted().groups()).containsExactly("STUDENT");
    assertThat(lastDay.next())
        .isEqualTo(new Upcoming(after, "affiliation STUDENT at PSUNV ends on 2026-03-10"));
    assertThat(ended.changes())
        .containsExactly(
            new Change.PutAffiliation(
                ending,
                held("STUDENT", "A", "2020-09-01", "2026-03-10", false),
                "does not count any more: ended on 2026-03-10"),
            new LeaveGroup(
                "STUDENT",
                "STUDENT at PSUNV (status A, 2020-09-01 to 2026-03-10) does not count any more:"
                    + " ended on 2026-03-10"));
  }

  @Test
  void aDeletedPersonIsInNoGroup() {
    Plan plan =
        plan(
            Person.with(Standing.DELETED)
                .complete(AFFILIATION, affiliation("PSUNV", "STUDENT", "A", "", "")),
            account(STUDENT));

    assertThat(groups(plan))
        .containsExactly(new LeaveGroup("STUDENT", "the source deleted the person"));
    assertThat(plan.wanted().groups()).isEmpty();
  }

  @Test
  void anAccountThatStaysDisabledIsInNoGroup() {
    PlanSettings disabled =
        new PlanSettings(false, null, Status.DISABLED, Map.of(), Counting.usual());
    Tables tables = new Tables(Mapping.campusDefaults(), disabled, Rules.none());
    Facts facts = person(affiliation("PSUNV", "STUDENT", "A", "", "")).facts();
    Plan plan = plan(new MessagePlanner(tables, tables, _ -> false), facts, null, TODAY);

    assertThat(plan.wanted().status()).isEqualTo(Status.DISABLED);
    assertThat(plan.wanted().affiliations()).extracting(HeldAffiliation::enabled).contains(true);
    assertThat(groups(plan)).isEmpty();
  }

  private static Person person(dev.rollcall.model.Row... affiliations) {
    return Person.added().complete(AFFILIATION, affiliations);
  }

  private static Account account(HeldAffiliation... affiliations) {
    return Person.account(Status.ENABLED, Map.of("login", "0000012345"), List.of(affiliations));
  }

  private static List<Change> groups(Plan plan) {
    return plan.changes().stream()
        .filter(change -> change instanceof JoinGroup || change instanceof LeaveGroup)
        .toList();
  }

  private static String group(Change change) {
    return change instanceof JoinGroup join
        ? join.group()
        : change instanceof LeaveGroup leave ? leave.group() : "";
  }

  private static PlanSettings settings() {
    return new PlanSettings(false);
  }

  private static Plan plan(Person person, Account found) {
    Planner planner = new MessagePlanner(Mapping.campusDefaults(), settings());
    return plan(planner, person.facts(), found, TODAY);
  }

  private static Plan plan(Planner planner, Facts facts, @Nullable Account found, LocalDate today) {
    Match match =
        found == null
            ? new Match.None("no account has login 0000012345")
            : new Match.Linked("17", "linked to account 17");
    return planner.plan(facts, planner.want(facts, today), match, found, today);
  }
}
