package dev.rollcall.simulators.peoplesoft.population;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A person after a change.
 *
 * @param redated set when a name row got another effective date: a key change, not a new row
 */
public record Changed(Person after, Optional<Redated> redated) {

  /** The key change of one name row. */
  public record Redated(String nameType, LocalDate old, LocalDate corrected) {}

  public static Changed to(Person after) {
    return new Changed(after, Optional.empty());
  }
}
