package dev.rollcall.web;

import org.jspecify.annotations.Nullable;

/** What callers say, checked. */
final class Spoken {

  private static final int LONGEST = 2_000;

  private Spoken() {}

  /** Why somebody decides something, without blanks around it. */
  static String why(@Nullable String why) {
    if (why == null || why.isBlank() || why.length() > LONGEST) {
      throw new IllegalArgumentException(
          "why must say in 1 to " + LONGEST + " characters what the decision rests on");
    }
    return why.strip();
  }

  /** How many to list. */
  static int limit(int limit, int most) {
    if (limit < 1 || limit > most) {
      throw new IllegalArgumentException("limit must be from 1 to " + most);
    }
    return limit;
  }
}
