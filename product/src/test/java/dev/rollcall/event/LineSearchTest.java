package dev.rollcall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.event.LineSearch.Batch;
import dev.rollcall.event.LineSearch.Filter;
import dev.rollcall.event.LineSearch.From;
import dev.rollcall.event.Lines.Fresh;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What pages ask about request lines and batches. */
final class LineSearchTest {

  private static final String HR = "hr";
  private static final String OTHER = "other";
  private static final List<LineStatus> ENDS =
      List.of(LineStatus.INPR, LineStatus.COMP, LineStatus.WARN, LineStatus.ERR);
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(NOON);
  private final Lines lines = new Lines(database.jdbc(), clock);
  private final LineSearch search = new LineSearch(database.jdbc());

  /** Stores a line and ends it so, unless it is to stay open. */
  private long line(String instance, String batch, int number, String action, LineStatus status) {
    return line(instance, batch, number, action, status, "P" + number);
  }

  private long line(
      String instance, String batch, int number, String action, LineStatus status, String person) {
    SubjectKey subject = new SubjectKey(instance, person);
    Line line =
        new Line(
            new Line.Key(batch, number),
            subject,
            action,
            null,
            LocalDateTime.of(2026, 11, 20, 8, 0));
    lines.append(instance, List.of(new Fresh(line, 1, 7)));
    long id = database.jdbc().sql("select max(id) from request_line").query(Long.class).single();
    if (status != LineStatus.INPR) {
      lines.finish(id, 7, status, status == LineStatus.ERR ? "refused" : null, null);
    }
    return id;
  }

  private static Filter filter(
      List<String> instances,
      @Nullable LineStatus status,
      @Nullable String action,
      @Nullable String batch,
      @Nullable List<SubjectKey> people) {
    return new Filter(instances, status, action, batch, people, null, null);
  }

  private List<Long> found(Filter filter) {
    return search.older(filter, null, 100).stream().map(Lines.Shown::id).toList();
  }

  @Test
  void everyFilterFindsItsLinesAndNoOthersTheNewestFirst() {
    long created = line(HR, "B1", 1, "CR8A", LineStatus.COMP);
    long joined = line(HR, "B1", 2, "GRPA", LineStatus.ERR);
    long open = line(HR, "B2", 1, "GRPA", LineStatus.INPR);
    long elsewhere = line(OTHER, "B1", 1, "GRPA", LineStatus.ERR);
    List<String> all = List.of(HR, OTHER);

    assertThat(found(filter(all, null, null, null, null)))
        .containsExactly(elsewhere, open, joined, created);
    assertThat(found(filter(List.of(HR), null, null, null, null)))
        .containsExactly(open, joined, created);
    assertThat(found(filter(all, LineStatus.ERR, null, null, null)))
        .containsExactly(elsewhere, joined);
    assertThat(found(filter(all, null, "GRPA", null, null)))
        .containsExactly(elsewhere, open, joined);
    assertThat(found(filter(List.of(HR), LineStatus.ERR, "GRPA", null, null)))
        .containsExactly(joined);
    assertThat(found(filter(List.of(HR), null, null, "B1", null))).containsExactly(joined, created);
    assertThat(found(filter(all, null, null, null, List.of(new SubjectKey(HR, "P1")))))
        .containsExactly(open, created);
    assertThat(found(filter(all, null, "CR8A", "B1", List.of(new SubjectKey(HR, "P2"))))).isEmpty();
  }

  @Test
  void onlyWhatWasTakenOverInTheTimeAskedForIsFound() {
    line(HR, "B1", 1, "USAU", LineStatus.COMP);
    clock.set(NOON.plus(Duration.ofHours(2)));
    long later = line(HR, "B2", 1, "USAU", LineStatus.COMP);
    clock.set(NOON.plus(Duration.ofHours(4)));
    line(HR, "B3", 1, "USAU", LineStatus.COMP);

    Filter between =
        new Filter(
            List.of(HR),
            null,
            null,
            null,
            null,
            NOON.plus(Duration.ofHours(1)),
            NOON.plus(Duration.ofHours(3)));

    assertThat(found(between)).containsExactly(later);
  }

  @Test
  void pageByPageEveryLineIsSeenOnce() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      ids.addFirst(
          line(HR, "B" + i % 3, i, i % 2 == 0 ? "USAU" : "GRPA", ENDS.get(i % ENDS.size())));
    }
    List<Long> seen = new ArrayList<>();
    Long before = null;
    while (true) {
      List<Lines.Shown> page = search.older(filter(List.of(HR), null, null, null, null), before, 4);
      page.forEach(one -> seen.add(one.id()));
      if (page.isEmpty()) {
        break;
      }
      before = page.getLast().id();
    }
    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void ofALineThatWasTriedAgainOnlyTheLastTryIsListedAndEveryTryIsKept() {
    long failed = line(HR, "B1", 1, "USAU", LineStatus.ERR);
    lines.again(List.of(failed), 8);
    long again = search.older(filter(List.of(HR), null, null, null, null), null, 9).getFirst().id();

    assertThat(again).isNotEqualTo(failed);
    assertThat(found(filter(List.of(HR), LineStatus.ERR, null, null, null))).isEmpty();
    assertThat(found(filter(List.of(HR), null, null, null, null))).containsExactly(again);
    assertThat(search.generations(HR, new Line.Key("B1", 1)))
        .extracting(Lines.Shown::generation)
        .containsExactly(2, 1);
    assertThat(search.of(new SubjectKey(HR, "P1"), 9))
        .extracting(Lines.Shown::id)
        .containsExactly(again);
    assertThat(search.ofEvent(8, 9)).extracting(Lines.Shown::id).containsExactly(again);
    assertThat(search.ofEvent(7, 9)).extracting(Lines.Shown::id).containsExactly(failed);

    // So does one that an administrator set back in the source.
    Line told = new Line(new Line.Key("B1", 1), new SubjectKey(HR, "P1"), "USAU", null, null);
    lines.finish(again, 8, LineStatus.COMP, null, null);
    lines.append(HR, List.of(new Fresh(told, 3, 9)));
    assertThat(search.older(filter(List.of(HR), null, null, null, null), null, 9))
        .extracting(Lines.Shown::generation)
        .containsExactly(3);
  }

  @Test
  void batchesWithErrorsComeFirstAndEachIsCountedByItsLastTries() {
    line(HR, "OLD-BAD", 1, "USAU", LineStatus.ERR);
    line(HR, "OLD-BAD", 2, "USAU", LineStatus.COMP);
    line(HR, "GOOD", 1, "USAU", LineStatus.WARN);
    line(HR, "GOOD", 2, "USAU", LineStatus.COMP);
    long mended = line(HR, "MENDED", 1, "USAU", LineStatus.ERR);
    lines.again(List.of(mended), 8);
    line(HR, "NEW-BAD", 1, "USAU", LineStatus.ERR);
    line(OTHER, "GOOD", 1, "USAU", LineStatus.COMP);

    List<Batch> batches = search.batches(List.of(HR, OTHER), From.FIRST, 10);

    assertThat(batches)
        .extracting(batch -> batch.instance() + " " + batch.id() + " " + batch.status())
        .containsExactly(
            "hr NEW-BAD ERR",
            "hr OLD-BAD ERR",
            "other GOOD COMP",
            "hr MENDED INPR",
            "hr GOOD COMP");
    assertThat(batches.getLast())
        .satisfies(good -> {
          assertThat(good.lines()).isEqualTo(2);
          assertThat(good.warned()).isEqualTo(1);
          assertThat(good.created()).isEqualTo(LocalDateTime.of(2026, 11, 20, 8, 0));
        });
    assertThat(search.batches(List.of(OTHER), From.FIRST, 10))
        .extracting(Batch::id)
        .containsExactly("GOOD");
    assertThat(search.batch(HR, "OLD-BAD"))
        .hasValueSatisfying(batch -> {
          assertThat(batch.failed()).isEqualTo(1);
          assertThat(batch.done()).isEqualTo(1);
        });
    assertThat(search.batch(HR, "NONE")).isEmpty();
  }

  @Test
  void pageByPageEveryBatchIsSeenOnce() {
    List<String> expected = new ArrayList<>();
    List<String> fine = new ArrayList<>();
    for (int i = 0; i < 13; i++) {
      boolean bad = i % 3 == 0;
      line(HR, "B" + i, 1, "USAU", LineStatus.COMP);
      line(HR, "B" + i, 2, "USAU", bad ? LineStatus.ERR : LineStatus.COMP);
      (bad ? expected : fine).addFirst("B" + i);
    }
    expected.addAll(fine);
    List<String> seen = new ArrayList<>();
    From from = From.FIRST;
    while (true) {
      List<Batch> page = search.batches(List.of(HR), from, 3);
      page.forEach(one -> seen.add(one.id()));
      if (page.isEmpty()) {
        break;
      }
      from = From.after(page.getLast());
    }
    assertThat(seen).isEqualTo(expected);
  }
}
