package dev.rollcall.sync;

import dev.rollcall.model.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells a system that is away as a whole from one that fails for one person. While it is away
 * nothing is claimed, and nobody's attempts are used up by it; one event at a time finds out
 * whether it is back. A hint of this process alone: others find out for themselves.
 */
final class Outage {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration LONGEST_REFUSAL = Duration.ofMinutes(15);

  private final Clock clock;
  private Instant restUntil = Instant.MIN;
  private int failures;
  private boolean readsWork = true;
  private boolean writesWork = true;

  Outage(Clock clock) {
    this.clock = clock;
  }

  /**
   * A call came to its end with success.
   *
   * @param write whether it changed something: where only reads work, as in read-only mode, nothing
   *     is over
   */
  synchronized void over(boolean write) {
    readsWork = true;
    if (write) {
      writesWork = true;
    }
    if (writesWork) {
      failures = 0;
      restUntil = Instant.MIN;
    }
  }

  /** Whether it makes sense to ask again now. */
  synchronized boolean ready() {
    return !clock.instant().isBefore(restUntil);
  }

  /** Until then it makes no sense to ask for anything. */
  synchronized void rest(Instant until) {
    if (until.isAfter(restUntil)) {
      restUntil = until;
    }
  }

  /**
   * A call failed in a way that may concern everybody.
   *
   * @param write whether it was to change something
   * @return whether it concerned everybody, as far as can be told: the first failure after a
   *     success may be about the person
   */
  synchronized boolean failed(ErrorKind kind, boolean write) {
    boolean everybody =
        switch (kind) {
          case RATE_LIMITED, REFUSED_CREDENTIALS -> true;
          case UNAVAILABLE -> write ? !writesWork : !readsWork;
          case NOT_FOUND, CONFLICT, INVALID, UNREADABLE -> false;
        };
    if (kind == ErrorKind.UNAVAILABLE && write) {
      writesWork = false;
    } else if (kind == ErrorKind.UNAVAILABLE) {
      readsWork = false;
    }
    if (everybody) {
      failures++;
      Duration longest = kind == ErrorKind.REFUSED_CREDENTIALS ? LONGEST_REFUSAL : LONGEST;
      Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, 20));
      rest(clock.instant().plus(wait.compareTo(longest) > 0 ? longest : wait));
    }
    return everybody;
  }

  /** When it makes sense to try again. */
  synchronized Instant until() {
    Instant now = clock.instant();
    return restUntil.isAfter(now) ? restUntil : now.plus(FIRST);
  }
}
