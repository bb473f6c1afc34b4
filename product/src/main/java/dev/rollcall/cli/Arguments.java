package dev.rollcall.cli;

import dev.rollcall.config.Durations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as people write them on a command line. */
final class Arguments {

  private Arguments() {}

  /** A length of time such as {@code 90s} or {@code P40D}. */
  static Duration length(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE, option + " must be a length of time such as 90s, 2h or P40D: " + text);
    }
  }

  /** A number of at least this. */
  static void atLeast(String option, long least, long number) {
    if (number < least) {
      throw new CommandFailure(ExitCode.USAGE, option + " must be at least " + least);
    }
  }

  /** A part of an address, whatever is in it. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Who asks, as this machine knows them, and why. */
  static Map<String, String> asked(@Nullable String why) {
    Map<String, String> asked = new HashMap<>();
    asked.put("by", System.getProperty("user.name", ""));
    if (why != null) {
      asked.put("why", why);
    }
    return asked;
  }

  /** A moment such as {@code 2027-01-31T08:00:00Z}, or a day, which begins at midnight UTC. */
  static Instant moment(String text) {
    try {
      return text.contains("T")
          ? Instant.parse(text)
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException wrong) {
      throw new CommandFailure(
          ExitCode.USAGE, "No moment such as 2027-01-31 or 2027-01-31T08:00:00Z: " + text);
    }
  }

  /** When something ends: a length of time from now, or a moment. */
  static Instant until(String option, String text) {
    boolean date = text.matches("\\d{4}-.*");
    return date ? moment(text) : Instant.now().plus(length(option, text));
  }

  /** Yes or no, as in the settings. */
  static boolean yesOrNo(String option, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes", "true", "on" -> true;
      case "no", "false", "off" -> false;
      default -> throw new CommandFailure(ExitCode.USAGE, option + " must be yes or no: " + text);
    };
  }
}
