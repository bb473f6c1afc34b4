package dev.rollcall.spi;

/** A delivery that cannot be taken in; its sender is told why and keeps it. */
public final class RefusedDelivery extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why it was refused. */
  public enum Kind {
    /** Not well-formed, not safe, or without what makes it a message about somebody. */
    MALFORMED,
    /** A message name nobody here is configured for. */
    UNKNOWN_MESSAGE,
    /** Larger or deeper than allowed. */
    TOO_LARGE
  }

  private final Kind kind;

  /**
   * @param message what is wrong and where, without content of the message
   */
  public RefusedDelivery(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Why it was refused. */
  public Kind kind() {
    return kind;
  }
}
