package dev.rollcall.intake;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Decision;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is suspended, and what people decide about it. A decision is a row of its own; the RESOLVED
 * event that carries it out only points at it. Of several people who decide the same event the
 * first one counts.
 */
public final class Resolutions {

  private final Database database;
  private final Events events;
  private final EventLookup lookup;
  private final Links links;
  private final Decisions decisions;
  private final Audit audit;
  private final Clock clock;
  private final List<Accounts> accounts;
  private final Runnable wakeUp;

  /**
   * @param accounts of every instance
   * @param wakeUp told after an event was appended, so that it is worked at once
   */
  public Resolutions(
      Database database,
      Events events,
      EventLookup lookup,
      Links links,
      Decisions decisions,
      Audit audit,
      Clock clock,
      List<Accounts> accounts,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.lookup = lookup;
    this.links = links;
    this.decisions = decisions;
    this.audit = audit;
    this.clock = clock;
    this.accounts = List.copyOf(accounts);
    this.wakeUp = wakeUp;
  }

  /**
   * An event that waits for a person.
   *
   * @param candidates the accounts that were found, each with {@code id}, {@code rule}, {@code
   *     agree} and {@code conflict}, as they were when it was suspended; empty when none was, or
   *     when the audit has let go of it
   */
  public record Waiting(SyncEvent event, List<Map<String, Object>> candidates) {
    public Waiting {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * What waits for a person to decide, the longest waiting first: suspended, not decided, and
   * nothing that followed has settled it. Of one subject only the last.
   *
   * @param instance null for all
   * @param after the last event of the page before; 0 for the first
   */
  public List<Waiting> waiting(@Nullable String instance, long after, int limit) {
    List<SyncEvent> suspended = lookup.unresolved(instance, after, limit);
    Map<Long, Map<String, Object>> outcomes =
        audit.outcomes(suspended.stream().map(SyncEvent::id).toList());
    return suspended.stream()
        .map(event -> new Waiting(event, candidates(outcomes.getOrDefault(event.id(), Map.of()))))
        .toList();
  }

  private static List<Map<String, Object>> candidates(Map<String, Object> outcome) {
    return outcome.get("candidates") instanceof List<?> told
        ? told.stream().flatMap(one -> candidate(one).stream()).toList()
        : List.of();
  }

  private static Optional<Map<String, Object>> candidate(Object told) {
    if (!(told instanceof Map<?, ?> members)) {
      return Optional.empty();
    }
    Map<String, Object> candidate = new LinkedHashMap<>();
    for (String name : List.of("id", "rule", "agree", "conflict")) {
      Object member = members.get(name);
      if (member != null) {
        candidate.put(name, member);
      }
    }
    return Optional.of(candidate);
  }

  /**
   * Decides a suspended event.
   *
   * @param account the account that is the subject's; null to make a new one
   * @param why not blank
   * @param by who decides
   * @return the event that carries it out
   * @throws RefusedRequest when there is no such event or account, the event does not wait for a
   *     decision, somebody was quicker, or the account is somebody else's
   */
  public SyncEvent resolve(long event, @Nullable String account, String why, String by) {
    SyncEvent suspended =
        lookup
            .byId(event)
            .orElseThrow(() -> new RefusedRequest("There is no event " + event, true));
    if (suspended.status() != EventStatus.SUSPENDED) {
      throw new RefusedRequest(
          "Event %d is %s: only a suspended event can be decided"
              .formatted(event, suspended.status().code()),
          false);
    }
    if (EventLookup.isHeld(suspended)) {
      throw new RefusedRequest(
          "Event %d is held by the guard: 'rollcall release' or 'rollcall reject' decides it"
              .formatted(event),
          false);
    }
    decisions.about(event).ifPresent(Resolutions::refuseSecond);
    lookup
        .settledBy(suspended)
        .ifPresent(later -> {
          throw new RefusedRequest(
              "Event %d does not wait any more: event %d of %s came after it and is %s"
                  .formatted(event, later.id(), later.subject().id(), later.status().code()),
              false);
        });
    if (account != null) {
      refuseUnfit(suspended, account);
    }
    long followUp = database.inTransaction(() -> decide(suspended, account, why, by));
    wakeUp.run();
    return lookup.byId(followUp).orElseThrow();
  }

  /** The worker looks again: it may be different by then. */
  private void refuseUnfit(SyncEvent suspended, String account) {
    Accounts there =
        accounts.stream()
            .filter(one -> one.instance().equals(suspended.instance()))
            .findFirst()
            .orElseThrow(() ->
                new RefusedRequest(
                    "Instance " + suspended.instance() + " is not in the settings any more",
                    false));
    if (!there.target().read(List.of(account)).containsKey(account)) {
      throw new RefusedRequest("There is no account " + account + " to link", true);
    }
    SubjectKey owner = links.owners(there.targetName(), List.of(account)).get(account);
    if (owner != null && !owner.equals(suspended.subject())) {
      throw new RefusedRequest("Account " + account + " is linked to " + owner, false);
    }
  }

  private long decide(SyncEvent suspended, @Nullable String account, String why, String by) {
    Instant now = Instant.now(clock);
    long followUp =
        events.append(
            NewEvent.now(
                    suspended.instance(),
                    suspended.subject(),
                    Cause.RESOLVED,
                    Priority.INTERACTIVE,
                    now)
                .after(suspended.id()));
    Decision decision =
        new Decision(
            suspended.id(),
            followUp,
            suspended.instance(),
            suspended.subject(),
            account,
            by,
            now,
            why);
    if (!decisions.keep(decision)) {
      refuseSecond(decisions.about(suspended.id()).orElseThrow());
    }
    audit.append(List.of(entry(decision)));
    return followUp;
  }

  private static void refuseSecond(Decision first) {
    throw new RefusedRequest(
        "Event %d was decided by %s at %s: %s; event %d carries it out"
            .formatted(first.event(), first.by(), first.at(), first.what(), first.followUp()),
        false);
  }

  private static AuditEntry entry(Decision decision) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("by", decision.by());
    entry.put("cause", Cause.RESOLVED.name());
    entry.put("parent", decision.event());
    String account = decision.account();
    if (account == null) {
      entry.put("create", true);
    } else {
      entry.put("link", account);
    }
    entry.put("why", decision.why());
    return new AuditEntry(
        AuditKind.DECIDED, decision.instance(), decision.subject(), decision.followUp(), entry);
  }
}
