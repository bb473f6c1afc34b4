package dev.rollcall.app;

import dev.rollcall.config.HcmRouteSettings;
import dev.rollcall.config.Settings;
import dev.rollcall.connector.oraclehcm.HcmRun;
import dev.rollcall.db.Database;
import dev.rollcall.event.Checkpoints;
import dev.rollcall.event.Events;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.intake.ChangePoller;
import dev.rollcall.model.InstanceState;
import dev.rollcall.schedule.Job;
import dev.rollcall.schedule.Timing;
import dev.rollcall.sync.SessionSteps;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What all instances of the route hcm-to-okta have: they are read, and their sessions go on. */
final class HcmRoutes {

  private static final Duration STEP_EVERY = Duration.ofSeconds(2);

  /** So many are told of at once: those of one run are to come into as few sessions as may be. */
  private static final int TOGETHER = 20_000;

  private final Database database;
  private final Events events;
  private final Findings findings;
  private final WorkGate gate;
  private final Clock clock;
  private final Runnable wakeUp;
  private final Checkpoints checkpoints;

  HcmRoutes(
      Database database,
      Events events,
      Findings findings,
      WorkGate gate,
      Clock clock,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.findings = findings;
    this.gate = gate;
    this.clock = clock;
    this.wakeUp = wakeUp;
    this.checkpoints = new Checkpoints(database.jdbc(), clock);
  }

  /**
   * Puts all of them together, or none.
   *
   * @throws RefusedStart when two would give people to one identity source, or one has none
   */
  static List<HcmRoute> assemble(Database database, Settings settings, Clock clock) {
    List<HcmRoute> routes = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    try {
      for (HcmRouteSettings one : settings.hcm()) {
        HcmRoute route = HcmRoute.assemble(database, one, clock);
        routes.add(route);
        String other = places.putIfAbsent(route.instance().targetName(), one.name());
        if (other != null) {
          throw new RefusedStart(
              "Instances %s and %s both give people to %s: one identity source belongs to one instance; see instances.*.tenants"
                  .formatted(other, one.name(), route.instance().targetName()));
        }
      }
      return routes;
    } catch (RuntimeException failure) {
      routes.forEach(HcmRoute::close);
      throw failure;
    }
  }

  /** What is done again and again for these. */
  List<Job> jobs(List<HcmRoute> routes, List<SessionSteps> sessions) {
    List<Job> jobs = new ArrayList<>();
    for (HcmRoute route : routes) {
      if (route.settings().state() != InstanceState.OFF) {
        jobs.add(job(route, HcmRun.Kind.ACTIVE, route.settings().every()));
        jobs.add(job(route, HcmRun.Kind.LEAVERS, route.settings().leaversEvery()));
      }
    }
    for (SessionSteps steps : sessions) {
      jobs.add(
          new Job(
              "sessions " + steps.instance(),
              new Timing.Every(STEP_EVERY),
              turn -> steps.run(turn::isOver)));
    }
    return jobs;
  }

  private Job job(HcmRoute route, HcmRun.Kind kind, Duration every) {
    return new Job(
        "poll " + name(route, kind),
        new Timing.Every(every),
        turn -> poll(route, kind, turn::isOver));
  }

  private static String name(HcmRoute route, HcmRun.Kind kind) {
    String instance = route.instance().name();
    return switch (kind) {
      case ACTIVE -> instance;
      case LEAVERS -> instance + " leavers";
    };
  }

  /** Reads people of this kind once, and tells what came of it. */
  String poll(HcmRoute route, HcmRun.Kind kind, BooleanSupplier enough) {
    String told =
        new ChangePoller(
                database,
                events,
                checkpoints,
                findings,
                gate,
                clock,
                route.instance().name(),
                name(route, kind),
                TOGETHER,
                route.polled(kind),
                wakeUp)
            .poll(enough);
    return route
        .stage()
        .last(kind)
        .map(run -> "%s of %d read".formatted(told, run.read()))
        .orElse(told);
  }
}
