package dev.rollcall.simulators.hcm.rest;

/** A call that the REST framework refuses, with the status and the detail it says. */
public final class Problem extends RuntimeException {
  private final int status;

  public Problem(int status, String detail) {
    super(detail);
    this.status = status;
  }

  /** 400: what most of what can be wrong with a query is answered. */
  static Problem bad(String detail) {
    return new Problem(400, detail);
  }

  public int status() {
    return status;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }
}
