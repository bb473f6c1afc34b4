package dev.rollcall.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.databind.json.JsonMapper;

/** However changes drip, over whatever processes, what passes is what a slow count says. */
class WindowPropertyTest {

  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration WINDOW = Duration.ofHours(24);

  /**
   * A claim that wants to change some accounts.
   *
   * @param minutes after the one before
   * @param node which process it is
   * @param failing how many of those that pass then fail to be applied
   */
  record Drip(int minutes, int node, int wanted, int failing) {}

  @Provide
  Arbitrary<List<Drip>> drips() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 600)),
                Tuple.of(1, Arbitraries.of(0, 1_440, 1_439, 1_441))),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(1, 6),
            Arbitraries.integers().between(0, 2))
        .as(Drip::new)
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 60)
  void withinNoWindowMoreIsChangedThanAllowed(
      @ForAll("drips") List<Drip> drips, @ForAll @IntRange(min = 0, max = 12) int most) {
    Database database = SharedDatabase.emptied();
    SettableClock clock = new SettableClock(START);
    List<Guard> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      nodes.add(guard(database, clock, most));
    }
    List<Instant> made = new ArrayList<>();
    long event = 0;
    for (Drip drip : drips) {
      clock.advance(Duration.ofMinutes(drip.minutes()));
      Instant now = clock.instant();
      List<Wish> wishes = new ArrayList<>();
      for (int i = 0; i < drip.wanted(); i++) {
        wishes.add(wish(++event));
      }
      Set<Long> passed = new HashSet<>();
      Guard guard = nodes.get(drip.node());
      database.inTransaction(() -> {
        Judgement judgement = guard.judge("campus", wishes, false, () -> 0);
        Set<Long> done = new HashSet<>();
        int failing = drip.failing();
        for (Wish wish : wishes) {
          boolean passes =
              judgement.of(wish.event()).get(ChangeClass.DEACTIVATIONS) instanceof Verdict.Pass;
          if (passes) {
            passed.add(wish.event());
          }
          if (!passes || failing-- <= 0) {
            done.add(wish.event());
          }
        }
        guard.record(judgement, done, changes -> List.of());
      });

      long before = made.stream().filter(at -> at.isAfter(now.minus(WINDOW))).count();
      long room = Math.max(0, most - before);
      assertThat(passed).hasSize((int) Math.min(room, drip.wanted()));
      assertThat(passed)
          .as("the first ones")
          .allMatch(one -> one < wishes.getFirst().event() + passed.size());
      for (int i = 0; i < passed.size() - Math.min(drip.failing(), passed.size()); i++) {
        made.add(now);
      }
    }
    for (Instant at : made) {
      assertThat(
              made.stream()
                  .filter(other -> !other.isAfter(at) && other.isAfter(at.minus(WINDOW)))
                  .count())
          .isLessThanOrEqualTo(most);
    }
  }

  private static Guard guard(Database database, SettableClock clock, int most) {
    Limits limits =
        new Limits(WINDOW, Map.of(ChangeClass.DEACTIVATIONS, new Limit(most, null, 0, false)));
    Holds holds = new Holds(database.jdbc(), clock, new JsonMapper());
    return new Guard(database.jdbc(), clock, holds, Map.of("campus", limits));
  }

  private static Wish wish(long event) {
    return new Wish(
        event,
        new SubjectKey("campus", "p" + event),
        false,
        true,
        Map.of(ChangeClass.DEACTIVATIONS, List.of(new Change.Deactivate("test"))));
  }
}
