package dev.rollcall.sync;

import dev.rollcall.event.Claim;
import dev.rollcall.event.Events;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Wanted;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one claim: fetches the facts, finds the accounts, plans, and has what came of it settled in
 * one transaction. Nothing is written before that, so a worker that dies here has done nothing.
 */
final class Worker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final Instance instance;
  private final Events events;
  private final AccountFinder finder;
  private final Settlement settlement;
  private final Clock clock;

  Worker(
      Instance instance, Events events, AccountFinder finder, Settlement settlement, Clock clock) {
    this.instance = instance;
    this.events = events;
    this.finder = finder;
    this.settlement = settlement;
    this.clock = clock;
  }

  /** Works the claim to its end; throws nothing. */
  void work(Claim claim) {
    try {
      List<SyncEvent> waiting = events.waiting(instance.name(), claim.subjects());
      settlement.settle(instance, claim, waiting, think(claim));
    } catch (ConnectorException failure) {
      giveBack(claim, failure.kind(), String.valueOf(failure.getMessage()), failure);
    } catch (RuntimeException failure) {
      giveBack(claim, ErrorKind.UNAVAILABLE, failure.toString(), failure);
    }
  }

  /** From keys to plans, for the whole claim at once. */
  private List<Worked> think(Claim claim) {
    LocalDate today = LocalDate.now(clock.withZone(instance.zone()));
    Map<SubjectKey, Facts> facts = instance.source().fetch(claim.subjects());
    Map<SubjectKey, Wanted> wanted = new HashMap<>();
    facts.forEach((subject, known) -> wanted.put(subject, instance.planner().want(known, today)));
    Map<SubjectKey, Found> accounts = finder.find(instance, wanted);
    List<Worked> worked = new ArrayList<>();
    for (SyncEvent event : claim.events()) {
      SubjectKey subject = event.subject();
      Facts known = facts.get(subject);
      Wanted want = wanted.get(subject);
      Found account = accounts.get(subject);
      worked.add(
          known == null || want == null || account == null
              ? Worked.without(event, new Outcome.Skipped("unknown to the source"))
              : plan(event, known, want, account, today));
    }
    return worked;
  }

  private Worked plan(SyncEvent event, Facts facts, Wanted wanted, Found found, LocalDate today) {
    Plan plan = instance.planner().plan(facts, wanted, found.match(), found.account(), today);
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
        new Application(event.subject(), found.account(), plan.wanted(), plan.changes()),
        new Outcome.Completed(what));
  }

  /** The claim as a whole failed: nothing was written, all of it waits again. */
  private void giveBack(Claim claim, ErrorKind kind, String why, RuntimeException failure) {
    log.warn("A claim of {} events of {} failed: {}", claim.events().size(), claim.instance(), why);
    log.debug("The failure", failure);
    List<Worked> failed = new ArrayList<>();
    for (SyncEvent event : claim.events()) {
      failed.add(Worked.without(event, new Outcome.Failed(kind, why, true)));
    }
    try {
      settlement.settle(instance, claim, List.of(), failed);
    } catch (RuntimeException again) {
      // The database is gone. The lease runs out and the rescuer gives the events back.
      log.warn("The claim could not be given back either: {}", again.toString());
    }
  }
}
