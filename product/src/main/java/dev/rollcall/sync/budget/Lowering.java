package dev.rollcall.sync.budget;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of what is permitted is used while others draw on the same bucket. It falls at once and
 * recovers slowly: the only way to find out whether the others have stopped is to try, and a try
 * that fails is a refused call, maybe a refused login.
 *
 * @param factor what was left of it when it was lowered last; 1 for all
 * @param since when that was; null when it never was
 */
record Lowering(double factor, @Nullable Instant since) {

  private static final Duration HOLD = Duration.ofMinutes(10);
  private static final double RECOVERY_A_MINUTE = 0.02;

  /** A little goes on, or nobody would notice that there is room again. */
  private static final double LEAST = 0.05;

  static Lowering none() {
    return new Lowering(1, null);
  }

  /** What is left at a time. */
  double at(Instant time) {
    if (since == null) {
      return 1;
    }
    double recovering = Duration.between(since.plus(HOLD), time).toMillis() / 60_000.0;
    return Math.min(1, factor + RECOVERY_A_MINUTE * Math.max(0, recovering));
  }

  static Lowering to(double factor, Instant now) {
    return new Lowering(Math.clamp(factor, LEAST, 1), now);
  }
}
