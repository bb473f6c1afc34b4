package dev.rollcall.plan;

import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;

/**
 * What the facts say about one attribute.
 *
 * @param value a text, or that it is empty
 * @param origin where that was read
 * @param reason why it is this value, in a few words
 */
public record Mapped(Value value, Origin origin, String reason) {

  /** The reason with the rule and the row, as it stands on a change. */
  public String explained() {
    return origin.effdt() == null
        ? origin.rule() + ": " + reason
        : origin.rule() + ": " + reason + " (row of " + origin.effdt() + ")";
  }
}
