package dev.rollcall.config;

import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Limit;
import dev.rollcall.guard.Limits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Reads {@code instances.NAME.guard}. A class that is named has what stands there and no more. */
final class GuardReader {

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int WHOLE = 100;

  private GuardReader() {}

  static Limits read(Section section) {
    Duration window = section.duration("window", Limits.USUAL_WINDOW);
    if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
      section.problemAt("window", "'" + section.path() + ".window' must be from 1m to 366d");
      window = Limits.USUAL_WINDOW;
    }
    Map<ChangeClass, Limit> limits = new EnumMap<>(ChangeClass.class);
    limits.putAll(Limits.usual().byClass());
    for (ChangeClass one : ChangeClass.values()) {
      boolean named = section.has(one.code());
      Section entry = section.section(one.code());
      Integer most = entry.numberOrNull("most", 0, Integer.MAX_VALUE);
      Integer percent = entry.numberOrNull("percent", 0, WHOLE);
      int least = entry.number("least", 0, 0, Integer.MAX_VALUE);
      boolean pass =
          entry.oneOf(
              "announced",
              Map.of("pass", true, "count", false),
              Limits.usuallyPassesAnnounced(one));
      if (entry.has("least") && percent == null) {
        entry.problemAt("least", "'" + entry.path() + ".least' means nothing without a percent");
      }
      entry.done();
      if (named && most == null && percent == null) {
        limits.remove(one);
      } else if (named) {
        limits.put(one, new Limit(most, percent, least, pass));
      }
    }
    section.done();
    return new Limits(window, limits);
  }
}
