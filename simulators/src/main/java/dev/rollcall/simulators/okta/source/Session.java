package dev.rollcall.simulators.okta.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One identity source session.
 *
 * @param by who made it: {@code api}, or {@code hand} for the control API
 * @param triggered when the import was asked for
 * @param starts when its processing began; sessions of a source are processed one after the other
 * @param ends when its processing ends, or ended
 * @param fate what was scripted for its processing
 */
public record Session(
    String id,
    String source,
    Status status,
    String by,
    Instant created,
    Instant lastUpdated,
    @Nullable Instant triggered,
    @Nullable Instant starts,
    @Nullable Instant ends,
    Fate fate) {

  /** Where a session stands. */
  public enum Status {
    CREATED,
    IN_PROGRESS,
    TRIGGERED,
    COMPLETED,
    ERROR,
    CLOSED,
    EXPIRED;

    /** Whether something can still come of it. */
    public boolean active() {
      return takes() || this == TRIGGERED;
    }

    /** Whether it takes uploads, and can be cancelled. */
    boolean takes() {
      return this == CREATED || this == IN_PROGRESS;
    }
  }

  /** How the processing goes. */
  public enum Fate {
    NORMAL,
    /** It ends in an error, and nothing of it is applied. */
    ERROR,
    /** It ends in an error, and the first half of it is applied. */
    HALF,
    /** It never ends by itself. */
    STUCK
  }

  Session in(Status other, Instant at) {
    return new Session(id, source, other, by, created, at, triggered, starts, ends, fate);
  }

  Session triggered(Instant at, Fate scripted) {
    return new Session(id, source, Status.TRIGGERED, by, created, at, at, starts, ends, scripted);
  }

  Session processed(Instant from, Instant to) {
    return new Session(id, source, status, by, created, lastUpdated, triggered, from, to, fate);
  }
}
