package dev.rollcall.intake;

import dev.rollcall.db.Database;
import dev.rollcall.event.Checkpoints;
import dev.rollcall.event.Events;
import dev.rollcall.event.NewEvent;
import dev.rollcall.finding.Finding;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.PolledSource;
import dev.rollcall.spi.PolledSource.Changed;
import dev.rollcall.spi.PolledSource.Changes;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Asks a source who changed. The events and the checkpoint behind them are stored in one
 * transaction, so that whatever dies in between nothing is lost; what is told twice collapses.
 */
public final class ChangePoller {

  /** About as many subjects at a time. */
  private static final int TOGETHER = 500;

  private final Database database;
  private final Events events;
  private final Checkpoints checkpoints;
  private final Findings findings;
  private final WorkGate gate;
  private final Clock clock;
  private final String instance;
  private final String name;
  private final int together;
  private final PolledSource source;
  private final Runnable wakeUp;

  /**
   * @param wakeUp called when there is something to work
   */
  public ChangePoller(
      Database database,
      Events events,
      Checkpoints checkpoints,
      Findings findings,
      WorkGate gate,
      Clock clock,
      String instance,
      PolledSource source,
      Runnable wakeUp) {
    this(
        database,
        events,
        checkpoints,
        findings,
        gate,
        clock,
        instance,
        instance,
        TOGETHER,
        source,
        wakeUp);
  }

  /**
   * One of several polls of an instance.
   *
   * @param name under which its checkpoint is kept
   * @param together about as many subjects are stored at a time
   * @param wakeUp called when there is something to work
   */
  public ChangePoller(
      Database database,
      Events events,
      Checkpoints checkpoints,
      Findings findings,
      WorkGate gate,
      Clock clock,
      String instance,
      String name,
      int together,
      PolledSource source,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.checkpoints = checkpoints;
    this.findings = findings;
    this.gate = gate;
    this.clock = clock;
    this.instance = instance;
    this.name = name;
    this.together = together;
    this.source = source;
    this.wakeUp = wakeUp;
  }

  /**
   * Asks until there is nothing more.
   *
   * @param enough ends it early, between two parts
   * @return what came of it, in one line
   * @throws dev.rollcall.spi.ConnectorException when the source cannot be asked
   */
  public String poll(BooleanSupplier enough) {
    Optional<String> objection = gate.objection(instance);
    if (objection.isPresent()) {
      return "Not asked: " + objection.get();
    }
    int told = 0;
    boolean more = true;
    while (more && !enough.getAsBoolean()) {
      String before = checkpoints.of(name).orElse(null);
      Changes changes = source.changes(before, together);
      database.inTransaction(() -> store(changes));
      told += changes.changed().size();
      more = changes.more() && !changes.checkpoint().equals(before);
      if (!changes.changed().isEmpty()) {
        wakeUp.run();
      }
    }
    return told + " changed";
  }

  private void store(Changes changes) {
    Instant now = Instant.now(clock);
    events.append(changes.changed().stream().map(changed -> event(changed, now)).toList());
    findings.raise(
        changes.vanished().stream()
            .map(subject ->
                new Finding(
                    FindingKind.VANISHED,
                    instance,
                    subject,
                    "the source does not name them any more, and does not say that they left;"
                        + " nothing is done about it",
                    null,
                    null))
            .toList());
    checkpoints.put(name, changes.checkpoint());
  }

  private NewEvent event(Changed changed, Instant now) {
    return NewEvent.now(
        instance,
        changed.subject(),
        Cause.CHANGE,
        changed.leaver() ? Priority.LEAVER : Priority.NORMAL,
        now);
  }
}
