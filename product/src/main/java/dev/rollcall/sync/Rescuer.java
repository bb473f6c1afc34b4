package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Events;
import dev.rollcall.finding.Findings;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives back what was claimed by processes that died or were stopped. */
final class Rescuer {

  private static final Logger log = LoggerFactory.getLogger(Rescuer.class);
  private static final Duration A_DAY = Duration.ofDays(1);

  private final Database database;
  private final Claims claims;
  private final Events events;
  private final Audit audit;
  private final Findings findings;
  private final OutcomeCounts outcomes;
  private final Clock clock;
  private final Runnable wakeUp;

  Rescuer(
      Database database,
      Claims claims,
      Events events,
      Audit audit,
      Findings findings,
      OutcomeCounts outcomes,
      Clock clock,
      Runnable wakeUp) {
    this.database = database;
    this.claims = claims;
    this.events = events;
    this.audit = audit;
    this.findings = findings;
    this.outcomes = outcomes;
    this.clock = clock;
    this.wakeUp = wakeUp;
  }

  /** Gives back every claim whose lease has run out. */
  void rescue() {
    List<SyncEvent> rescued =
        database.inTransaction(() -> {
          List<SyncEvent> lost = claims.rescue(RetryPolicy.MAX_ATTEMPTS);
          audit.append(lost.stream().map(Rescuer::entry).toList());
          findings.raise(
              lost.stream()
                  .filter(PendingDates::isLost)
                  .map(event -> Noticing.failedDate(event, event.reason()))
                  .toList());
          events.append(
              lost.stream()
                  .filter(PendingDates::isLost)
                  .map(event -> PendingDates.again(event, clock.instant().plus(A_DAY)))
                  .toList());
          return lost;
        });
    rescued.forEach(event -> outcomes.add(event.instance(), event.status()));
    if (!rescued.isEmpty()) {
      log.warn("{} events of lost claims wait again", rescued.size());
      wakeUp.run();
    }
  }

  private static AuditEntry entry(SyncEvent event) {
    return new AuditEntry(
        AuditKind.CLAIM_LOST,
        event.instance(),
        event.subject(),
        event.id(),
        Map.of(
            "status", event.status().code(),
            "attempt", event.attempt(),
            "reason", String.valueOf(event.reason())));
  }
}
