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

  /** Learns from what an answer says; every call that was given room has to be told. */
  void learn(Call call);
}
