package dev.rollcall.app;

/** What keeps Rollcall from starting so that it does not call what is not meant (promise 6). */
public final class RefusedStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the instance and the setting
   */
  RefusedStart(String message) {
    super(message);
  }
}
