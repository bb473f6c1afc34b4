package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.FaultText;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.InstanceState;
import dev.rollcall.spi.BulkTarget;
import dev.rollcall.spi.BulkTarget.Kind;
import dev.rollcall.spi.BulkTarget.Parcel;
import dev.rollcall.spi.BulkTarget.State;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.NotNow;
import dev.rollcall.spi.TooSoon;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the open session of an instance from step to step. What was done stands in its row before
 * the next step, so that any process can go on after any other died anywhere; nothing is waited for
 * in here. A request that may have been taken or not is never given twice to one session: the
 * session is given up there, which drops what it was given, and given anew.
 */
public final class SessionSteps {

  private static final Logger log = LoggerFactory.getLogger(SessionSteps.class);

  /** Longer than any call takes, on PostgreSQL's clock. */
  private static final Duration LEASE = Duration.ofSeconds(90);

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** For so long the other side is asked again what became of single people. */
  private static final Duration ASKING = Duration.ofMinutes(2);

  /** Nobody else's session is given up that somebody went on with a moment ago. */
  private static final Duration OTHERS = Duration.ofMinutes(15);

  private final Instance instance;
  private final Bulk bulk;
  private final Sessions sessions;
  private final InstanceStates states;
  private final WorkGate gate;
  private final SessionEnd end;
  private final Audit audit;
  private final Clock clock;
  private final UUID holder = UUID.randomUUID();
  private Instant notBefore = Instant.MIN;
  private int troubles;

  SessionSteps(
      Instance instance,
      Bulk bulk,
      Sessions sessions,
      InstanceStates states,
      WorkGate gate,
      SessionEnd end,
      Audit audit,
      Clock clock) {
    this.instance = instance;
    this.bulk = bulk;
    this.sessions = sessions;
    this.states = states;
    this.gate = gate;
    this.end = end;
    this.audit = audit;
    this.clock = clock;
  }

  /** The instance whose sessions these are. */
  public String instance() {
    return instance.name();
  }

  /**
   * Takes steps until there is nothing to be done at present.
   *
   * @param enough ends it early, between two steps
   * @return how it stands, in one line
   */
  public synchronized String run(BooleanSupplier enough) {
    Optional<String> objection = gate.objection(instance.name());
    if (objection.isPresent()) {
      return "Not gone on with: " + objection.get();
    }
    Optional<Sessions.Session> open = sessions.open(instance.targetName());
    while (open.isPresent() && !enough.getAsBoolean() && !clock.instant().isBefore(notBefore)) {
      long id = open.get().id();
      if (!sessions.hold(id, holder, LEASE)) {
        return "Session %d: another process goes on with it".formatted(id);
      }
      try {
        rest(guarded(id));
      } finally {
        sessions.letGo(id, holder);
      }
      open = sessions.open(instance.targetName());
    }
    return open.map(SessionSteps::told).orElse("No session is open");
  }

  /** When there is something to do next at the earliest; in the past when now. */
  public synchronized Instant notBefore() {
    return notBefore;
  }

  private static String told(Sessions.Session session) {
    String said = session.said() == null ? "" : ": " + session.said();
    return "Session %d is %s%s".formatted(session.id(), session.state(), said);
  }

  private void rest(Duration wait) {
    if (wait.isPositive()) {
      notBefore = clock.instant().plus(wait);
    }
  }

  private Duration guarded(long id) {
    try {
      // Read only now: whoever held it before may have gone on with it.
      Duration wait =
          sessions
              .open(instance.targetName())
              .filter(session -> session.id() == id)
              .map(this::step)
              .orElse(Duration.ZERO);
      troubles = 0;
      return wait;
    } catch (NotNow later) {
      return positive(Duration.between(clock.instant(), later.until()));
    } catch (ErrandOver over) {
      log.info("Session {} waits: {}", id, FaultText.of(over));
      return LOOK_AGAIN;
    } catch (TooSoon soon) {
      sessions.say(id, String.valueOf(soon.getMessage()));
      return soon.pause();
    } catch (ConnectorException failure) {
      String why = Trouble.shortened(String.valueOf(failure.getMessage()));
      log.warn("Session {} of {}: {}", id, instance.name(), FaultText.of(failure));
      sessions.say(id, why);
      troubles++;
      return shorter(LONGEST, LOOK_AGAIN.multipliedBy(1L << Math.min(troubles - 1, 4)));
    }
  }

  private static Duration positive(Duration wait) {
    return wait.isPositive() ? wait : Duration.ofMillis(1);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** One step; zero when the next one can follow at once. */
  private Duration step(Sessions.Session session) {
    Errand errand =
        new SessionErrand(instance.name(), bulk.budget(), audit, () -> mayGoOn(session));
    if (instance.state() != InstanceState.ON && session.state() != Sessions.State.STARTED) {
      end.cancelled(session, instance.name() + " is not on any more");
      return Duration.ZERO;
    }
    return switch (session.state()) {
      case READY -> begin(errand, session);
      case OPEN -> fill(errand, session);
      case STARTED -> follow(errand, session);
      case DONE, FAILED, CANCELLED -> Duration.ZERO;
    };
  }

  /** What was started is followed also in a pause: that only reads. */
  private boolean mayGoOn(Sessions.Session session) {
    return sessions.holds(session.id(), holder, LEASE)
        && (session.state() == Sessions.State.STARTED
            || states.enter(instance.name(), instance.state()).open());
  }

  private Duration begin(Errand errand, Sessions.Session session) {
    List<Request> requests = sessions.requests(session.id());
    if (requests.stream().allMatch(request -> request.state() == RequestState.REFUSED)) {
      end.failed(session, ErrorKind.INVALID, "no request of it is taken", false);
      return Duration.ZERO;
    }
    Optional<Instant> next = sessions.nextAt(instance.targetName());
    if (next.isPresent()) {
      return positive(Duration.between(clock.instant(), next.get()));
    }
    BulkTarget.Session adopted = null;
    for (BulkTarget.Session there : bulk.target().open(errand)) {
      switch (there.state()) {
        case CREATED -> {
          if (adopted == null) {
            adopted = there;
          } else {
            bulk.target().cancel(errand, there.id());
          }
        }
        case IN_PROGRESS -> {
          if (!isToGiveUp(there)) {
            sessions.say(
                session.id(), "somebody else gives people to this source in session " + there.id());
            return LONGEST;
          }
          log.warn(
              "{}: session {} is given up, nobody goes on with it", instance.name(), there.id());
          bulk.target().cancel(errand, there.id());
        }
        case TRIGGERED -> {
          sessions.say(session.id(), "session " + there.id() + " still works there");
          return LOOK_AGAIN.multipliedBy(3);
        }
        case COMPLETED, ERROR, CLOSED, EXPIRED -> {}
      }
    }
    BulkTarget.Session opened = adopted == null ? bulk.target().begin(errand) : adopted;
    sessions.opened(session.id(), opened.id());
    return Duration.ZERO;
  }

  private boolean isToGiveUp(BulkTarget.Session there) {
    return sessions.isOurs(instance.targetName(), there.id())
        || there.changed().isBefore(clock.instant().minus(OTHERS));
  }

  private Duration fill(Errand errand, Sessions.Session session) {
    String outside = Objects.requireNonNull(session.outsideId());
    List<Request> requests = sessions.requests(session.id());
    if (requests.stream().anyMatch(request -> request.state() == RequestState.SENDING)) {
      anew(errand, session, outside, "it is not known whether a request was taken");
      return Duration.ZERO;
    }
    Optional<Request> next =
        requests.stream().filter(request -> request.state() == RequestState.READY).findFirst();
    if (next.isEmpty()) {
      return start(errand, session, outside);
    }
    give(errand, session, outside, next.get());
    return Duration.ZERO;
  }

  private void give(Errand errand, Sessions.Session session, String outside, Request request) {
    Parcel parcel = new Parcel(Kind.valueOf(request.kind()), request.body(), List.of());
    sessions.request(session.id(), request.number(), RequestState.SENDING, null);
    try {
      bulk.target().give(errand, outside, parcel);
    } catch (NotNow | ErrandOver notSent) {
      sessions.request(session.id(), request.number(), RequestState.READY, null);
      throw notSent;
    } catch (ConnectorException failure) {
      refused(errand, session, outside, request, failure);
      return;
    }
    sessions.request(session.id(), request.number(), RequestState.TAKEN, null);
  }

  private void refused(
      Errand errand,
      Sessions.Session session,
      String outside,
      Request request,
      ConnectorException failure) {
    switch (failure.kind()) {
      case INVALID -> {
        if (isOver(bulk.target().look(errand, outside))) {
          anew(errand, session, outside, "it ended there before it was started");
          return;
        }
        sessions.request(
            session.id(),
            request.number(),
            RequestState.REFUSED,
            Trouble.shortened(String.valueOf(failure.getMessage())));
        anew(errand, session, outside, "request " + request.number() + " was refused");
      }
      case RATE_LIMITED, REFUSED_CREDENTIALS -> {
        sessions.request(session.id(), request.number(), RequestState.READY, null);
        throw failure;
      }
      // It may have been taken: the next step gives it up.
      case UNAVAILABLE, UNREADABLE, NOT_FOUND, CONFLICT -> throw failure;
    }
  }

  private void anew(Errand errand, Sessions.Session session, String outside, String why) {
    bulk.target().cancel(errand, outside);
    sessions.reset(session.id(), "session " + outside + " was given up: " + why);
  }

  private static boolean isOver(BulkTarget.@Nullable Session there) {
    return there == null || there.state() == State.CLOSED || there.state() == State.EXPIRED;
  }

  private Duration start(Errand errand, Sessions.Session session, String outside) {
    BulkTarget.Session there = bulk.target().look(errand, outside);
    if (there == null) {
      sessions.reset(session.id(), "session " + outside + " is gone there");
      return Duration.ZERO;
    }
    switch (there.state()) {
      case CLOSED, EXPIRED ->
          sessions.reset(session.id(), "session " + outside + " ended before it was started");
      case CREATED -> {
        // It counts nothing of what it was given: all of them are unknown there.
        bulk.target().cancel(errand, outside);
        end.completed(session, Map.of(), null);
      }
      case IN_PROGRESS -> {
        try {
          bulk.target().start(errand, outside);
        } catch (ConnectorException refused) {
          if (refused.kind() != ErrorKind.INVALID) {
            throw refused;
          }
          bulk.target().cancel(errand, outside);
          end.failed(
              session,
              ErrorKind.INVALID,
              Trouble.shortened(String.valueOf(refused.getMessage())),
              false);
          return Duration.ZERO;
        }
        started(session);
        return LOOK_AGAIN;
      }
      case TRIGGERED, COMPLETED, ERROR -> started(session);
    }
    return Duration.ZERO;
  }

  private void started(Sessions.Session session) {
    sessions.started(session.id(), clock.instant().plus(bulk.between()));
  }

  private Duration follow(Errand errand, Sessions.Session session) {
    String outside = Objects.requireNonNull(session.outsideId());
    BulkTarget.Session there = bulk.target().look(errand, outside);
    State state = there == null ? State.CLOSED : there.state();
    switch (state) {
      case CREATED, IN_PROGRESS, TRIGGERED -> {
        return LOOK_AGAIN;
      }
      case COMPLETED -> {
        return verify(errand, session, outside);
      }
      case ERROR ->
          end.failed(session, ErrorKind.UNAVAILABLE, "session " + outside + " failed there", true);
      case CLOSED, EXPIRED ->
          end.failed(
              session,
              ErrorKind.UNAVAILABLE,
              "session " + outside + " was given up there after it was started",
              true);
    }
    return Duration.ZERO;
  }

  private Duration verify(Errand errand, Sessions.Session session, String outside) {
    Instant started = Objects.requireNonNull(session.started());
    List<String> accounts =
        sessions.members(session.id()).stream().map(Sessions.Member::accountId).toList();
    try {
      BulkTarget.Verdicts verdicts = bulk.target().verdicts(errand, outside, started, accounts);
      end.completed(session, verdicts.failed(), null);
    } catch (ConnectorException unreadable) {
      String why = Trouble.shortened(String.valueOf(unreadable.getMessage()));
      if (clock.instant().isBefore(started.plus(ASKING))) {
        sessions.say(session.id(), why);
        return LOOK_AGAIN.multipliedBy(3);
      }
      end.completed(session, Map.of(), why);
    }
    return Duration.ZERO;
  }
}
