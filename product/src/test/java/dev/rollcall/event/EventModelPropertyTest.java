package dev.rollcall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever two processes do, the table is what a naive model of it says. */
class EventModelPropertyTest {

  /** Something one of two processes does. */
  sealed interface Step {
    /** Appends an event about one of three people. */
    record Append(int person, Cause cause, Priority priority, int dueIn) implements Step {}

    /** Claims; the clock moves on before. */
    record ClaimSome(boolean here, int limit, int seconds) implements Step {}

    /** Finishes the oldest claim of a process. */
    record FinishOne(boolean here, EventStatus status) implements Step {}

    /** The oldest claim of a process is lost. */
    record Lose(boolean here) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Boolean> here = Arbitraries.of(true, false);
    Arbitrary<Step> append =
        Combinators.combine(
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(Cause.class),
                Arbitraries.of(Priority.class),
                Arbitraries.of(0, 0, 0, 5))
            .as(Step.Append::new);
    Arbitrary<Step> claim =
        Combinators.combine(
                here, Arbitraries.integers().between(1, 3), Arbitraries.integers().between(0, 3))
            .as(Step.ClaimSome::new);
    Arbitrary<Step> finish =
        Combinators.combine(
                here, Arbitraries.of(EventStatus.NEW, EventStatus.COMPLETED, EventStatus.ERROR))
            .as(Step.FinishOne::new);
    Arbitrary<Step> lose = here.map(Step.Lose::new);
    return Arbitraries.frequencyOf(
            Tuple.of(5, append), Tuple.of(3, claim), Tuple.of(2, finish), Tuple.of(1, lose))
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 60)
  void theTableIsWhatTheModelSays(@ForAll("steps") List<Step> steps) {
    Model model = new Model();
    for (Step step : steps) {
      model.take(step);
      model.compare();
    }
  }

  /** An event as the model sees it. */
  private static final class Row {
    final long id;
    final String person;
    final Cause cause;
    int priority;
    Instant due;
    EventStatus status = EventStatus.NEW;
    int attempt;

    Row(long id, String person, Cause cause, int priority, Instant due) {
      this.id = id;
      this.person = person;
      this.cause = cause;
      this.priority = priority;
      this.due = due;
    }
  }

  /** All of it in a map, without locks, leases or indexes. */
  private static final class Model {
    private final EventTable table = new EventTable();
    private final Map<Long, Row> rows = new TreeMap<>();
    private final Map<Boolean, Map<Claim, Set<Long>>> open =
        Map.of(true, new LinkedHashMap<>(), false, new LinkedHashMap<>());

    void take(Step step) {
      switch (step) {
        case Step.Append append -> append(append);
        case Step.ClaimSome claim -> claim(claim);
        case Step.FinishOne(boolean here, EventStatus status) -> finish(here, status);
        case Step.Lose(boolean here) -> lose(here);
      }
    }

    private void append(Step.Append append) {
      String person = "p" + append.person();
      Instant now = table.clock.instant();
      Instant due = now.plusSeconds(append.dueIn());
      long id = table.append(person, append.cause(), append.priority(), due);
      Row row = new Row(id, person, append.cause(), append.priority().rank(), due);
      for (Row older : rows.values()) {
        boolean dueNoEarlier = !(older.due.isBefore(now) ? now : older.due).isBefore(due);
        if (older.status == EventStatus.NEW
            && older.person.equals(person)
            && older.cause.isCollapsible()
            && row.cause.isCollapsible()
            && dueNoEarlier) {
          older.status = EventStatus.CANCELLED;
          row.priority = Math.min(row.priority, older.priority);
          row.due = older.due.isBefore(row.due) ? older.due : row.due;
        }
      }
      rows.put(id, row);
    }

    private void claim(Step.ClaimSome step) {
      table.clock.advance(Duration.ofSeconds(step.seconds()));
      Claims claims = step.here() ? table.here : table.there;
      Optional<Claim> claim = claims.claim(EventTable.CAMPUS, step.limit());
      Set<Long> taken = new HashSet<>();
      claim.ifPresent(one -> one.events().forEach(event -> taken.add(event.id())));

      Set<Long> expected = new HashSet<>();
      int room = -1;
      while (room != 0) {
        Optional<Row> next = mostUrgent();
        if (next.isEmpty()) {
          break;
        }
        if (room < 0) {
          room = Math.max(1, step.limit() >> (2 * next.get().attempt));
        }
        next.get().status = EventStatus.QUEUED;
        expected.add(next.get().id);
        room--;
      }
      assertThat(taken).isEqualTo(expected);
      claim.ifPresent(one -> open.getOrDefault(step.here(), Map.of()).put(one, taken));
    }

    private Optional<Row> mostUrgent() {
      Instant now = table.clock.instant();
      return rows.values().stream()
          .filter(row -> row.status == EventStatus.NEW && !row.due.isAfter(now))
          .filter(row ->
              rows.values().stream()
                  .noneMatch(other ->
                      other.status == EventStatus.QUEUED && other.person.equals(row.person)))
          .min(
              Comparator.<Row>comparingInt(row -> row.priority)
                  .thenComparing(row -> row.due)
                  .thenComparingLong(row -> row.id));
    }

    private Optional<Map.Entry<Claim, Set<Long>>> oldest(boolean here) {
      Map<Claim, Set<Long>> claims = open.getOrDefault(here, Map.of());
      Optional<Map.Entry<Claim, Set<Long>>> oldest =
          claims.entrySet().stream().findFirst().map(Map.Entry::copyOf);
      oldest.ifPresent(claim -> claims.remove(claim.getKey()));
      return oldest;
    }

    private void finish(boolean here, EventStatus status) {
      oldest(here)
          .ifPresent(claim -> {
            table.database.inTransaction(() -> {
              assertThat(table.here.hold(claim.getKey().token())).isEqualTo(claim.getValue());
              claim.getValue().forEach(id -> table.finish(id, status));
              table.here.done(claim.getKey().token());
            });
            for (long id : claim.getValue()) {
              Row row = row(id);
              row.status = status;
              row.attempt = 1;
              row.due = status == EventStatus.NEW ? table.clock.instant() : row.due;
            }
          });
    }

    private void lose(boolean here) {
      oldest(here)
          .ifPresent(claim -> {
            table.expire(claim.getKey().token());
            assertThat(table.rescue(3)).hasSize(claim.getValue().size());
            assertThat(table.database.inTransaction(() -> table.here.hold(claim.getKey().token())))
                .isEmpty();
            for (long id : claim.getValue()) {
              Row row = row(id);
              row.attempt++;
              row.status = row.attempt < 3 ? EventStatus.NEW : EventStatus.ERROR;
            }
          });
    }

    private Row row(long id) {
      return Optional.ofNullable(rows.get(id)).orElseThrow();
    }

    private void compare() {
      List<SyncEvent> events =
          table.lookup.find(new EventLookup.Filter(null, null, null, 1000)).reversed();
      assertThat(events.stream().map(EventModelPropertyTest::told))
          .isEqualTo(rows.values().stream().map(EventModelPropertyTest::told).toList());
    }
  }

  private static String told(SyncEvent event) {
    return "%d %s %s %d %s %s %d"
        .formatted(
            event.id(),
            event.subject().id(),
            event.cause(),
            event.priority().rank(),
            event.due(),
            event.status(),
            event.attempt());
  }

  private static String told(Row row) {
    return "%d %s %s %d %s %s %d"
        .formatted(row.id, row.person, row.cause, row.priority, row.due, row.status, row.attempt);
  }
}
