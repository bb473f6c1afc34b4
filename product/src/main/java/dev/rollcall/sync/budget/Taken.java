package dev.rollcall.sync.budget;

import java.time.Instant;

/** What came of asking for room. */
sealed interface Taken {

  /** The bucket afterwards. */
  Bucket bucket();

  /**
   * A permit.
   *
   * @param given when the window began in which it was given
   * @param at from when on it may be used
   */
  record Granted(Bucket bucket, Instant given, Instant at) implements Taken {}

  /**
   * None.
   *
   * @param at when to ask again
   * @param why there is none, to follow a colon
   */
  record Later(Bucket bucket, Instant at, String why) implements Taken {}
}
