package dev.rollcall.model;

import java.util.HashMap;
import java.util.Map;

/**
 * What housekeeping did with a piece of what is old.
 *
 * @param gone how many went, or would go when it is only asked
 * @param kept how many stay although they are old, by the reason
 */
public record Swept(long gone, Map<String, Long> kept) {

  /** Nothing went, nothing stayed. */
  public static final Swept NOTHING = new Swept(0, Map.of());

  public Swept {
    kept = Map.copyOf(kept);
  }

  /** These all went. */
  public static Swept gone(long number) {
    return new Swept(number, Map.of());
  }

  /** Both together. */
  public Swept and(Swept other) {
    Map<String, Long> both = new HashMap<>(kept);
    other.kept.forEach((reason, number) -> both.merge(reason, number, Long::sum));
    return new Swept(gone + other.gone, both);
  }
}
