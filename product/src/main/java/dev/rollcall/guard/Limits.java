package dev.rollcall.guard;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The limits of one instance.
 *
 * @param window how far back changes count, on Rollcall's clock
 * @param byClass a class that is missing has no limit
 */
public record Limits(Duration window, Map<ChangeClass, Limit> byClass) {

  /** How far back changes count when nothing else is set. */
  public static final Duration USUAL_WINDOW = Duration.ofHours(24);

  public Limits {
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("The guard's window must be longer than nothing");
    }
    byClass = Map.copyOf(byClass);
  }

  /** Without any limit. */
  public static Limits none() {
    return new Limits(USUAL_WINDOW, Map.of());
  }

  /**
   * What is in force when nothing is set: few leave on one day, and a term's end was announced
   * beforehand. Creations and changes of login and e-mail have no limit, because a first load is
   * nothing else.
   */
  public static Limits usual() {
    Map<ChangeClass, Limit> byClass = new EnumMap<>(ChangeClass.class);
    byClass.put(ChangeClass.DEACTIVATIONS, new Limit(null, 5, 25, false));
    byClass.put(ChangeClass.GROUP_REMOVALS, new Limit(null, 10, 50, true));
    return new Limits(USUAL_WINDOW, byClass);
  }

  /** Whether a change on an announced date passes where nothing else is set. */
  public static boolean usuallyPassesAnnounced(ChangeClass one) {
    return one == ChangeClass.GROUP_REMOVALS;
  }

  /** The limit of a class, or null when it has none. */
  @Nullable Limit of(ChangeClass one) {
    return byClass.get(one);
  }

  /** The window as people write it. */
  String windowText() {
    if (window.equals(Duration.ofHours(window.toHours()))) {
      return window.toHours() + "h";
    }
    return window.equals(Duration.ofMinutes(window.toMinutes()))
        ? window.toMinutes() + "m"
        : window.toString();
  }
}
