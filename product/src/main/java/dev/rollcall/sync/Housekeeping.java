package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.audit.AuditSweep;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventSweep;
import dev.rollcall.event.LineSweep;
import dev.rollcall.event.SessionSweep;
import dev.rollcall.guard.HeldSweep;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Keeping;
import dev.rollcall.spi.Sweep;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets go of what is past: finished events, what was sent, the audit, each when it is older than
 * the settings say and says nothing any more. A transaction for each piece of a few thousand rows,
 * so that work goes on. Safe for use by many threads.
 */
public final class Housekeeping {

  private final Database database;
  private final Audit audit;
  private final Clock clock;
  private final List<Keeping> connectors;
  private volatile Keep keep;

  /**
   * @param connectors those that keep something of their own
   */
  public Housekeeping(
      Database database, Audit audit, Clock clock, List<Keeping> connectors, Keep keep) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.connectors = List.copyOf(connectors);
    this.keep = keep;
  }

  /** From now on keeps this long. */
  public void replaceKeep(Keep changed) {
    keep = changed;
  }

  /** Says what would go, and changes nothing. */
  public Tidied look() {
    return sweep(false, () -> false);
  }

  /**
   * Lets go of what is old, and says so in the audit.
   *
   * @param by who asks
   * @param over asked between two pieces; what was done until then stays done
   */
  public Tidied tidy(String by, BooleanSupplier over) {
    Tidied tidied = sweep(true, over);
    if (tidied.swept().values().stream().anyMatch(swept -> swept.gone() > 0)) {
      Map<String, Object> entry = new HashMap<>(tidied.told());
      entry.remove("dryRun");
      entry.put("by", by);
      audit.append(List.of(new AuditEntry(AuditKind.TIDIED, null, null, null, entry)));
    }
    return tidied;
  }

  private Tidied sweep(boolean remove, BooleanSupplier over) {
    Map<String, Instant> before = new LinkedHashMap<>();
    Map<String, Swept> swept = new LinkedHashMap<>();
    List<Sweep> sweeps = sweeps(remove);
    for (Sweep sweep : sweeps) {
      before.put(sweep.kind(), sweep.before());
      swept.put(sweep.kind(), Swept.NOTHING);
    }
    for (Sweep sweep : sweeps) {
      Optional<Swept> piece = Optional.of(Swept.NOTHING);
      while (piece.isPresent()) {
        swept.merge(sweep.kind(), piece.get(), Swept::and);
        if (over.getAsBoolean()) {
          return new Tidied(!remove, false, before, swept);
        }
        piece = piece(sweep, remove);
      }
    }
    return new Tidied(!remove, true, before, swept);
  }

  private List<Sweep> sweeps(boolean remove) {
    JdbcClient jdbc = database.jdbc();
    Keep now = keep;
    Instant today = clock.instant();
    Instant events = today.minus(now.events());
    Instant entries = today.minus(now.audit());
    List<Sweep> sweeps = new ArrayList<>();
    sweeps.add(new Sweep("events", events, new EventSweep(jdbc, events, remove)::next));
    sweeps.add(new Sweep("lines", events, new LineSweep(jdbc, events, remove)::next));
    sweeps.add(new Sweep("sessions", events, new SessionSweep(jdbc, events, remove)::next));
    for (Keeping connector : connectors) {
      sweeps.addAll(connector.sweeps(today.minus(now.messages()), events, remove));
    }
    sweeps.add(new Sweep("held", events, new HeldSweep(jdbc, events, remove)::next));
    sweeps.add(new Sweep("audit", entries, new AuditSweep(jdbc, entries, remove)::next));
    return sweeps;
  }

  private Optional<Swept> piece(Sweep sweep, boolean remove) {
    return database.inTransaction(() -> {
      if (remove) {
        // Two that remove the same rows in different orders would wait for each other.
        database
            .jdbc()
            .sql("select pg_advisory_xact_lock(hashtext('dev.rollcall.tidy'))")
            .query((row, number) -> true)
            .single();
      }
      return sweep.next().get();
    });
  }
}
