package dev.rollcall.demo;

import java.util.List;
import java.util.Map;

/**
 * What a demo came to, all of it read from the database at the end.
 *
 * @param routes the numbers by route
 * @param differences what the database and the simulator's own knowledge do not agree on
 */
public record DemoReport(Map<String, Object> routes, List<String> differences) {
  public DemoReport {
    routes = Map.copyOf(routes);
    differences = List.copyOf(differences);
  }

  /** Whether both agree. */
  public boolean ok() {
    return differences.isEmpty();
  }
}
