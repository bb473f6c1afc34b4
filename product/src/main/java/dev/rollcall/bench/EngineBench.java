package dev.rollcall.bench;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.NewEvent;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.Guard;
import dev.rollcall.guard.Holds;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Mapping;
import dev.rollcall.plan.MessagePlanner;
import dev.rollcall.plan.PlanSettings;
import dev.rollcall.sync.Engine;
import dev.rollcall.sync.EngineSettings;
import dev.rollcall.sync.Instance;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many events a second the engine works through its real path: claim, fetch, match, plan, apply
 * to a target that does nothing, link, audit, finish. Every event is about another subject and
 * makes an account, which is the dearest case.
 */
public final class EngineBench {

  private static final String INSTANCE = "bench";
  private static final int PART = 5_000;
  private static final EngineSettings SETTINGS = EngineSettings.defaults();

  private final Database database;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param database empty and migrated
   */
  public EngineBench(Database database) {
    this.database = database;
  }

  /** Measures with this many events, after a tenth as many to warm up. */
  public Map<String, Object> run(int count) throws InterruptedException {
    work(Math.max(count / 10, 1), "warm");
    double appended = append(count, "run");
    double events = drain(count);
    double raw =
        new RawClaimLoop(database)
            .rowsPerSecond(count, SETTINGS.claimSize(), SETTINGS.claimsAtOnce());
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("events", count);
    result.put("eventsPerSecond", Math.round(events));
    result.put("rawClaimPerSecond", Math.round(raw));
    result.put("ratio", Double.parseDouble(String.format(Locale.ROOT, "%.3f", events / raw)));
    result.put("appendedPerSecond", Math.round(appended));
    result.put("fsync", show("fsync"));
    result.put("synchronousCommit", show("synchronous_commit"));
    return result;
  }

  private void work(int count, String prefix) throws InterruptedException {
    append(count, prefix);
    drain(count);
  }

  private double append(int count, String prefix) {
    Events events = new Events(database.jdbc(), clock);
    long start = System.nanoTime();
    for (int from = 0; from < count; from += PART) {
      List<NewEvent> part = new ArrayList<>();
      for (int i = from; i < Math.min(from + PART, count); i++) {
        SubjectKey subject = new SubjectKey("bench", prefix + i);
        part.add(
            NewEvent.now(INSTANCE, subject, Cause.CHANGE, Priority.NORMAL, Instant.now(clock)));
      }
      database.inTransaction(() -> events.append(part));
    }
    database.jdbc().sql("analyze event").update();
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private double drain(int count) throws InterruptedException {
    JsonMapper json = new JsonMapper();
    Instance instance =
        new Instance(
            INSTANCE,
            "bench",
            new NoOpSource(),
            new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(true)),
            new NoOpTarget(),
            "nowhere",
            ZoneOffset.UTC);
    EventLookup lookup = new EventLookup(database.jdbc(), clock);
    Events events = new Events(database.jdbc(), clock);
    Engine engine =
        new Engine(
            database,
            clock,
            "bench",
            events,
            new InstanceStates(database, events, clock),
            new Links(database.jdbc(), clock, json),
            new Decisions(database.jdbc()),
            new Audit(database.jdbc(), clock, json),
            new Guard(database.jdbc(), clock, new Holds(database.jdbc(), clock, json), Map.of()),
            new Findings(database.jdbc(), clock),
            List.of(instance),
            gate(),
            SETTINGS);
    long start = System.nanoTime();
    engine.start();
    while (lookup.backlog().waiting() > 0) {
      Thread.sleep(20);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    engine.close();
    return count / seconds;
  }

  private WorkGate gate() {
    return new WorkGate(
        new EnvironmentLock(database, clock, "bench", Servers.none()),
        new SourceLock(database.jdbc(), clock, Map.of()),
        Map.of());
  }

  private String show(String setting) {
    return database.jdbc().sql("show " + setting).query(String.class).single();
  }
}
