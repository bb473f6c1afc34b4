package dev.rollcall.spi;

import dev.rollcall.model.Priority;

/**
 * How many calls a target may still be made: one budget for each bucket of a target system, shared
 * by all processes. It keeps a reserve for the target's own users (promise 4).
 */
public interface CallBudget {

  /**
   * Takes room for one call, waiting a little when it is near.
   *
   * @param bucket as the target counts its calls
   * @param priority how urgent the call is
   * @throws NotNow when the room is not near
   */
  void acquire(String bucket, Priority priority);

  /**
   * Says that a call which was given room is not made after all. Asks nobody, because it may be the
   * database's end that kept it from being made.
   */
  void unused(String bucket);

  /** Learns from what an answer says; every call that was given room and made has to be told. */
  void learn(Call call);
}
