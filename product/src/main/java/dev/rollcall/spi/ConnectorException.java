package dev.rollcall.spi;

import dev.rollcall.model.ErrorKind;
import org.jspecify.annotations.Nullable;

/** The one exception a connector throws: what kind of failure, and what the other side said. */
public sealed class ConnectorException extends RuntimeException permits MasteredElsewhere, TooSoon {
  private static final long serialVersionUID = 1L;

  private final ErrorKind kind;

  /**
   * @param message names the thing and what the other side answered, without secrets
   * @param cause the failure beneath, or null
   */
  public ConnectorException(ErrorKind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What kind of failure it was. */
  public ErrorKind kind() {
    return kind;
  }
}
