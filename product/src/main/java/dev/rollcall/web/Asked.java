package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for something and why, as told in the body of a request.
 *
 * @param by for whom it is asked, as told by whoever asks; null or blank for nobody else
 * @param why in their words; null or blank when none is given
 */
record Asked(@Nullable String by, @Nullable String why) {

  private static final int LONGEST = 2_000;

  /** Who it is remembered as: who is signed in, and for whom they say they ask. */
  String who(SignedIn asker) {
    String name = by;
    return name == null || name.isBlank()
        ? asker.name()
        : asker.name() + " for " + checked("by", name.strip());
  }

  /** The reason, or null. */
  @Nullable String reason() {
    String text = why;
    return text == null || text.isBlank() ? null : checked("why", text.strip());
  }

  private static String checked(String name, String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(name + " is longer than " + LONGEST + " characters");
    }
    return text;
  }
}
