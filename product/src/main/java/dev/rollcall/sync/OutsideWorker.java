package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.FaultText;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Events;
import dev.rollcall.event.Lines;
import dev.rollcall.finding.Finding;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.link.Decisions;
import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Plan;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.LinkCopy;
import dev.rollcall.spi.MasteredElsewhere;
import dev.rollcall.spi.NotNow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Works one event whose account is in another system: thinks, has the guard count what is to be
 * done, does it call by call, and settles what came of it. Whoever dies in between leaves an event
 * that is worked again, and compares again: what was done is found done.
 */
final class OutsideWorker implements ClaimWorker {

  private static final Logger log = LoggerFactory.getLogger(OutsideWorker.class);
  private static final String LOGIN = "login";

  private final Instance instance;
  private final Outside outside;
  private final Events events;
  private final Lines lines;
  private final Claims claims;
  private final Decisions decisions;
  private final AccountFinder finder;
  private final AccountLinks links;
  private final Settlement settlement;
  private final Audit audit;
  private final Findings findings;
  private final Clock clock;
  private final Outage outage;

  OutsideWorker(
      Instance instance,
      Outside outside,
      Events events,
      Lines lines,
      Claims claims,
      Decisions decisions,
      AccountFinder finder,
      AccountLinks links,
      Settlement settlement,
      Audit audit,
      Findings findings,
      Clock clock) {
    this.instance = instance;
    this.outside = outside;
    this.events = events;
    this.lines = lines;
    this.claims = claims;
    this.decisions = decisions;
    this.finder = finder;
    this.links = links;
    this.settlement = settlement;
    this.audit = audit;
    this.findings = findings;
    this.clock = clock;
    this.outage = new Outage(clock);
  }

  @Override
  public boolean ready() {
    return outage.ready();
  }

  /**
   * @param claim of one event
   */
  @Override
  public void work(Claim claim) {
    SyncEvent event = claim.events().getFirst();
    List<SyncEvent> waiting = List.of();
    WorkErrand errand =
        new WorkErrand(instance, claim, event, outside.budget(), claims, audit, links, outage);
    try (var _ = MDC.putCloseable("event", Long.toString(event.id()))) {
      waiting = events.waiting(instance.name(), claim.subjects());
      Instance here = instance.during(outside.target().during(errand));
      work(errand, here, claim, event, waiting);
    } catch (ErrandOver over) {
      log.info("Event {} is given back: {}", event.id(), FaultText.of(over));
      settle(() -> settlement.handBack(claim));
    } catch (NotNow later) {
      outage.rest(clock.instant().plusSeconds(1));
      conclude(
          claim,
          waiting,
          Worked.without(event, new Outcome.Deferred(later.until(), message(later))));
    } catch (ConnectorException failure) {
      conclude(claim, waiting, Worked.without(event, became(errand, event, failure)));
    } catch (RuntimeException failure) {
      conclude(claim, waiting, Worked.without(event, failed(event, failure)));
    }
  }

  private void work(
      WorkErrand errand, Instance here, Claim claim, SyncEvent event, List<SyncEvent> waiting) {
    List<Lines.Stored> open =
        outside.lines() == null ? List.of() : lines.open(instance.name(), event.subject());
    if (!open.isEmpty()) {
      Optional<Worked> worked =
          new LineWork(
                  here,
                  outside,
                  lines,
                  decisions,
                  finder,
                  settlement,
                  clock,
                  errand::mayGoOn,
                  (on, line) -> carryOut(errand, on, line))
              .work(claim, event, open);
      boolean more = worked.filter(one -> wantsMore(event, one)).isPresent();
      if (!more) {
        // What waits behind it wants more than lines: it is not moot.
        worked.ifPresent(
            one -> settlement.conclude(instance, claim, List.of(), one, null, accountOf(one)));
        return;
      }
    } else if (isAboutLines(event)) {
      Outcome before = new Outcome.Completed("its lines were worked before");
      settlement.conclude(instance, claim, List.of(), Worked.without(event, before), null, null);
      return;
    }
    whole(errand, here, claim, event, waiting);
  }

  /**
   * Whether nothing was asked for but lines. Who was deactivated by a line meanwhile is not brought
   * back by an event that was to try an older one again.
   */
  private boolean isAboutLines(SyncEvent event) {
    return switch (event.cause()) {
      case REQUEST -> true;
      case RETRY, RESOLVED -> lines.isAbout(event.id());
      case CHANGE, MESSAGE, RECONCILE, RESYNC, DUE, WRITE_BACK -> false;
    };
  }

  /** Whose account was worked, when all lines were done; null when that is not known. */
  private static @Nullable String accountOf(Worked worked) {
    Application application = worked.application();
    Account account = application == null ? null : application.found();
    return account == null || !(worked.outcome() instanceof Outcome.Completed)
        ? null
        : account.id();
  }

  /** Whether somebody asked for more than the lines, which were all worked to their ends. */
  private static boolean wantsMore(SyncEvent event, Worked worked) {
    boolean ended = worked.outcome() instanceof Outcome.Completed;
    return switch (event.cause()) {
      case REQUEST, RETRY, RESOLVED, WRITE_BACK -> false;
      case CHANGE, MESSAGE, RECONCILE, RESYNC, DUE -> ended;
    };
  }

  /** The account as a whole is brought to what is wanted. */
  private void whole(
      WorkErrand errand, Instance here, Claim claim, SyncEvent event, List<SyncEvent> waiting) {
    Thinker thinker = new Thinker(here, decisions, finder, clock);
    Worked thought = inState(thinker.think(List.of(event)).getFirst());
    Optional<Safeguard.Judged> judged = settlement.reserve(instance, claim, waiting, thought, true);
    if (judged.isPresent()) {
      Carried carried = carryOut(errand, here, judged.get().worked().getFirst());
      settlement.conclude(
          instance, claim, waiting, carried.worked(), judged.get(), carried.accountId());
    }
  }

  /**
   * What came of an application.
   *
   * @param accountId whose account it is now; null when nothing was to be done or it failed
   * @param remark what a person should know although it was done; null when nothing
   */
  record Carried(Worked worked, @Nullable String accountId, @Nullable String remark) {}

  private Carried carryOut(WorkErrand errand, Instance here, Worked worked) {
    Application application = worked.application();
    if (application == null) {
      return copied(new Carried(worked, null, null), known(worked));
    }
    try {
      Applied applied = here.target().apply(List.of(application)).getFirst();
      String why = applied.why();
      Worked done = why == null ? worked : worked.without(applied.withheld(), why);
      if (isAdopted(worked)) {
        // At once, as one that was made: whatever comes next is then told the same account.
        links.put(here, worked.event(), applied.accountId());
      }
      return copied(new Carried(done, applied.accountId(), why), applied.accountId());
    } catch (MasteredElsewhere refused) {
      findings.raise(
          List.of(
              new Finding(
                  FindingKind.MASTERED_ELSEWHERE,
                  instance.name(),
                  worked.event().subject(),
                  "another system decides about this account: "
                      + message(refused)
                      + "; take the person out of one of the two",
                  worked.event().id(),
                  null)));
      return new Carried(worked.instead(Trouble.outcome(worked.event(), refused)), null, null);
    } catch (ConnectorException failure) {
      return new Carried(worked.instead(became(errand, worked.event(), failure)), null, null);
    }
  }

  private static boolean isAdopted(Worked worked) {
    Plan plan = worked.plan();
    return plan != null && plan.match() instanceof Match.Unique;
  }

  /**
   * With the source's own copy of the links told whose account it is. It is told each time, and
   * writes only what it does not say yet: a copy that could not be written after an account was
   * made is written with the next event. That the source fails says nothing of the tenant.
   */
  private Carried copied(Carried carried, @Nullable String accountId) {
    Worked worked = carried.worked();
    LinkCopy copy = outside.copy();
    Plan plan = worked.plan();
    if (copy != null
        && accountId != null
        && plan != null
        && worked.outcome() instanceof Outcome.Completed) {
      try {
        copy.write(new LinkCopy.Copied(worked.event().subject(), accountId, login(worked, plan)));
      } catch (ConnectorException failure) {
        return new Carried(
            worked.instead(Trouble.outcome(worked.event(), failure)),
            carried.accountId(),
            carried.remark());
      }
    }
    return carried;
  }

  /** The login that the account has now; null when that was not looked at. */
  private static @Nullable String login(Worked worked, Plan plan) {
    Application application = worked.application();
    Account found = application == null ? null : application.found();
    String login = found == null ? null : text(found.attributes().get(LOGIN));
    List<Change> changes = application == null ? List.of() : application.changes();
    for (Change change : changes) {
      login =
          switch (change) {
            case Change.Create create -> create.login();
            case Change.Update update when update.attribute().equals(LOGIN) -> text(update.after());
            default -> login;
          };
    }
    return login == null ? text(plan.wanted().attributes().get(LOGIN)) : login;
  }

  private static @Nullable String text(@Nullable Value value) {
    return value == null ? null : value.textOrNull();
  }

  /** The account of a plan that has nothing to change; null when it has none or was stopped. */
  private static @Nullable String known(Worked worked) {
    Plan plan = worked.plan();
    if (plan == null || plan.stop() != null) {
      return null;
    }
    return switch (plan.match()) {
      case Match.Linked(String account, String _) -> account;
      case Match.Unique(String account, String _) -> account;
      case Match.None _, Match.Ambiguous _ -> null;
    };
  }

  /** Nothing that the tenant said: our own database is away, or this is a defect. */
  private static Outcome failed(SyncEvent event, RuntimeException failure) {
    if (!Trouble.concernsAll(failure)) {
      return Trouble.outcome(event, failure);
    }
    log.warn("Event {} failed: {}", event.id(), FaultText.of(failure));
    log.debug("The failure", failure);
    return new Outcome.Failed(ErrorKind.UNAVAILABLE, FaultText.of(failure), true);
  }

  /** What is away for everybody uses nobody's attempts. */
  private Outcome became(WorkErrand errand, SyncEvent event, ConnectorException failure) {
    return outage.failed(failure.kind(), errand.writing())
        ? new Outcome.Deferred(outage.until(), message(failure), failure.kind())
        : Trouble.outcome(event, failure);
  }

  private Worked inState(Worked thought) {
    return instance.state() == InstanceState.ON ? thought : thought.previewed();
  }

  private void conclude(Claim claim, List<SyncEvent> waiting, Worked worked) {
    settle(() -> settlement.conclude(instance, claim, waiting, worked, null, null));
  }

  private static void settle(Runnable settling) {
    try {
      settling.run();
    } catch (RuntimeException again) {
      // The database is gone. The lease runs out and the rescuer gives the event back.
      log.warn("An event could not be given back: {}", FaultText.of(again));
    }
  }

  private static String message(RuntimeException failure) {
    return Trouble.shortened(String.valueOf(failure.getMessage()));
  }
}
