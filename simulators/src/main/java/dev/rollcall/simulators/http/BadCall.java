package dev.rollcall.simulators.http;

/** A control call that cannot be served, with the 4xx status and the sentence the caller gets. */
public final class BadCall extends RuntimeException {
  private final int status;

  public BadCall(int status, String message) {
    super(message);
    this.status = status;
  }

  public BadCall(String message) {
    this(400, message);
  }

  int status() {
    return status;
  }
}
