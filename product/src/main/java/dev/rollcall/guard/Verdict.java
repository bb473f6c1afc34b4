package dev.rollcall.guard;

/** What the guard says to the changes of one class that one event wants. */
public sealed interface Verdict {

  /**
   * They may be made.
   *
   * @param counted whether they count towards the limit
   */
  record Pass(boolean counted) implements Verdict {}

  /** They are held until a person decides. */
  record Hold(String reason) implements Verdict {}

  /** A person has decided that they are not made. */
  record Reject(String reason) implements Verdict {}
}
