package dev.rollcall.connector.oraclehcm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A number that is told in parts. */
final class Phone {

  private Phone() {}

  /** {@code +1 555 0100143}; null when there is no number. */
  static @Nullable String joined(
      @Nullable String country, @Nullable String area, @Nullable String number) {
    if (number == null) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    if (country != null) {
      parts.add(country.startsWith("+") ? country : "+" + country);
    }
    if (area != null) {
      parts.add(area);
    }
    parts.add(number);
    return String.join(" ", parts);
  }
}
