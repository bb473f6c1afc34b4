package dev.rollcall.spi;

import dev.rollcall.model.ErrorKind;
import java.time.Duration;

/** The other side permits no new session yet. */
public final class TooSoon extends ConnectorException {

  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /**
   * @param wait how long to wait before it is asked again
   */
  public TooSoon(String message, Duration wait) {
    super(ErrorKind.RATE_LIMITED, message, null);
    this.wait = wait;
  }

  /** How long to wait before it is asked again. */
  public Duration pause() {
    return wait;
  }
}
