package dev.rollcall.sync;

import java.time.Duration;

/**
 * How the engine works.
 *
 * @param claimSize events taken together, at most
 * @param claimsAtOnce claims worked at the same time, for each instance
 * @param lease how long a claim is believed without being renewed, on PostgreSQL's clock
 * @param poll how often to look for events that others appended or whose time has come
 */
public record EngineSettings(int claimSize, int claimsAtOnce, Duration lease, Duration poll) {

  public EngineSettings {
    if (claimSize < 1 || claimsAtOnce < 1) {
      throw new IllegalArgumentException("A claim needs at least one event and one slot");
    }
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("A lease below one second is lost at every pause");
    }
  }

  /** What suits a small machine. */
  public static EngineSettings defaults() {
    return new EngineSettings(500, 2, Duration.ofSeconds(15), Duration.ofMillis(200));
  }
}
