package dev.rollcall.app;

import dev.rollcall.config.HrSettings;
import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.event.Checkpoints;
import dev.rollcall.event.Events;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.Lines;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.intake.ChangePoller;
import dev.rollcall.intake.LinePoller;
import dev.rollcall.intake.LinkImport;
import dev.rollcall.link.Links;
import dev.rollcall.model.InstanceState;
import dev.rollcall.schedule.Job;
import dev.rollcall.schedule.Timing;
import dev.rollcall.spi.LineSource;
import dev.rollcall.spi.PolledSource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What all instances of the route hr-to-okta have: they are asked again and again. */
final class HrRoutes {

  private final Database database;
  private final Events events;
  private final Lines lines;
  private final Links links;
  private final Findings findings;
  private final InstanceStates states;
  private final WorkGate gate;
  private final Clock clock;
  private final Runnable wakeUp;
  private final Checkpoints checkpoints;

  HrRoutes(
      Database database,
      Events events,
      Lines lines,
      Links links,
      Findings findings,
      InstanceStates states,
      WorkGate gate,
      Clock clock,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.lines = lines;
    this.links = links;
    this.findings = findings;
    this.states = states;
    this.gate = gate;
    this.clock = clock;
    this.wakeUp = wakeUp;
    this.checkpoints = new Checkpoints(database.jdbc(), clock);
  }

  /**
   * Puts all of them together, or none.
   *
   * @throws RefusedStart when two would call one tenant, or it is not clear which is meant
   */
  static List<HrRoute> assemble(Database database, Settings settings, Clock clock) {
    List<HrRoute> routes = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    try {
      for (HrSettings one : settings.hr()) {
        HrRoute route = HrRoute.assemble(database, one, clock);
        routes.add(route);
        String tenant = route.instance().targetName();
        String other = places.putIfAbsent(tenant, one.name());
        if (other != null) {
          throw new RefusedStart(
              "Instances %s and %s both call %s: what one does the other would undo. One tenant belongs to one database and one instance; see instances.*.tenants"
                  .formatted(other, one.name(), tenant));
        }
      }
      return routes;
    } catch (RuntimeException failure) {
      routes.forEach(HrRoute::close);
      throw failure;
    }
  }

  /** What is done again and again for these. */
  List<Job> jobs(List<HrRoute> routes) {
    return routes.stream()
        .filter(route -> route.settings().state() != InstanceState.OFF)
        .map(route ->
            new Job(
                "poll " + route.instance().name(),
                new Timing.Every(route.settings().every()),
                turn -> poll(route, turn::isOver)))
        .toList();
  }

  /**
   * Asks the source of an instance once.
   *
   * @param enough ends it early, between two parts
   * @return what came of it, in one line
   */
  String poll(HrRoute route, BooleanSupplier enough) {
    String name = route.instance().name();
    LineSource queue = route.lines();
    // Taking a line over writes to PeopleSoft: nothing of that in a preview or a pause.
    if (queue != null && !mayWrite(route)) {
      return "Not asked: lines are taken over by an instance that is on and not paused";
    }
    if (gate.objection(name).isEmpty()) {
      new LinkImport(database, events, checkpoints, links, findings, clock)
          .once(name, route.instance().targetName(), route.copy());
    }
    PolledSource polled = route.polled();
    if (queue != null) {
      return new LinePoller(database, events, lines, gate, clock, name, queue, wakeUp).poll(enough);
    }
    if (polled != null) {
      return new ChangePoller(
              database, events, checkpoints, findings, gate, clock, name, polled, wakeUp)
          .poll(enough);
    }
    throw new IllegalStateException(name + " has nothing to be asked");
  }

  private boolean mayWrite(HrRoute route) {
    return route.settings().state() == InstanceState.ON
        && states.all().stream()
            .filter(standing -> standing.instance().equals(route.instance().name()))
            .allMatch(standing -> standing.pause() == null && standing.state() == InstanceState.ON);
  }
}
