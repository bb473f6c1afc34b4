package dev.rollcall.sync.budget;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/** Several processes on one real database, some of which are killed in the middle of a call. */
class SeveralProcessesPropertyTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00.437Z");
  private static final Duration LASTS = Duration.ofSeconds(150);

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void noWindowHoldsMoreThanIsPermittedByAll(
      @ForAll @IntRange(min = 10, max = 60) int limit,
      @ForAll boolean orgLimited,
      @ForAll @IntRange(min = 1, max = 3) int processes,
      @ForAll @IntRange(min = 0, max = 10) int killedInHundred,
      @ForAll @IntRange(min = -100, max = 100) int skewSeconds,
      @ForAll long seed)
      throws InterruptedException {
    Database database = SharedDatabase.emptied();
    VirtualTime time = new VirtualTime(START);
    CountingSide side = new CountingSide(limit, Duration.ofSeconds(skewSeconds));
    BudgetSettings settings =
        orgLimited
            ? BudgetSettings.defaults().withOrgLimits(Map.of(Answers.USERS, limit))
            : BudgetSettings.defaults();
    List<Runnable> workers = new ArrayList<>();
    for (int process = 0; process < processes; process++) {
      Random random = new Random(seed + process);
      // Whatever this process thinks what time it is.
      SettableClock clock = new SettableClock(START.plusSeconds(random.nextInt(10_000)));
      RateBudget budget = new RateBudget(database, clock, time, random, "okta", settings);
      for (int worker = 0; worker < 3; worker++) {
        workers.add(() -> work(time, side, budget, clock, random, killedInHundred));
      }
    }
    time.run(workers);
    int permitted = orgLimited ? limit * 4 / 5 : limit;
    assertThat(side.windows()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(side.windows()).allMatch(calls -> calls <= permitted);
    assertThat(side.refused()).isZero();
  }

  private static void work(
      VirtualTime time,
      CountingSide side,
      RateBudget budget,
      SettableClock clock,
      Random random,
      int killedInHundred) {
    try {
      while (time.time().isBefore(START.plus(LASTS))) {
        try {
          budget.acquire(Answers.USERS, Priority.ofRank(random.nextInt(4)));
        } catch (NotNow notNow) {
          time.sleep(Duration.between(clock.instant(), notNow.until()));
          continue;
        }
        boolean killed = random.nextInt(100) < killedInHundred;
        if (killed && random.nextBoolean()) {
          time.sleep(Duration.ofSeconds(2)); // another one takes over
          continue;
        }
        Instant sent = time.time();
        time.sleep(Duration.ofMillis(1 + random.nextInt(800)));
        Call answer = side.arrive(time.time(), Duration.ZERO);
        time.sleep(Duration.ofMillis(1 + random.nextInt(800)));
        if (!killed) {
          budget.learn(
              Answers.call(answer.status(), answer.room(), Duration.between(sent, time.time())));
        }
      }
    } catch (InterruptedException interruption) {
      throw new IllegalStateException(interruption);
    }
  }
}
