package dev.rollcall.plan.identity;

/** What becomes of the account of somebody who is on leave. */
public enum LeavePolicy {
  /** It is suspended, and can be used again when they are back. */
  SUSPEND,
  /** Nothing: a leave is no reason. */
  KEEP,
  /** It is deactivated, and activated again when they are back. */
  DEACTIVATE
}
