package dev.rollcall.sync;

import dev.rollcall.audit.Audit;
import dev.rollcall.connector.repository.RepositoryTarget;
import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.Lines;
import dev.rollcall.event.NewEvent;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.Guard;
import dev.rollcall.guard.Holds;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.intake.Consents;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Facts;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Priority;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapping;
import dev.rollcall.plan.MessagePlanner;
import dev.rollcall.plan.PlanSettings;
import dev.rollcall.plan.Planner;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** One worker with everything it needs, over an empty database; claims when a test says so. */
final class WorkerRoom {

  static final String CAMPUS = "campus";
  static final String TARGET = "repository";
  static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  final Database database = SharedDatabase.emptied();
  final SettableClock clock = new SettableClock(NOON);
  final FakeSource source = new FakeSource();
  final JsonMapper json = new JsonMapper();
  final RepositoryTarget repository = new RepositoryTarget(database.jdbc(), clock, json);
  final TroubledTarget target = new TroubledTarget(repository);
  final Events events = new Events(database.jdbc(), clock);
  final EventLookup lookup = new EventLookup(database.jdbc(), clock);
  final Links links = new Links(database.jdbc(), clock, json);
  final Audit audit = new Audit(database.jdbc(), clock, json);
  final Findings findings = new Findings(database.jdbc(), clock);
  final Claims claims = new Claims(database.jdbc(), clock, "test", Duration.ofMinutes(10));
  final Holds holds = new Holds(database.jdbc(), clock, json);
  final Guard guard = new Guard(database.jdbc(), clock, holds, Map.of());
  final Consents consents = new Consents(database, holds, events, lookup, audit, clock, () -> {});
  final InstanceStates states = new InstanceStates(database, events, clock);
  final Preview preview = new Preview(links, states, clock);
  final Adoption adoption = new Adoption(database, events, links, audit, preview, clock);
  final ZoneId zone;
  final WorkGate gate =
      new WorkGate(
          new EnvironmentLock(database, clock, "test", Servers.none()),
          new SourceLock(database.jdbc(), clock, Map.of()),
          Map.of());
  final Worker worker;

  WorkerRoom() {
    this(ZoneOffset.UTC);
  }

  WorkerRoom(ZoneId zone) {
    this.zone = zone;
    this.worker = worker(instance(InstanceState.ON, target));
  }

  /** The instance in this state, with the accounts of this target. */
  Instance instance(InstanceState state, AccountTarget accounts) {
    Planner planner = new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));
    return new Instance(
        CAMPUS, "campus", source, new CurrentPlanner(planner), accounts, TARGET, state, zone);
  }

  Worker worker(Instance instance) {
    return worker(instance, guard);
  }

  Worker worker(Instance instance, Guard guard) {
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
            new AccountLinks(database, links),
            new RetryPolicy(),
            new OutcomeCounts(),
            clock);
    return new Worker(
        instance,
        events,
        new Decisions(database.jdbc()),
        new AccountFinder(links),
        settlement,
        clock);
  }

  /** A worker of an instance whose accounts are in another system. */
  OutsideWorker outsideWorker(Instance instance) {
    AccountLinks accountLinks = new AccountLinks(database, links);
    return new OutsideWorker(
        instance,
        Objects.requireNonNull(instance.outside()),
        events,
        new Lines(database.jdbc(), clock),
        claims,
        new Decisions(database.jdbc()),
        new AccountFinder(links),
        accountLinks,
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
            new OutcomeCounts(),
            clock),
        audit,
        findings,
        clock);
  }

  static SubjectKey subject(String id) {
    return new SubjectKey("campus", id);
  }

  /** The source knows this person, with an active affiliation until this day. */
  SubjectKey student(String id, String until) {
    return person(id, Map.of("SCC_AFL_PERSON", rows(affiliation("2020-09-01", until))));
  }

  SubjectKey person(String id) {
    return person(id, Map.of());
  }

  SubjectKey person(String id, Map<String, RecordFacts> more) {
    Map<String, RecordFacts> records = new java.util.HashMap<>(more);
    records.putIfAbsent("SCC_CM_PERSON_I", rows(Map.of("EMPLID", id)));
    source.people.put(subject(id), new Facts(subject(id), Facts.Standing.ADDED, records));
    return subject(id);
  }

  /** The source has deleted this person, and still tells what it told before. */
  SubjectKey deleted(String id) {
    Facts before = Objects.requireNonNull(source.people.get(subject(id)));
    source.people.put(
        subject(id), new Facts(subject(id), Facts.Standing.DELETED, before.records()));
    return subject(id);
  }

  void mailed(String id, String address) {
    person(id, Map.of("SCC_PER_EMAIL_I", rows(Map.of("EMAIL_ADDR", address))));
  }

  static Map<String, String> affiliation(String from, String until) {
    return Map.of(
        "INSTITUTION", "PSUNV",
        "SCC_AFL_CODE", "STUDENT",
        "SCC_AFL_STATUS", "A",
        "START_DT", from,
        "END_DT", until);
  }

  static RecordFacts rows(Map<String, String> fields) {
    Map<String, Value> values = new java.util.HashMap<>();
    fields.forEach((name, text) -> values.put(name, Value.of(text)));
    return new RecordFacts(true, List.of(new Row(values, 1, false)));
  }

  long message(SubjectKey subject) {
    return append(subject, Cause.MESSAGE, clock.instant());
  }

  long append(SubjectKey subject, Cause cause, Instant due) {
    return database.inTransaction(() ->
        events.append(
            new NewEvent(
                CAMPUS, subject, cause, Priority.NORMAL, due, null, EventStatus.NEW, null)));
  }

  /** Claims what is due and works it; false when nothing is due. */
  boolean workOnce() {
    Optional<Claim> claim = claims.claim(CAMPUS, 500);
    claim.ifPresent(worker::work);
    return claim.isPresent();
  }

  /** Works until nothing is due. */
  void work() {
    int claimed = 0;
    while (workOnce()) {
      if (++claimed > 1000) {
        throw new AssertionError("there is no end to it");
      }
    }
  }

  SyncEvent event(long id) {
    return lookup.byId(id).orElseThrow();
  }

  List<SyncEvent> of(SubjectKey subject) {
    return lookup.find(new EventLookup.Filter(CAMPUS, null, subject.id(), 1000)).reversed();
  }

  /** When the subject is to be looked at again by itself. */
  List<Instant> dates(SubjectKey subject) {
    return of(subject).stream()
        .filter(event -> event.cause() == Cause.DUE && event.status() == EventStatus.NEW)
        .map(SyncEvent::due)
        .toList();
  }

  Optional<Account> account(SubjectKey subject) {
    return Optional.ofNullable(links.find(TARGET, List.of(subject)).get(subject))
        .map(id -> repository.read(List.of(id)).get(id));
  }

  long identities() {
    return database.jdbc().sql("select count(*) from identity").query(Long.class).single();
  }
}
