package dev.rollcall.app;

import dev.rollcall.audit.Audit;
import dev.rollcall.audit.AuditErasure;
import dev.rollcall.audit.AuditSearch;
import dev.rollcall.config.Settings;
import dev.rollcall.config.Settings.InstanceSettings;
import dev.rollcall.config.Settings.MessageSettings;
import dev.rollcall.config.Settings.WatchSettings;
import dev.rollcall.connector.campusmessage.CampusErasing;
import dev.rollcall.connector.campusmessage.CampusImages;
import dev.rollcall.connector.campusmessage.CampusInbox;
import dev.rollcall.connector.campusmessage.CampusKeeping;
import dev.rollcall.connector.campusmessage.CampusMessageSettings;
import dev.rollcall.connector.campusmessage.CampusOriginals;
import dev.rollcall.connector.campusmessage.CampusSource;
import dev.rollcall.connector.okta.bulk.AcceptedKeeping;
import dev.rollcall.connector.oraclehcm.HcmKeeping;
import dev.rollcall.connector.repository.RepositoryDirectory;
import dev.rollcall.connector.repository.RepositoryRoles;
import dev.rollcall.connector.repository.RepositoryTarget;
import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import dev.rollcall.event.EventFigures;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.EventSearch;
import dev.rollcall.event.EventTally;
import dev.rollcall.event.Events;
import dev.rollcall.event.InstanceStates;
import dev.rollcall.event.LineSearch;
import dev.rollcall.event.Lines;
import dev.rollcall.event.Sessions;
import dev.rollcall.files.WatchedPlace;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.Guard;
import dev.rollcall.guard.Holds;
import dev.rollcall.guard.Limits;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.intake.Accounts;
import dev.rollcall.intake.Consents;
import dev.rollcall.intake.DirectoryWatch;
import dev.rollcall.intake.EnvironmentAdoption;
import dev.rollcall.intake.Erasure;
import dev.rollcall.intake.FindingReview;
import dev.rollcall.intake.FullLoad;
import dev.rollcall.intake.MessageIntake;
import dev.rollcall.intake.Pauses;
import dev.rollcall.intake.Publisher;
import dev.rollcall.intake.Receiver;
import dev.rollcall.intake.Requests;
import dev.rollcall.intake.Resolutions;
import dev.rollcall.intake.RoleSeeding;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.plan.MessagePlanner;
import dev.rollcall.plan.Planner;
import dev.rollcall.plan.Tables;
import dev.rollcall.schedule.Job;
import dev.rollcall.schedule.Schedule;
import dev.rollcall.schedule.Scheduler;
import dev.rollcall.schedule.Timing;
import dev.rollcall.spi.Erasing;
import dev.rollcall.spi.Originals;
import dev.rollcall.spi.RoleCatalog;
import dev.rollcall.sync.Adoption;
import dev.rollcall.sync.CurrentPlanner;
import dev.rollcall.sync.Engine;
import dev.rollcall.sync.EngineSettings;
import dev.rollcall.sync.Housekeeping;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.Keep;
import dev.rollcall.sync.Preview;
import dev.rollcall.sync.budget.Budgets;
import dev.rollcall.sync.budget.Pace;
import dev.rollcall.web.PageParts;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything one process is made of, put together but not started.
 *
 * @param instances all of them, whether switched on or not
 */
public record Parts(
    Database database,
    Clock clock,
    Events events,
    InstanceStates states,
    EventLookup lookup,
    Links links,
    Audit audit,
    Holds holds,
    Guard guard,
    EnvironmentLock environment,
    SourceLock sources,
    WorkGate gate,
    EnvironmentAdoption environmentAdoption,
    MessageIntake intake,
    Requests requests,
    Lines lines,
    Sessions sessions,
    Pauses pauses,
    Consents consents,
    Preview preview,
    Adoption adoption,
    FullLoad fullLoad,
    RoleCatalog roles,
    RoleSeeding seeding,
    List<DirectoryWatch> watches,
    Resolutions resolutions,
    Findings findings,
    FindingReview review,
    AuditSearch auditSearch,
    Erasure erasure,
    Engine engine,
    Housekeeping housekeeping,
    Schedule schedule,
    Scheduler scheduler,
    PageParts pages,
    Budgets budgets,
    List<Instance> instances,
    List<HrRoute> hr,
    List<HcmRoute> hcm) {

  /** The repository's name as a target system: links are unique within it. */
  public static final String REPOSITORY = "repository";

  private static final Duration TALLY_EVERY = Duration.ofSeconds(15);
  private static final LocalTime TIDY_AT = LocalTime.of(3, 0);

  /**
   * Puts a process together.
   *
   * @param database migrated
   * @param clock decides what day it is and what is due
   * @param node this process, as shown to people
   */
  public static Parts assemble(Database database, Settings settings, Clock clock, String node) {
    JsonMapper json = new JsonMapper();
    Events events = new Events(database.jdbc(), clock);
    Lines lines = new Lines(database.jdbc(), clock);
    Sessions sessions = new Sessions(database.jdbc(), clock);
    InstanceStates states = new InstanceStates(database, events, clock);
    EventLookup lookup = new EventLookup(database.jdbc(), clock);
    Links links = new Links(database.jdbc(), clock, json);
    Decisions decisions = new Decisions(database.jdbc());
    Audit audit = new Audit(database.jdbc(), clock, json);
    Holds holds = new Holds(database.jdbc(), clock, json);
    Guard guard = new Guard(database.jdbc(), clock, holds, limits(settings));
    Findings findings = new Findings(database.jdbc(), clock);
    List<Instance> instances = new ArrayList<>();
    List<Receiver> receivers = new ArrayList<>();
    List<Publisher> publishers = new ArrayList<>();
    List<Erasing> erasing = new ArrayList<>();
    for (InstanceSettings one : settings.instances()) {
      instances.add(campusToRepository(database, clock, json, one));
      receivers.add(receiver(database, settings, one));
      publishers.add(publisher(database, settings, one));
      erasing.add(new CampusErasing(database.jdbc(), one.name(), one.source()));
    }
    List<HrRoute> hr = HrRoutes.assemble(database, settings, clock);
    hr.forEach(route -> instances.add(route.instance()));
    List<HcmRoute> hcm = HcmRoutes.assemble(database, settings, clock);
    hcm.forEach(route -> instances.add(route.instance()));
    hcm.forEach(route -> erasing.addAll(route.erasing(database)));
    EnvironmentLock environment = environment(database, settings, clock);
    SourceLock sources = new SourceLock(database.jdbc(), clock, environments(settings, hr, hcm));
    WorkGate gate =
        new WorkGate(
            environment,
            sources,
            instances.stream().collect(Collectors.toMap(Instance::name, Instance::source)));
    Settings.EngineTuning tuning = settings.engine();
    Engine engine =
        new Engine(
            database,
            clock,
            node,
            events,
            states,
            links,
            decisions,
            audit,
            guard,
            findings,
            instances,
            gate,
            new EngineSettings(
                tuning.claimSize(), tuning.claimsAtOnce(), tuning.lease(), tuning.poll()));
    MessageIntake intake =
        new MessageIntake(
            database,
            events,
            audit,
            findings,
            environment,
            sources,
            clock,
            settings.listener().itResourceHeader(),
            receivers,
            engine::wakeUp);
    EnvironmentAdoption environmentAdoption =
        new EnvironmentAdoption(database, environment, audit, engine::wakeUp);
    Requests requests = new Requests(database, events, lookup, audit, clock, engine::wakeUp);
    Pauses pauses = new Pauses(database, states, audit, engine::wakeUp);
    Consents consents = new Consents(database, holds, events, lookup, audit, clock, engine::wakeUp);
    Preview preview = new Preview(links, states, clock);
    Adoption adoption = new Adoption(database, events, links, audit, preview, clock);
    FullLoad fullLoad = new FullLoad(database, events, lookup, clock, publishers, engine::wakeUp);
    Schedule schedule = new Schedule(database.jdbc(), clock);
    Housekeeping housekeeping = housekeeping(database, settings, audit, clock);
    List<DirectoryWatch> watches = watches(database, settings, fullLoad, environment, clock);
    PageParts pages = pages(database, clock, settings);
    Scheduler scheduler =
        new Scheduler(
            schedule,
            clock,
            node,
            Stream.of(
                    jobs(settings, housekeeping, watches, pages.tally()),
                    new HrRoutes(
                            database,
                            events,
                            lines,
                            links,
                            findings,
                            states,
                            gate,
                            clock,
                            engine::wakeUp)
                        .jobs(hr),
                    new HcmRoutes(database, events, findings, gate, clock, engine::wakeUp)
                        .jobs(hcm, engine.sessions()))
                .flatMap(List::stream)
                .toList());
    RoleCatalog roles = new RepositoryRoles(database.jdbc(), clock);
    return new Parts(
        database,
        clock,
        events,
        states,
        lookup,
        links,
        audit,
        holds,
        guard,
        environment,
        sources,
        gate,
        environmentAdoption,
        intake,
        requests,
        lines,
        sessions,
        pauses,
        consents,
        preview,
        adoption,
        fullLoad,
        roles,
        new RoleSeeding(database, roles, links, REPOSITORY, bySource(instances), requests, audit),
        watches,
        new Resolutions(
            database,
            events,
            lookup,
            links,
            decisions,
            audit,
            clock,
            accounts(instances),
            engine::wakeUp),
        findings,
        new FindingReview(database, findings, audit),
        new AuditSearch(database.jdbc(), json),
        new Erasure(
            database,
            events,
            lines,
            sessions,
            links,
            decisions,
            findings,
            holds,
            audit,
            new AuditErasure(database.jdbc(), clock),
            erasing),
        engine,
        housekeeping,
        schedule,
        scheduler,
        pages,
        new Budgets(
            database.jdbc(), clock, Pace.real(), lookup, pages.tally(), byTarget(instances)),
        instances,
        hr,
        hcm);
  }

  /** What keeps a copy of this database from being worked. */
  static EnvironmentLock environment(Database database, Settings settings, Clock clock) {
    return new EnvironmentLock(
        database, clock, Machine.name(), new Servers(settings.database().servers()));
  }

  /** What the source of each instance may call itself. */
  static Map<String, List<String>> environments(Settings settings) {
    return settings.instances().stream()
        .collect(Collectors.toMap(InstanceSettings::name, InstanceSettings::environment));
  }

  /** The same, with the one name of each database that was asked for it. */
  static Map<String, List<String>> environments(
      Settings settings, List<HrRoute> hr, List<HcmRoute> hcm) {
    Map<String, List<String>> names = new HashMap<>(environments(settings));
    hcm.forEach(route -> names.put(route.instance().name(), route.environments()));
    hr.forEach(route -> names.put(route.instance().name(), route.environments()));
    return names;
  }

  /** What is done again and again, once for all processes. */
  private static List<Job> jobs(
      Settings settings,
      Housekeeping housekeeping,
      List<DirectoryWatch> watches,
      EventTally tally) {
    List<Job> jobs = new ArrayList<>();
    jobs.add(
        new Job(
            "tidy",
            new Timing.Daily(TIDY_AT, night(settings)),
            turn -> housekeeping.tidy("schedule", turn::isOver).sentence()));
    jobs.add(
        new Job("tally", new Timing.Every(TALLY_EVERY), _ -> "Counted until " + tally.count()));
    for (InstanceSettings one : settings.instances()) {
      WatchSettings watch = one.watch();
      for (DirectoryWatch ours : watches) {
        if (watch != null && ours.instance().equals(one.name())) {
          jobs.add(
              new Job(
                  "watch " + one.name(),
                  new Timing.Every(watch.every()),
                  turn -> ours.look(turn::isOver)));
        }
      }
    }
    return jobs;
  }

  private static List<DirectoryWatch> watches(
      Database database,
      Settings settings,
      FullLoad fullLoad,
      EnvironmentLock environment,
      Clock clock) {
    List<DirectoryWatch> watches = new ArrayList<>();
    for (InstanceSettings one : settings.instances()) {
      WatchSettings watch = one.watch();
      if (watch != null) {
        WatchedPlace place = new WatchedPlace(watch.directory(), watch.archive());
        watches.add(
            new DirectoryWatch(
                database, fullLoad, environment, clock, one.name(), place, watch.settle()));
      }
    }
    return watches;
  }

  private static PageParts pages(Database database, Clock clock, Settings settings) {
    Map<String, Originals> originals = new HashMap<>();
    for (InstanceSettings one : settings.instances()) {
      originals.put(one.name(), new CampusOriginals(database.jdbc(), one.name(), one.source()));
    }
    return new PageParts(
        new EventSearch(database.jdbc()),
        new EventFigures(database.jdbc(), clock),
        new EventTally(database, clock),
        new LineSearch(database.jdbc()),
        Map.of(REPOSITORY, new RepositoryDirectory(database.jdbc())),
        originals,
        List::of);
  }

  /** Where night is: with the first instance. */
  private static ZoneId night(Settings settings) {
    return settings.instances().isEmpty() ? ZoneOffset.UTC : settings.instances().getFirst().zone();
  }

  /** What lets go of what is old. */
  static Housekeeping housekeeping(Database database, Settings settings, Audit audit, Clock clock) {
    return new Housekeeping(
        database,
        audit,
        clock,
        List.of(
            new CampusKeeping(database.jdbc()),
            new HcmKeeping(database.jdbc()),
            new AcceptedKeeping(database.jdbc())),
        keep(settings));
  }

  /** How long things are kept with these settings. */
  static Keep keep(Settings settings) {
    Settings.KeepSettings keep = settings.keep();
    return new Keep(keep.events(), keep.messages(), keep.audit());
  }

  private static List<Accounts> accounts(List<Instance> instances) {
    return instances.stream()
        .map(one -> new Accounts(one.name(), one.targetName(), one.target()))
        .toList();
  }

  private static Map<String, List<String>> byTarget(List<Instance> instances) {
    return instances.stream()
        .collect(
            Collectors.groupingBy(
                Instance::targetName, Collectors.mapping(Instance::name, Collectors.toList())));
  }

  private static Map<String, String> bySource(List<Instance> instances) {
    return instances.stream().collect(Collectors.toMap(Instance::sourceName, Instance::name));
  }

  private static Instance campusToRepository(
      Database database, Clock clock, JsonMapper json, InstanceSettings settings) {
    RepositoryTarget target = new RepositoryTarget(database.jdbc(), clock, json);
    if (settings.matchAlso() != null) {
      target.searchableBy(settings.matchAlso());
    }
    target.rolesOnTheFly(settings.rolesOnTheFly());
    return new Instance(
        settings.name(),
        settings.source(),
        new CampusSource(database.jdbc(), settings.name(), settings.source()),
        new CurrentPlanner(planner(settings)),
        target,
        REPOSITORY,
        settings.state(),
        settings.zone());
  }

  /** The limits of each instance. */
  static Map<String, Limits> limits(Settings settings) {
    Map<String, Limits> limits = new HashMap<>();
    settings.instances().forEach(one -> limits.put(one.name(), one.guard()));
    settings.hr().forEach(one -> limits.put(one.name(), one.guard()));
    settings.hcm().forEach(one -> limits.put(one.name(), one.guard()));
    return limits;
  }

  /** The planner these settings ask for. */
  static Planner planner(InstanceSettings settings) {
    List<String> full = settings.fullSync().names();
    return new MessagePlanner(
        canonical(settings.sync().tables()),
        canonical(settings.fullSync().tables()),
        message -> CampusSource.isMessage(full, message));
  }

  private static Tables canonical(Tables tables) {
    return new Tables(
        tables.mapping().withRecords(CampusSource::recordName), tables.settings(), tables.rules());
  }

  /** Who takes the messages of an instance with these settings. */
  static Receiver receiver(Database database, Settings all, InstanceSettings settings) {
    CampusInbox inbox =
        new CampusInbox(
            database.jdbc(),
            settings.name(),
            settings.source(),
            messages(all, settings, settings.sync()));
    return new Receiver(
        settings.name(), settings.itResource(), settings.active(), settings.senders(), inbox);
  }

  /** Who takes the full publications of an instance with these settings. */
  static Publisher publisher(Database database, Settings all, InstanceSettings settings) {
    return new Publisher(
        settings.name(),
        new CampusImages(
            database.jdbc(),
            settings.name(),
            settings.source(),
            messages(all, settings, settings.fullSync()),
            all.listener().maxBytes()));
  }

  private static CampusMessageSettings messages(
      Settings all, InstanceSettings settings, MessageSettings message) {
    return new CampusMessageSettings(
        message.names(),
        settings.ignoreRootAuditAction(),
        message.dataNode(),
        message.keepsAbsentAffiliations(),
        all.listener().maxDepth(),
        all.listener().maxTextBytes());
  }
}
