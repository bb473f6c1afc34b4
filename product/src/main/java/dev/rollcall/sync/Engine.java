package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import dev.rollcall.db.FaultText;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Events;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.Lines;
import dev.rollcall.event.Sessions;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.Guard;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.InstanceState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of one process: a dispatcher for each instance, the rescuer, and the renewal of
 * leases. Any number of processes may run it on one database.
 */
public final class Engine implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Engine.class);
  private static final Duration RESCUE_EVERY = Duration.ofSeconds(1);

  private static final Duration STOPPING = Duration.ofSeconds(10);

  private final Database database;
  private final List<Instance> instances;
  private final InstanceStates states;
  private final Claims claims;
  private final Rescuer rescuer;
  private final InFlight inFlight = new InFlight();
  private final OutcomeCounts outcomes = new OutcomeCounts();
  private final List<Dispatcher> dispatchers = new ArrayList<>();
  private final List<SessionSteps> steps = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final ScheduledExecutorService loops = Executors.newScheduledThreadPool(2);
  private final EngineSettings settings;

  /**
   * @param node this process, as shown to people
   * @param instances all of them; those that are off are not worked
   * @param gate says whether an instance may be worked here
   */
  public Engine(
      Database database,
      Clock clock,
      String node,
      Events events,
      InstanceStates states,
      Links links,
      Decisions decisions,
      Audit audit,
      Guard guard,
      Findings findings,
      List<Instance> instances,
      WorkGate gate,
      EngineSettings settings) {
    this.database = database;
    this.settings = settings;
    this.states = states;
    this.instances = List.copyOf(instances);
    this.claims = new Claims(database.jdbc(), clock, node, settings.lease());
    AccountLinks accountLinks = new AccountLinks(database, links);
    this.rescuer =
        new Rescuer(database, claims, events, audit, findings, outcomes, clock, this::wakeUp);
    Settlement settlement =
        new Settlement(
            database,
            states,
            claims,
            events,
            audit,
            new Safeguard(guard, links, clock),
            findings,
            new Applier(database, links),
            accountLinks,
            new RetryPolicy(),
            outcomes,
            clock);
    Sessions sessions = new Sessions(database.jdbc(), clock);
    for (Instance instance : instances) {
      Bulk bulk = instance.bulk();
      if (bulk != null) {
        SessionEnd end =
            new SessionEnd(database, claims, sessions, links, settlement, instance, bulk);
        steps.add(new SessionSteps(instance, bulk, sessions, states, gate, end, audit, clock));
        if (instance.state() != InstanceState.OFF) {
          BulkWorker worker =
              new BulkWorker(
                  instance,
                  bulk,
                  events,
                  sessions,
                  claims,
                  links,
                  decisions,
                  new AccountFinder(links),
                  settlement,
                  audit,
                  clock);
          EngineSettings together =
              new EngineSettings(bulk.together(), 1, settings.lease(), settings.poll());
          dispatchers.add(new Dispatcher(instance, claims, gate, worker, inFlight, together));
        }
      } else if (instance.state() != InstanceState.OFF) {
        dispatchers.add(
            dispatcher(
                instance,
                new AccountFinder(links),
                accountLinks,
                settlement,
                events,
                new Lines(database.jdbc(), clock),
                decisions,
                audit,
                findings,
                clock,
                gate));
      }
    }
  }

  private Dispatcher dispatcher(
      Instance instance,
      AccountFinder finder,
      AccountLinks accountLinks,
      Settlement settlement,
      Events events,
      Lines lines,
      Decisions decisions,
      Audit audit,
      Findings findings,
      Clock clock,
      WorkGate gate) {
    Outside outside = instance.outside();
    if (outside == null) {
      Worker worker = new Worker(instance, events, decisions, finder, settlement, clock);
      return new Dispatcher(instance, claims, gate, worker, inFlight, settings);
    }
    OutsideWorker worker =
        new OutsideWorker(
            instance,
            outside,
            events,
            lines,
            claims,
            decisions,
            finder,
            accountLinks,
            settlement,
            audit,
            findings,
            clock);
    EngineSettings one = new EngineSettings(1, outside.atOnce(), settings.lease(), settings.poll());
    return new Dispatcher(instance, claims, gate, worker, inFlight, one);
  }

  /** Tells the others in which state the instances are from now on, and starts working. */
  public void start() {
    instances.forEach(instance -> states.start(instance.name(), instance.state()));
    for (Dispatcher dispatcher : dispatchers) {
      threads.add(Thread.ofPlatform().name("dispatcher").start(dispatcher));
    }
    every(RESCUE_EVERY, rescuer::rescue);
    every(settings.lease().dividedBy(3), () -> claims.renew(inFlight.tokens()));
  }

  /** Something was appended: look now instead of at the next poll. */
  public void wakeUp() {
    dispatchers.forEach(Dispatcher::wakeUp);
  }

  /** What goes on with sessions, for each instance whose accounts are given together. */
  public List<SessionSteps> sessions() {
    return List.copyOf(steps);
  }

  /** What this process has worked, in numbers. */
  public OutcomeCounts outcomes() {
    return outcomes;
  }

  /**
   * Claims nothing more, lets what is being worked come to its end (bounded), gives back at once
   * what does not, and stops.
   */
  @Override
  public void close() {
    try {
      dispatchers.forEach(Dispatcher::claimNothingMore);
      long end = System.nanoTime() + STOPPING.toNanos();
      for (Dispatcher dispatcher : dispatchers) {
        dispatcher.stop(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
      inFlight.tokens().forEach(this::handBack);
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(5));
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    loops.shutdownNow();
  }

  /** Others need not wait for the lease; who still works this claim finds nothing to hold. */
  private void handBack(UUID token) {
    try {
      database.inTransaction(() -> {
        // Whoever is writing it this very moment comes to an end, or loses it by the lease.
        database.jdbc().sql("set local lock_timeout = '2s'").update();
        claims.handBack(token);
      });
    } catch (RuntimeException failure) {
      log.warn("A claim could not be given back; its lease has to run out", failure);
    }
  }

  private void every(Duration interval, Runnable work) {
    var _ =
        loops.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                log.warn("Tried again soon: {}", FaultText.of(failure));
              }
            },
            interval.toMillis(),
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
