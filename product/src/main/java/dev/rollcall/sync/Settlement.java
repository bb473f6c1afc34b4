package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.db.Database;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Events;
import dev.rollcall.event.Finish;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.NewEvent;
import dev.rollcall.finding.Findings;
import dev.rollcall.finding.Look;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what came of a claim, in one transaction: the accounts, the links, the audit, the
 * findings, the events, the waiting ones that are moot now, and the next date. Only events that are
 * still held are touched. An instance that was paused or switched meanwhile gets its events back as
 * they were.
 */
final class Settlement {

  private final Database database;
  private final InstanceStates states;
  private final Claims claims;
  private final Events events;
  private final Audit audit;
  private final Safeguard safeguard;
  private final Findings findings;
  private final Applier applier;
  private final AccountLinks accountLinks;
  private final RetryPolicy retries;
  private final OutcomeCounts outcomes;
  private final Clock clock;

  Settlement(
      Database database,
      InstanceStates states,
      Claims claims,
      Events events,
      Audit audit,
      Safeguard safeguard,
      Findings findings,
      Applier applier,
      AccountLinks accountLinks,
      RetryPolicy retries,
      OutcomeCounts outcomes,
      Clock clock) {
    this.database = database;
    this.states = states;
    this.claims = claims;
    this.events = events;
    this.audit = audit;
    this.safeguard = safeguard;
    this.findings = findings;
    this.applier = applier;
    this.accountLinks = accountLinks;
    this.retries = retries;
    this.outcomes = outcomes;
    this.clock = clock;
  }

  /**
   * Settles a claim.
   *
   * @param waiting the waiting events of its subjects, read before their facts were fetched
   * @param worked every event of the claim with what should become of it
   */
  void settle(Instance instance, Claim claim, List<SyncEvent> waiting, List<Worked> worked) {
    Map<SubjectKey, List<SyncEvent>> bySubject = bySubject(waiting);
    count(instance, database.inTransaction(() -> settle(instance, claim, bySubject, worked)));
  }

  /** Takes over, in the settling transaction, what is to be done later and together. */
  @FunctionalInterface
  interface Entrusting {
    /**
     * Takes over what it can, in the caller's transaction.
     *
     * @param toApply what passed the guard and is to be written
     * @return those of them that end now after all, with their outcomes
     */
    List<Worked> entrust(List<Worked> toApply, Map<SubjectKey, List<SyncEvent>> waiting);
  }

  /**
   * Settles what of a claim ends now, and has the rest taken over: its events stay claimed by
   * whoever took them.
   *
   * @param waiting the waiting events of its subjects, read before their facts were fetched
   * @throws org.springframework.dao.DuplicateKeyException when it cannot be taken over at present;
   *     then nothing was written
   */
  void entrust(
      Instance instance,
      Claim claim,
      List<SyncEvent> waiting,
      List<Worked> worked,
      Entrusting entrusting) {
    Map<SubjectKey, List<SyncEvent>> bySubject = bySubject(waiting);
    count(
        instance,
        database.inTransaction(() -> entrust(instance, claim, bySubject, worked, entrusting)));
  }

  private List<Finish> entrust(
      Instance instance,
      Claim claim,
      Map<SubjectKey, List<SyncEvent>> waiting,
      List<Worked> worked,
      Entrusting entrusting) {
    InstanceStates.Entry entry = states.enter(instance.name(), instance.state());
    if (!entry.open()) {
      claims.handBack(claim.token());
      return List.of();
    }
    Set<Long> held = claims.hold(claim.token());
    List<Worked> ours = worked.stream().filter(one -> held.contains(one.event().id())).toList();
    Safeguard.Judged judged = safeguard.judge(instance, ours, waiting, entry.holding(), true);
    List<Worked> toApply =
        judged.worked().stream().filter(one -> one.application() != null).toList();
    Map<Long, Worked> ending = new HashMap<>();
    entrusting.entrust(toApply, waiting).forEach(one -> ending.put(one.event().id(), one));
    List<Worked> entrusted =
        toApply.stream().filter(one -> !ending.containsKey(one.event().id())).toList();
    Set<Long> later = new HashSet<>();
    entrusted.forEach(one -> later.add(one.event().id()));
    List<Worked> all =
        judged.worked().stream().map(one -> ending.getOrDefault(one.event().id(), one)).toList();
    safeguard.record(judged, all);
    foresee(instance, entrusted, waiting);
    return write(
        instance,
        claim,
        waiting,
        all.stream().filter(one -> !later.contains(one.event().id())).toList());
  }

  /** What can be said already of those whose changes are made later: what to look at, and when. */
  private void foresee(
      Instance instance, List<Worked> entrusted, Map<SubjectKey, List<SyncEvent>> waiting) {
    List<Events.Cancellation> moot = new ArrayList<>();
    List<NewEvent> dates = new ArrayList<>();
    List<Look> looks = new ArrayList<>();
    LocalDate today = LocalDate.now(clock.withZone(instance.zone()));
    for (Worked one : entrusted) {
      Finish foreseen = finish(one);
      Noticing.of(one, foreseen, true).ifPresent(looks::add);
      PendingDates pending =
          new PendingDates(
              instance, one, foreseen, waiting.getOrDefault(one.event().subject(), List.of()));
      moot.addAll(pending.moot());
      pending.next(today).ifPresent(dates::add);
    }
    findings.settle(instance.name(), looks);
    events.cancel(moot);
    events.append(dates);
  }

  /**
   * Finishes events that were entrusted, in the caller's transaction.
   *
   * @param token of the claim they were entrusted to
   * @param finishes what becomes of those of them that are held
   * @param moot what waits behind those that completed
   */
  void finishEntrusted(
      UUID token, List<Finish> finishes, List<AuditEntry> entries, List<Events.Cancellation> moot) {
    audit.append(entries);
    events.finish(finishes);
    events.cancel(moot);
    claims.done(token);
  }

  private static Map<SubjectKey, List<SyncEvent>> bySubject(List<SyncEvent> events) {
    Map<SubjectKey, List<SyncEvent>> bySubject = new HashMap<>();
    for (SyncEvent event : events) {
      bySubject.computeIfAbsent(event.subject(), _ -> new ArrayList<>()).add(event);
    }
    return bySubject;
  }

  private List<Finish> settle(
      Instance instance,
      Claim claim,
      Map<SubjectKey, List<SyncEvent>> waiting,
      List<Worked> worked) {
    InstanceStates.Entry entry = states.enter(instance.name(), instance.state());
    if (!entry.open()) {
      claims.handBack(claim.token());
      return List.of();
    }
    Set<Long> held = claims.hold(claim.token());
    List<Worked> ours = worked.stream().filter(one -> held.contains(one.event().id())).toList();
    Safeguard.Judged judged = safeguard.judge(instance, ours, waiting, entry.holding(), true);
    List<Worked> applied = applier.apply(instance, judged.worked());
    safeguard.record(judged, applied);
    return write(instance, claim, waiting, applied);
  }

  /** After the commit: what was rolled back was nobody's outcome. */
  void count(Instance instance, List<Finish> finishes) {
    finishes.forEach(finish -> outcomes.add(instance.name(), finish.status()));
  }

  /**
   * Before changes are made outside: has the guard say which may be, and counts them as made. What
   * is not held any more, or may not be written at present, is given back.
   *
   * @param waiting the waiting events of its subject, read before its facts were fetched
   * @param whole whether this is all that is wanted of its subject
   * @return what may be made; empty when the claim was given back or lost
   */
  Optional<Safeguard.Judged> reserve(
      Instance instance, Claim claim, List<SyncEvent> waiting, Worked worked, boolean whole) {
    return database.inTransaction(() -> {
      InstanceStates.Entry entry = states.enter(instance.name(), instance.state());
      if (!entry.open()) {
        claims.handBack(claim.token());
        return Optional.<Safeguard.Judged>empty();
      }
      if (!claims.hold(claim.token()).contains(worked.event().id())) {
        return Optional.<Safeguard.Judged>empty();
      }
      Safeguard.Judged judged =
          safeguard.judge(
              instance,
              List.of(worked),
              Map.of(worked.event().subject(), waiting),
              entry.holding(),
              whole);
      safeguard.reserve(judged);
      return Optional.of(judged);
    });
  }

  /** Keeps what the guard held of what was reserved, before its event ends. */
  void keep(Safeguard.Judged judged, Worked worked) {
    if (judged.judgement() != null) {
      database.inTransaction(() -> safeguard.keep(judged, List.of(worked)));
    }
  }

  /**
   * After changes were made outside: settles the event, unless its claim was lost meanwhile. What
   * was done is settled also when the instance has been paused since.
   *
   * @param judged what {@link #reserve} gave; null when nothing was reserved, or it was kept before
   * @param accountId whose account it is now; null when that was not found out
   */
  void conclude(
      Instance instance,
      Claim claim,
      List<SyncEvent> waiting,
      Worked worked,
      Safeguard.@Nullable Judged judged,
      @Nullable String accountId) {
    List<Finish> finishes =
        database.inTransaction(() -> {
          if (!claims.hold(claim.token()).contains(worked.event().id())) {
            return List.<Finish>of();
          }
          if (accountId != null) {
            accountLinks.put(instance, worked.event(), accountId, Applier.origins(worked));
          }
          if (judged != null) {
            safeguard.keep(judged, List.of(worked));
          }
          return write(instance, claim, Map.of(worked.event().subject(), waiting), List.of(worked));
        });
    count(instance, finishes);
  }

  /** Gives the events of a claim back as they were. */
  void handBack(Claim claim) {
    database.inTransaction(() -> claims.handBack(claim.token()));
  }

  private List<Finish> write(
      Instance instance,
      Claim claim,
      Map<SubjectKey, List<SyncEvent>> waiting,
      List<Worked> applied) {
    List<Finish> finishes = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    List<Events.Cancellation> moot = new ArrayList<>();
    List<NewEvent> dates = new ArrayList<>();
    List<Look> looks = new ArrayList<>();
    for (Worked one : applied) {
      Finish finish = finish(one);
      finishes.add(finish);
      entries.add(OutcomeEntry.of(one, finish));
      Noticing.of(one, finish, instance.elsewhere()).ifPresent(looks::add);
      List<SyncEvent> behind = waiting.getOrDefault(one.event().subject(), List.of());
      if (one.answered()) {
        cancelMoot(one.event(), behind, moot);
      }
      PendingDates pending = new PendingDates(instance, one, finish, behind);
      moot.addAll(pending.moot());
      pending.next(LocalDate.now(clock.withZone(instance.zone()))).ifPresent(dates::add);
    }
    audit.append(entries);
    findings.settle(instance.name(), looks);
    events.finish(finishes);
    events.cancel(moot);
    events.append(dates);
    claims.done(claim.token());
    return finishes;
  }

  private Finish finish(Worked one) {
    return finish(one.event().id(), one.event().attempt(), one.outcome());
  }

  /**
   * What becomes of a claimed event with this outcome.
   *
   * @param attempt attempts used before
   */
  Finish finish(long event, int attempt, Outcome outcome) {
    Instant now = Instant.now(clock);
    int attempts = attempt + 1;
    return switch (outcome) {
      case Outcome.Completed(String why) ->
          new Finish(event, EventStatus.COMPLETED, attempts, now, why, null);
      case Outcome.Skipped(String why) ->
          new Finish(event, EventStatus.SKIPPED, attempts, now, why, null);
      case Outcome.Suspended(String why, List<Candidate> _) ->
          new Finish(event, EventStatus.SUSPENDED, attempts, now, why, null);
      case Outcome.Deferred(Instant until, String why, var error) ->
          new Finish(event, EventStatus.NEW, attempt, until, why, error);
      case Outcome.Failed failed -> finishFailed(event, failed, attempts, now);
    };
  }

  private Finish finishFailed(long event, Outcome.Failed failed, int attempts, Instant now) {
    Optional<Duration> wait =
        failed.retry() ? retries.next(failed.error(), attempts) : Optional.empty();
    return new Finish(
        event,
        wait.isPresent() ? EventStatus.NEW : EventStatus.ERROR,
        attempts,
        now.plus(wait.orElse(Duration.ZERO)),
        failed.reason(),
        failed.error());
  }

  private static void cancelMoot(
      SyncEvent event, List<SyncEvent> behind, List<Events.Cancellation> moot) {
    for (SyncEvent other : behind) {
      if (other.cause().isCollapsible()) {
        moot.add(
            new Events.Cancellation(
                other.id(), "event " + event.id() + " has seen the same facts"));
      }
    }
  }
}
