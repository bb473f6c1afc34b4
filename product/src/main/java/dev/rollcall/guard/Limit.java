package dev.rollcall.guard;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many accounts may be changed within the window.
 *
 * @param most never more than this; null for any number
 * @param percent never more than this part of the linked accounts, rounded down; null for any
 * @param least as many always pass the percentage, so that a small population is not held at once
 * @param passAnnounced whether a change on a date that the source announced beforehand passes and
 *     is not counted
 */
public record Limit(
    @Nullable Integer most, @Nullable Integer percent, int least, boolean passAnnounced) {

  private static final int WHOLE = 100;

  public Limit {
    if ((most != null && most < 0)
        || least < 0
        || (percent != null && (percent < 0 || percent > WHOLE))) {
      throw new IllegalArgumentException("No limit: " + most + ", " + percent + " %, " + least);
    }
  }

  /**
   * What a number of changes within the window runs into; null when they are within the limit.
   *
   * @param linked how many accounts are linked; asked only when it matters
   */
  @Nullable String exceededBy(long changes, LongSupplier linked) {
    if (most != null && changes > most) {
      return most.toString();
    }
    if (percent == null || changes <= least) {
      return null;
    }
    long accounts = linked.getAsLong();
    long part = accounts * percent / WHOLE;
    if (changes <= part) {
      return null;
    }
    return part < least
        ? "%d, which always pass, and than %d %% of %d linked accounts"
            .formatted(least, percent, accounts)
        : "%d, which is %d %% of %d linked accounts".formatted(part, percent, accounts);
  }
}
