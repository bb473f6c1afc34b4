package dev.rollcall.plan;

import static dev.rollcall.plan.Person.AFFILIATION;
import static dev.rollcall.plan.Person.EMAIL;
import static dev.rollcall.plan.Person.NAME;
import static dev.rollcall.plan.Person.PERSON;
import static dev.rollcall.plan.Person.SUBJECT;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.account;
import static dev.rollcall.plan.Person.affiliation;
import static dev.rollcall.plan.Person.held;
import static dev.rollcall.plan.Person.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is done for a person the source added, never added or deleted, and when nothing is. */
final class StandingTest {

  private static final List<Candidate> CANDIDATES =
      List.of(
          new Candidate("17", "login", List.of(), List.of()),
          new Candidate("18", "login", List.of(), List.of()));

  private static final Planner PLANNER =
      new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));
  private static final Match NONE =
      Matcher.bySearch(SUBJECT, Map.of("login", "0000012345"), List.of());
  private static final Match LINKED = new Match.Linked("17", "linked to account 17");

  @Test
  void aDisabledAccountOfAnAddedPersonIsActivated() {
    Plan plan =
        plan(Person.added(), LINKED, account(Status.DISABLED, Map.of("login", "0000012345")));

    assertThat(plan.changes()).singleElement().isInstanceOf(Change.Activate.class);
    assertThat(plan.wanted().status()).isEqualTo(Status.ENABLED);
  }

  @Test
  void aDisabledAccountOfAPersonWhoWasNeverAddedStaysDisabled() {
    Plan plan =
        plan(
            Person.with(Standing.NEVER_ADDED),
            LINKED,
            account(Status.DISABLED, Map.of("login", "0000012345")));

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.wanted().status()).isEqualTo(Status.DISABLED);
  }

  @Test
  void anAmbiguousMatchIsSuspendedAndNothingChanges() {
    Plan plan = plan(Person.kevin(), new Match.Ambiguous(CANDIDATES, "2 accounts have it"), null);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.stop()).isEqualTo(new Outcome.Suspended("2 accounts have it", CANDIDATES));
    assertThat(plan.next()).isNull();
    assertThat(plan.wanted().attributes())
        .as("what a person who decides should see")
        .containsEntry("first_name", new Value.Text("Kevin"));
    assertThat(plan.origins()).containsKey("first_name");
  }

  @Test
  void aMatchedAccountThatIsGoneIsSuspended() {
    assertThat(plan(Person.kevin(), LINKED, null).stop())
        .isEqualTo(
            new Outcome.Suspended(
                "account 17 is gone; linked to account 17", List.of(Candidate.linked("17"))));
  }

  @Test
  void aChangeOfAnUnknownPersonIsSkippedAsUnmatchedChange() {
    Plan plan = plan(Person.with(Standing.NEVER_ADDED), NONE, null);

    assertThat(plan.stop())
        .isInstanceOfSatisfying(
            Outcome.Skipped.class,
            skipped ->
                assertThat(skipped.reason())
                    .startsWith("unmatched-change")
                    .contains("no account has login 0000012345"));
    assertThat(plan.changes()).isEmpty();
  }

  @Test
  void aChangeOfAnUnknownPersonCreatesWhereThatIsWanted() {
    Planner creating = new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(true));
    Facts facts = Person.with(Standing.NEVER_ADDED).facts();

    Plan plan = creating.plan(facts, creating.want(facts, TODAY), NONE, null, TODAY);

    assertThat(plan.changes()).first().isInstanceOf(Change.Create.class);
  }

  @Test
  void aDeletedPersonWithoutAccountIsSkipped() {
    assertThat(plan(Person.with(Standing.DELETED), NONE, null).stop())
        .isEqualTo(new Outcome.Skipped("deleted in the source and no account here"));
  }

  @Test
  void aDeletedPersonsAccountIsDisabledWithItsAffiliations() {
    Plan plan =
        plan(
            Person.with(Standing.DELETED)
                .complete(AFFILIATION, affiliation("PSUNV", "STAFF", "A", "", "2035-01-01")),
            LINKED,
            Person.kevinsAccount());

    assertThat(plan.changes())
        .containsExactlyInAnyOrder(
            new Change.Deactivate("the source deleted the person"),
            new Change.PutAffiliation(
                null,
                held("STAFF", "A", null, "2035-01-01", false),
                "the source deleted the person"),
            new Change.PutAffiliation(
                held("STUDENT", "A", "2020-09-01", "2030-06-30", true),
                held("STUDENT", "A", "2020-09-01", "2030-06-30", false),
                "the source deleted the person"),
            new Change.LeaveGroup("STUDENT", "the source deleted the person"));
    assertThat(plan.wanted().groups()).isEmpty();
    assertThat(plan.wanted().status()).isEqualTo(Status.DISABLED);
    assertThat(plan.next()).isNull();
  }

  @Test
  void whatWasToldBeforeTheDeletionIsWrittenHoweverSoonItCame() {
    Plan plan =
        plan(
            Person.with(Standing.DELETED)
                .complete(
                    NAME,
                    Person.kevinsName("2024-02-01", "Told"),
                    Person.kevinsName("2099-01-01", "Future")),
            LINKED,
            Person.kevinsAccount());

    assertThat(plan.changes())
        .filteredOn(Change.Update.class::isInstance)
        .extracting(change -> ((Change.Update) change).after())
        .containsExactly(new Value.Text("Told"));
    assertThat(plan.next()).isNotNull();
  }

  @Test
  void aDeletedPersonIsDisabledEvenWithoutAnId() {
    Facts facts = new Facts(SUBJECT, Standing.DELETED, Map.of());

    assertThat(
            PLANNER
                .plan(facts, PLANNER.want(facts, TODAY), LINKED, Person.kevinsAccount(), TODAY)
                .changes())
        .first()
        .isInstanceOf(Change.Deactivate.class);
  }

  @Test
  void aDeletedPersonWhoIsAddedAgainGetsAllBack() {
    Account disabled =
        account(
            Status.DISABLED,
            Map.of(
                "login", "0000012345",
                "first_name", "Kevin",
                "last_name", "Andersson",
                "start_date", "2024-02-01"),
            List.of(held("STUDENT", "A", "2020-09-01", "2030-06-30", false)));

    assertThat(plan(Person.kevin(), LINKED, disabled).changes())
        .containsExactly(
            new Change.Activate("the source has the person, the account is disabled"),
            new Change.PutAffiliation(
                held("STUDENT", "A", "2020-09-01", "2030-06-30", false),
                held("STUDENT", "A", "2020-09-01", "2030-06-30", true),
                "counts: active since 2020-09-01 until 2030-06-30"),
            new Change.JoinGroup(
                "STUDENT", "STUDENT at PSUNV (status A, 2020-09-01 to 2030-06-30) counts"));
  }

  @Test
  void withoutALoginNothingIsDoneAndTheReasonNamesTheRule() {
    Outcome expected =
        new Outcome.Skipped("no login: EMPLID~SCC_CM_PERSON_I~None~None~PRIMARY gives no value");
    Match nothing = Matcher.bySearch(SUBJECT, Map.of(), List.of());

    assertThat(plan(Person.withoutId(), nothing, null).stop()).isEqualTo(expected);
    assertThat(plan(Person.withoutId().complete(PERSON, row("EMPLID= ")), nothing, null).stop())
        .isEqualTo(expected);
    assertThat(plan(Person.withoutId().complete(EMAIL), LINKED, Person.kevinsAccount()).stop())
        .isEqualTo(expected);
  }

  @Test
  void aStoppedPlanCannotCarryChanges() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Plan(
                NONE,
                Person.kevinsAccount(),
                List.of(new Change.Activate("why")),
                Map.of(),
                null,
                new Outcome.Skipped("not now")));
  }

  private static Plan plan(Person person, Match match, @Nullable Account found) {
    Facts facts = person.facts();
    return PLANNER.plan(facts, PLANNER.want(facts, TODAY), match, found, TODAY);
  }
}
