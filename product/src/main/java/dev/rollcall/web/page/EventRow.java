package dev.rollcall.web.page;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An event in a list.
 *
 * @param name of the person, or null
 */
record EventRow(SyncEvent event, @Nullable String name) {

  /** These events with the names of the people they are about. */
  static List<EventRow> of(List<SyncEvent> events, Names names) {
    Map<SubjectKey, String> known =
        names.of(events.stream().map(SyncEvent::subject).collect(Collectors.toSet()));
    return events.stream().map(event -> new EventRow(event, known.get(event.subject()))).toList();
  }

  /** Where the person's page is. */
  public String personPath() {
    return Paths.person(event.subject());
  }

  /** Whether nothing follows on this row any more. */
  public boolean ended() {
    return event.status().isFinal();
  }
}
