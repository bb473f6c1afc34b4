package dev.rollcall.web.page;

import dev.rollcall.sync.budget.SpentWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of a target over a stretch of time, drawn as bars of a fixed height; the same in words and
 * as a table for whoever does not see them.
 *
 * @param width of the drawing, in its own units
 * @param height of the drawing, in its own units
 * @param calls bars of what was called
 * @param refused bars of what was answered with 429
 * @param top what the whole height stands for where calls are drawn
 * @param refusedTop the same where refusals are
 * @param rows what every bar says, those without anything left out; the newest first
 */
record CallChart(
    int width,
    int height,
    List<Chart.Bar> calls,
    List<Chart.Bar> refused,
    long top,
    long refusedTop,
    List<Row> rows) {

  /** A stretch of time in words. */
  record Row(Instant from, long used, long refused) {}

  /** Calls in all that is shown. */
  public long total() {
    return rows.stream().mapToLong(Row::used).sum();
  }

  /** Refusals in all that is shown. */
  public long totalRefused() {
    return rows.stream().mapToLong(Row::refused).sum();
  }

  /** These windows, each where it began; what began outside is left out. */
  static CallChart of(Instant from, Duration stretch, int places, List<SpentWindow> windows) {
    long[] used = new long[places];
    long[] refused = new long[places];
    for (SpentWindow window : windows) {
      long place =
          Math.floorDiv(Duration.between(from, window.openedAt()).toMillis(), stretch.toMillis());
      if (place >= 0 && place < places) {
        used[(int) place] += window.used();
        refused[(int) place] += window.refused();
      }
    }
    long top = Chart.nice(most(used), 5);
    long refusedTop = Chart.nice(most(refused), 5);
    List<Chart.Bar> calls = new ArrayList<>();
    List<Chart.Bar> refusals = new ArrayList<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < places; i++) {
      Chart.stack(calls, i, Chart.HEIGHT, used[i], top, "calls");
      Chart.stack(refusals, i, Chart.HEIGHT, refused[i], refusedTop, "bad");
      if (used[i] > 0 || refused[i] > 0) {
        rows.addFirst(new Row(from.plus(stretch.multipliedBy(i)), used[i], refused[i]));
      }
    }
    return new CallChart(places * Chart.STEP, Chart.HEIGHT, calls, refusals, top, refusedTop, rows);
  }

  private static long most(long[] numbers) {
    long most = 0;
    for (long number : numbers) {
      most = Math.max(most, number);
    }
    return most;
  }
}
