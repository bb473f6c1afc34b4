package dev.rollcall.sync.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.bench.VirtualTime;
import dev.rollcall.db.Database;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.NotNow;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Budgets of several processes on one database, in virtual time. */
class RateBudgetTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant SHOWN = Instant.parse("2030-01-01T00:00:00Z");

  private final Database database = SharedDatabase.emptied();
  private final VirtualTime time = new VirtualTime(NOON);
  private final SettableClock clock = new SettableClock(SHOWN);
  private final RateBudget one = process(1);
  private final RateBudget other = process(2);

  private RateBudget process(int number) {
    return new RateBudget(
        database, clock, time, new Random(number), "okta", BudgetSettings.defaults());
  }

  /** Lets each of them run in virtual time. */
  private void run(Runnable... all) throws InterruptedException {
    time.run(List.of(all));
  }

  private void rest(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }

  private static void take(RateBudget budget, Priority priority) {
    budget.acquire(Answers.USERS, priority);
  }

  private void answer(RateBudget budget, int limit, int remaining) {
    Instant now = time.time();
    budget.learn(Answers.ok(limit, remaining, NOON.plusSeconds(60), now));
  }

  @Test
  void whatOneProcessLearnsTheOtherKnows() throws InterruptedException {
    run(() -> {
      take(one, Priority.BULK);
      answer(one, 300, 299);
      for (int i = 0; i < 10; i++) {
        take(other, Priority.BULK);
      }
      assertThat(time.time()).isAfter(NOON.plusSeconds(1)).isBefore(NOON.plusSeconds(3));
    });
  }

  @Test
  void beforeTheFirstAnswerTheProcessesTogetherCallAHandful() throws InterruptedException {
    run(() -> {
      for (int i = 0; i < Bucket.HANDFUL; i++) {
        take(i % 2 == 0 ? one : other, Priority.LEAVER);
      }
      assertThatThrownBy(() -> take(one, Priority.LEAVER))
          .isInstanceOf(NotNow.class)
          .hasMessageContaining("okta")
          .hasMessageContaining(Answers.USERS)
          .hasMessageContaining("not known yet");
    });
  }

  @Test
  void aRefusalOfOneStopsTheOtherAndTellsWhenToComeAgainOnRollcallsClock()
      throws InterruptedException {
    run(() -> {
      take(one, Priority.BULK);
      answer(one, 300, 299);
      take(one, Priority.BULK);
      Instant now = time.time();
      one.learn(Answers.refused(300, 0, now.plusSeconds(40), now));
      NotNow notNow = catchThrowableOfType(NotNow.class, () -> take(other, Priority.LEAVER));
      assertThat(notNow.until()).isBetween(SHOWN.plusSeconds(41), SHOWN.plusSeconds(43));
    });
  }

  @Test
  void whoSleepsUntilItsMomentDoesNotCallAfterTheBucketWasStopped() throws InterruptedException {
    List<String> happened = new ArrayList<>();
    run(
        () -> {
          take(one, Priority.BULK);
          answer(one, 60, 59);
          take(one, Priority.BULK);
          rest(Duration.ofMillis(500));
          Instant now = time.time();
          one.learn(Answers.refused(60, 0, now.plusSeconds(30), now));
          happened.add("stopped");
        },
        () -> {
          rest(Duration.ofMillis(1_100));
          try {
            take(other, Priority.BULK);
            happened.add("called");
          } catch (NotNow notNow) {
            happened.add("turned back");
          }
        });
    assertThat(happened).containsExactly("stopped", "turned back");
    Window window = window();
    assertThat(window.outstanding()).as("the permit was given back").isZero();
  }

  private Window window() {
    BudgetTable table = new BudgetTable(database.jdbc(), clock, time, "okta");
    Window window = table.look(Answers.USERS).bucket().window();
    assertThat(window).isNotNull();
    return Objects.requireNonNull(window);
  }

  @Test
  void everyCallThatCameToAnEndIsCountedOnceForAllProcesses() throws InterruptedException {
    run(() -> {
      for (RateBudget budget : List.of(one, other)) {
        take(budget, Priority.NORMAL);
        answer(budget, 60, 59);
      }
      take(one, Priority.NORMAL);
      Instant now = time.time();
      one.learn(Answers.refused(60, 0, now.plusSeconds(30), now));
    });
    assertThat(
            database
                .jdbc()
                .sql("select calls || ' ' || calls_refused from call_budget")
                .query(String.class)
                .list())
        .containsExactly("3 1");
  }

  @Test
  void aLeaverOfOneProcessOvertakesTheBulkOfTheOther() throws InterruptedException {
    List<String> order = new ArrayList<>();
    List<Runnable> all = new ArrayList<>();
    all.add(() -> {
      take(one, Priority.BULK);
      answer(one, 60, 59);
    });
    for (int i = 0; i < 4; i++) {
      all.add(() -> {
        rest(Duration.ofMillis(10));
        take(one, Priority.BULK);
        order.add("bulk");
      });
    }
    all.add(() -> {
      rest(Duration.ofMillis(20));
      take(other, Priority.LEAVER);
      order.add("leaver");
      assertThat(time.time()).isBefore(NOON.plusMillis(100));
    });
    run(all.toArray(Runnable[]::new));
    assertThat(order).startsWith("leaver").hasSize(5);
  }

  @Test
  void whoWouldWaitLongerThanPatientIsToldToComeAgain() throws InterruptedException {
    run(() -> {
      take(one, Priority.BULK);
      answer(one, 7, 6);
      take(one, Priority.BULK);
      NotNow notNow = catchThrowableOfType(NotNow.class, () -> take(one, Priority.BULK));
      assertThat(notNow.until()).isBetween(SHOWN.plusSeconds(5), SHOWN.plusSeconds(12));
      assertThat(notNow).hasMessageContaining("others wait for the same calls");
      take(one, Priority.LEAVER);
    });
  }

  @Test
  void tooManyAtOnceLowersHowManyAProcessCallsAtOnce() throws InterruptedException {
    run(() -> {
      take(one, Priority.BULK);
      answer(one, 600, 599);
      for (int i = 0; i < 8; i++) {
        take(one, Priority.BULK);
      }
      Instant now = time.time();
      for (int i = 0; i < 3; i++) {
        one.learn(Answers.refused(0, 0, now.plusSeconds(114), now));
      }
      assertThat(one.mostAtOnce()).as("halved once for those refused together").isEqualTo(4);
      rest(Duration.ofMillis(1_600));
      for (int i = 0; i < 5; i++) {
        answer(one, 600, 590 - i);
      }
      for (int i = 0; i < 4; i++) {
        take(one, Priority.BULK);
      }
      assertThatThrownBy(() -> take(one, Priority.BULK))
          .isInstanceOf(NotNow.class)
          .hasMessageContaining("at once");
      for (int i = 0; i < 4; i++) {
        answer(one, 600, 580 - i);
      }
      for (int i = 0; i < 40; i++) {
        take(one, Priority.BULK);
        answer(one, 600, 570 - i);
      }
      assertThat(one.mostAtOnce()).as("it comes back slowly").isBetween(5, 7);
    });
  }

  @Test
  void aProcessThatDiesCostsItsPermitsAndNobodyElseWaitsForIt() throws InterruptedException {
    run(() -> {
      take(one, Priority.BULK);
      answer(one, 60, 59);
      for (int i = 0; i < 5; i++) {
        take(one, Priority.BULK);
      }
      RateBudget successor = process(3);
      take(successor, Priority.BULK);
      assertThat(window().used()).isEqualTo(7);
      assertThat(window().outstanding()).isEqualTo(6);
    });
  }

  @Test
  void anInterruptedWaitGivesItsPermitBack() throws InterruptedException {
    run(() -> {
      take(one, Priority.BULK);
      answer(one, 60, 59);
      take(one, Priority.BULK);
      answer(one, 60, 58);
    });
    int used = window().used();
    RateBudget interrupted =
        new RateBudget(
            database,
            clock,
            new Pace() {
              @Override
              public Optional<Instant> now() {
                return time.now();
              }

              @Override
              public void sleep(Duration duration) throws InterruptedException {
                throw new InterruptedException("stopping");
              }
            },
            new Random(4),
            "okta",
            BudgetSettings.defaults());
    assertThatThrownBy(() -> take(interrupted, Priority.BULK))
        .isInstanceOf(NotNow.class)
        .hasMessageContaining("stopping");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(window().used()).isEqualTo(used);
  }

  @Test
  void insideATransactionItIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> database.inTransaction(() -> take(one, Priority.LEAVER)))
        .withMessageContaining("outside of a transaction");
  }

  @Test
  void threadsOfTwoProcessesNeverTakeTheSamePermit() throws Exception {
    Terms terms = new Terms(0.2, null);
    Duration patient = Duration.ofMinutes(2);
    take(one, Priority.LEAVER);
    answer(one, 300, 20);
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<Long>> taken = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        BudgetTable table = new BudgetTable(database.jdbc(), clock, time, "okta");
        taken.add(
            threads.submit(() -> {
              begin.await();
              return IntStream.range(0, 20)
                  .filter(number ->
                      table
                              .take(
                                  Answers.USERS,
                                  terms,
                                  (known, now) -> known.take(now, Priority.LEAVER, terms, patient))
                              .result()
                          instanceof Taken.Granted)
                  .count();
            }));
      }
      begin.countDown();
    }
    long all = 0;
    for (Future<Long> some : taken) {
      all += some.get();
    }
    assertThat(all).isEqualTo(20);
    assertThat(window().outstanding()).isEqualTo(20);
  }

  @Test
  void onPostgresClockARealCallIsSpacedForReal() {
    RateBudget real =
        new RateBudget(
            database, clock, Pace.real(), new Random(1), "okta", BudgetSettings.defaults());
    long start = System.nanoTime();
    take(real, Priority.BULK);
    Call.Room room = new Call.Room(600, 599, NOON.plusSeconds(60), NOON);
    real.learn(Answers.call(200, room, Duration.ofMillis(1)));
    for (int i = 0; i < 4; i++) {
      take(real, Priority.BULK);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(250), Duration.ofSeconds(5));
  }

  @Test
  void whoDoesNotCallAfterAllTakesNobodysPlace() throws InterruptedException {
    run(() -> {
      take(one, Priority.LEAVER);
      answer(one, 6000, 5999);
      for (int i = 0; i < 2; i++) {
        take(one, Priority.LEAVER);
      }
      for (int i = 0; i < 2; i++) {
        one.learn(Answers.refused(0, 0, time.time().plusSeconds(114), time.time()));
      }
      rest(Duration.ofSeconds(30));
      assertThat(one.mostAtOnce()).isEqualTo(1);
      for (int i = 0; i < 5; i++) {
        take(one, Priority.LEAVER);
        one.unused(Answers.USERS);
      }
      take(one, Priority.LEAVER);
      assertThatThrownBy(() -> take(one, Priority.LEAVER))
          .isInstanceOf(NotNow.class)
          .hasMessageContaining("too many calls at once");
    });
  }
}
