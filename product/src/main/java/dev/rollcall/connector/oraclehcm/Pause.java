package dev.rollcall.connector.oraclehcm;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.time.Duration;

/** Waits before a call is made again. */
@FunctionalInterface
public interface Pause {

  /**
   * Waits so long.
   *
   * @throws ConnectorException when the thread is to stop
   */
  void of(Duration length);

  /** By the machine's own time. */
  static Pause sleeping() {
    return length -> {
      try {
        Thread.sleep(length);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new ConnectorException(
            ErrorKind.UNAVAILABLE, "stopped while waiting for Oracle HCM", stop);
      }
    };
  }
}
