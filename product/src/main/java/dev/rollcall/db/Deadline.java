package dev.rollcall.db;

import java.time.Duration;

/**
 * A bounded wait for another process. It runs on the machine's monotonic clock and not on the
 * injected one: a demo's clock may jump by days, a process does not get faster by that.
 */
final class Deadline {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  static Deadline in(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  static void pause() throws InterruptedException {
    Thread.sleep(PAUSE);
  }

  boolean passed() {
    return System.nanoTime() - end >= 0;
  }
}
