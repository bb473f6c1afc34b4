package dev.rollcall.model;

/** The order in which waiting events are claimed; the first is the most urgent. */
public enum Priority {
  /** Somebody leaves: access must end in time. */
  LEAVER,
  /** A person is waiting for it. */
  INTERACTIVE,
  /** An ordinary change. */
  NORMAL,
  /** Loads and comparisons. */
  BULK
}
