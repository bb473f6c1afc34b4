package dev.rollcall.guard;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Why nothing may be worked here: the database is not where it was bound.
 *
 * @param differences at least one
 */
public record Objection(List<Difference> differences) {

  public Objection {
    differences = List.copyOf(differences);
  }

  /** For those who run Rollcall: what differs, and the way out. */
  public String text() {
    return "Rollcall's database was copied, restored or moved ("
        + differences.stream().map(Difference::sentence).collect(Collectors.joining("; "))
        + "): nothing is worked or taken in until somebody adopts it with 'rollcall adopt --why"
        + " TEXT'";
  }

  /** For whoever sends messages: which facts differ, but nothing of what they are. */
  public String toSenders() {
    return "This Rollcall runs on a database that was copied, restored or moved (another "
        + differences.stream().map(Difference::words).collect(Collectors.joining(", "))
        + "); it takes nothing until somebody adopts it";
  }
}
