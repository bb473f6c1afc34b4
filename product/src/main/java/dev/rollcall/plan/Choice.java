package dev.rollcall.plan;

import dev.rollcall.model.Row;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Which row of a record a rule reads today. */
sealed interface Choice {

  /**
   * This one.
   *
   * @param effdt its effective date, null when the rule is not dated
   */
  record Chosen(Row row, @Nullable LocalDate effdt) implements Choice {}

  /** The row in effect says that there is no value. */
  record Inactive(LocalDate effdt) implements Choice {}

  /** It is known that there is none. */
  record Nothing(String reason) implements Choice {}

  /** Nothing can be said. */
  record Unknown() implements Choice {}

  /**
   * What follows when no row is in effect: emptiness is concluded only when it is proven.
   *
   * @param trace a row that would have counted is known to be deleted
   */
  static Choice none(boolean complete, boolean trace) {
    if (complete) {
      return new Nothing("the source has no such row in effect");
    }
    return trace ? new Nothing("the source deleted its row") : new Unknown();
  }
}
