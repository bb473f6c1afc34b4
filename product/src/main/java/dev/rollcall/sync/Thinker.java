package dev.rollcall.sync;

import dev.rollcall.link.Decisions;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Planner;
import dev.rollcall.plan.Wanted;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * From keys to plans, for many events at once; writes nothing. What goes wrong with one person's
 * facts or account becomes that person's outcome and nobody else's.
 */
final class Thinker {

  private static final Logger log = LoggerFactory.getLogger(Thinker.class);

  private final Instance instance;
  private final Function<List<Long>, Map<Long, Decision>> decisions;
  private final AccountFinder finder;
  private final Clock clock;

  Thinker(Instance instance, Decisions decisions, AccountFinder finder, Clock clock) {
    this(instance, decisions::carriedOutBy, finder, clock);
  }

  /** For events that carry out nothing that was decided. */
  Thinker(Instance instance, AccountFinder finder, Clock clock) {
    this(instance, _ -> Map.of(), finder, clock);
  }

  private Thinker(
      Instance instance,
      Function<List<Long>, Map<Long, Decision>> decisions,
      AccountFinder finder,
      Clock clock) {
    this.instance = instance;
    this.decisions = decisions;
    this.finder = finder;
    this.clock = clock;
  }

  /**
   * Thinks about each of these events. When reading fails, halves are read until what fails stands
   * alone.
   *
   * @throws RuntimeException when the other side is away as a whole
   */
  List<Worked> think(List<SyncEvent> events) {
    return think(events, instance.planner(), new Rivals());
  }

  /**
   * As {@link #think(List)}, for a part of more.
   *
   * @param rivals of all the parts
   */
  List<Worked> think(List<SyncEvent> events, Rivals rivals) {
    return think(events, instance.planner(), rivals);
  }

  private List<Worked> think(List<SyncEvent> events, Planner planner, Rivals rivals) {
    try {
      return together(events, planner, rivals);
    } catch (RuntimeException failure) {
      if (Trouble.concernsAll(failure)) {
        throw failure;
      }
      if (events.size() == 1) {
        return List.of(failed(events.getFirst(), failure));
      }
      int middle = events.size() / 2;
      List<Worked> worked = new ArrayList<>(think(events.subList(0, middle), planner, rivals));
      worked.addAll(think(events.subList(middle, events.size()), planner, rivals));
      return worked;
    }
  }

  private List<Worked> together(List<SyncEvent> events, Planner planner, Rivals rivals) {
    LocalDate today = LocalDate.now(clock.withZone(instance.zone()));
    Map<SubjectKey, Facts> facts =
        instance.source().fetch(events.stream().map(SyncEvent::subject).toList());
    Map<SubjectKey, Wanted> wanted = new HashMap<>();
    Map<SubjectKey, RuntimeException> failures = new HashMap<>();
    facts.forEach((subject, known) -> {
      try {
        wanted.put(subject, planner.want(known, today));
      } catch (RuntimeException failure) {
        failures.put(subject, failure);
      }
    });
    Map<SubjectKey, Decision> decided = decided(events);
    Map<SubjectKey, Found> accounts =
        finder.find(instance, planner.correlation(), wanted, decided, rivals);
    List<Worked> worked = new ArrayList<>();
    for (SyncEvent event : events) {
      RuntimeException failure = failures.get(event.subject());
      worked.add(
          failure == null
              ? one(planner, event, facts, accounts, today, decided)
              : failed(event, failure));
    }
    return worked;
  }

  /** What people decided about these subjects; nothing is asked for events that carry none out. */
  private Map<SubjectKey, Decision> decided(List<SyncEvent> events) {
    Map<SubjectKey, Decision> decided = new HashMap<>();
    decisions
        .apply(events.stream().filter(Thinker::mayCarryOut).map(SyncEvent::id).toList())
        .values()
        .forEach(decision -> decided.put(decision.subject(), decision));
    return decided;
  }

  private static boolean mayCarryOut(SyncEvent event) {
    return event.cause() == Cause.RESOLVED || event.cause() == Cause.RETRY;
  }

  private static Worked one(
      Planner planner,
      SyncEvent event,
      Map<SubjectKey, Facts> facts,
      Map<SubjectKey, Found> accounts,
      LocalDate today,
      Map<SubjectKey, Decision> decided) {
    SubjectKey subject = event.subject();
    Facts known = facts.get(subject);
    Found account = accounts.get(subject);
    if (known == null || account == null) {
      return Worked.without(event, new Outcome.Skipped("unknown to the source"));
    }
    try (var _ = MDC.putCloseable("event", Long.toString(event.id()))) {
      return plan(planner, event, known, account, today, decided.containsKey(subject));
    } catch (RuntimeException failure) {
      return failed(event, failure);
    }
  }

  private static Worked plan(
      Planner planner,
      SyncEvent event,
      Facts facts,
      Found found,
      LocalDate today,
      boolean decided) {
    Plan plan = planner.plan(facts, found.wanted(), found.match(), found.account(), today);
    Outcome stop = plan.stop();
    if (stop != null) {
      return new Worked(event, plan, null, stop);
    }
    boolean linkOnly = plan.match() instanceof Match.Unique && plan.changes().isEmpty();
    if (plan.changes().isEmpty() && !linkOnly) {
      return new Worked(event, plan, null, new Outcome.Completed("unchanged"));
    }
    String what = found.account() == null ? "created" : linkOnly ? "linked" : "changed";
    return new Worked(
        event,
        plan,
        new Application(event.subject(), found.account(), plan.wanted(), plan.changes(), decided),
        new Outcome.Completed(what));
  }

  private static Worked failed(SyncEvent event, RuntimeException failure) {
    if (failure instanceof ConnectorException) {
      log.debug("Event {} failed", event.id(), failure);
    }
    return Worked.without(event, Trouble.outcome(event, failure));
  }
}
