package dev.rollcall.simulators.http;

import java.util.List;

/**
 * One answer, header line by header line, and how much of it is sent.
 *
 * @param headers in this order, names as they are written; the length is added on sending
 */
public record WireAnswer(int status, List<Header> headers, String body, Delivery delivery) {
  /** One header line. */
  public record Header(String name, String value) {}

  /** How much of the answer reaches the other side. */
  public enum Delivery {
    WHOLE,
    /** The head and half of the body, then the connection is closed. */
    HALF,
    /** Nothing: the connection is closed. */
    NOTHING
  }

  static WireAnswer plain(int status, String why) {
    return new WireAnswer(
        status, List.of(new Header("content-type", "text/plain")), why, Delivery.WHOLE);
  }
}
