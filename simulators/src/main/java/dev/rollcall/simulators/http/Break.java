package dev.rollcall.simulators.http;

/** How an exchange is broken on purpose. */
public enum Break {
  /** Not at all. */
  NONE,
  /** The body arrives in small pieces with pauses between them. */
  SLOW_BODY,
  /** The connection is closed in the middle of the body. */
  HALF_BODY,
  /** The whole request is sent, then the connection is closed before an answer is read. */
  LOST_ANSWER
}
