package dev.rollcall.model;

/** Why an event was appended. */
public enum Cause {
  /** The source's change list named the subject. */
  CHANGE,
  /** The source sent a message about the subject. */
  MESSAGE,
  /** The subject has open request lines. */
  REQUEST,
  /** A comparison of both sides wants the subject looked at. */
  RECONCILE,
  /** A person asked for the subject to be synchronized again. */
  RESYNC,
  /** A person asked for a finished event to be tried again. */
  RETRY,
  /** A person decided a suspended or held event. */
  RESOLVED,
  /** A date has come on which the answer can differ. */
  DUE,
  /** Something has to be told to the source. */
  WRITE_BACK;

  /**
   * Whether an event of this cause does nothing but compare the subject's present facts with the
   * account, so that one such event makes another redundant.
   */
  public boolean isCollapsible() {
    return switch (this) {
      case CHANGE, MESSAGE, RECONCILE, RESYNC, RETRY -> true;
      case REQUEST, RESOLVED, DUE, WRITE_BACK -> false;
    };
  }
}
