package dev.rollcall.plan.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Upcoming;
import dev.rollcall.plan.Wanted;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is to be done about workers, and on which day. */
class WorkerPlannerTest {

  private static final SubjectKey AVERY = new SubjectKey("hcm", "300000000010042");
  private static final LocalDate TODAY = LocalDate.of(2026, 10, 1);
  private static final Match NONE = new Match.None("nothing to search an account by");
  private static final Match LINKED = new Match.Linked(AVERY.id(), "linked");

  private final WorkerPlanner planner = new WorkerPlanner(WorkerSettings.defaults());

  private static Map<String, @Nullable String> avery() {
    Map<String, @Nullable String> fields = new HashMap<>();
    for (String field : WorkerFields.ALL) {
      fields.put(field, null);
    }
    fields.put("userName", "avery.testwell@corp.example");
    fields.put("email", "avery.testwell@corp.example");
    fields.put("firstName", "Avery");
    fields.put("lastName", "Testwell");
    fields.put("personId", AVERY.id());
    fields.put("hireDate", "2019-06-03");
    fields.put("workerType", "E");
    fields.put("locationId", "501");
    fields.put("locationName", "Headquarters");
    return fields;
  }

  private static Facts facts(Map<String, @Nullable String> fields) {
    Map<String, Value> values = new HashMap<>();
    fields.forEach((field, text) ->
        values.put(field, text == null ? new Value.Cleared() : new Value.Text(text)));
    return new Facts(
        AVERY,
        Facts.Standing.ADDED,
        Map.of("WORKER", new RecordFacts(false, List.of(new Row(values, 0, false)))));
  }

  private Plan plan(
      Map<String, @Nullable String> fields, Match match, @Nullable Account found, LocalDate day) {
    return plan(planner, fields, match, found, day);
  }

  private static Plan plan(
      WorkerPlanner planner,
      Map<String, @Nullable String> fields,
      Match match,
      @Nullable Account found,
      LocalDate day) {
    Facts facts = facts(fields);
    return planner.plan(facts, planner.want(facts, day), match, found, day);
  }

  /** The account as a plan leaves it. */
  private static Account after(Plan plan) {
    return new Account(AVERY.id(), plan.wanted().status(), plan.wanted().attributes(), List.of());
  }

  private Account account() {
    return after(plan(avery(), NONE, null, TODAY));
  }

  private static Account ended(Account account) {
    return new Account(account.id(), Status.DISABLED, account.attributes(), List.of());
  }

  @Test
  void aNewWorkerIsMadeWithAllAttributesAndNothingIsWrittenForWhatIsEmpty() {
    Plan plan = plan(avery(), NONE, null, TODAY);
    assertThat(plan.stop()).isNull();
    assertThat(plan.changes().getFirst())
        .isInstanceOfSatisfying(
            Change.Create.class,
            create -> assertThat(create.login()).isEqualTo("avery.testwell@corp.example"));
    assertThat(plan.changes().stream().skip(1))
        .allSatisfy(change -> assertThat(change).isInstanceOf(Change.Update.class))
        .hasSize(8);
    assertThat(plan.wanted().attributes()).containsOnlyKeys(WorkerFields.ALL);
    assertThat(plan.wanted().attributes()).containsEntry("middleName", new Value.Cleared());
    assertThat(plan.wanted().status()).isEqualTo(Status.ENABLED);
    assertThat(plan.origins().get("locationName"))
        .satisfies(origin -> {
          assertThat(Objects.requireNonNull(origin).record()).isEqualTo("WORKER");
          assertThat(origin.field()).isEqualTo("locationName");
        });
    assertThat(plan.next()).isNull();
    assertThat(WorkerFields.ALL).hasSize(26).doesNotHaveDuplicates();
    assertThat(planner.nationalIds()).isEmpty();
  }

  @Test
  void nothingIsDoneAgain() {
    assertThat(plan(avery(), LINKED, account(), TODAY).changes()).isEmpty();
  }

  @Test
  void aNullEmptiesAndWhatIsNotKnownStays() {
    Account account = account();
    Map<String, @Nullable String> emptied = avery();
    emptied.put("locationName", null);
    Plan plan = plan(emptied, LINKED, account, TODAY);
    assertThat(plan.changes())
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update -> {
              assertThat(update.attribute()).isEqualTo("locationName");
              assertThat(update.before()).isEqualTo("Headquarters");
              assertThat(update.after()).isEqualTo(new Value.Cleared());
            });
    assertThat(plan.remarks()).containsExactly("the source has no name for location 501");
    Map<String, @Nullable String> unknown = avery();
    unknown.remove("locationName");
    Plan same = plan(unknown, LINKED, account, TODAY);
    assertThat(same.changes()).isEmpty();
    assertThat(same.wanted().attributes())
        .containsEntry("locationName", new Value.Text("Headquarters"));
  }

  @Test
  void whatNobodyCanBeWithoutIsNotEmptiedAndNoAccountIsMadeWithoutIt() {
    Map<String, @Nullable String> noMail = avery();
    noMail.put("email", null);
    Plan none = plan(noMail, NONE, null, TODAY);
    assertThat(none.stop()).isEqualTo(new Outcome.Skipped("no email in the source"));
    assertThat(none.missing()).containsExactly("email");
    Plan kept = plan(noMail, LINKED, account(), TODAY);
    assertThat(kept.changes()).isEmpty();
    assertThat(kept.missing()).containsExactly("email");
    assertThat(kept.wanted().attributes())
        .containsEntry("email", new Value.Text("avery.testwell@corp.example"));
  }

  @Test
  void whereTheSourceTellsNoUserNamesTheAddressIsTheLogin() {
    Map<String, @Nullable String> fields = avery();
    fields.remove("userName");
    fields.put("email", "a.t@corp.example");
    Plan plan = plan(fields, NONE, null, TODAY);
    assertThat(plan.changes().getFirst())
        .isInstanceOfSatisfying(
            Change.Create.class, one -> assertThat(one.login()).isEqualTo("a.t@corp.example"));
    assertThat(Objects.requireNonNull(plan.origins().get("userName")).rule())
        .isEqualTo("userName|email");
    // One whom the source knows to have none is not given one.
    fields.put("userName", null);
    assertThat(plan(fields, NONE, null, TODAY).missing()).containsExactly("userName");
  }

  @Test
  void whoHasLeftAndIsUnknownToTheTargetIsLeftAlone() {
    Map<String, @Nullable String> left = avery();
    left.put("terminationDate", "2026-09-30");
    Plan plan = plan(left, NONE, null, TODAY);
    assertThat(plan.stop())
        .isEqualTo(new Outcome.Skipped("left on 2026-09-30, and no account is there"));
    assertThat(plan.next()).isNull();
  }

  @Test
  void whoHasLeftIsDeactivatedAndNothingElseIsWritten() {
    Map<String, @Nullable String> left = avery();
    left.put("terminationDate", "2026-09-30");
    left.put("lastName", "Other");
    Plan plan = plan(left, LINKED, account(), TODAY);
    assertThat(plan.changes())
        .containsExactly(new Change.Deactivate("their last day, 2026-09-30, is over"));
    assertThat(plan.wanted().status()).isEqualTo(Status.DISABLED);
    assertThat(plan(left, LINKED, ended(account()), TODAY).changes()).isEmpty();
  }

  @Test
  void whoIsBackIsActivatedAndBroughtUpToDate() {
    Map<String, @Nullable String> back = avery();
    back.put("lastName", "Married");
    Plan plan = plan(back, LINKED, ended(account()), TODAY);
    assertThat(plan.changes().getFirst()).isInstanceOf(Change.Activate.class);
    assertThat(plan.changes().get(1))
        .isInstanceOfSatisfying(
            Change.Update.class, one -> assertThat(one.attribute()).isEqualTo("lastName"));
    assertThat(plan.wanted().status()).isEqualTo(Status.ENABLED);
  }

  @Test
  void withoutAWorkRelationshipNothingEndsAndNothingBegins() {
    Map<String, @Nullable String> unknown = avery();
    unknown.remove("terminationDate");
    assertThat(plan(unknown, NONE, null, TODAY).stop())
        .isEqualTo(new Outcome.Skipped("the source tells no work relationship"));
    assertThat(plan(unknown, LINKED, account(), TODAY).changes()).isEmpty();
    assertThat(plan(unknown, LINKED, ended(account()), TODAY).changes()).isEmpty();
  }

  @Test
  void aPendingWorkerHasNoAccountYet() {
    Map<String, @Nullable String> pending = avery();
    pending.put("workerType", "P");
    assertThat(plan(pending, NONE, null, TODAY).stop())
        .isEqualTo(new Outcome.Skipped("worker type P has no account of its own"));
  }

  @Test
  void aDateThatIsNoneStopsEverything() {
    Map<String, @Nullable String> wrong = avery();
    wrong.put("terminationDate", "31.12.2026");
    assertThat(Objects.requireNonNull(plan(wrong, LINKED, account(), TODAY).stop()).reason())
        .contains("terminationDate '31.12.2026' is no date");
  }

  @Test
  void whatIsAmbiguousOrGoneIsForAPerson() {
    Match unclear = new Match.Ambiguous(List.of(Candidate.linked("x")), "two");
    assertThat(plan(avery(), unclear, null, TODAY).stop()).isInstanceOf(Outcome.Suspended.class);
    assertThat(plan(avery(), LINKED, null, TODAY).stop()).isInstanceOf(Outcome.Suspended.class);
    Facts nothing = new Facts(AVERY, Facts.Standing.ADDED, Map.of());
    Wanted wanted = planner.want(nothing, TODAY);
    assertThat(planner.plan(nothing, wanted, NONE, null, TODAY).stop())
        .isEqualTo(new Outcome.Skipped("the source gives no row WORKER"));
  }

  @Test
  void settingsThatCannotWorkAreRefused() {
    assertThatThrownBy(() -> new WorkerSettings(-1, Set.of(), Set.of("userName")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WorkerSettings(null, Set.of(), Set.of("email")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The last day is worked; the day after is named beforehand, and ends the account. */
  @Property
  void anAccountEndsTheDayAfterTheLastOneAndIsLookedAtThen(
      @ForAll @IntRange(min = -400, max = 400) int days) {
    LocalDate last = TODAY.plusDays(days);
    Map<String, @Nullable String> leaving = avery();
    leaving.put("terminationDate", last.toString());
    Plan plan = plan(leaving, LINKED, account(), TODAY);
    boolean left = days < 0;
    assertThat(plan.changes().stream().anyMatch(Change.Deactivate.class::isInstance))
        .isEqualTo(left);
    if (left) {
      assertThat(plan.next()).isNull();
      assertThat(plan.changes()).hasSize(1);
    } else {
      Upcoming next = Objects.requireNonNull(plan.next());
      assertThat(next.date()).isEqualTo(last.plusDays(1));
      assertThat(plan(leaving, LINKED, account(), next.date().minusDays(1)).wanted().status())
          .isEqualTo(Status.ENABLED);
      assertThat(plan(leaving, LINKED, account(), next.date()).wanted().status())
          .isEqualTo(Status.DISABLED);
    }
  }

  /** Whoever goes and comes back: on each day the account is as that day's facts say. */
  @Property
  void whoComesBackHasTheAccountOnExactlyTheDaysTheyWork(
      @ForAll @IntRange(min = 1, max = 60) int firstEnd,
      @ForAll @IntRange(min = 1, max = 60) int gap) {
    LocalDate last = TODAY.plusDays(firstEnd);
    LocalDate back = last.plusDays(gap);
    Account account = account();
    for (LocalDate day = TODAY; day.isBefore(back.plusDays(3)); day = day.plusDays(1)) {
      Map<String, @Nullable String> told = avery();
      boolean again = !day.isBefore(back);
      told.put("terminationDate", again ? null : last.toString());
      told.put("hireDate", again ? back.toString() : "2019-06-03");
      account = after(plan(told, LINKED, account, day));
      assertThat(account.status())
          .isEqualTo(day.isAfter(last) && !again ? Status.DISABLED : Status.ENABLED);
    }
  }

  /** With a setting an account is made so many days before the first one, and looked at then. */
  @Property
  void anAccountIsMadeSoManyDaysAhead(
      @ForAll @IntRange(max = 30) int ahead, @ForAll @IntRange(min = -60, max = 60) int days) {
    WorkerPlanner early =
        new WorkerPlanner(
            new WorkerSettings(ahead, Set.of(), WorkerSettings.defaults().required()));
    Map<String, @Nullable String> hired = avery();
    LocalDate first = TODAY.plusDays(days);
    hired.put("hireDate", first.toString());
    Plan plan = plan(early, hired, NONE, null, TODAY);
    if (days > ahead) {
      assertThat(plan.changes()).isEmpty();
      Upcoming next = Objects.requireNonNull(plan.next());
      assertThat(next.date()).isEqualTo(first.minusDays(ahead));
      assertThat(plan(early, hired, NONE, null, next.date()).changes()).isNotEmpty();
      assertThat(plan(early, hired, NONE, null, next.date().minusDays(1)).changes()).isEmpty();
    } else {
      assertThat(plan.changes().getFirst()).isInstanceOf(Change.Create.class);
    }
    assertThat(plan(hired, NONE, null, TODAY).changes()).isNotEmpty();
  }
}
