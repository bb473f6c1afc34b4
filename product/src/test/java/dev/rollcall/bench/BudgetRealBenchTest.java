package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.bench.BudgetBench.Scenario;
import dev.rollcall.bench.BudgetRealBench.Counted;
import dev.rollcall.bench.BudgetRealBench.Seen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BudgetRealBenchTest {

  private static final Instant SECOND = Instant.parse("2026-11-20T12:02:00Z");

  private static String window(int minute, String callers, String others) {
    return """
    {"opened": "2026-11-20T12:0%d:00Z", "limit": 600, "used": 0, "callers": {%s}, "others": {%s}}
    """
        .formatted(minute, callers, others);
  }

  private static String count(String who, int used, int refused) {
    return "\"%s\": {\"used\": %d, \"refused\": %d}".formatted(who, used, refused);
  }

  private static List<Counted> windows(String... windows) {
    JsonNode state =
        JsonMapper.shared()
            .readTree(
                "{\"windows\": {\"/api/v1/users\": [%s]}}".formatted(String.join(",", windows)));
    return BudgetRealBench.windows(state);
  }

  @Test
  void whatTheSimulatorCountedBeforeOurFirstCallIsNoWindowOfOurs() {
    assertThat(
            windows(
                window(0, "", count("login", 40, 0)),
                window(1, count("default", 7, 2), ""),
                window(2, "", count("competitor", 9, 0))))
        .containsExactly(
            new Counted(Instant.parse("2026-11-20T12:01:00Z"), 7, 2, 0, 0, 0),
            new Counted(SECOND, 0, 0, 9, 0, 0));
  }

  @Test
  void theFirstWindowIsForWarmingUpAndTheOthersCount() {
    Map<String, Object> told =
        BudgetRealBench.told(
            Scenario.COMPETITOR,
            new Seen(
                windows(
                    window(1, count("default", 290, 5), count("login", 10, 3)),
                    window(
                        2,
                        count("default", 190, 0),
                        count("competitor", 300, 0) + "," + count("login", 40, 0)),
                    window(3, count("default", 150, 1), count("login", 40, 2))),
                Map.of(SECOND, 200)));

    assertThat(told)
        .containsEntry("permitted", 350)
        .containsEntry("used", 340)
        .containsEntry("ratio", 0.971)
        .containsEntry("own429", 1)
        .containsEntry("reserveTouched", 1)
        .containsEntry("loginsRefused", 2)
        .containsEntry("ratioToLeft", 0.708);
  }
}
