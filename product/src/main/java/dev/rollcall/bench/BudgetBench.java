package dev.rollcall.bench;

import dev.rollcall.bench.OktaWindows.Counted;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.EventTally;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.NotNow;
import dev.rollcall.sync.budget.BudgetSettings;
import dev.rollcall.sync.budget.BudgetStanding;
import dev.rollcall.sync.budget.Budgets;
import dev.rollcall.sync.budget.RateBudget;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * How much of what is permitted the budget uses, and what it does to others: two budgets on one
 * database, as two processes have them, call a small model of Okta's windows in virtual time. All
 * that is counted is counted by the model.
 */
public final class BudgetBench {

  /** What goes on around the calls. */
  public enum Scenario {
    /** Our credential may take half of the org's limit. */
    HALF,
    /**
     * Another integration draws on the org's bucket from the beginning, grows, shrinks, returns.
     */
    COMPETITOR,
    /** Okta's clock is 90 seconds ahead, that of the second process 90 seconds behind. */
    SKEW;

    /** As it is written on the command line. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static final String TARGET = "bench";
  static final String BUCKET = "/api/v1/users";
  static final int ORG_LIMIT = 600;
  static final int TOKEN_LIMIT = 300;
  static final int SHARE = ORG_LIMIT * 4 / 5;
  static final int SIGN_INS = 40;
  private static final int WORKERS = 8;
  static final Duration SKEW = Duration.ofSeconds(90);
  private static final Instant START = Instant.parse("2026-11-20T12:00:17.350Z");

  private final Database database;

  /**
   * @param database empty and migrated
   */
  public BudgetBench(Database database) {
    this.database = database;
  }

  /**
   * Runs a scenario.
   *
   * @param minutes of virtual time
   */
  public Map<String, Object> run(Scenario scenario, int minutes) throws InterruptedException {
    return new Run(scenario, START.plus(Duration.ofMinutes(minutes))).result();
  }

  private static DoubleUnaryOperator competitor(Scenario scenario) {
    if (scenario != Scenario.COMPETITOR) {
      return minute -> 0;
    }
    // 300 at first, 320 in the third minute, hardly anything in the ninth, then 200 again.
    return minute ->
        minute < 3
            ? 300 + 20 * minute / 3
            : minute < 9 ? 320 - 290 * (minute - 3) / 6 : Math.min(200, 30 + 34 * (minute - 9));
  }

  /** A clock that shows virtual time, or is wrong by this much. */
  private static final class Shown extends Clock {
    private final VirtualTime time;
    private final Duration wrongBy;

    Shown(VirtualTime time, Duration wrongBy) {
      this.time = time;
      this.wrongBy = wrongBy;
    }

    @Override
    public Instant instant() {
      return time.time().plus(wrongBy);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("Always UTC");
    }
  }

  private final class Run {
    private final Scenario scenario;
    private final Instant end;
    private final VirtualTime time = new VirtualTime(START);
    private final OktaWindows okta;
    private final Budgets budgets;
    private final List<Integer> permitted = new ArrayList<>();
    private final Set<Integer> stopped = new HashSet<>();
    private Duration longestLeaver = Duration.ZERO;

    Run(Scenario scenario, Instant end) {
      this.scenario = scenario;
      this.end = end;
      this.okta =
          new OktaWindows(
              START,
              ORG_LIMIT,
              TOKEN_LIMIT,
              scenario == Scenario.SKEW ? SKEW : Duration.ZERO,
              competitor(scenario),
              minute -> SIGN_INS);
      Clock clock = new Shown(time, Duration.ZERO);
      this.budgets =
          new Budgets(
              database.jdbc(),
              clock,
              time,
              new EventLookup(database.jdbc(), clock),
              new EventTally(database, clock),
              Map.of());
    }

    Map<String, Object> result() throws InterruptedException {
      List<Runnable> everybody = new ArrayList<>();
      for (int process = 0; process < 2; process++) {
        everybody.addAll(process(process));
      }
      time.run(everybody);
      return told();
    }

    private List<Runnable> process(int number) {
      boolean wrong = scenario == Scenario.SKEW && number == 1;
      Clock clock = new Shown(time, wrong ? SKEW.negated() : Duration.ZERO);
      RateBudget budget =
          new RateBudget(
              database,
              clock,
              time,
              new Random(number),
              TARGET,
              BudgetSettings.defaults().withOrgLimits(Map.of(BUCKET, ORG_LIMIT)));
      List<Runnable> workers = new ArrayList<>();
      for (int worker = 0; worker < WORKERS; worker++) {
        Random random = new Random(number * 100L + worker);
        Priority priority = worker == 0 ? Priority.NORMAL : Priority.BULK;
        workers.add(() -> work(budget, clock, random, priority, Duration.ZERO));
      }
      Random random = new Random(number * 100L + WORKERS);
      workers.add(() -> work(budget, clock, random, Priority.LEAVER, Duration.ofSeconds(13)));
      return workers;
    }

    private void work(
        RateBudget budget, Clock clock, Random random, Priority priority, Duration rest) {
      try {
        while (time.time().isBefore(end)) {
          Instant asked = time.time();
          boolean free = priority == Priority.LEAVER && !isStopped();
          acquire(budget, clock, priority);
          Duration waited = Duration.between(asked, time.time());
          if (free && waited.compareTo(longestLeaver) > 0) {
            longestLeaver = waited;
          }
          call(budget, random);
          time.sleep(rest.plusMillis(1 + random.nextInt(20)));
        }
      } catch (InterruptedException interruption) {
        Thread.currentThread().interrupt();
      }
    }

    private void acquire(RateBudget budget, Clock clock, Priority priority)
        throws InterruptedException {
      while (true) {
        try {
          budget.acquire(BUCKET, priority);
          return;
        } catch (NotNow notNow) {
          time.sleep(Duration.between(clock.instant(), notNow.until()));
        }
      }
    }

    private void call(RateBudget budget, Random random) throws InterruptedException {
      Instant sent = time.time();
      time.sleep(Duration.ofMillis(20 + random.nextInt(180)));
      OktaWindows.Answer answer = okta.arrive(time.time());
      int window = okta.ours().size() - 1;
      if (window == permitted.size()) {
        permitted.add(permittedNow());
      }
      if (answer.status() != OktaWindows.OK) {
        stopped.add(window);
      }
      time.sleep(Duration.ofMillis(20 + random.nextInt(180)));
      Duration took = Duration.between(sent, time.time());
      budget.learn(
          new Call(BUCKET, "GET", BUCKET, false, answer.status(), answer.room(), null, null, took));
    }

    /** What the contract permits, or less when the budget itself has lowered it. */
    private int permittedNow() {
      BudgetStanding now = budgets.standing().getFirst();
      int most = Math.min(TOKEN_LIMIT, SHARE);
      return now.limit() == null ? most : Math.min(most, now.permitted());
    }

    private boolean isStopped() {
      return budgets.standing().stream().anyMatch(one -> one.stoppedUntil() != null);
    }

    private Map<String, Object> told() {
      // The last window is not over.
      int windows = okta.ours().size() - 1;
      int permittedInAll = 0;
      int used = 0;
      for (int window = 0; window < windows; window++) {
        int ours = okta.ours().get(window);
        // A refusal stops the bucket: more than was used by then was not permitted.
        permittedInAll += stopped.contains(window) ? ours : permitted.get(window);
        used += ours;
      }
      List<Counted> all = okta.windows().subList(0, okta.windows().size() - 1);
      Counted first = all.getFirst();
      List<Counted> later = all.subList(1, all.size());
      int left = later.stream().mapToInt(Run::left).sum();
      int taken = later.stream().mapToInt(Counted::ours).sum();
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("scenario", scenario.code());
      result.put("permitted", permittedInAll);
      result.put("used", used);
      result.put("ratio", ratio(used, permittedInAll));
      result.put(
          "own429",
          later.stream().mapToInt(Counted::refusedOurs).sum()
              + (first.ours() > Math.min(TOKEN_LIMIT, SHARE) ? first.refusedOurs() : 0));
      result.put("reserveTouched", later.stream().filter(Run::touched).count());
      result.put("loginsRefused", later.stream().mapToInt(Counted::refusedSignIns).sum());
      result.put(
          "firstMinute",
          Map.of(
              "refused",
              first.refusedOurs(),
              "reserveTouched",
              touched(first) ? 1 : 0,
              "loginsRefused",
              first.refusedSignIns()));
      result.put("windows", windows);
      result.put("ratioToLeft", ratio(taken, left));
      result.put("longestLeaverMs", longestLeaver.toMillis());
      return result;
    }

    /** Whether we and other integrations took of what is kept for people who sign in. */
    private static boolean touched(Counted window) {
      return window.ours() > 0 && window.ours() + window.others() > SHARE;
    }

    /** What somebody could have used who knew beforehand what the others draw. */
    private static int left(Counted window) {
      return Math.clamp(SHARE - (long) window.others(), 0, TOKEN_LIMIT);
    }

    private static double ratio(int part, int whole) {
      return Double.parseDouble(String.format(Locale.ROOT, "%.3f", (double) part / whole));
    }
  }
}
