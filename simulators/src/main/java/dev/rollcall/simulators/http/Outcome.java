package dev.rollcall.simulators.http;

/** How one exchange ended, told apart as a sender must: answered, never connected, or unknown. */
public sealed interface Outcome {
  /** The other side answered in full. */
  record Answered(int status, String body) implements Outcome {}

  /** No connection came about: the other side cannot have seen the request. */
  record Unreachable(String reason) implements Outcome {}

  /** Connected, but no whole answer: the other side may or may not have worked the request. */
  record Lost(String reason) implements Outcome {}
}
