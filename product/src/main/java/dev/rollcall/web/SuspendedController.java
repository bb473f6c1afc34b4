package dev.rollcall.web;

import dev.rollcall.intake.Resolutions;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a person, and what the person decides. */
@RestController
final class SuspendedController {

  private static final int MOST = 1_000;

  private final WebParts parts;

  SuspendedController(WebParts parts) {
    this.parts = parts;
  }

  record SuspendedView(
      long event,
      String instance,
      String source,
      String subject,
      Instant since,
      @Nullable String reason,
      List<Map<String, Object>> candidates) {}

  @Operation("Lists what waits for a person to decide.")
  @GetMapping("/api/suspended")
  List<SuspendedView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "100") int limit) {
    return parts.resolutions().waiting(instance, after, Spoken.limit(limit, MOST)).stream()
        .map(SuspendedController::view)
        .toList();
  }

  private static SuspendedView view(Resolutions.Waiting waiting) {
    SyncEvent event = waiting.event();
    return new SuspendedView(
        event.id(),
        event.instance(),
        event.subject().source(),
        event.subject().id(),
        Objects.requireNonNullElse(event.finished(), event.appended()),
        event.reason(),
        waiting.candidates());
  }

  /**
   * A decision: one of the first two, and why.
   *
   * @param link the account that is the person's
   * @param create a new account is to be made
   * @param why in the words of whoever decides
   */
  record Decided(@Nullable String link, @Nullable Boolean create, @Nullable String why) {}

  /** The event that carries the decision out. */
  record Resolved(long event, @Nullable Long parent, String cause, String by) {}

  @Operation(value = "Decides a suspended event.", refuses = 409)
  @PostMapping("/api/events/{id}/resolve")
  Resolved resolve(@PathVariable long id, @RequestBody Decided decided) {
    String link = decided.link();
    if ((link == null) != Boolean.TRUE.equals(decided.create())) {
      throw new IllegalArgumentException("Name either an account to link or create");
    }
    String why = Spoken.why(decided.why());
    String by = "api";
    SyncEvent event = parts.resolutions().resolve(id, link, why, by);
    return new Resolved(event.id(), event.parent(), event.cause().name(), by);
  }
}
