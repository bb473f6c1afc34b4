package dev.rollcall.sync;

import dev.rollcall.event.Claim;

/** Works claims to their end; throws nothing. */
interface ClaimWorker {

  void work(Claim claim);

  /** Whether it makes sense to claim anything at present. */
  default boolean ready() {
    return true;
  }
}
