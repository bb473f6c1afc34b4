package dev.rollcall.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is played: people are added and then changed, with messages that come twice, late, or are
 * sent again by hand.
 *
 * @param people how many
 * @param seed the same seed plays the same
 */
public record Scenario(int people, long seed) {

  private static final double TROUBLE = 0.05;

  void begin(SimulatorApi simulator) {
    Map<String, Object> play = new LinkedHashMap<>();
    play.put("people", people);
    play.put("changes", people * 2);
    play.put("seed", seed);
    play.put("style", "mixed");
    play.put("duplicates", TROUBLE);
    play.put("outOfOrder", TROUBLE);
    play.put("resend", TROUBLE);
    play.put("gzip", TROUBLE);
    play.put("namespaced", TROUBLE);
    play.put("lostAnswer", TROUBLE);
    simulator.post("/_control/play", play);
  }

  /** Waits until everything was sent. */
  static void awaitEnd(SimulatorApi simulator, Duration atMost) {
    Instant end = Instant.now().plus(atMost);
    while (Instant.now().isBefore(end)) {
      JsonNode play = simulator.get("/_control/play");
      if (!play.path("running").asBoolean()) {
        return;
      }
      try {
        Thread.sleep(Duration.ofMillis(100));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("Interrupted while the scenario was played", stop);
      }
    }
    throw new DemoFailure(
        "The scenario did not end in time: " + simulator.get("/_control/play"), null);
  }
}
