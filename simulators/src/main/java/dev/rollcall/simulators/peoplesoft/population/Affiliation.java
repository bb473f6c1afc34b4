package dev.rollcall.simulators.peoplesoft.population;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An affiliation row; a missing start means started, a missing end means open-ended. */
public record Affiliation(
    String institution,
    String code,
    String status,
    String description,
    @Nullable LocalDate from,
    @Nullable LocalDate to) {
  public Affiliation {
    Blank.refuse(institution, "institution");
    Blank.refuse(code, "code");
    status = Blank.or(status, "A");
    description = Blank.or(description, status.equals("I") ? "Inactive" : "Active");
  }

  /** What makes a row the same row while its code repeats. */
  public List<String> key() {
    return List.of(institution, code, String.valueOf(from));
  }

  /** What makes it the same affiliation while its code does not repeat. */
  boolean isOfCode(Affiliation other) {
    return institution.equals(other.institution) && code.equals(other.code);
  }

  Affiliation ended(LocalDate day) {
    return new Affiliation(institution, code, status, description, from, day);
  }

  Affiliation inactivated() {
    return new Affiliation(institution, code, "I", "Inactive", from, to);
  }
}
