package dev.rollcall.model;

/** What kind of failure it was; the retry policy knows nothing else about it. */
public enum ErrorKind {
  /** The other side asked to slow down. */
  RATE_LIMITED,
  /** Not reachable, restarting, or failing on its own account. */
  UNAVAILABLE,
  /** The credentials were refused. */
  REFUSED_CREDENTIALS,
  /** The thing is not there. */
  NOT_FOUND,
  /** Somebody else was quicker, or the value is taken. */
  CONFLICT,
  /** The other side (or its schema) refuses the content. */
  INVALID,
  /** The answer cannot be understood. */
  UNREADABLE
}
