package dev.rollcall.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import dev.rollcall.event.Events;
import dev.rollcall.event.Lines;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.LineSource;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Taking over the open lines of requests. */
final class LinePollerTest {

  private static final String HR = "hr";
  private static final LocalDateTime MORNING = LocalDateTime.of(2026, 11, 20, 8, 0);

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final Events events = new Events(database.jdbc(), clock);
  private final Lines lines = new Lines(database.jdbc(), clock);
  private final Queue queue = new Queue();
  private final LinePoller poller =
      new LinePoller(
          database,
          events,
          lines,
          new WorkGate(
              new EnvironmentLock(database, clock, "test", Servers.none()),
              new SourceLock(database.jdbc(), clock, Map.of()),
              Map.of()),
          clock,
          HR,
          queue,
          () -> {});

  /** The request tables of a source, in memory. */
  private static final class Queue implements LineSource {
    final Map<Line, LineStatus> stored = new LinkedHashMap<>();
    boolean marks = true;
    Runnable afterOpen = () -> {};
    Runnable afterStillNew = () -> {};
    int nameless;

    @Override
    public int endNameless() {
      int ended = nameless;
      nameless = 0;
      return ended;
    }

    void add(String batch, int number, String oprid, String action) {
      stored.put(
          new Line(new Line.Key(batch, number), new SubjectKey(HR, oprid), action, null, MORNING),
          LineStatus.NEW);
    }

    void set(String batch, int number, LineStatus status) {
      stored.replaceAll(
          (line, before) -> line.key().equals(new Line.Key(batch, number)) ? status : before);
    }

    @Override
    public List<Line> open(int limit) {
      List<Line> open =
          stored.entrySet().stream()
              .filter(one -> one.getValue() == LineStatus.NEW)
              .map(Map.Entry::getKey)
              .sorted(Line.ORDER)
              .limit(limit)
              .toList();
      afterOpen.run();
      return open;
    }

    @Override
    public Set<Line.Key> stillNew(Collection<Line.Key> keys) {
      Set<Line.Key> still = new HashSet<>();
      stored.forEach((line, status) -> {
        if (status == LineStatus.NEW && keys.contains(line.key())) {
          still.add(line.key());
        }
      });
      afterStillNew.run();
      return still;
    }

    @Override
    public void begun(Collection<Line.Key> keys) {
      if (!marks) {
        throw new ConnectorException(ErrorKind.UNAVAILABLE, "the database is gone", null);
      }
      stored.replaceAll((line, before) ->
          before == LineStatus.NEW && keys.contains(line.key()) ? LineStatus.INPR : before);
    }

    @Override
    public void report(List<Result> results) {
      results.forEach(one -> set(one.line().batch(), one.line().number(), one.status()));
    }

    @Override
    public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
      return Map.of();
    }

    @Override
    public List<SubjectKey> known(@Nullable String after, int limit) {
      return List.of();
    }
  }

  private List<SyncEvent> waiting(String... oprids) {
    List<SubjectKey> subjects = new ArrayList<>();
    for (String oprid : oprids) {
      subjects.add(new SubjectKey(HR, oprid));
    }
    return events.waiting(HR, subjects);
  }

  private List<Lines.Stored> open(String oprid) {
    return lines.open(HR, new SubjectKey(HR, oprid));
  }

  @Test
  void theLinesOfEachPersonComeWithOneEventInTheirOrder() {
    queue.add("B2", 1, "JANE", "GRPA");
    queue.add("B1", 2, "JANE", "CR8A");
    queue.add("B1", 1, "JOHN", "USAU");

    assertThat(poller.poll(() -> false)).isEqualTo("3 lines");

    assertThat(waiting("JANE", "JOHN"))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.cause()).isEqualTo(Cause.REQUEST));
    assertThat(open("JANE"))
        .extracting(one -> one.line().key().toString())
        .containsExactly("B1/2", "B2/1");
    assertThat(queue.stored.values()).containsOnly(LineStatus.INPR);
  }

  @Test
  void linesThatNameNobodyAreEndedAlsoWhenNothingElseIsOpen() {
    queue.nameless = 2;

    assertThat(poller.poll(() -> false)).isEqualTo("0 lines, and 2 that name nobody");

    assertThat(queue.nameless).isZero();
    assertThat(poller.poll(() -> false)).isEqualTo("0 lines");
  }

  @Test
  void whoIsToBeDeactivatedComesFirst() {
    queue.add("B1", 1, "JANE", "USAU");
    queue.add("B1", 2, "JOHN", "USRD");

    poller.poll(() -> false);

    assertThat(waiting("JOHN")).extracting(SyncEvent::priority).containsExactly(Priority.LEAVER);
    assertThat(waiting("JANE")).extracting(SyncEvent::priority).containsExactly(Priority.NORMAL);
  }

  @Test
  void whatWasStoredButNotMarkedIsMarkedTheNextTimeAndNotStoredAgain() {
    queue.add("B1", 1, "JANE", "CR8A");
    queue.marks = false;
    assertThatThrownBy(() -> poller.poll(() -> false)).hasMessageContaining("gone");
    assertThat(open("JANE")).hasSize(1);
    queue.marks = true;

    assertThat(poller.poll(() -> false)).isEqualTo("0 lines");

    assertThat(open("JANE")).hasSize(1);
    assertThat(waiting("JANE")).hasSize(1);
    assertThat(queue.stored.values()).containsOnly(LineStatus.INPR);
  }

  @Test
  void aLineThatSomebodySetBackIsTheNextGeneration() {
    queue.add("B1", 1, "JANE", "CR8A");
    poller.poll(() -> false);
    Lines.Stored first = open("JANE").getFirst();
    queue.set("B1", 1, LineStatus.ERR);
    lines.finish(first.id(), first.event(), LineStatus.ERR, "E0000001", null);

    queue.set("B1", 1, LineStatus.NEW);
    poller.poll(() -> false);

    assertThat(open("JANE")).extracting(Lines.Stored::generation).containsExactly(2);
    assertThat(lines.list(new Lines.Filter(HR, null, null, null, null, null, 10)))
        .extracting(Lines.Shown::generation)
        .containsExactly(2);
  }

  @Test
  void aLineThatWasReportedSinceItWasReadIsNotTakenForOneSetBack() {
    queue.add("B1", 1, "JANE", "CR8A");
    poller.poll(() -> false);
    Lines.Stored first = open("JANE").getFirst();
    lines.finish(first.id(), first.event(), LineStatus.COMP, null, "00u1");
    queue.set("B1", 1, LineStatus.COMP);
    List<Line> stale = List.copyOf(queue.stored.keySet());
    LineSource late =
        new LineSource() {
          @Override
          public List<Line> open(int limit) {
            return stale;
          }

          @Override
          public Set<Line.Key> stillNew(Collection<Line.Key> keys) {
            return queue.stillNew(keys);
          }

          @Override
          public void begun(Collection<Line.Key> keys) {
            queue.begun(keys);
          }

          @Override
          public void report(List<Result> results) {
            queue.report(results);
          }

          @Override
          public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
            return Map.of();
          }

          @Override
          public List<SubjectKey> known(@Nullable String after, int limit) {
            return List.of();
          }
        };

    new LinePoller(
            database,
            events,
            lines,
            new WorkGate(
                new EnvironmentLock(database, clock, "test", Servers.none()),
                new SourceLock(database.jdbc(), clock, Map.of()),
                Map.of()),
            clock,
            HR,
            late,
            () -> {})
        .poll(() -> false);

    assertThat(open("JANE")).isEmpty();
  }

  @Test
  void aLineThatIsSetBackWhileOthersAreMarkedIsNotMarkedBeforeItIsStored() {
    queue.add("B1", 1, "JANE", "CR8A");
    poller.poll(() -> false);
    Lines.Stored first = open("JANE").getFirst();
    queue.set("B1", 1, LineStatus.NEW);
    queue.afterOpen =
        () -> {
          lines.finish(first.id(), first.event(), LineStatus.ERR, "E0000001", null);
          queue.set("B1", 1, LineStatus.ERR);
        };
    queue.afterStillNew = () -> queue.set("B1", 1, LineStatus.NEW);

    assertThat(poller.poll(() -> false)).isEqualTo("0 lines");
    assertThat(queue.stored.values()).containsOnly(LineStatus.NEW);

    queue.afterOpen = () -> {};
    queue.afterStillNew = () -> {};
    assertThat(poller.poll(() -> false)).isEqualTo("1 lines");
    assertThat(open("JANE")).extracting(Lines.Stored::generation).containsExactly(2);
  }

  @Test
  void moreLinesThanAreTakenAtATimeAreAllTaken() {
    for (int number = 1; number <= 1203; number++) {
      queue.add("B1", number, "P" + number % 400, "USAU");
    }

    assertThat(poller.poll(() -> false)).isEqualTo("1203 lines");

    assertThat(queue.stored.values()).containsOnly(LineStatus.INPR);
  }
}
