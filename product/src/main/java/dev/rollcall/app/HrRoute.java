package dev.rollcall.app;

import dev.rollcall.config.HrSettings;
import dev.rollcall.config.HrSettings.Credential;
import dev.rollcall.config.HrSettings.Mode;
import dev.rollcall.config.HrSettings.TableNames;
import dev.rollcall.config.HrSettings.Tenant;
import dev.rollcall.config.Secret;
import dev.rollcall.connector.okta.OktaAuth;
import dev.rollcall.connector.okta.OktaSettings;
import dev.rollcall.connector.okta.OktaTarget;
import dev.rollcall.connector.peoplesoftqueue.ChangeQuery;
import dev.rollcall.connector.peoplesoftqueue.CrossReference;
import dev.rollcall.connector.peoplesoftqueue.People;
import dev.rollcall.connector.peoplesoftqueue.PeopleSoftDatabase;
import dev.rollcall.connector.peoplesoftqueue.PersonQuery;
import dev.rollcall.connector.peoplesoftqueue.QueueColumn;
import dev.rollcall.connector.peoplesoftqueue.QueueSource;
import dev.rollcall.connector.peoplesoftqueue.QueueTables;
import dev.rollcall.connector.peoplesoftqueue.ViewSource;
import dev.rollcall.db.Database;
import dev.rollcall.http.HttpSender;
import dev.rollcall.plan.identity.IdentitySettings;
import dev.rollcall.plan.identity.IdentityTypePlanner;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.LineSource;
import dev.rollcall.spi.PolledSource;
import dev.rollcall.spi.Source;
import dev.rollcall.sync.CurrentPlanner;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.Outside;
import dev.rollcall.sync.budget.BudgetSettings;
import dev.rollcall.sync.budget.Pace;
import dev.rollcall.sync.budget.RateBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the route hr-to-okta: PeopleSoft's database, the tenant that belongs to the name
 * it calls itself, and what is between them.
 */
final class HrRoute implements AutoCloseable {

  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration ANSWERING = Duration.ofMinutes(1);
  private static final double WHOLE = 100;
  private static final int HTTPS = 443;

  private final HrSettings settings;
  private final String environment;
  private final PeopleSoftDatabase people;
  private final HttpSender sender;
  private final HrCrossReference copy;
  private final Source source;
  private final Instance instance;

  private HrRoute(
      HrSettings settings,
      String environment,
      PeopleSoftDatabase people,
      HttpSender sender,
      HrCrossReference copy,
      Source source,
      Instance instance) {
    this.settings = settings;
    this.environment = environment;
    this.people = people;
    this.sender = sender;
    this.copy = copy;
    this.source = source;
    this.instance = instance;
  }

  /**
   * Puts an instance together. PeopleSoft is asked for its name; while it cannot be asked nothing
   * is worked, and with several tenants nothing can be started, because it is not known which is
   * meant.
   *
   * @throws RefusedStart when it is not clear which tenant is meant
   */
  static HrRoute assemble(Database database, HrSettings settings, Clock clock) {
    PeopleSoftDatabase people = people(settings, clock);
    try {
      String environment = environment(settings, people);
      Tenant tenant = Objects.requireNonNull(settings.tenants().get(environment));
      QueueTables tables = tables(settings.tables());
      People persons =
          new People(people, query(settings), settings.source(), clock.withZone(settings.zone()));
      CrossReference reference = new CrossReference(people, tables);
      Source source = source(settings, people, tables, persons, reference, clock);
      IdentitySettings rules = HrPlanning.rules(settings, people, tables);
      HttpSender sender = new HttpSender(settings.okta().patience());
      String target = name(tenant.url());
      RateBudget budget =
          new RateBudget(
              database,
              clock,
              Pace.real(),
              new java.security.SecureRandom(),
              target,
              budget(settings.budget()));
      HrCrossReference copy = new HrCrossReference(reference, source, settings.source());
      Outside outside =
          new Outside(
              new OktaTarget(okta(settings, tenant, rules), sender, clock),
              budget,
              settings.okta().atOnce(),
              source instanceof LineSource lines ? lines : null,
              copy);
      Instance instance =
          Instance.outside(
              settings.name(),
              settings.source(),
              source,
              new CurrentPlanner(new IdentityTypePlanner(rules)),
              outside,
              target,
              settings.state(),
              settings.zone());
      return new HrRoute(settings, environment, people, sender, copy, source, instance);
    } catch (RuntimeException failure) {
      people.close();
      throw failure;
    }
  }

  static PeopleSoftDatabase people(HrSettings settings, Clock clock) {
    HrSettings.People people = settings.people();
    Secret password = people.password();
    return new PeopleSoftDatabase(
        new PeopleSoftDatabase.Settings(
            people.url().reveal(),
            people.user(),
            password == null ? null : password.reveal(),
            people.connections(),
            CONNECTING,
            ANSWERING,
            people.environment()),
        clock);
  }

  static String environment(HrSettings settings, PeopleSoftDatabase people) {
    Set<String> known = settings.tenants().keySet();
    try {
      String name = people.environment();
      return known.stream()
          .filter(name::equalsIgnoreCase)
          .findFirst()
          .orElseThrow(() ->
              new RefusedStart(
                  "The database of %s calls itself %s, and instances.%s.tenants has no row for that name, only for %s: nothing is started, so that no copy calls another's tenant"
                      .formatted(
                          settings.name(),
                          name,
                          settings.name(),
                          String.join(", ", settings.environments()))));
    } catch (ConnectorException away) {
      if (known.size() == 1) {
        return known.iterator().next();
      }
      throw new RefusedStart(
          "The database of %s cannot be asked what it calls itself, and instances.%s.tenants has several rows: %s"
              .formatted(settings.name(), settings.name(), away.getMessage()));
    }
  }

  static QueueTables tables(TableNames names) {
    QueueTables seed = QueueTables.ofTheSeed();
    Map<QueueColumn, String> columns = new EnumMap<>(QueueColumn.class);
    names.columns().forEach((usual, here) -> columns.put(QueueColumn.valueOf(usual), here));
    return new QueueTables(
        or(names.header(), seed.header()),
        or(names.lines(), seed.lines()),
        or(names.crossReference(), seed.crossReference()),
        or(names.identityTypes(), seed.identityTypes()),
        columns,
        names.group());
  }

  private static PersonQuery query(HrSettings settings) {
    PersonQuery shipped = PersonQuery.shipped();
    HrSettings.Queries queries = settings.queries();
    boolean own = queries.person() != null;
    return new PersonQuery(
        or(queries.person(), shipped.persons()),
        own || queries.identityTypes() != null ? queries.identityTypes() : shipped.identityTypes(),
        or(queries.everybody(), shipped.everybody()));
  }

  private static Source source(
      HrSettings settings,
      PeopleSoftDatabase people,
      QueueTables tables,
      People persons,
      CrossReference reference,
      Clock clock) {
    return switch (settings.mode()) {
      case QUEUE -> new QueueSource(people, tables, persons);
      case VIEW ->
          new ViewSource(
              people,
              persons,
              ChangeQuery.of(or(settings.queries().changes(), "")),
              reference,
              clock.withZone(settings.zone()));
    };
  }

  static OktaSettings okta(HrSettings settings, Tenant tenant, IdentitySettings rules) {
    return new OktaSettings(
        tenant.url(),
        auth(tenant.credential(), OktaAuth.ServiceApp.SCOPES),
        rules.correlation(),
        rules.managedGroups(),
        settings.okta().loginIsEmail(),
        settings.okta().sendEmail(),
        settings.okta().patience());
  }

  /** Signs in with this credential, and asks for these scopes where none are set. */
  static OktaAuth auth(Credential credential, Set<String> usual) {
    return switch (credential) {
      case Credential.ApiToken(Secret token) -> new OktaAuth.ApiToken(token.reveal());
      case Credential.ServiceApp app ->
          new OktaAuth.ServiceApp(
              app.clientId(),
              app.key().reveal(),
              app.keyId(),
              app.scopes().isEmpty() ? usual : app.scopes(),
              app.dpop());
    };
  }

  static BudgetSettings budget(HrSettings.Budget budget) {
    return new BudgetSettings(
        budget.reserve() / WHOLE, budget.limits(), BudgetSettings.DEFAULT_PATIENCE);
  }

  private static String or(@Nullable String given, String otherwise) {
    return given == null ? otherwise : given;
  }

  /**
   * A tenant's name as a target system: its host, with the port where that is not the usual one.
   */
  static String name(URI tenant) {
    String host = String.valueOf(tenant.getHost()).toLowerCase(Locale.ROOT);
    boolean usual = tenant.getPort() < 0 || tenant.getPort() == HTTPS;
    return usual ? host : host + ":" + tenant.getPort();
  }

  /** What the engine works. */
  Instance instance() {
    return instance;
  }

  /** The settings it was put together with. */
  HrSettings settings() {
    return settings;
  }

  /** The only name under which its database may be worked. */
  List<String> environments() {
    return List.of(environment);
  }

  /** The source, when its lines are taken over. */
  @Nullable LineSource lines() {
    return settings.mode() == Mode.QUEUE && source instanceof LineSource lines ? lines : null;
  }

  /** The source, when it is asked who changed. */
  @Nullable PolledSource polled() {
    return settings.mode() == Mode.VIEW && source instanceof PolledSource polled ? polled : null;
  }

  /** PeopleSoft's own copy of the links. */
  HrCrossReference copy() {
    return copy;
  }

  @Override
  public void close() {
    people.close();
    try {
      sender.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
