package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What people ask for: synchronize again, try again. Each becomes an event. */
public final class Requests {

  private final Database database;
  private final Events events;
  private final EventLookup lookup;
  private final Audit audit;
  private final Clock clock;
  private final Runnable wakeUp;

  /**
   * @param wakeUp told after an event was appended, so that it is worked at once
   */
  public Requests(
      Database database,
      Events events,
      EventLookup lookup,
      Audit audit,
      Clock clock,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.lookup = lookup;
    this.audit = audit;
    this.clock = clock;
    this.wakeUp = wakeUp;
  }

  /** A request that cannot be carried out; the message says why and what would help. */
  public static final class RefusedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean unknown;

    RefusedRequest(String message, boolean unknown) {
      super(message);
      this.unknown = unknown;
    }

    /** Whether what was named does not exist. */
    public boolean unknown() {
      return unknown;
    }
  }

  /**
   * Asks for these subjects to be synchronized again.
   *
   * @param by who asks
   * @return the new events, in order
   */
  public List<Long> resync(
      String instance, List<SubjectKey> subjects, Priority priority, String by) {
    Instant now = Instant.now(clock);
    List<NewEvent> wanted =
        subjects.stream()
            .map(subject -> NewEvent.now(instance, subject, Cause.RESYNC, priority, now))
            .toList();
    List<Long> ids =
        database.inTransaction(() -> {
          List<Long> appended = events.append(wanted);
          for (int i = 0; i < appended.size(); i++) {
            remember(wanted.get(i), appended.get(i), by);
          }
          return appended;
        });
    wakeUp.run();
    return ids;
  }

  /**
   * Tries a finished event again, as a new one; the old one stays as it was.
   *
   * @param by who asks
   * @throws RefusedRequest when there is no such event, or it is not finished
   */
  public SyncEvent retry(long event, String by) {
    SyncEvent parent =
        lookup
            .byId(event)
            .orElseThrow(() -> new RefusedRequest("There is no event " + event, true));
    if (!parent.status().isFinal()) {
      throw new RefusedRequest(
          "Event " + event + " is " + parent.status().code() + ": it will be worked anyway", false);
    }
    long id = database.inTransaction(() -> appendRetry(parent, by));
    wakeUp.run();
    return lookup.byId(id).orElseThrow();
  }

  private long appendRetry(SyncEvent parent, String by) {
    NewEvent retry =
        new NewEvent(
            parent.instance(),
            parent.subject(),
            Cause.RETRY,
            Priority.INTERACTIVE,
            Instant.now(clock),
            parent.id(),
            EventStatus.NEW,
            null);
    long id = events.append(retry);
    remember(retry, id, by);
    return id;
  }

  private void remember(NewEvent event, long id, String by) {
    audit.append(
        List.of(
            new AuditEntry(
                AuditKind.REQUESTED,
                event.instance(),
                event.subject(),
                id,
                Map.of("by", by, "cause", event.cause().name()))));
  }
}
