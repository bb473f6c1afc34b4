package dev.rollcall.sync.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many calls this process makes at the same time. The other side allows only so many at once
 * and does not say how many; each process finds its own share, as it finds out alone what it has
 * under way. Nothing that a crash could leave wrong. Safe for many threads.
 */
final class AtOnce {

  /** A call that takes longer than this is not believed to end any more. */
  private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

  /** Calls that were on their way together are refused together. */
  private static final Duration SAME_CROWD = Duration.ofSeconds(2);

  private static final int UNLIMITED = Integer.MAX_VALUE;

  private final Deque<Instant> underWay = new ArrayDeque<>();
  private int most = UNLIMITED;
  private int well;
  private Instant lowered = Instant.MIN;

  /** Begins a call, unless there are too many. */
  synchronized boolean enter(Instant now) {
    while (!underWay.isEmpty() && underWay.peekFirst().isBefore(now.minus(LONGEST_CALL))) {
      underWay.removeFirst();
    }
    if (underWay.size() >= most) {
      return false;
    }
    underWay.addLast(now);
    return true;
  }

  /** Ends a call that was not made, or of which nothing could be learned. */
  synchronized void leave() {
    underWay.pollFirst();
  }

  /**
   * Ends a call.
   *
   * @param tooMany whether it was refused because too many were made at once
   */
  synchronized void leave(Instant now, boolean tooMany) {
    int together = underWay.size();
    underWay.pollFirst();
    if (tooMany) {
      if (lowered.isBefore(now.minus(SAME_CROWD))) {
        most = Math.max(1, Math.min(most, together) / 2);
        lowered = now;
      }
      well = 0;
    } else if (most != UNLIMITED && ++well >= 4 * most) {
      most++;
      well = 0;
    }
  }

  /** How many may be made at once. */
  synchronized int most() {
    return most;
  }
}
