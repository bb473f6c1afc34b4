package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.access.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What monitoring is told: what the database knows, by instance, and what this process knows. */
class MetricsTest {

  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z][a-z0-9_]*)(\\{[^}]*\\})? [-+0-9.eEaINnf]+");

  private final RunningService service = RunningService.start("expected: [email]");

  @AfterEach
  void stop() {
    service.close();
  }

  private static String scrape(RunningService from) {
    RawHttp.Answer answer = from.api("GET", "/metrics", "");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.head()).contains("Content-Type: text/plain;version=0.0.4;charset=utf-8");
    return answer.body();
  }

  /** Waits for numbers that are read anew. */
  private static void awaitLines(RunningService from, String... lines) {
    await()
        .atMost(FRESH)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(scrape(from)).contains(lines));
  }

  @Test
  void everyProcessTellsTheSameOfTheDatabaseAndItsOwnOfItself() {
    service.sendPerson("PLANTED1", "Planted", "PLANTED3");
    service.settle();
    service.send(
        CampusXml.added("PLANTED2").name("A", "PRI", "2020-01-01", "Wai", "Ting").xml(),
        "Location",
        "PSFT Waiting");
    service.api("POST", "/api/instances/campus/pause", "{\"why\":\"a look\"}");
    String[] shared = {
      "rollcall_database_up 1.0",
      "rollcall_queue_events{instance=\"waiting\",status=\"due\"} 1.0",
      "rollcall_queue_events{instance=\"campus\",status=\"due\"} 0.0",
      "rollcall_findings{instance=\"campus\"} 1.0",
      "rollcall_instance_paused{instance=\"campus\"} 1.0",
      "rollcall_instance_state{instance=\"waiting\",state=\"off\"} 1.0",
      "rollcall_instance_state{instance=\"waiting\",state=\"on\"} 0.0",
      "rollcall_held_changes{instance=\"campus\"} 0.0",
      "rollcall_suspended_events{instance=\"campus\"} 0.0",
      "rollcall_last_message_age_seconds{instance=\"closed\"} NaN"
    };
    awaitLines(service, shared);
    String here = scrape(service);
    assertThat(here)
        .contains("rollcall_process_outcomes_total{instance=\"campus\",status=\"COMP\"} 1.0")
        .contains("jvm_memory_used_bytes", "process_uptime_seconds", "jvm_gc_")
        .contains("rollcall_process_connections{state=\"active\"}")
        .containsPattern("rollcall_last_message_age_seconds\\{instance=\"campus\"\\} [0-9.]+")
        .containsPattern("rollcall_lag_seconds\\{instance=\"waiting\"\\} [0-9.]+")
        .doesNotContainIgnoringCase("planted");
    try (RunningService other = service.another()) {
      awaitLines(other, shared);
      assertThat(scrape(other))
          .contains("rollcall_process_outcomes_total{instance=\"campus\",status=\"COMP\"} 0.0");
    }
  }

  @Test
  void whatIsToldIsWellFormedAndNamesInstancesOnly() {
    awaitLines(service, "rollcall_database_up 1.0");
    List<String> samples = scrape(service).lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(samples).hasSizeGreaterThan(50).allSatisfy(line -> assertThat(line).matches(SAMPLE));
    Set<String> labels =
        samples.stream()
            .filter(line -> line.startsWith("rollcall_"))
            .flatMap(line -> Pattern.compile("([a-z]+)=\"").matcher(line).results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(labels).containsExactlyInAnyOrder("instance", "status", "state");
  }

  @Test
  void everyNumberStandsInTheDocumentsAndTheDocumentsNameNoOther() throws Exception {
    awaitLines(service, "rollcall_database_up 1.0");
    String document = Files.readString(Path.of("..", "docs", "how-to", "watch-it.md"));
    Set<String> told =
        scrape(service)
            .lines()
            .filter(line -> line.startsWith("rollcall_"))
            .map(line -> line.replaceFirst("[{ ].*", ""))
            .collect(Collectors.toSet());
    Set<String> written =
        Pattern.compile("rollcall_[a-z_]*[a-z]\\b(?!_)")
            .matcher(document)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());
    // Told only of a watched directory.
    told.add("rollcall_last_poll_age_seconds");
    told.add("rollcall_kept_files");
    assertThat(written).isEqualTo(told);
  }

  @Test
  void aViewersTokenIsEnough() {
    String token =
        service
            .service()
            .access()
            .tokens()
            .create("monitor", Role.VIEWER, false, null, "test")
            .secret();
    RawHttp.Answer answer =
        service
            .http()
            .exchange(
                RawHttp.request("GET", "/metrics").header("Authorization", "Bearer " + token));
    assertThat(answer.status()).isEqualTo(200);
  }
}
