package dev.rollcall.web.health;

import dev.rollcall.web.Problems;
import dev.rollcall.web.api.Operation;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether this process lives, and whether it can be sent requests; neither needs a token. */
@RestController
final class HealthController {

  private final Readiness readiness;

  HealthController(Readiness readiness) {
    this.readiness = readiness;
  }

  /**
   * How it is.
   *
   * @param status {@code up} or {@code ready}
   */
  record StatusView(String status) {}

  /** Whether this process answers; asks nobody else, so that no outage elsewhere restarts it. */
  @Operation("Says whether this process answers.")
  @GetMapping("/health")
  StatusView health() {
    return new StatusView("up");
  }

  @Operation(
      value = "Says whether this process can be sent requests.",
      answers = StatusView.class,
      refuses = 503)
  @GetMapping("/ready")
  ResponseEntity<?> ready() {
    List<String> missing = readiness.missing();
    return missing.isEmpty()
        ? ResponseEntity.ok(new StatusView("ready"))
        : Problems.answer(HttpStatus.SERVICE_UNAVAILABLE, String.join(" ", missing));
  }
}
