package dev.rollcall.spi;

/**
 * Whoever works an event may not go on: the claim was lost, or its instance was paused or switched.
 * Nothing more is to be called; what was done stays done and is compared again later.
 */
public final class ErrandOver extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message why, in one line
   */
  public ErrandOver(String message) {
    super(message);
  }
}
