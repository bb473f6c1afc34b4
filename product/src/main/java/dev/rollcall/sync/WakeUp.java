package dev.rollcall.sync;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Ends a dispatcher's wait early. A call before the wait is not lost. Safe for many threads. */
final class WakeUp {

  private final Semaphore calls = new Semaphore(0);

  /** There may be something to do. */
  void call() {
    calls.release();
  }

  /** Waits for a call, at most this long. */
  void await(Duration atMost) throws InterruptedException {
    if (calls.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      calls.drainPermits();
    }
  }
}
