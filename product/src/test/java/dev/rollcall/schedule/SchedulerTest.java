package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.Database;
import dev.rollcall.schedule.JobState.Outcome;
import dev.rollcall.schedule.Timing.Daily;
import dev.rollcall.schedule.Timing.Every;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Timing HOURLY = new Every(Duration.ofHours(1));
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(NOON);
  private final Schedule schedule = new Schedule(database.jdbc(), clock);
  private final AtomicInteger runs = new AtomicInteger();
  private final List<Scheduler> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(Scheduler::close);
  }

  private Scheduler node(String name, Job job) {
    return node(name, job, Duration.ofMinutes(10));
  }

  private Scheduler node(String name, Job job, Duration lease) {
    Scheduler scheduler = new Scheduler(schedule, clock, name, List.of(job), lease);
    open.add(scheduler);
    return scheduler;
  }

  private Job counting(Timing timing) {
    return new Job("tidy", timing, turn -> "run " + runs.incrementAndGet());
  }

  private JobState state() {
    return schedule.jobs().getFirst();
  }

  /** A look that finds the job written down, and one that finds it due. */
  private static void lookTwice(Scheduler scheduler) {
    scheduler.look();
    scheduler.look();
  }

  private void untilNobodyRunsIt() {
    await().atMost(PATIENCE).until(() -> state().runningOn() == null && state().ended() != null);
  }

  private void expire() {
    database
        .jdbc()
        .sql("update schedule set lease_until = clock_timestamp() - interval '1s'")
        .update();
  }

  @Test
  void aJobRunsWhenItIsDueAndItsRowSaysWhatCameOfIt() {
    Scheduler scheduler = node("a", counting(HOURLY));

    lookTwice(scheduler);
    untilNobodyRunsIt();

    assertThat(state())
        .isEqualTo(
            new JobState(
                "tidy", NOON.plus(Duration.ofHours(1)), null, NOON, NOON, Outcome.DONE, "run 1"));
    scheduler.look();
    assertThat(runs).hasValue(1);
  }

  @Test
  void twoSchedulersRunADueJobOnce() throws Exception {
    int rounds = 10;
    CyclicBarrier together = new CyclicBarrier(2);
    Job job = counting(HOURLY);
    List<Callable<Void>> nodes = new ArrayList<>();
    for (String name : List.of("a", "b")) {
      Scheduler scheduler = node(name, job);
      nodes.add(() -> {
        for (int round = 0; round < rounds; round++) {
          together.await(20, TimeUnit.SECONDS);
          lookTwice(scheduler);
          if (together.await(20, TimeUnit.SECONDS) == 0) {
            int expected = round + 1;
            await().atMost(PATIENCE).until(() -> runs.get() >= expected);
            untilNobodyRunsIt();
            assertThat(runs).hasValue(expected);
            clock.advance(Duration.ofHours(1));
          }
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (var node : threads.invokeAll(nodes)) {
        node.get();
      }
    }
    assertThat(runs).hasValue(rounds);
  }

  @Test
  void aClockFortyDaysAheadRunsADueJobOnce() {
    Scheduler scheduler = node("a", counting(HOURLY));
    lookTwice(scheduler);
    untilNobodyRunsIt();

    clock.advance(Duration.ofDays(40));
    for (int look = 0; look < 5; look++) {
      scheduler.look();
      untilNobodyRunsIt();
    }

    assertThat(runs).hasValue(2);
    assertThat(state().due()).isEqualTo(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void aClockThatIsSetBackDoesNotSilenceAJob() {
    Scheduler scheduler = node("a", counting(HOURLY));
    clock.advance(Duration.ofDays(40));
    lookTwice(scheduler);
    untilNobodyRunsIt();

    clock.set(NOON);
    scheduler.look();

    assertThat(state().due()).isEqualTo(NOON.plus(Duration.ofHours(1)));
  }

  @Test
  void aProcessWhoseClockIsBehindDoesNotRunTheSameDayAgain() {
    Job job = counting(new Daily(LocalTime.NOON, ZoneOffset.UTC));
    SettableClock late = new SettableClock(NOON.minusSeconds(90));
    Scheduler behind =
        new Scheduler(new Schedule(database.jdbc(), late), late, "late", List.of(job));
    open.add(behind);
    behind.look();
    Scheduler punctual = node("a", job);
    punctual.look();
    untilNobodyRunsIt();

    behind.look();
    late.set(NOON);
    behind.look();

    assertThat(runs).hasValue(1);
    assertThat(state().due()).isEqualTo("2026-11-21T12:00:00Z");
  }

  @Test
  void aFailureIsKeptAndTheJobIsTriedAgainNextTime() {
    Job job =
        new Job(
            "tidy",
            HOURLY,
            turn -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("the disk is \0 full");
              }
              return "well";
            });
    Scheduler scheduler = node("a", job);

    lookTwice(scheduler);
    untilNobodyRunsIt();

    assertThat(state().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(state().said()).contains("the disk is \uFFFD full");
    scheduler.look();
    assertThat(runs).hasValue(1);

    clock.advance(Duration.ofHours(1));
    scheduler.look();
    await().atMost(PATIENCE).until(() -> state().outcome() == Outcome.DONE);
    assertThat(state().said()).isEqualTo("well");
  }

  @Test
  void aLostTurnIsTakenOverAndItsFirstProcessWritesNothingMore() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch continued = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    Scheduler stopped =
        node(
            "stopped",
            new Job(
                "tidy",
                HOURLY,
                turn -> {
                  begun.countDown();
                  awaitQuietly(continued);
                  ended.countDown();
                  return "late";
                }));
    lookTwice(stopped);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    Scheduler other = node("other", counting(HOURLY));
    other.look();
    assertThat(runs).hasValue(0);

    expire();
    other.look();
    untilNobodyRunsIt();
    assertThat(state().said()).isEqualTo("run 1");

    continued.countDown();
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    stopped.close();
    assertThat(state().said()).isEqualTo("run 1");
  }

  @Test
  void aJobThatKillsWhoeverRunsItDoesNotGoRoundForEver() {
    CountDownLatch never = new CountDownLatch(1);
    Job deadly =
        new Job(
            "tidy",
            HOURLY,
            turn -> {
              runs.incrementAndGet();
              awaitQuietly(never);
              return "never";
            });
    node("writes the job down", deadly).look();
    for (int process = 1; process <= 6; process++) {
      node("process " + process, deadly).look();
      int atMost = Math.min(process, 3);
      await().atMost(PATIENCE).until(() -> runs.get() == atMost);
      expire();
    }
    assertThat(runs).hasValue(3);

    clock.advance(Duration.ofHours(1));
    node("next time", deadly).look();
    await().atMost(PATIENCE).until(() -> runs.get() == 4);
    never.countDown();
  }

  @Test
  void aJobThatRunsLongKeepsItsTurn() throws Exception {
    CountDownLatch renewed = new CountDownLatch(1);
    AtomicReference<Turn> seen = new AtomicReference<>();
    Scheduler keeper =
        node(
            "keeper",
            new Job(
                "tidy",
                HOURLY,
                turn -> {
                  seen.set(turn);
                  awaitQuietly(renewed);
                  return "at last";
                }),
            Duration.ofMillis(1_500));
    keeper.start();
    await().atMost(PATIENCE).until(() -> seen.get() != null);
    Scheduler other = node("other", counting(HOURLY));
    Instant first = lease();

    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> {
          other.look();
          return lease().isAfter(first.plusSeconds(3));
        });

    assertThat(runs).hasValue(0);
    assertThat(state().runningOn()).isEqualTo("keeper");
    assertThat(seen.get().isOver()).isFalse();
    renewed.countDown();
    untilNobodyRunsIt();
    assertThat(state().said()).isEqualTo("at last");
  }

  @Test
  void whoWasAwayForTooLongIsTold() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Scheduler away =
        node(
            "away",
            new Job(
                "tidy",
                HOURLY,
                turn -> {
                  await().atMost(PATIENCE).until(turn::isOver);
                  told.countDown();
                  return "too late";
                }),
            Duration.ofMillis(1_500));
    away.start();
    await().atMost(PATIENCE).until(() -> runner() != null);

    database.jdbc().sql("update schedule set token = gen_random_uuid(), node = 'another'").update();

    assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(state().outcome()).isNull();
  }

  private @Nullable String runner() {
    return schedule.jobs().isEmpty() ? null : state().runningOn();
  }

  @Test
  void aJobIsToldToStopWithItsProcessAndIsDueAtOnceForTheOthers() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    Scheduler ending =
        node(
            "ending",
            new Job(
                "tidy",
                HOURLY,
                turn -> {
                  begun.countDown();
                  await().atMost(PATIENCE).until(turn::isOver);
                  return "half of it";
                }));
    lookTwice(ending);
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    ending.close();

    assertThat(state().outcome()).isEqualTo(Outcome.STOPPED);
    assertThat(state().said()).isEqualTo("half of it");
    node("other", counting(HOURLY)).look();
    await().atMost(PATIENCE).until(() -> state().outcome() == Outcome.DONE);
    assertThat(runs).hasValue(1);
  }

  @Test
  void twoJobsOfOneNameAreRefused() {
    Job job = counting(HOURLY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Scheduler(schedule, clock, "a", List.of(job, job)))
        .withMessageContaining("tidy");
  }

  private Instant lease() {
    return database
        .jdbc()
        .sql("select lease_until from schedule")
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .single();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
