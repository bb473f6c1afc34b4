package dev.rollcall.sync.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.sync.budget.Taken.Granted;
import dev.rollcall.sync.budget.Taken.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is asked for, however long calls and answers take, whoever dies in between: the other
 * side never counts more than permitted in a window, and never has to refuse.
 */
class BucketPropertyTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00.437Z");

  /**
   * What happens in a run.
   *
   * @param limit of our credential
   * @param orgLimit 0 for none
   * @param skewSeconds of their clock
   * @param workers asking at the same time, in whatever processes
   * @param slowest milliseconds a call takes to arrive, and its answer to come back, at most
   * @param lost calls in a hundred after which the process dies, before or after they arrive
   * @param silent answers in a hundred that say nothing of the room
   * @param pause seconds that workers rest now and then
   */
  record Weather(
      int limit,
      int orgLimit,
      int skewSeconds,
      int workers,
      int slowest,
      int lost,
      int silent,
      int pause,
      long seed) {}

  @Provide
  Arbitrary<Weather> weathers() {
    Arbitrary<Integer> small = Arbitraries.of(0, 0, 1, 5, 20);
    return Combinators.combine(
            Arbitraries.of(Bucket.HANDFUL, 7, 20, 50, 100, 300),
            Arbitraries.of(0, 0, 40, 200, 600),
            Arbitraries.of(0, 90, -90, 100_000),
            Arbitraries.integers().between(1, 24),
            Arbitraries.of(20, 300, 1_500, 9_000),
            small,
            small,
            Arbitraries.of(0, 0, 3, 45))
        .as((limit, org, skew, workers, slowest, lost, silent, pause) ->
            new Weather(limit, org, skew, workers, slowest, lost, silent, pause, limit))
        .flatMap(weather ->
            Arbitraries.longs()
                .map(seed ->
                    new Weather(
                        weather.limit(),
                        weather.orgLimit(),
                        weather.skewSeconds(),
                        weather.workers(),
                        weather.slowest(),
                        weather.lost(),
                        weather.silent(),
                        weather.pause(),
                        seed)));
  }

  @Property(tries = 2000)
  void noWindowHoldsMoreThanIsPermitted(@ForAll("weathers") Weather weather) {
    Run run = new Run(weather);
    run.until(START.plusSeconds(400));
    int permitted =
        weather.orgLimit() == 0
            ? weather.limit()
            : Math.min(weather.limit(), weather.orgLimit() * 4 / 5);
    List<Integer> windows = run.side.windows();
    assertThat(windows).hasSizeGreaterThan(1);
    assertThat(windows).allMatch(calls -> calls <= permitted);
    assertThat(run.side.refused()).isZero();
  }

  @Property(tries = 200)
  void nearlyAllThatIsPermittedIsUsed(@ForAll("weathers") Weather any) {
    Weather weather =
        new Weather(
            Math.max(50, any.limit()),
            any.orgLimit(),
            any.skewSeconds(),
            16,
            Math.min(300, any.slowest()),
            0,
            0,
            0,
            any.seed());
    Run run = new Run(weather);
    run.until(START.plusSeconds(400));
    int permitted =
        weather.orgLimit() == 0
            ? weather.limit()
            : Math.min(weather.limit(), weather.orgLimit() * 4 / 5);
    List<Integer> whole = run.side.windows().subList(1, run.side.windows().size() - 1);
    assertThat(whole).hasSizeGreaterThanOrEqualTo(4);
    assertThat(whole.stream().mapToInt(calls -> calls).average().orElse(0) / permitted)
        .isGreaterThanOrEqualTo(0.95);
  }

  /** Something that happens at a moment. */
  private record Moment(Instant at, int number, Runnable what) {}

  private static final class Run {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Weather weather;
    private final Random random;
    private final Terms terms;
    private final CountingSide side;
    private final PriorityQueue<Moment> ahead =
        new PriorityQueue<>(Comparator.comparing(Moment::at).thenComparingInt(Moment::number));
    private Bucket bucket = Bucket.unknown();
    private Instant now = START;
    private int number;

    Run(Weather weather) {
      this.weather = weather;
      this.random = new Random(weather.seed());
      this.terms = new Terms(0.2, weather.orgLimit() == 0 ? null : weather.orgLimit());
      this.side = new CountingSide(weather.limit(), Duration.ofSeconds(weather.skewSeconds()));
      for (int i = 0; i < weather.workers(); i++) {
        at(START.plusMillis(random.nextInt(2_000)), this::ask);
      }
    }

    void until(Instant end) {
      while (now.isBefore(end)) {
        Moment next = ahead.remove();
        now = next.at();
        next.what().run();
      }
    }

    private void at(Instant when, Runnable what) {
      ahead.add(new Moment(when, number++, what));
    }

    private boolean happens(int inHundred) {
      return random.nextInt(100) < inHundred;
    }

    private Duration journey() {
      return Duration.ofMillis(1 + random.nextInt(weather.slowest()));
    }

    private void ask() {
      Priority priority = Priority.ofRank(random.nextInt(10) == 0 ? random.nextInt(4) : 3);
      Taken taken = bucket.take(now, priority, terms, PATIENCE);
      bucket = taken.bucket();
      switch (taken) {
        case Later later -> at(later.at().plusMillis(1 + random.nextInt(50)), this::ask);
        case Granted granted -> at(granted.at(), () -> call(granted));
      }
    }

    private void call(Granted granted) {
      if (!bucket.holds(granted.given())) {
        ask();
        return;
      }
      bucket = bucket.use(granted.given());
      Instant sent = now;
      boolean dies = happens(weather.lost());
      if (!dies || random.nextBoolean()) {
        at(sent.plus(journey()), () -> arrive(sent, dies));
      }
      if (dies) {
        at(now.plusSeconds(1), this::ask); // somebody else goes on
      }
    }

    private void arrive(Instant sent, boolean dies) {
      Duration back = journey();
      Call answer = side.arrive(now, Duration.between(sent, now.plus(back)));
      if (dies) {
        return;
      }
      Call heard = happens(weather.silent()) ? Answers.call(null, null, answer.took()) : answer;
      at(
          now.plus(back),
          () -> {
            bucket = bucket.learn(now, heard, terms, Duration.ofMillis(random.nextInt(1_000)));
            Duration rest = happens(3) ? Duration.ofSeconds(weather.pause()) : Duration.ofMillis(1);
            at(now.plus(rest), this::ask);
          });
    }
  }
}
