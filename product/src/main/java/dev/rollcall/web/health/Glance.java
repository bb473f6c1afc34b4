package dev.rollcall.web.health;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that is looked at for whoever asks: never twice at the same time, not again while the
 * last look is fresh, and nobody waits for long. However often it is asked for, it is cheap. Safe
 * for use by many threads.
 */
final class Glance<T> {

  private static final Logger log = LoggerFactory.getLogger(Glance.class);

  private final Supplier<T> look;
  private final Duration fresh;
  private final Duration patience;
  private @Nullable FutureTask<T> last;
  private long begun;

  /**
   * @param fresh how long a look is good
   * @param patience how long one waits for it; who has waited longer is told nothing
   */
  Glance(Supplier<T> look, Duration fresh, Duration patience) {
    this.look = look;
    this.fresh = fresh;
    this.patience = patience;
  }

  /** What there is to see; empty when it cannot be seen, or not soon enough. */
  Optional<T> now() {
    try {
      return Optional.of(current().get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException tooLong) {
      return Optional.empty();
    } catch (ExecutionException failure) {
      log.debug("What was looked at cannot be seen", failure.getCause());
      return Optional.empty();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The look that is good still, or being taken; else a new one. One that failed is not kept. */
  private synchronized FutureTask<T> current() {
    FutureTask<T> known = last;
    boolean good =
        switch (known == null ? null : known.state()) {
          case null -> false;
          case RUNNING -> true;
          case SUCCESS -> System.nanoTime() - begun < fresh.toNanos();
          case FAILED, CANCELLED -> false;
        };
    if (known != null && good) {
      return known;
    }
    FutureTask<T> next = new FutureTask<>(look::get);
    last = next;
    begun = System.nanoTime();
    Thread.ofVirtual().name("glance").start(next);
    return next;
  }
}
