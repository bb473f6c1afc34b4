package dev.rollcall.model;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ties a person to an institution: student, employee, alumna.
 *
 * @param institution for example {@code PSUNV}
 * @param code for example {@code STUDENT}
 * @param status the source's code, for example {@code A}; null when it has none
 * @param description the source's text for the status, or null
 * @param from first day, null when open
 * @param to last day, inclusive; null when open
 * @param more what else is configured to be known of it, by name; only what has a value
 */
public record Affiliation(
    String institution,
    String code,
    @Nullable String status,
    @Nullable String description,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    Map<String, String> more) {

  public Affiliation {
    more = Map.copyOf(more);
  }

  /** An affiliation with the fields that every one has. */
  public Affiliation(
      String institution,
      String code,
      @Nullable String status,
      @Nullable String description,
      @Nullable LocalDate from,
      @Nullable LocalDate to) {
    this(institution, code, status, description, from, to, Map.of());
  }

  /** What tells two affiliations of a person apart: the same code may come again years later. */
  public record Key(String institution, String code, @Nullable LocalDate from) {}

  /** This affiliation's key. */
  public Key key() {
    return new Key(institution, code, from);
  }
}
