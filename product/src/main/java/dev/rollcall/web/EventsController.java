package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.audit.Audit;
import dev.rollcall.event.EventLookup;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events: list them, look at one, try one again. */
@RestController
@RequestMapping("/api/events")
final class EventsController {

  private static final int MOST = 10_000;

  private final WebParts parts;

  EventsController(WebParts parts) {
    this.parts = parts;
  }

  @Operation("Lists events, the newest first.")
  @GetMapping
  List<EventView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(defaultValue = "100") int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be from 1 to " + MOST);
    }
    EventLookup.Filter filter =
        new EventLookup.Filter(
            instance,
            status == null ? null : EventStatus.ofCode(status),
            subject == null ? null : PeopleController.idOf(subject),
            limit);
    return parts.lookup().find(filter).stream().map(EventView::of).toList();
  }

  /**
   * What happened to an event, in order.
   *
   * @param parentRemoved whether it follows up an event that is no longer kept
   */
  record Story(
      EventView event, boolean parentRemoved, List<Step> history, List<EventView> followUps) {}

  /** One step of it. */
  record Step(Instant at, String kind, Map<String, Object> entry) {}

  @Operation("Tells what happened to an event, in order.")
  @GetMapping("/{id}")
  Story one(@PathVariable long id) {
    Optional<SyncEvent> kept = parts.lookup().byId(id);
    List<Step> steps = parts.audit().ofEvent(id).stream().map(EventsController::step).toList();
    SyncEvent event = kept.orElseThrow(() -> new Failures.NotFound(missing(id, steps)));
    Long parent = event.parent();
    return new Story(
        EventView.of(event),
        parent != null && parts.lookup().byId(parent).isEmpty(),
        steps,
        parts.lookup().followUps(id).stream().map(EventView::of).toList());
  }

  /** The audit is kept longer than events are. */
  private static String missing(long id, List<Step> steps) {
    if (steps.isEmpty()) {
      return "There is no event " + id;
    }
    Step last = steps.getLast();
    return "Event %d is older than keep.events and was removed; the audit still says at %s: %s %s"
        .formatted(id, last.at(), last.kind(), last.entry().getOrDefault("reason", ""))
        .strip();
  }

  private static Step step(Audit.Stored stored) {
    return new Step(stored.at(), stored.kind(), stored.entry());
  }

  /** The new event that tries a finished one again. */
  record Retried(long event, @Nullable Long parent, String cause) {}

  @Operation(value = "Tries a finished event again, as a new one.", refuses = 409)
  @PostMapping("/{id}/retry")
  Retried retry(@PathVariable long id, SignedIn who) {
    SyncEvent retry = parts.requests().retry(id, who.name());
    return new Retried(retry.id(), retry.parent(), retry.cause().name());
  }
}
