package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.Lines;
import dev.rollcall.event.NewEvent;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Holds;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Holds.Open;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What people decide about held changes. A decision is kept beside what it is about; the event that
 * is appended only points at it, plans anew and then passes, or says that it was rejected: at once,
 * unless the person has open lines of requests, which are then to end with these words.
 */
public final class Consents {

  /** What tells a change from another one, of what the audit says of it. */
  private static final Set<String> EFFECT = Set.of("change", "login", "attribute", "after", "role");

  private final Database database;
  private final Holds holds;
  private final Events events;
  private final EventLookup lookup;
  private final Lines lines;
  private final Audit audit;
  private final Clock clock;
  private final Runnable wakeUp;

  /**
   * @param wakeUp told after events were appended, so that they are worked at once
   */
  public Consents(
      Database database,
      Holds holds,
      Events events,
      EventLookup lookup,
      Audit audit,
      Clock clock,
      Runnable wakeUp) {
    this.database = database;
    this.holds = holds;
    this.events = events;
    this.lookup = lookup;
    this.lines = new Lines(database.jdbc(), clock);
    this.audit = audit;
    this.clock = clock;
    this.wakeUp = wakeUp;
  }

  /**
   * A decision that was made.
   *
   * @param event the event that was appended for it
   * @param parent the suspended event it decides
   */
  public record Decided(
      long event, long parent, String instance, String subject, List<String> classes) {}

  /**
   * Decides what is held of the person of an event. What was rejected can still be released. What
   * another event found since, and this one did not, is not decided: nobody who names this event
   * has seen it.
   *
   * @param event one that ended held; also when the same change was held again since
   * @param only the one class to decide, or null for all that is held of the person
   * @param by who decides
   * @param why in their words
   * @throws RefusedRequest when there is no such event or nothing to decide
   */
  public Decided decide(
      long event, @Nullable ChangeClass only, Decision decision, String by, String why) {
    SyncEvent held =
        lookup
            .byId(event)
            .orElseThrow(() -> new RefusedRequest("There is no event " + event, true));
    List<Decided> decided =
        database.inTransaction(() -> {
          List<Open> open =
              holds.lock(held.instance(), List.of(held.subject())).stream()
                  .filter(one -> only == null || one.changeClass() == only)
                  .toList();
          List<Open> decidable = open.stream().filter(one -> isOpenTo(decision, one)).toList();
          if (decidable.isEmpty()) {
            throw refused(held, open);
          }
          Set<Map<String, Object>> found = withheld(event);
          List<Open> toDecide =
              decidable.stream()
                  .filter(one -> one.event() == event || found.containsAll(effects(one.changes())))
                  .toList();
          if (toDecide.isEmpty()) {
            throw other(held, decidable);
          }
          return append(held.instance(), toDecide, decision, Priority.INTERACTIVE, by, why);
        });
    wakeUp.run();
    return decided.getFirst();
  }

  /**
   * Decides all that is held of an instance and class and not decided yet.
   *
   * @param by who decides
   * @param why in their words
   */
  public List<Decided> decideAll(
      String instance, ChangeClass one, Decision decision, String by, String why) {
    List<Decided> decided =
        database.inTransaction(() ->
            append(instance, holds.lockUndecided(instance, one), decision, Priority.BULK, by, why));
    wakeUp.run();
    return decided;
  }

  private static boolean isOpenTo(Decision decision, Open open) {
    return open.decision() == null
        || (open.decision() == Decision.REJECTED && decision == Decision.RELEASED);
  }

  /** What this event would have done, as the audit tells it; nothing when it has let go of it. */
  private Set<Map<String, Object>> withheld(long event) {
    Map<String, Object> outcome = audit.outcomes(List.of(event)).getOrDefault(event, Map.of());
    Set<Map<String, Object>> effects = new HashSet<>();
    if (outcome.get("withheld") instanceof List<?> changes) {
      for (Object change : changes) {
        if (change instanceof Map<?, ?> told) {
          effects.add(effect(told));
        }
      }
    }
    return effects;
  }

  private static Set<Map<String, Object>> effects(List<Map<String, Object>> changes) {
    return changes.stream().map(Consents::effect).collect(Collectors.toSet());
  }

  /** What a change does, without why, and without what was there before. */
  private static Map<String, Object> effect(Map<?, ?> told) {
    Map<String, Object> effect = new HashMap<>();
    told.forEach((name, value) -> {
      if (EFFECT.contains(String.valueOf(name)) && value != null) {
        effect.put(String.valueOf(name), value);
      }
    });
    return effect;
  }

  private static RefusedRequest other(SyncEvent event, List<Open> open) {
    return new RefusedRequest(
        "What is held of %s is not what event %d found any more; look at event %d and decide that"
            .formatted(event.subject().id(), event.id(), open.getLast().event()),
        false);
  }

  private static RefusedRequest refused(SyncEvent event, List<Open> open) {
    for (Open one : open) {
      Decision decision = one.decision();
      if (decision != null) {
        return new RefusedRequest(
            "%s of %s were %s by %s on %s: %s"
                .formatted(
                    one.changeClass().code(),
                    event.subject().id(),
                    decision.code(),
                    one.by(),
                    one.at(),
                    one.why()),
            false);
      }
    }
    return new RefusedRequest(
        "Nothing is held of event %d or of %s".formatted(event.id(), event.subject().id()), true);
  }

  private List<Decided> append(
      String instance,
      List<Open> rows,
      Decision decision,
      Priority priority,
      String by,
      String why) {
    Map<SubjectKey, List<Open>> bySubject = new LinkedHashMap<>();
    rows.forEach(row -> bySubject.computeIfAbsent(row.subject(), _ -> new ArrayList<>()).add(row));
    List<List<Open>> people = List.copyOf(bySubject.values());
    String reason = decision.code() + " by " + by + ": " + why;
    Instant now = Instant.now(clock);
    Set<SubjectKey> withLines = lines.withOpen(instance, bySubject.keySet());
    List<Long> ids =
        events.append(
            people.stream()
                .map(List::getFirst)
                .map(held ->
                    decision == Decision.RELEASED || withLines.contains(held.subject())
                        ? event(held, priority, now, reason)
                        : event(held, priority, now, reason).decided(EventStatus.SKIPPED, reason))
                .toList());
    Map<Long, Long> eventByRow = new LinkedHashMap<>();
    List<AuditEntry> entries = new ArrayList<>();
    List<Decided> decided = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      List<Open> held = people.get(i);
      long id = ids.get(i);
      held.forEach(row -> eventByRow.put(row.id(), id));
      List<String> classes = held.stream().map(row -> row.changeClass().code()).toList();
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("action", decision.code());
      entry.put("classes", classes);
      entry.put("held", held.getFirst().event());
      entry.put("by", by);
      entry.put("why", why);
      entries.add(
          new AuditEntry(AuditKind.DECIDED, instance, held.getFirst().subject(), id, entry));
      decided.add(
          new Decided(
              id, held.getFirst().event(), instance, held.getFirst().subject().id(), classes));
    }
    holds.decide(eventByRow, decision, by, why);
    audit.append(entries);
    return decided;
  }

  private static NewEvent event(Open held, Priority priority, Instant now, String reason) {
    return new NewEvent(
        held.instance(),
        held.subject(),
        Cause.RESOLVED,
        priority,
        now,
        held.event(),
        EventStatus.NEW,
        reason);
  }
}
