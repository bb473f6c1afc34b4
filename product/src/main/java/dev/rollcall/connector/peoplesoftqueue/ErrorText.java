package dev.rollcall.connector.peoplesoftqueue;

import org.jspecify.annotations.Nullable;

/** What goes into a character column of PeopleSoft, which is never null: nothing is one blank. */
final class ErrorText {
  private static final String BLANK = " ";

  private static final char CUT = '…';

  private ErrorText() {}

  static String orBlank(@Nullable String text) {
    return text == null ? BLANK : text;
  }

  /**
   * A text that fits.
   *
   * @param length of the column in characters; a character outside of the basic plane is taken for
   *     two, as some databases do, and is never cut in its middle
   */
  static String fitting(@Nullable String text, int length) {
    if (text == null || text.isBlank()) {
      return BLANK;
    }
    String storable = text.replace("\0", "");
    if (storable.length() <= length) {
      return storable;
    }
    int end = length - 1;
    if (end > 0 && Character.isHighSurrogate(storable.charAt(end - 1))) {
      end--;
    }
    return storable.substring(0, end) + CUT;
  }
}
