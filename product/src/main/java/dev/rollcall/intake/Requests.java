package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.Lines;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.LineAction;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people ask for: synchronize again, try again. Each becomes an event. */
public final class Requests {

  private final Database database;
  private final Events events;
  private final EventLookup lookup;
  private final Audit audit;
  private final Lines lines;
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
    this.lines = new Lines(database.jdbc(), clock);
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
    List<Long> ids =
        database.inTransaction(() -> append(instance, subjects, Cause.RESYNC, priority, by, null));
    wakeUp();
    return ids;
  }

  /**
   * Appends an event for each of these subjects and remembers who asked; joins the caller's
   * transaction, after which {@link #wakeUp} is to be called.
   *
   * @param reason why they wait, or null
   * @return the new events, in order
   */
  List<Long> append(
      String instance,
      List<SubjectKey> subjects,
      Cause cause,
      Priority priority,
      String by,
      @Nullable String reason) {
    Instant now = Instant.now(clock);
    List<NewEvent> wanted =
        subjects.stream()
            .map(subject ->
                new NewEvent(
                    instance, subject, cause, priority, now, null, EventStatus.NEW, reason))
            .toList();
    List<Long> ids = events.append(wanted);
    List<AuditEntry> entries = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      entries.add(requested(wanted.get(i), ids.get(i), by));
    }
    audit.append(entries);
    return ids;
  }

  /** To be called when appended events are committed, so that they are worked at once. */
  void wakeUp() {
    wakeUp.run();
  }

  /**
   * Tries a finished event again, as a new one; the old one stays as it was. Of one that was about
   * lines those that failed are tried; where none is left the new event says so and does nothing.
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
    wakeUp();
    return lookup.byId(id).orElseThrow();
  }

  private long appendRetry(SyncEvent parent, String by) {
    List<Lines.Stored> failed = lines.failed(lines.errorsOf(parent.id()));
    List<Lines.Stored> open = lines.open(parent.instance(), parent.subject());
    return appendRetry(
        parent.instance(),
        parent.subject(),
        parent.id(),
        failed,
        Stream.concat(failed.stream(), open.stream()).anyMatch(Requests::endsAccess)
            ? Priority.LEAVER
            : Priority.INTERACTIVE,
        by);
  }

  private long appendRetry(
      String instance,
      SubjectKey subject,
      long parent,
      List<Lines.Stored> failed,
      Priority priority,
      String by) {
    NewEvent retry =
        new NewEvent(
            instance,
            subject,
            Cause.RETRY,
            priority,
            Instant.now(clock),
            parent,
            EventStatus.NEW,
            null);
    long id = events.append(retry);
    audit.append(List.of(requested(retry, id, by)));
    lines.again(failed.stream().map(Lines.Stored::id).toList(), id);
    return id;
  }

  /**
   * Takes up again lines that ended as errors: of each person all of them with one event, as urgent
   * as a leaver when one of them is to end somebody's access.
   *
   * @param failed lines as listed; those that did not end as errors, or were taken up again since,
   *     are left alone
   * @param by who asks
   * @return the new events, in the order of the lines
   * @throws RefusedRequest when there were errors and all of them were taken up again since
   */
  public List<Long> retryLines(List<Lines.Shown> failed, String by) {
    // Whoever tries many again is not waiting for each of them.
    Priority otherwise = failed.size() > 1 ? Priority.NORMAL : Priority.INTERACTIVE;
    Map<Who, List<Long>> bySubject = new LinkedHashMap<>();
    for (Lines.Shown line : failed) {
      if (line.status() == LineStatus.ERR) {
        bySubject
            .computeIfAbsent(
                new Who(line.instance(), line.line().subject()), _ -> new ArrayList<>())
            .add(line.id());
      }
    }
    List<Long> ids =
        database.inTransaction(() -> {
          List<Long> appended = new ArrayList<>();
          bySubject.forEach((who, theirs) -> {
            List<Lines.Stored> left = lines.failed(theirs);
            if (!left.isEmpty()) {
              appended.add(
                  appendRetry(
                      who.instance(),
                      who.subject(),
                      left.getFirst().event(),
                      left,
                      left.stream().anyMatch(Requests::endsAccess) ? Priority.LEAVER : otherwise,
                      by));
            }
          });
          return appended;
        });
    if (ids.isEmpty() && !bySubject.isEmpty()) {
      throw new RefusedRequest(
          "What failed was taken up again already: 'rollcall okta lines' shows how it stands",
          false);
    }
    wakeUp();
    return ids;
  }

  private static boolean endsAccess(Lines.Stored line) {
    return LineAction.DEACTIVATE.code().equals(line.line().action());
  }

  private record Who(String instance, SubjectKey subject) {}

  /**
   * Remembers that somebody asked for something that is no event: a reload, a load, another time.
   *
   * @param instance the instance it is about, or null
   * @param what in one word
   * @param more what else is to be remembered
   */
  public void noted(@Nullable String instance, String by, String what, Map<String, ?> more) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("by", by);
    entry.put("what", what);
    entry.putAll(more);
    audit.append(List.of(new AuditEntry(AuditKind.REQUESTED, instance, null, null, entry)));
  }

  /**
   * Remembers that somebody takes many people's data, or the audit, out of here.
   *
   * @param instance the instance it is about, or null
   * @param what is taken
   */
  public void exported(@Nullable String instance, String by, Map<String, ?> what) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("by", by);
    entry.putAll(what);
    audit.append(List.of(new AuditEntry(AuditKind.EXPORTED, instance, null, null, entry)));
  }

  private static AuditEntry requested(NewEvent event, long id, String by) {
    return new AuditEntry(
        AuditKind.REQUESTED,
        event.instance(),
        event.subject(),
        id,
        Map.of("by", by, "cause", event.cause().name()));
  }
}
