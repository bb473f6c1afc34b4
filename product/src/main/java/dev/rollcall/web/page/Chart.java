package dev.rollcall.web.page;

import dev.rollcall.event.EventTally.Count;
import dev.rollcall.model.EventStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What was finished over a stretch of time, drawn as bars of a fixed height; the same in words and
 * as a table for whoever does not see them.
 *
 * @param width of the drawing, in its own units
 * @param height of the drawing, in its own units
 * @param bars to be drawn
 * @param top what the whole height stands for
 * @param rows what every bar says, those without anything left out; the newest first
 * @param total of all that is shown
 */
record Chart(int width, int height, List<Bar> bars, long top, List<Row> rows, long total) {

  static final int HEIGHT = 100;
  static final int STEP = 10;
  private static final int GAP = 2;

  /**
   * A part of a bar.
   *
   * @param kind done, skipped, bad or wait
   */
  record Bar(int x, double y, int width, double height, String kind) {}

  /** A stretch of time in words. */
  record Row(Instant from, long done, long skipped, long bad, long longestWait) {
    long all() {
      return done + skipped + bad;
    }
  }

  /** How many events were finished. */
  static Chart throughput(List<Row> places) {
    long top = nice(places.stream().mapToLong(Row::all).max().orElse(0), 5);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Row row = places.get(i);
      double below = HEIGHT;
      below = stack(bars, i, below, row.done(), top, "done");
      below = stack(bars, i, below, row.skipped(), top, "skipped");
      stack(bars, i, below, row.bad(), top, "bad");
    }
    return chart(places, bars, top, places.stream().mapToLong(Row::all).sum());
  }

  /** How long the one that waited longest did. */
  static Chart waits(List<Row> places) {
    long top = nice(places.stream().mapToLong(Row::longestWait).max().orElse(0), 5);
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      Row row = places.get(i);
      if (row.all() > 0) {
        stack(bars, i, HEIGHT, row.longestWait(), top, "wait");
      }
    }
    return chart(places, bars, top, places.stream().mapToLong(Row::longestWait).max().orElse(0));
  }

  /** Every stretch with what was finished in it, also those without anything. */
  static List<Row> rows(Instant from, Duration stretch, int places, List<Count> counts) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      rows.add(new Row(from.plus(stretch.multipliedBy(i)), 0, 0, 0, 0));
    }
    for (Count count : counts) {
      Row row = rows.get(count.place());
      rows.set(count.place(), with(row, count));
    }
    return rows;
  }

  private static Row with(Row row, Count count) {
    EventStatus status = count.status();
    long bad = status == EventStatus.ERROR || status == EventStatus.SUSPENDED ? count.events() : 0;
    long done = status == EventStatus.COMPLETED ? count.events() : 0;
    boolean worked = status != EventStatus.CANCELLED;
    return new Row(
        row.from(),
        row.done() + done,
        row.skipped() + count.events() - done - bad,
        row.bad() + bad,
        worked ? Math.max(row.longestWait(), count.longestWaitSeconds()) : row.longestWait());
  }

  private static Chart chart(List<Row> places, List<Bar> bars, long top, long total) {
    return new Chart(
        places.size() * STEP,
        HEIGHT,
        bars,
        top,
        places.stream().filter(row -> row.all() > 0).toList().reversed(),
        total);
  }

  static double stack(List<Bar> bars, int place, double below, long value, long top, String kind) {
    if (value == 0) {
      return below;
    }
    // The smallest is seen, too.
    double height = Math.min(below, Math.max(1.5, value * (double) HEIGHT / top));
    bars.add(
        new Bar(place * STEP + GAP / 2, round(below - height), STEP - GAP, round(height), kind));
    return below - height;
  }

  private static double round(double number) {
    return Math.round(number * 100) / 100.0;
  }

  /** The next number people like to read at an axis. */
  static long nice(long most, long least) {
    long power = 1;
    long wanted = Math.max(most, least);
    while (power * 10 <= wanted) {
      power *= 10;
    }
    for (long factor : new long[] {1, 2, 5, 10}) {
      if (factor * power >= wanted) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
