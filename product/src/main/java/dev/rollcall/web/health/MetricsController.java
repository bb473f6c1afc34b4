package dev.rollcall.web.health;

import dev.rollcall.web.api.Operation;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Numbers for Prometheus. */
@RestController
final class MetricsController {

  private static final MediaType TEXT =
      MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

  private final Metrics metrics;

  MetricsController(Metrics metrics) {
    this.metrics = metrics;
  }

  @Operation(
      value = "Tells Prometheus how the instances and this process are.",
      gives = MediaType.TEXT_PLAIN_VALUE)
  @GetMapping("/metrics")
  ResponseEntity<String> metrics() {
    return ResponseEntity.ok().contentType(TEXT).body(metrics.text());
  }
}
