package dev.rollcall.web.page;

/** What people say a decision rests on. */
final class Reason {

  private static final int LONGEST = 2_000;

  private Reason() {}

  /**
   * The reason without blanks around it.
   *
   * @throws PageFailures.Unfit when nothing is said, or too much
   */
  static String of(String why) {
    if (why.isBlank() || why.length() > LONGEST) {
      throw new PageFailures.Unfit(
          "A decision needs a reason, in 1 to " + LONGEST + " characters.");
    }
    return why.strip();
  }
}
