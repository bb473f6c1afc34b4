package dev.rollcall.sync.budget;

import dev.rollcall.spi.Call;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The other side, counting one bucket as {@code facts/okta.md §4} tells: windows of 60 seconds that
 * begin with the first call, times in whole seconds on a clock of its own.
 */
final class CountingSide {

  private static final Duration WINDOW = Duration.ofSeconds(60);

  private final int limit;
  private final Duration skew;
  private Instant ends = Instant.MIN;
  private final List<Integer> windows = new ArrayList<>();
  private int refused;

  CountingSide(int limit, Duration skew) {
    this.limit = limit;
    this.skew = skew;
  }

  /** A call arrives; calls have to arrive in the order of time. */
  Call arrive(Instant at, Duration took) {
    if (!at.isBefore(ends)) {
      ends = at.plus(WINDOW);
      windows.add(0);
    }
    int used = windows.getLast() + 1;
    windows.set(windows.size() - 1, used);
    if (used > limit) {
      refused++;
    }
    Call.Room room =
        new Call.Room(
            limit,
            Math.max(0, limit - used),
            ends.plus(skew).truncatedTo(ChronoUnit.SECONDS),
            at.plus(skew).truncatedTo(ChronoUnit.SECONDS));
    return Answers.call(used > limit ? 429 : 200, room, took);
  }

  /** Calls in each window so far, refused ones too. */
  List<Integer> windows() {
    return windows;
  }

  int refused() {
    return refused;
  }
}
