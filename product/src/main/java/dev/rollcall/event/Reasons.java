package dev.rollcall.event;

import org.jspecify.annotations.Nullable;

/**
 * What others say is kept as a reason, whatever it is: what cannot be stored, or would fill the
 * table, must not keep an event from ending.
 */
final class Reasons {

  private static final int LONGEST = 4_000;

  private Reasons() {}

  /** The reason without NUL, which PostgreSQL has no text for, and not longer than a page. */
  static @Nullable String storable(@Nullable String reason) {
    if (reason == null) {
      return null;
    }
    String kept =
        reason.length() <= LONGEST
            ? reason
            : reason.substring(0, LONGEST) + "... (" + reason.length() + " characters)";
    return kept.replace('\0', '\uFFFD');
  }
}
