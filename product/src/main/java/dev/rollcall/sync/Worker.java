package dev.rollcall.sync;

import dev.rollcall.db.FaultText;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Events;
import dev.rollcall.link.Decisions;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one claim: fetches the facts, finds the accounts, plans, and has what came of it settled in
 * one transaction. Nothing is written before that, so a worker that dies here has done nothing.
 */
final class Worker implements ClaimWorker {

  private static final Logger log = LoggerFactory.getLogger(Worker.class);

  private final Instance instance;
  private final Events events;
  private final Thinker thinker;
  private final Settlement settlement;

  Worker(
      Instance instance,
      Events events,
      Decisions decisions,
      AccountFinder finder,
      Settlement settlement,
      Clock clock) {
    this.instance = instance;
    this.events = events;
    this.thinker = new Thinker(instance, decisions, finder, clock);
    this.settlement = settlement;
  }

  @Override
  public void work(Claim claim) {
    try {
      List<SyncEvent> waiting = events.waiting(instance.name(), claim.subjects());
      List<Worked> thought = thinker.think(claim.events());
      settlement.settle(instance, claim, waiting, inState(thought));
    } catch (ConnectorException failure) {
      giveBack(
          claim, failure.kind(), Trouble.shortened(String.valueOf(failure.getMessage())), failure);
    } catch (RuntimeException failure) {
      giveBack(claim, ErrorKind.UNAVAILABLE, FaultText.of(failure), failure);
    }
  }

  /** What may be written in the state the instance is in. */
  private List<Worked> inState(List<Worked> thought) {
    return switch (instance.state()) {
      case ON -> thought;
      case PREVIEW, OFF -> thought.stream().map(Worked::previewed).toList();
    };
  }

  /** The claim as a whole failed: nothing was written, all of it waits again. */
  private void giveBack(Claim claim, ErrorKind kind, String why, RuntimeException failure) {
    log.warn(
        "A claim of {} events of {} failed ({}): {}",
        claim.events().size(),
        claim.instance(),
        kind,
        FaultText.of(failure));
    log.debug("The failure", failure);
    List<Worked> failed = new ArrayList<>();
    for (SyncEvent event : claim.events()) {
      failed.add(Worked.without(event, new Outcome.Failed(kind, why, true)));
    }
    try {
      settlement.settle(instance, claim, List.of(), failed);
    } catch (RuntimeException again) {
      // The database is gone. The lease runs out and the rescuer gives the events back.
      log.warn("The claim could not be given back either: {}", FaultText.of(again));
    }
  }
}
