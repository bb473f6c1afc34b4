package dev.rollcall.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What is played of Campus: people are added and then changed, with messages that come twice, late,
 * or are sent again by hand.
 *
 * @param people how many
 * @param seed the same seed plays the same
 */
public record Scenario(int people, long seed) {

  private static final double TROUBLE = 0.05;

  private static final int FEWEST_IN_HR = 10;
  private static final int CAMPUS_FOR_ONE_IN_HR = 5;

  /** What is played of HR: a fifth as many people, because each of them costs calls of Okta. */
  HrScenario hr() {
    return new HrScenario(peopleOfHr(), seed);
  }

  /** How many people of HR are hired to begin with. */
  public int peopleOfHr() {
    return people == 0 ? 0 : Math.max(FEWEST_IN_HR, people / CAMPUS_FOR_ONE_IN_HR);
  }

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
