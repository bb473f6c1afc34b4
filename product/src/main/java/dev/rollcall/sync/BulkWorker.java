package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.FaultText;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Events;
import dev.rollcall.event.Sessions;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.Candidate;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.NotNow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * Thinks about many events whose accounts are given to another system together. What has nothing to
 * be given ends at once; the rest is written down as one session, and goes on belonging to its row.
 * Nothing is given here.
 */
final class BulkWorker implements ClaimWorker {

  private static final Logger log = LoggerFactory.getLogger(BulkWorker.class);

  private final Instance instance;
  private final Bulk bulk;
  private final Events events;
  private final Sessions sessions;
  private final Claims claims;
  private final Links links;
  private final Thinker stored;
  private final Thinker live;
  private final Settlement settlement;
  private final SessionPlan plan;
  private final Audit audit;

  BulkWorker(
      Instance instance,
      Bulk bulk,
      Events events,
      Sessions sessions,
      Claims claims,
      Links links,
      Decisions decisions,
      AccountFinder finder,
      Settlement settlement,
      Audit audit,
      Clock clock) {
    this.instance = instance;
    this.bulk = bulk;
    this.events = events;
    this.sessions = sessions;
    this.claims = claims;
    this.links = links;
    this.stored = new Thinker(instance, decisions, finder, clock);
    this.live = new Thinker(instance.live(), decisions, finder, clock);
    this.settlement = settlement;
    this.plan = new SessionPlan(instance, bulk, sessions, claims, links);
    this.audit = audit;
  }

  /**
   * Whether a session could be opened. Until then events wait, and what comes twice collapses;
   * while the source is being read, only a full session is worth one.
   */
  @Override
  public boolean ready() {
    if (instance.state() != InstanceState.ON) {
      return true;
    }
    return sessions.open(instance.targetName()).isEmpty()
        && sessions.nextAt(instance.targetName()).isEmpty()
        && (!bulk.gathering().getAsBoolean()
            || events.due(instance.name(), bulk.together()) >= bulk.together());
  }

  @Override
  public void work(Claim claim) {
    try {
      List<SyncEvent> waiting = events.waiting(instance.name(), claim.subjects());
      List<Worked> thought = thought(claim.events());
      switch (instance.state()) {
        case ON ->
            settlement.entrust(
                instance,
                claim,
                waiting,
                withoutTaken(claim, thought),
                (toApply, behind) -> plan.write(claim, toApply, behind));
        case PREVIEW, OFF ->
            settlement.settle(
                instance, claim, waiting, thought.stream().map(Worked::previewed).toList());
      }
    } catch (ErrandOver | DuplicateKeyException over) {
      log.info("A claim of {} is given back: {}", claim.instance(), FaultText.of(over));
      settle(claim, () -> settlement.handBack(claim));
    } catch (NotNow later) {
      all(claim, new Outcome.Deferred(later.until(), String.valueOf(later.getMessage())));
    } catch (ConnectorException failure) {
      String why = Trouble.shortened(String.valueOf(failure.getMessage()));
      all(claim, new Outcome.Failed(failure.kind(), why, true));
    } catch (RuntimeException failure) {
      log.warn("A claim of {} failed: {}", claim.instance(), FaultText.of(failure));
      log.debug("The failure", failure);
      all(claim, new Outcome.Failed(ErrorKind.UNAVAILABLE, FaultText.of(failure), true));
    }
  }

  /** Whom somebody asked for is looked at as they are now; others as the source told last. */
  private List<Worked> thought(List<SyncEvent> claimed) {
    List<SyncEvent> asked = claimed.stream().filter(BulkWorker::isAsked).toList();
    List<SyncEvent> told = claimed.stream().filter(event -> !isAsked(event)).toList();
    List<Worked> thought = new ArrayList<>();
    if (!told.isEmpty()) {
      thought.addAll(stored.think(told));
    }
    if (!asked.isEmpty()) {
      thought.addAll(live.think(asked));
    }
    return thought;
  }

  private static boolean isAsked(SyncEvent event) {
    return switch (event.cause()) {
      case RESYNC, RETRY, RESOLVED -> true;
      case CHANGE, MESSAGE, REQUEST, RECONCILE, DUE, WRITE_BACK -> false;
    };
  }

  /**
   * Nobody is given for the first time whose login is another person's there: the other side would
   * take the one for the other.
   */
  private List<Worked> withoutTaken(Claim claim, List<Worked> thought) {
    Map<String, SubjectKey> logins = new HashMap<>();
    for (Worked one : thought) {
      login(one).ifPresent(login -> logins.put(login, one.event().subject()));
    }
    if (logins.isEmpty()) {
      return thought;
    }
    SessionErrand errand =
        new SessionErrand(
            instance.name(),
            bulk.budget(),
            audit,
            () -> claims.mayGoOn(claim.token(), instance.name(), instance.state()));
    Map<String, String> taken = bulk.target().taken(errand, logins.keySet());
    Map<String, SubjectKey> owners = links.owners(bulk.tenant(), taken.values());
    return thought.stream().map(contested(taken, owners)).toList();
  }

  private static Function<Worked, Worked> contested(
      Map<String, String> taken, Map<String, SubjectKey> owners) {
    return one -> {
      String login = login(one).orElse("");
      String account = taken.get(login);
      SubjectKey owner = account == null ? null : owners.get(account);
      if (account == null || owner == null) {
        return one;
      }
      SubjectKey subject = one.event().subject();
      Candidate candidate =
          new Candidate(
              account,
              "login",
              List.of(new Candidate.Agreement("login", login)),
              List.of(
                  new Candidate.Conflict(Candidate.LINK, subject.toString(), owner.toString())));
      return one.instead(
          new Outcome.Suspended(
              "account %s has login %s but is linked to %s: one account is not kept by two routes"
                  .formatted(account, login, owner),
              List.of(candidate)));
    };
  }

  private static Optional<String> login(Worked worked) {
    Application application = worked.application();
    return application == null
        ? Optional.empty()
        : application.changes().stream()
            .filter(Change.Create.class::isInstance)
            .map(change -> ((Change.Create) change).login())
            .findFirst();
  }

  private void all(Claim claim, Outcome outcome) {
    settle(
        claim,
        () ->
            settlement.settle(
                instance,
                claim,
                List.of(),
                claim.events().stream().map(event -> Worked.without(event, outcome)).toList()));
  }

  private static void settle(Claim claim, Runnable settling) {
    try {
      settling.run();
    } catch (RuntimeException again) {
      // The database is gone. The lease runs out and the rescuer gives the events back.
      log.warn("A claim of {} could not be given back: {}", claim.instance(), FaultText.of(again));
    }
  }
}
