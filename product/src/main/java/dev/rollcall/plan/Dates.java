package dev.rollcall.plan;

import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Dates as PeopleSoft writes them, {@code yyyy-MM-dd} and nothing else ("Target Date Format" of the
 * guide). Written by hand because it runs for every dated row of everybody, and because a wrong
 * date is an ordinary answer here, not an exception.
 */
final class Dates {

  private static final int LENGTH = 10;

  private Dates() {}

  /** The date, or null when the text is none. */
  static @Nullable LocalDate parse(String text) {
    if (text.length() != LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, LENGTH);
    if (year < 0 || month < 1 || month > 12 || day < 1) {
      return null;
    }
    return day > 28 && day > YearMonth.of(year, month).lengthOfMonth()
        ? null
        : LocalDate.of(year, month, day);
  }

  /** The digits as a number, or -1 when one of them is none. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
