package dev.rollcall.sync;

import dev.rollcall.event.Claim;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.Lines;
import dev.rollcall.link.Decisions;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Change;
import dev.rollcall.model.Decision;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.LinePlan;
import dev.rollcall.plan.LinePlanner;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Wanted;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.LineSource;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Works the open lines of one person, in order. Each is reported to the source as soon as it is
 * done, and then finished here: what fails in between is done again, which changes nothing.
 */
final class LineWork {

  private static final String UNKNOWN = "unknown to the source";

  private final Instance instance;
  private final Outside outside;
  private final Lines lines;
  private final Decisions decisions;
  private final AccountFinder finder;
  private final Settlement settlement;
  private final Clock clock;
  private final Runnable mayGoOn;
  private final BiFunction<Instance, Worked, OutsideWorker.Carried> carryOut;

  /**
   * @param instance on the event's errand
   * @param mayGoOn throws {@link dev.rollcall.spi.ErrandOver} when the event is no longer ours
   * @param carryOut makes the changes of what was thought through
   */
  LineWork(
      Instance instance,
      Outside outside,
      Lines lines,
      Decisions decisions,
      AccountFinder finder,
      Settlement settlement,
      Clock clock,
      Runnable mayGoOn,
      BiFunction<Instance, Worked, OutsideWorker.Carried> carryOut) {
    this.instance = instance;
    this.outside = outside;
    this.lines = lines;
    this.decisions = decisions;
    this.finder = finder;
    this.settlement = settlement;
    this.clock = clock;
    this.mayGoOn = mayGoOn;
    this.carryOut = carryOut;
  }

  /** What is known of the person while their lines are worked. */
  private record Known(Facts facts, Wanted wanted, LocalDate today) {}

  /**
   * Works the lines until one has to wait.
   *
   * @return what becomes of the event; empty when it was given back
   */
  Optional<Worked> work(Claim claim, SyncEvent event, List<Lines.Stored> open) {
    if (!(instance.planner() instanceof LinePlanner planner)) {
      throw new IllegalStateException(instance.name() + " has lines and no planner for them");
    }
    if (instance.state() == InstanceState.ON) {
      begin(open);
    }
    SubjectKey subject = event.subject();
    LocalDate today = LocalDate.now(clock.withZone(instance.zone()));
    Facts facts = instance.source().fetch(List.of(subject)).get(subject);
    if (facts == null) {
      return unknown(claim, event, open);
    }
    Found found = find(planner, event, planner.want(facts, today));
    Known known = new Known(facts, found.wanted(), today);
    return new Turn(planner, claim, event, known, found).work(open);
  }

  /**
   * Marks what was stored and not marked yet: what became of a line that stands on NEW is not
   * written.
   */
  private void begin(List<Lines.Stored> open) {
    Set<Line.Key> unmarked =
        source().stillNew(open.stream().map(line -> line.line().key()).toList());
    if (!unmarked.isEmpty()) {
      mayGoOn.run();
      source().begun(unmarked);
    }
  }

  /** The lines of somebody of whom the source knows nothing. */
  private Optional<Worked> unknown(Claim claim, SyncEvent event, List<Lines.Stored> open) {
    Worked ended =
        Worked.without(
            event, new Outcome.Failed(ErrorKind.NOT_FOUND, summary(open, "ERR", UNKNOWN), false));
    if (instance.state() != InstanceState.ON) {
      return Optional.of(ended.instead(new Outcome.Skipped(InstanceStates.PREVIEWED)));
    }
    if (settlement.reserve(instance, claim, List.of(), ended, false).isEmpty()) {
      return Optional.empty();
    }
    open.forEach(line -> end(event, line, LineStatus.ERR, UNKNOWN, null));
    return Optional.of(ended);
  }

  private Found find(LinePlanner planner, SyncEvent event, Wanted wanted) {
    Map<SubjectKey, Decision> decided = new HashMap<>();
    if (event.cause() == Cause.RESOLVED || event.cause() == Cause.RETRY) {
      decisions
          .carriedOutBy(List.of(event.id()))
          .values()
          .forEach(decision -> decided.put(decision.subject(), decision));
    }
    Map<SubjectKey, Found> found =
        finder.find(
            instance,
            planner.correlation(),
            Map.of(event.subject(), wanted),
            decided,
            new Rivals());
    return Objects.requireNonNull(found.get(event.subject()));
  }

  private void end(
      SyncEvent event,
      Lines.Stored line,
      LineStatus status,
      @Nullable String text,
      @Nullable String accountId) {
    // Who was stopped for longer than their lease has nothing to say of a line that others ended.
    mayGoOn.run();
    source().report(List.of(new LineSource.Result(line.line().key(), status, text, accountId)));
    lines.finish(line.id(), event.id(), status, text, accountId);
  }

  private LineSource source() {
    return Objects.requireNonNull(outside.lines());
  }

  private static String summary(List<Lines.Stored> lines, String status, String why) {
    return lines.stream()
            .map(line -> line.line().key().toString())
            .collect(Collectors.joining(", "))
        + ": "
        + status
        + ", "
        + why;
  }

  /** What follows on a line. */
  private sealed interface Step {
    /** The next line. */
    record Next() implements Step {}

    /** Nothing: the event was given back. */
    record GivenBack() implements Step {}

    /** The event ends, or waits, with this line still open. */
    record Stop(Worked worked) implements Step {}
  }

  /** One event's turn; keeps what was done so far. */
  private final class Turn {

    private final LinePlanner planner;
    private final Claim claim;
    private final SyncEvent event;
    private Known known;
    private boolean stale;
    private Match match;
    private @Nullable Account account;
    private final List<Change> made = new ArrayList<>();
    private final Map<LineStatus, List<String>> ended = new LinkedHashMap<>();
    private @Nullable Plan last;

    Turn(LinePlanner planner, Claim claim, SyncEvent event, Known known, Found found) {
      this.planner = planner;
      this.claim = claim;
      this.event = event;
      this.known = known;
      this.match = found.match();
      this.account = found.account();
    }

    Optional<Worked> work(List<Lines.Stored> open) {
      for (Lines.Stored line : open) {
        if (stale) {
          lookAgain();
        }
        LinePlan planned =
            planner.plan(line.line(), known.facts(), known.wanted(), match, account, known.today());
        last = planned.plan();
        if (planned.plan().stop() instanceof Outcome.Suspended suspended) {
          // Somebody has to decide who it is: the line waits for that, and those behind it too.
          return Optional.of(new Worked(event, planned.plan(), null, suspended));
        }
        if (instance.state() != InstanceState.ON) {
          return Optional.of(
              new Worked(event, planned.plan(), application(planned.plan()), done("previewed"))
                  .previewed());
        }
        switch (one(line, planned)) {
          case Step.Next _ -> {}
          case Step.GivenBack _ -> {
            return Optional.empty();
          }
          case Step.Stop(Worked worked) -> {
            return Optional.of(worked);
          }
        }
      }
      return Optional.of(whole());
    }

    private void lookAgain() {
      Found found = find(planner, event, known.wanted());
      known = new Known(known.facts(), found.wanted(), known.today());
      match = found.match();
      account = found.account();
      stale = false;
    }

    private Step one(Lines.Stored line, LinePlan planned) {
      Worked thought = new Worked(event, planned.plan(), application(planned.plan()), done("done"));
      Safeguard.Judged judged =
          settlement.reserve(instance, claim, List.of(), thought, false).orElse(null);
      if (judged == null) {
        return new Step.GivenBack();
      }
      Worked allowed = judged.worked().getFirst();
      OutsideWorker.Carried carried = carryOut.apply(instance, allowed);
      Worked worked = carried.worked();
      settlement.keep(judged, worked);
      return switch (worked.outcome()) {
        case Outcome.Completed _ -> {
          ended(line, planned, worked, carried, judged.rejected(event.id()));
          yield new Step.Next();
        }
        case Outcome.Failed failed when !mayHelp(failed) -> {
          // Some of it may have been made before the rest failed.
          stale = true;
          finish(line, LineStatus.ERR, failed.reason());
          yield new Step.Next();
        }
        case Outcome.Skipped skipped -> {
          finish(line, LineStatus.WARN, skipped.reason());
          yield new Step.Next();
        }
        case Outcome.Failed _, Outcome.Deferred _, Outcome.Suspended _ -> new Step.Stop(worked);
      };
    }

    /** Whether the same can work another time. */
    private boolean mayHelp(Outcome.Failed failed) {
      return failed.retry()
          && new RetryPolicy().next(failed.error(), event.attempt() + 1).isPresent();
    }

    private void ended(
        Lines.Stored line,
        LinePlan planned,
        Worked worked,
        OutsideWorker.Carried carried,
        @Nullable String rejected) {
      String accountId = carried.accountId();
      Application application = worked.application();
      List<Change> changes = application == null ? List.of() : application.changes();
      made.addAll(changes);
      if (accountId != null) {
        match = new Match.Linked(accountId, "linked to account " + accountId);
        account = planner.after(account, accountId, changes);
      }
      String remark = carried.remark();
      boolean partly = remark != null || rejected != null;
      LineStatus status =
          partly && planned.status() == LineStatus.COMP ? LineStatus.WARN : planned.status();
      String text =
          Stream.of(planned.text(), remark, rejected)
              .filter(Objects::nonNull)
              .collect(
                  Collectors.collectingAndThen(
                      Collectors.joining("; "), told -> told.isEmpty() ? null : told));
      finish(line, status, text);
    }

    private void finish(Lines.Stored line, LineStatus status, @Nullable String text) {
      end(event, line, status, text, account == null ? null : account.id());
      ended
          .computeIfAbsent(status, _ -> new ArrayList<>())
          .add(line.line().key() + (text == null ? "" : ": " + text));
    }

    private @Nullable Application application(Plan plan) {
      return plan.stop() != null || (plan.changes().isEmpty() && !(match instanceof Match.Unique))
          ? null
          : new Application(event.subject(), account, plan.wanted(), plan.changes());
    }

    private Outcome done(String what) {
      return new Outcome.Completed(what);
    }

    /** The event as a whole: failed when a line did, so that somebody looks. */
    private Worked whole() {
      String told =
          ended.entrySet().stream()
              .map(one -> one.getKey() + " " + String.join("; ", one.getValue()))
              .collect(Collectors.joining(" | "));
      if (ended.containsKey(LineStatus.ERR)) {
        return Worked.without(event, new Outcome.Failed(ErrorKind.INVALID, told, false));
      }
      Plan plan = Objects.requireNonNull(last);
      Plan all =
          new Plan(
              plan.match(),
              plan.wanted(),
              made,
              plan.origins(),
              plan.next(),
              null,
              plan.missing(),
              plan.remarks());
      return new Worked(
          event,
          all,
          made.isEmpty() ? null : new Application(event.subject(), account, plan.wanted(), made),
          new Outcome.Completed(told));
    }
  }
}
