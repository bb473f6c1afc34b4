package dev.rollcall.plan;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The next day on which the same facts can give another answer.
 *
 * @param date always after the day that was planned for
 * @param why what happens on that day
 */
public record Upcoming(LocalDate date, String why) {
  public Upcoming {
    Objects.requireNonNull(date, "date is null");
    Objects.requireNonNull(why, "why is null");
  }

  /** The earlier of the two; of two on one day the first. */
  static @Nullable Upcoming earlier(@Nullable Upcoming one, @Nullable Upcoming other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.date.isBefore(one.date) ? other : one;
  }
}
