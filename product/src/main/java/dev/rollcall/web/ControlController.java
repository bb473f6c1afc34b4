package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.event.EventLookup;
import dev.rollcall.web.api.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The service itself: how much is to do, what time is it. */
@RestController
final class ControlController {

  private final WebParts parts;

  ControlController(WebParts parts) {
    this.parts = parts;
  }

  record BacklogView(boolean idle, long waiting, long due) {}

  @Operation("Says how much there is to do.")
  @GetMapping("/api/backlog")
  BacklogView backlog() {
    EventLookup.Backlog backlog = parts.lookup().backlog();
    return new BacklogView(backlog.waiting() == 0, backlog.waiting(), backlog.due());
  }

  /** The instances for which the file is in force. */
  record ReloadView(List<String> instances) {}

  /** Takes the settings file as it is now, whole or not at all. */
  @Operation(value = "Takes the settings file as it is now, whole or not at all.", refuses = 422)
  @PostMapping("/api/reload")
  ReloadView reload(SignedIn who) {
    List<String> instances = parts.reloading().reload();
    parts.requests().noted(null, who.name(), "reload", Map.of("instances", instances));
    return new ReloadView(instances);
  }

  record ClockView(Instant now) {}

  @Operation("Says what time it is for Rollcall.")
  @GetMapping("/api/clock")
  ClockView clock() {
    return new ClockView(Instant.now(parts.clock()));
  }

  /**
   * How to move the clock: one of the two.
   *
   * @param set the new time
   * @param advance how far to go, for example {@code P40D} or {@code PT2H}
   */
  record ClockRequest(@Nullable Instant set, @Nullable String advance) {}

  @Operation("Moves the clock of a demo.")
  @PostMapping("/api/clock")
  ClockView move(@RequestBody ClockRequest request, SignedIn who) {
    ClockControl control = parts.clockControl();
    if (control == null) {
      throw new Failures.Forbidden("The clock can only be moved in a demo");
    }
    Instant set = request.set();
    String advance = request.advance();
    if (set != null && advance == null) {
      control.set(set);
    } else if (advance != null && set == null) {
      control.advance(length(advance));
    } else {
      throw new IllegalArgumentException("Name either a time to set or a length to advance");
    }
    parts.requests().noted(null, who.name(), "clock", Map.of("now", clock().now().toString()));
    return clock();
  }

  private static Duration length(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of time such as P40D or PT2H", wrong);
    }
  }
}
