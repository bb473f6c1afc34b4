package dev.rollcall.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a demo came to, all of it read from the database at the end.
 *
 * @param routes the numbers by route
 * @param differences what the database and the simulator's own knowledge do not agree on
 */
public record DemoReport(Map<String, Object> routes, List<String> differences) {
  /** More of one route are not worth reading: they have one cause. */
  private static final int SHOWN = 20;

  public DemoReport {
    routes = Collections.unmodifiableMap(new LinkedHashMap<>(routes));
    differences = List.copyOf(differences);
  }

  /** As many of them as anybody reads. */
  static List<String> some(List<String> differences) {
    return differences.subList(0, Math.min(SHOWN, differences.size()));
  }

  /** Whether both agree. */
  public boolean ok() {
    return differences.isEmpty();
  }
}
