package dev.rollcall.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Lengths of time as people write them. */
public final class Durations {

  private static final Duration A_YEAR = Duration.ofHours(365 * 24 + 6);

  private Durations() {}

  /**
   * Reads {@code 200ms}, {@code 15s}, {@code 2m}, {@code 1h}, {@code 40d}, {@code 7y} or the ISO
   * form {@code PT15S}, {@code P40D}; a leading minus makes it negative. A year is 365 days and a
   * quarter.
   *
   * @throws IllegalArgumentException when it is none of these
   */
  public static Duration parse(String text) {
    String trimmed = text.strip();
    try {
      if (trimmed.toUpperCase(Locale.ROOT).contains("P")) {
        return Duration.parse(trimmed);
      }
      int unit = 0;
      while (unit < trimmed.length() && !Character.isLetter(trimmed.charAt(unit))) {
        unit++;
      }
      long amount = Long.parseLong(trimmed.substring(0, unit));
      return switch (trimmed.substring(unit)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        case "d" -> Duration.ofDays(amount);
        case "y" -> A_YEAR.multipliedBy(amount);
        default -> throw new IllegalArgumentException("No length of time: " + text);
      };
    } catch (DateTimeParseException | ArithmeticException wrong) {
      throw new IllegalArgumentException("No length of time: " + text, wrong);
    }
  }

  /** As people write it: in the largest unit that says it exactly. */
  static String text(Duration length) {
    long millis = length.toMillis();
    if (millis % 1_000 != 0) {
      return millis + "ms";
    }
    if (millis > 0 && millis % A_YEAR.toMillis() == 0) {
      return millis / A_YEAR.toMillis() + "y";
    }
    long seconds = length.toSeconds();
    if (seconds > 0 && seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds > 0 && seconds % 3_600 == 0) {
      return seconds / 3_600 + "h";
    }
    return seconds > 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
