package dev.rollcall.event;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.util.List;
import java.util.UUID;

/**
 * Events taken to be worked together, no two about the same subject.
 *
 * @param token proves the claim; whoever finishes an event must hold it
 */
public record Claim(UUID token, String instance, List<SyncEvent> events) {
  public Claim {
    events = List.copyOf(events);
  }

  /** Who the events are about, in their order. */
  public List<SubjectKey> subjects() {
    return events.stream().map(SyncEvent::subject).toList();
  }
}
