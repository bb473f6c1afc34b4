package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.web.api.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Stops an instance and lets it go on. */
@RestController
@RequestMapping("/api/instances/{name}")
final class PausesController {

  private final WebParts parts;

  PausesController(WebParts parts) {
    this.parts = parts;
  }

  /** How the instance is now. */
  record Switched(String instance, boolean paused) {}

  /** Answers when no process writes for the instance any more. */
  @Operation(
      value = "Stops an instance; answers when nobody writes for it any more.",
      refuses = 409)
  @PostMapping("/pause")
  Switched pause(
      @PathVariable String name,
      @RequestBody(required = false) @Nullable Asked asked,
      SignedIn who) {
    Asked by = orNobody(asked);
    parts.pauses().pause(parts.instance(name).name(), by.who(who), by.reason());
    return new Switched(name, true);
  }

  /** Lets it go on. */
  @Operation("Lets a paused instance go on.")
  @PostMapping("/resume")
  Switched resume(
      @PathVariable String name,
      @RequestBody(required = false) @Nullable Asked asked,
      SignedIn who) {
    Asked by = orNobody(asked);
    parts.pauses().resume(parts.instance(name).name(), by.who(who), by.reason());
    return new Switched(name, false);
  }

  private static Asked orNobody(@Nullable Asked asked) {
    return asked == null ? new Asked(null, null) : asked;
  }
}
