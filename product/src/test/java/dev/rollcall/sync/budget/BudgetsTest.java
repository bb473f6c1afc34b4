package dev.rollcall.sync.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.bench.VirtualTime;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.EventTally;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is shown of the budgets. */
class BudgetsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant SHOWN = Instant.parse("2030-01-01T00:00:00Z");

  private final Database database = SharedDatabase.emptied();
  private final VirtualTime time = new VirtualTime(NOON);
  private final SettableClock clock = new SettableClock(SHOWN);
  private final RateBudget budget =
      new RateBudget(
          database,
          clock,
          time,
          new Random(1),
          "okta",
          BudgetSettings.defaults().withOrgLimits(Map.of(Answers.USERS, 200)));
  private final Budgets budgets =
      new Budgets(
          database.jdbc(),
          clock,
          time,
          new EventLookup(database.jdbc(), clock),
          new EventTally(database, clock),
          Map.of("okta", List.of("hr-to-okta", "also-to-okta")));

  private BudgetStanding standing() {
    List<BudgetStanding> all = budgets.standing();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private void call(int remaining) {
    budget.acquire(Answers.USERS, Priority.NORMAL);
    Instant now = time.time();
    budget.learn(Answers.ok(300, remaining, NOON.plusSeconds(60), now));
  }

  private void append(String instance, Priority priority, int count) {
    Events events = new Events(database.jdbc(), clock);
    for (int i = 0; i < count; i++) {
      SubjectKey subject = new SubjectKey("hr", instance + priority + i);
      events.append(
          List.of(NewEvent.now(instance, subject, Cause.CHANGE, priority, clock.instant())));
    }
  }

  @Test
  void beforeAnythingIsCalledThereIsNothingToShow() {
    assertThat(budgets.standing()).isEmpty();
  }

  @Test
  void aBucketShowsWhatItsAnswersSaidAndWhenItsWindowIsOver() throws InterruptedException {
    time.run(
        List.of(() -> {
          call(299);
          call(298);
        }));
    BudgetStanding now = standing();
    assertThat(now.target()).isEqualTo("okta");
    assertThat(now.bucket()).isEqualTo(Answers.USERS);
    assertThat(now.limit()).isEqualTo(300);
    assertThat(now.remaining()).isEqualTo(298);
    assertThat(now.reserve()).isEqualTo(0.2);
    assertThat(now.orgLimit()).isEqualTo(200);
    assertThat(now.permitted()).isEqualTo(160);
    assertThat(now.used()).isEqualTo(2);
    assertThat(now.lowered()).isEqualTo(1);
    assertThat(now.stoppedUntil()).isNull();
    assertThat(now.resetsAt()).isBetween(SHOWN.plusSeconds(59), SHOWN.plusSeconds(61));
    assertThat(now.waiting()).isZero();
    assertThat(now.eta()).isNull();
  }

  @Test
  void aStoppedBucketSaysUntilWhen() throws InterruptedException {
    time.run(
        List.of(() -> {
          call(299);
          budget.acquire(Answers.USERS, Priority.NORMAL);
          Instant now = time.time();
          budget.learn(Answers.refused(300, 0, now.plusSeconds(30), now));
        }));
    BudgetStanding now = standing();
    assertThat(now.stoppedUntil()).isBetween(SHOWN.plusSeconds(31), SHOWN.plusSeconds(32));
    assertThat(now.refused()).isEqualTo(1);
    assertThat(now.lowered()).isLessThan(1);
  }

  @Test
  void whatWaitsIsDoneByTheCallsItNeedsAndTheUrgentFirst() throws InterruptedException {
    time.run(List.of(() -> call(299)));
    append("hr-to-okta", Priority.LEAVER, 2);
    append("hr-to-okta", Priority.BULK, 30);
    append("also-to-okta", Priority.BULK, 8);
    append("campus", Priority.LEAVER, 5);
    BudgetStanding unlearned = standing();
    assertThat(unlearned.waiting()).as("of instances that call it").isEqualTo(40);
    assertThat(unlearned.eta()).as("nobody knows how many calls one needs").isNull();

    database
        .jdbc()
        .sql(
            "insert into event_tally (minute, instance, status, events, longest_wait)"
                + " values (:minute, 'hr-to-okta', 'COMP', 100, 0),"
                + " (:minute, 'hr-to-okta', 'CANC', 900, 0)")
        .param("minute", SHOWN.minusSeconds(600).atOffset(ZoneOffset.UTC))
        .update();
    database
        .jdbc()
        .sql(
            "insert into call_window (target, bucket, opened_at, permitted, used, refused)"
                + " values ('okta', :bucket, :opened, 160, 399, 0)")
        .param("bucket", Answers.USERS)
        .param("opened", SHOWN.minusSeconds(600).atOffset(ZoneOffset.UTC))
        .update();
    BudgetStanding learned = standing();
    assertThat(learned.callsPerEvent()).isEqualTo(4);
    // 40 events of 4 calls at 160 a minute; the two leavers are done after 3 seconds.
    assertThat(learned.eta()).isEqualTo(SHOWN.plusSeconds(60));
    assertThat(learned.forecast())
        .extracting(BudgetStanding.Forecast::priority, BudgetStanding.Forecast::eta)
        .containsExactly(
            tuple("LEAVER", SHOWN.plusSeconds(3)), tuple("BULK", SHOWN.plusSeconds(60)));
  }

  @Test
  void windowsThatAreOverAreKeptForCharts() throws InterruptedException {
    time.run(
        List.of(() -> {
          call(299);
          call(298);
          rest(Duration.ofSeconds(70));
          budget.acquire(Answers.USERS, Priority.NORMAL);
        }));
    assertThat(budgets.windows(SHOWN.minusSeconds(3_600)))
        .singleElement()
        .satisfies(window -> {
          assertThat(window.used()).isEqualTo(2);
          assertThat(window.permitted()).isEqualTo(160);
          assertThat(window.openedAt()).isBetween(SHOWN.minusSeconds(72), SHOWN);
        });
  }

  private void rest(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }
}
