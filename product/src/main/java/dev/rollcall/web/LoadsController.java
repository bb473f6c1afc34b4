package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.intake.LoadTally;
import dev.rollcall.intake.Publisher;
import dev.rollcall.spi.RefusedDelivery;
import dev.rollcall.web.api.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes full publications in as they are streamed here, and tells how far a load is. */
@RestController
final class LoadsController {

  private final WebParts parts;
  private final Map<String, LoadTally> running = new ConcurrentHashMap<>();

  LoadsController(WebParts parts) {
    this.parts = parts;
  }

  /** What a load came to. */
  record Loaded(LoadTally.Numbers numbers, List<LoadTally.Reject> rejects) {}

  /**
   * @param id chosen by the caller, to ask for progress with
   * @param file as people know it
   * @param asOf when the images were true
   */
  @Operation(
      value = "Takes in a full publication as it is streamed here.",
      takes = "application/xml")
  @PostMapping("/api/instances/{name}/load")
  Loaded load(
      @PathVariable String name,
      @RequestParam String id,
      @RequestParam String file,
      @RequestParam String asOf,
      SignedIn who,
      HttpServletRequest request)
      throws IOException {
    Publisher publisher =
        parts
            .fullLoad()
            .publisher(name)
            .orElseThrow(() -> new Failures.NotFound("There is no instance " + name));
    parts
        .environment()
        .objection()
        .ifPresent(objection -> {
          throw new Failures.Forbidden(objection.text());
        });
    Instant trueAt = instant(asOf);
    parts
        .requests()
        .noted(name, who.name(), "load", Map.of("file", file, "asOf", trueAt.toString()));
    LoadTally tally = new LoadTally();
    running.put(id, tally);
    try {
      parts.fullLoad().load(publisher, file, request.getInputStream(), trueAt, tally);
      return new Loaded(tally.numbers(), tally.rejects());
    } catch (RefusedDelivery refused) {
      throw new IllegalArgumentException(refused.getMessage(), refused);
    } finally {
      running.remove(id);
    }
  }

  @Operation("Says how far a load of this process is.")
  @GetMapping("/api/loads/{id}")
  LoadTally.Numbers progress(@PathVariable String id) {
    LoadTally tally = running.get(id);
    if (tally == null) {
      throw new Failures.NotFound("No load " + id + " is running here");
    }
    return tally.numbers();
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          "asOf must be a moment such as 2026-01-31T08:00:00Z", wrong);
    }
  }
}
