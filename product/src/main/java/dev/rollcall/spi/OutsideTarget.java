package dev.rollcall.spi;

/**
 * A system with accounts elsewhere: every read and every change is a call. Events are worked one at
 * a time, each on an errand of its own, and what was done is settled afterwards; so whatever is
 * applied has to be compared with what is there first, and may be found half done.
 */
public interface OutsideTarget {

  /**
   * The accounts as they are seen and changed on an errand. {@link AccountTarget#apply} takes one
   * application at a time, makes its changes in order and stops at the first that fails.
   */
  AccountTarget during(Errand errand);
}
