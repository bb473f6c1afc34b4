package dev.rollcall.guard;

import org.jspecify.annotations.Nullable;

/**
 * A fact that is not as it was when the database was bound.
 *
 * @param fact its code
 * @param words the fact as people are told
 * @param bound what it was
 * @param now what it is; null when it cannot be seen any more
 */
public record Difference(String fact, String words, String bound, @Nullable String now) {

  /** For example {@code server is 10.0.0.9, bound to 10.0.0.5}. */
  public String sentence() {
    return now == null
        ? "%s cannot be seen any more, bound to %s".formatted(words, bound)
        : "%s is %s, bound to %s".formatted(words, now, bound);
  }
}
