package dev.rollcall.plan.rule;

/** A rule that could not be applied to a person; the person is left as they are. */
public final class RuleFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * @param rule as configured
   * @param message what went wrong; it may hold a value
   */
  public RuleFailure(String rule, String message, Throwable cause) {
    super(message, cause);
    this.rule = rule;
  }

  /** The rule as configured. */
  public String rule() {
    return rule;
  }
}
