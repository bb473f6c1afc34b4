package dev.rollcall.spi;

import java.time.Instant;

/**
 * The other side has no room for a call at present. What was to be done waits and uses no attempt.
 */
public final class NotNow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Instant until;

  /**
   * @param until when to come again, on Rollcall's clock
   * @param message names the bucket and why there is no room
   */
  public NotNow(Instant until, String message) {
    super(message);
    this.until = until;
  }

  /** When to come again, on Rollcall's clock. */
  public Instant until() {
    return until;
  }
}
