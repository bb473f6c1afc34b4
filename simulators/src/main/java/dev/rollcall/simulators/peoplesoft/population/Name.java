package dev.rollcall.simulators.peoplesoft.population;

import java.time.LocalDate;

/** A NAMES row: one name type from one effective date on, active (A) or inactive (I). */
public record Name(String type, LocalDate effdt, String status, String first, String last) {
  public Name {
    Blank.refuse(type, "type");
    Blank.refuse(effdt, "effdt");
    status = Blank.or(status, "A");
    first = Blank.or(first, "");
    last = Blank.or(last, "");
  }

  Name redated(LocalDate other) {
    return new Name(type, other, status, first, last);
  }
}
