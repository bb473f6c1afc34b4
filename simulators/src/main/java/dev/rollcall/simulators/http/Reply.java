package dev.rollcall.simulators.http;

/** What a control call is answered with; the body is written as JSON. */
public record Reply(int status, Object body) {
  public static Reply ok(Object body) {
    return new Reply(200, body);
  }

  public static Reply accepted(Object body) {
    return new Reply(202, body);
  }
}
