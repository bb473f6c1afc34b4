package dev.rollcall.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one field: a text, or that it is empty. What is not known has no entry, so that
 * "clear it" and "leave it alone" can never be mixed up.
 */
public sealed interface Value {

  /** A value; never blank. */
  record Text(String text) implements Value {
    public Text {
      Objects.requireNonNull(text, "text is null");
    }
  }

  /** Known to be empty: a command to clear. */
  record Cleared() implements Value {}

  /**
   * The value of a field as PeopleSoft writes it: blank, an empty element and a single space all
   * mean "no value" ({@code facts/oim-campus-connector.md §12}).
   */
  static Value of(String text) {
    return text.isBlank() ? new Cleared() : new Text(text.strip());
  }

  /** The text, or null when it is known to be empty. */
  default @Nullable String textOrNull() {
    return switch (this) {
      case Text(String text) -> text;
      case Cleared() -> null;
    };
  }
}
