package dev.rollcall.sync.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The time by which calls are spaced. In production it is PostgreSQL's own, the same for every
 * process however wrong its clock is; tests and benchmarks let time pass as they like.
 */
public interface Pace {

  /** What time it is for all processes; empty to take PostgreSQL's clock. */
  Optional<Instant> now();

  /** Waits. */
  void sleep(Duration duration) throws InterruptedException;

  /** PostgreSQL's clock, and real waiting. */
  static Pace real() {
    return new Pace() {
      @Override
      public Optional<Instant> now() {
        return Optional.empty();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
      }
    };
  }
}
