package dev.rollcall.access;

/** A change of users or tokens that is not made; the message says why and what would help. */
public final class RefusedAccess extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Kind {
    /** What was named does not exist. */
    UNKNOWN,
    /** It would not fit what is there. */
    CONFLICT,
    /** What was given cannot be taken. */
    UNFIT
  }

  private final Kind kind;

  RefusedAccess(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Why. */
  public Kind kind() {
    return kind;
  }
}
