package dev.rollcall.app;

import dev.rollcall.config.HcmRouteSettings;
import dev.rollcall.config.HcmRouteSettings.IdentitySource;
import dev.rollcall.config.HcmRouteSettings.SignIn;
import dev.rollcall.connector.okta.OktaSettings;
import dev.rollcall.connector.okta.bulk.AcceptedErasing;
import dev.rollcall.connector.okta.bulk.IdentitySourceSettings;
import dev.rollcall.connector.oraclehcm.HcmAuth;
import dev.rollcall.connector.oraclehcm.HcmErasing;
import dev.rollcall.connector.oraclehcm.HcmPeople;
import dev.rollcall.connector.oraclehcm.HcmRun;
import dev.rollcall.connector.oraclehcm.HcmSettings;
import dev.rollcall.connector.oraclehcm.HcmStage;
import dev.rollcall.connector.oraclehcm.OracleHcmSource;
import dev.rollcall.connector.oraclehcm.Pause;
import dev.rollcall.db.Database;
import dev.rollcall.http.HttpSender;
import dev.rollcall.plan.worker.WorkerPlanner;
import dev.rollcall.plan.worker.WorkerSettings;
import dev.rollcall.spi.Erasing;
import dev.rollcall.spi.PolledSource;
import dev.rollcall.sync.Bulk;
import dev.rollcall.sync.CurrentPlanner;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.budget.Pace;
import dev.rollcall.sync.budget.RateBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One instance of the route hcm-to-okta: Oracle HCM, the identity source that belongs to its host,
 * and what is between them.
 */
final class HcmRoute implements AutoCloseable {

  /** The five minutes that Okta asks for between sessions, and a moment for its clock. */
  private static final Duration BETWEEN = Duration.ofMinutes(5).plusSeconds(2);

  /** Whoever reads for longer than that was killed, and the next reading is to come. */
  private static final Duration LONGEST_RUN = Duration.ofHours(2);

  /** Rows that are read again with the next page: Oracle HCM's pages drift. */
  private static final int OVERLAP = 30;

  private static final int ATTEMPTS = 5;

  private final HcmRouteSettings settings;
  private final HttpSender hcm;
  private final HttpSender okta;
  private final HcmStage stage;
  private final PolledSource active;
  private final PolledSource leavers;
  private final String identitySource;
  private final Instance instance;

  private HcmRoute(
      HcmRouteSettings settings,
      HttpSender hcm,
      HttpSender okta,
      HcmStage stage,
      PolledSource active,
      PolledSource leavers,
      String identitySource,
      Instance instance) {
    this.settings = settings;
    this.hcm = hcm;
    this.okta = okta;
    this.stage = stage;
    this.active = active;
    this.leavers = leavers;
    this.identitySource = identitySource;
    this.instance = instance;
  }

  /**
   * Puts an instance together; nobody is asked anything.
   *
   * @throws RefusedStart when no identity source is set for the host of Oracle HCM
   */
  static HcmRoute assemble(Database database, HcmRouteSettings settings, Clock clock) {
    IdentitySource source = source(settings);
    HttpSender hcm = new HttpSender(settings.hcm().patience());
    HttpSender okta = new HttpSender(settings.patience());
    HcmStage stage = new HcmStage(database, settings.source());
    HcmPeople people = new HcmPeople(hcm(settings), hcm, clock, Pause.sleeping());
    OracleHcmSource active = new OracleHcmSource(people, stage, HcmRun.Kind.ACTIVE, clock);
    OracleHcmSource leavers = new OracleHcmSource(people, stage, HcmRun.Kind.LEAVERS, clock);
    IdentitySourceSettings target = okta(settings, source);
    String tenant = HrRoute.name(source.url());
    RateBudget budget =
        new RateBudget(
            database,
            clock,
            Pace.real(),
            new SecureRandom(),
            tenant,
            HrRoute.budget(settings.budget()));
    Bulk bulk =
        new Bulk(
            new dev.rollcall.connector.okta.bulk.IdentitySource(
                target, okta, database.jdbc(), clock),
            budget,
            tenant,
            source.batchSize() * source.pageSize(),
            BETWEEN,
            () -> isRead(stage, clock));
    Instance instance =
        Instance.bulk(
            settings.name(),
            settings.source(),
            active,
            new CurrentPlanner(new WorkerPlanner(WorkerSettings.defaults())),
            bulk,
            target.name(),
            settings.state(),
            settings.zone());
    return new HcmRoute(settings, hcm, okta, stage, active, leavers, target.name(), instance);
  }

  private static boolean isRead(HcmStage stage, Clock clock) {
    for (HcmRun.Kind kind : HcmRun.Kind.values()) {
      boolean runs =
          stage
              .last(kind)
              .filter(run ->
                  run.state() == HcmRun.State.RUNNING
                      && run.started().plus(LONGEST_RUN).isAfter(clock.instant()))
              .isPresent();
      if (runs) {
        return true;
      }
    }
    return false;
  }

  static IdentitySource source(HcmRouteSettings settings) {
    String host = String.valueOf(settings.hcm().url().getHost()).toLowerCase(Locale.ROOT);
    IdentitySource source = settings.sources().get(host);
    if (source == null) {
      throw new RefusedStart(
          "The Oracle HCM of %s is %s, and instances.%s.tenants has no row for that host: nothing is started, so that no copy gives people to another's tenant"
              .formatted(settings.name(), host, settings.name()));
    }
    return source;
  }

  static HcmSettings hcm(HcmRouteSettings settings) {
    HcmRouteSettings.Hcm hcm = settings.hcm();
    return new HcmSettings(
        hcm.url(),
        auth(hcm.signIn()),
        hcm.emps() ? HcmSettings.Reader.EMPS : HcmSettings.Reader.WORKERS,
        hcm.framework(),
        hcm.version(),
        settings.zone(),
        HcmSettings.MOST_ROWS,
        OVERLAP,
        hcm.createdDays(),
        hcm.deactivatedDays(),
        hcm.filters().entrySet().stream()
            .map(filter -> new HcmSettings.Filter(filter.getKey(), filter.getValue()))
            .sorted(Comparator.comparing(HcmSettings.Filter::attribute))
            .toList(),
        hcm.mostQuarantined(),
        hcm.collapsePercent(),
        ATTEMPTS,
        hcm.patience());
  }

  private static HcmAuth auth(SignIn signIn) {
    return switch (signIn) {
      case SignIn.User user -> new HcmAuth.Basic(user.name(), user.password().reveal());
      case SignIn.Application app ->
          new HcmAuth.ClientCredentials(
              app.tokenUrl(), app.clientId(), app.secret().reveal(), app.scope());
    };
  }

  static IdentitySourceSettings okta(HcmRouteSettings settings, IdentitySource source) {
    OktaSettings tenant =
        OktaSettings.forSessions(
            source.url(),
            HrRoute.auth(source.credential(), IdentitySourceSettings.SCOPES),
            true,
            settings.patience());
    return new IdentitySourceSettings(
        tenant,
        source.id(),
        WorkerPlanner.ATTRIBUTES,
        source.batchSize(),
        source.pageSize(),
        source.safeguardPercent());
  }

  /** What the engine works. */
  Instance instance() {
    return instance;
  }

  /** The settings it was put together with. */
  HcmRouteSettings settings() {
    return settings;
  }

  /** Who is asked for people of this kind. */
  PolledSource polled(HcmRun.Kind kind) {
    return switch (kind) {
      case ACTIVE -> active;
      case LEAVERS -> leavers;
    };
  }

  /** What was read. */
  HcmStage stage() {
    return stage;
  }

  /** The only host under which its Oracle HCM may be worked. */
  List<String> environments() {
    URI url = settings.hcm().url();
    return List.of(Objects.requireNonNull(url.getHost()));
  }

  /** What forgets a person here. */
  List<Erasing> erasing(Database database) {
    return List.of(
        new HcmErasing(database.jdbc(), settings.source()),
        new AcceptedErasing(database.jdbc(), identitySource, settings.source()));
  }

  @Override
  public void close() {
    try (hcm;
        okta) {
      // Both are closed, also when the first one fails.
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
