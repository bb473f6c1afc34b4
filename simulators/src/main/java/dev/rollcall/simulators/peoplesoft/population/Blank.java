package dev.rollcall.simulators.peoplesoft.population;

import org.jspecify.annotations.Nullable;

/** PeopleSoft knows no null text: what is missing in JSON becomes a blank or a default. */
final class Blank {
  private Blank() {}

  static String or(@Nullable String text, String fallback) {
    return text == null ? fallback : text;
  }

  /** Refuses a key that JSON left out. */
  static void refuse(@Nullable Object key, String name) {
    if (key == null || key.equals("")) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
  }
}
