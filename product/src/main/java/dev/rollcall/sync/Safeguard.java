package dev.rollcall.sync;

import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Guard;
import dev.rollcall.guard.Judgement;
import dev.rollcall.guard.Verdict;
import dev.rollcall.guard.Wish;
import dev.rollcall.link.Links;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Change;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.Plan;
import dev.rollcall.spi.Application;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks the guard about a claim before it is applied, and takes away what is held: the rest of a
 * person's changes is applied all the same.
 */
final class Safeguard {

  private final Guard guard;
  private final Links links;
  private final Clock clock;

  Safeguard(Guard guard, Links links, Clock clock) {
    this.guard = guard;
    this.links = links;
    this.clock = clock;
  }

  /**
   * What may be applied.
   *
   * @param worked the same events in the same order
   * @param judgement null when there was nothing to ask
   */
  record Judged(List<Worked> worked, @Nullable Judgement judgement) {

    /** What a person rejected of this event, and why; null when nothing. */
    @Nullable String rejected(long event) {
      List<String> reasons = new ArrayList<>();
      if (judgement != null) {
        for (Verdict verdict : judgement.of(event).values()) {
          if (verdict instanceof Verdict.Reject(String reason)) {
            reasons.add(reason);
          }
        }
      }
      return reasons.isEmpty() ? null : told(reasons);
    }
  }

  /**
   * Judges a claim inside the transaction that settles it. Costs nothing where nothing is guarded.
   *
   * @param waiting the waiting events, by subject
   * @param holding whether anything of the instance is held
   * @param whole whether each event tells all that is wanted of its subject
   */
  Judged judge(
      Instance instance,
      List<Worked> worked,
      Map<SubjectKey, List<SyncEvent>> waiting,
      boolean holding,
      boolean whole) {
    List<Wish> wishes = new ArrayList<>();
    if (instance.state() == InstanceState.ON) {
      for (Worked one : worked) {
        Map<ChangeClass, List<Change>> changes = guarded(instance, one, holding);
        if (!changes.isEmpty() || (holding && one.looked())) {
          SyncEvent event = one.event();
          boolean announced =
              isDate(event)
                  || waiting.getOrDefault(event.subject(), List.of()).stream()
                      .anyMatch(this::isDate);
          wishes.add(new Wish(event.id(), event.subject(), announced, whole, changes));
        }
      }
    }
    if (wishes.isEmpty()) {
      return new Judged(worked, null);
    }
    Judgement judgement =
        guard.judge(
            instance.name(),
            wishes,
            holding,
            () -> links.count(instance.targetName(), instance.sourceName()));
    return new Judged(
        worked.stream().map(one -> withoutHeld(one, judgement.of(one.event().id()))).toList(),
        judgement);
  }

  /** A date that has come: also one that waits behind another event of the same person. */
  private boolean isDate(SyncEvent event) {
    return event.cause() == Cause.DUE && !event.due().isAfter(Instant.now(clock));
  }

  private Map<ChangeClass, List<Change>> guarded(
      Instance instance, Worked worked, boolean holding) {
    Map<ChangeClass, List<Change>> changes = new EnumMap<>(ChangeClass.class);
    for (Application application : worked.toApply().stream().toList()) {
      for (Change change : application.changes()) {
        if (isNothing(application, change)) {
          continue;
        }
        ChangeClass.of(change)
            .filter(one -> holding || guard.isGuarded(instance.name(), one))
            .ifPresent(one -> changes.computeIfAbsent(one, _ -> new ArrayList<>()).add(change));
      }
    }
    return changes;
  }

  /** Who was not found in a group loses nothing when it is left to be sure. */
  private static boolean isNothing(Application application, Change change) {
    Account found = application.found();
    return change instanceof Change.LeaveGroup leave
        && found != null
        && !found.groups().contains(leave.group());
  }

  private static Worked withoutHeld(Worked worked, Map<ChangeClass, Verdict> verdicts) {
    List<String> held = new ArrayList<>();
    List<String> rejected = new ArrayList<>();
    Set<ChangeClass> kept = new HashSet<>();
    verdicts.forEach((one, verdict) -> {
      switch (verdict) {
        case Verdict.Pass _ -> {}
        case Verdict.Hold(String reason) -> {
          held.add(reason);
          kept.add(one);
        }
        case Verdict.Reject(String reason) -> {
          rejected.add(reason);
          kept.add(one);
        }
      }
    });
    Application wanted = worked.application();
    Plan plan = worked.plan();
    if (kept.isEmpty() || wanted == null || plan == null) {
      return worked;
    }
    List<Change> left =
        wanted.changes().stream()
            .filter(change -> ChangeClass.of(change).filter(kept::contains).isEmpty())
            .toList();
    // Without the account itself nothing of it can be made.
    boolean nothing =
        kept.contains(ChangeClass.CREATIONS)
            || (left.isEmpty() && !(plan.match() instanceof Match.Unique));
    Application application =
        nothing
            ? null
            : new Application(
                wanted.subject(), wanted.found(), wanted.wanted(), left, wanted.decided());
    return new Worked(
        worked.event(), plan, application, outcome(worked.event(), held, rejected, left, nothing));
  }

  private static Outcome outcome(
      SyncEvent event,
      List<String> held,
      List<String> rejected,
      List<Change> left,
      boolean nothing) {
    String not = told(rejected);
    if (!held.isEmpty()) {
      String why =
          "held: %s; 'rollcall release %d --why TEXT' lets it through, 'rollcall reject %d --why TEXT' leaves it"
              .formatted(told(held), event.id(), event.id());
      return new Outcome.Suspended(not.isEmpty() ? why : why + "; " + not, List.of());
    }
    return nothing
        ? new Outcome.Skipped(not)
        : new Outcome.Completed((left.isEmpty() ? "linked; " : "changed; ") + not);
  }

  private static String told(List<String> reasons) {
    return reasons.stream().sorted().collect(Collectors.joining("; "));
  }

  /**
   * Writes down what became of what was judged.
   *
   * @param applied the judged events as they came out of applying
   */
  void record(Judged judged, List<Worked> applied) {
    Judgement judgement = judged.judgement();
    if (judgement != null) {
      guard.record(judgement, looked(applied), OutcomeEntry::changes);
    }
  }

  /** Counts what passed before it is made outside; joins the transaction in which it was judged. */
  void reserve(Judged judged) {
    Judgement judgement = judged.judgement();
    if (judgement != null) {
      guard.reserve(judgement);
    }
  }

  /** As {@link #record}, of what was reserved before. */
  void keep(Judged judged, List<Worked> applied) {
    Judgement judgement = judged.judgement();
    if (judgement != null) {
      guard.keep(judgement, looked(applied), OutcomeEntry::changes);
    }
  }

  private static Set<Long> looked(List<Worked> applied) {
    Set<Long> done = new HashSet<>();
    applied.stream().filter(Worked::looked).forEach(one -> done.add(one.event().id()));
    return done;
  }
}
