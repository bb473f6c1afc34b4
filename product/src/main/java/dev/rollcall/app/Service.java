package dev.rollcall.app;

import dev.rollcall.access.Access;
import dev.rollcall.access.Users;
import dev.rollcall.app.log.Logging;
import dev.rollcall.config.Secret;
import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.guard.Objection;
import dev.rollcall.web.HealthParts;
import dev.rollcall.web.Web;
import dev.rollcall.web.WebParts;
import dev.rollcall.web.tls.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One running process of Rollcall. */
public final class Service implements AutoCloseable {

  private final Database database;
  private final Parts parts;
  private final Access access;
  private final Users.@Nullable Fresh first;
  private final Web web;
  private final @Nullable Tls tls;
  private final @Nullable DemoClock demoClock;
  private final String token;

  private Service(
      Database database,
      Parts parts,
      Access access,
      Users.@Nullable Fresh first,
      Web web,
      @Nullable Tls tls,
      @Nullable DemoClock demoClock,
      String token) {
    this.database = database;
    this.parts = parts;
    this.access = access;
    this.first = first;
    this.web = web;
    this.tls = tls;
    this.demoClock = demoClock;
    this.token = token;
  }

  /**
   * Starts everything, or nothing.
   *
   * @param port instead of the one in the settings; null to take that
   * @param skew how wrong this machine's clock is made to be; zero outside a demo
   */
  public static Service start(Settings settings, Home home, @Nullable Integer port, Duration skew) {
    return start(() -> settings, home, port, skew);
  }

  /**
   * Starts everything, or nothing.
   *
   * @param reader reads the settings, now and whenever they are to be taken again
   * @param port instead of the one in the settings; null to take that
   * @param skew how wrong this machine's clock is made to be; zero outside a demo
   */
  public static Service start(
      Supplier<Settings> reader, Home home, @Nullable Integer port, Duration skew) {
    Settings settings = reader.get();
    Logging.start(settings.log());
    Tls tls = Https.of(settings, home).orElse(null);
    Database database = Databases.open(settings.database(), home);
    DemoClock demoClock =
        settings.demo() ? new DemoClock(database, settings.simulators().values(), skew) : null;
    try {
      Clock clock = demoClock == null ? Clock.systemUTC() : demoClock;
      Parts parts = Parts.assemble(database, settings, clock, node());
      String token = token(settings, home);
      FirstPassword kept = FirstPassword.of(home, database);
      Access access =
          Access.assemble(
              database,
              Clock.systemUTC(), // a demo that goes forward ends nobody's session
              parts.audit(),
              settings.signIn(),
              token,
              kept::forget);
      Web web =
          Web.start(
              webParts(settings, parts, new Reload(reader, settings, parts), demoClock, access),
              settings.http().address(),
              port == null ? settings.http().port() : port,
              tls);
      Optional<Users.Fresh> first = access.users().first(!settings.demo());
      first.ifPresent(kept::keep);
      parts.engine().start();
      parts.scheduler().start();
      return new Service(database, parts, access, first.orElse(null), web, tls, demoClock, token);
    } catch (RuntimeException failure) {
      if (tls != null) {
        tls.close();
      }
      if (demoClock != null) {
        demoClock.close();
      }
      database.close();
      throw failure;
    }
  }

  private static WebParts webParts(
      Settings settings, Parts parts, Reload reload, @Nullable DemoClock demoClock, Access access) {
    return new WebParts(
        parts.clock(),
        parts.lookup(),
        parts.links(),
        parts.audit(),
        parts.environment(),
        parts.gate(),
        parts.environmentAdoption(),
        parts.intake(),
        parts.requests(),
        parts.lines(),
        parts.sessions(),
        parts.pauses(),
        parts.holds(),
        parts.consents(),
        parts.preview(),
        parts.adoption(),
        parts.fullLoad(),
        parts.watches(),
        parts.housekeeping(),
        parts.schedule(),
        parts.roles(),
        parts.seeding(),
        parts.resolutions(),
        parts.findings(),
        parts.review(),
        parts.auditSearch(),
        parts.erasure(),
        parts.instances(),
        parts.states(),
        parts.budgets(),
        reload,
        demoClock,
        settings.listener().maxBytes(),
        parts.pages().telling(reload::shown),
        access,
        new HealthParts(parts.database(), parts.engine().outcomes()),
        settings.http().trustedProxies());
  }

  private static String token(Settings settings, Home home) {
    Secret set = settings.http().token();
    if (set != null) {
      return set.reveal();
    }
    try {
      return home.token();
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "The token cannot be kept in " + home.directory() + ": " + failure.getMessage(), failure);
    }
  }

  private static String node() {
    return "pid " + ProcessHandle.current().pid();
  }

  /** Where it answers. */
  public int port() {
    return web.port();
  }

  /** What the REST API asks for. */
  public String token() {
    return token;
  }

  /** What answers. */
  public Web web() {
    return web;
  }

  /** Who may come in. */
  public Access access() {
    return access;
  }

  /** The first user, when this process made it; the password is told nowhere else again. */
  public Optional<Users.Fresh> first() {
    return Optional.ofNullable(first);
  }

  /** Why nothing is worked here; empty when all is well. */
  public Optional<String> objection() {
    return parts.environment().objection().map(Objection::text);
  }

  /** What it is made of. */
  public Parts parts() {
    return parts;
  }

  /** Takes nothing more in, ends what is being worked, and stops. */
  @Override
  public void close() {
    web.close();
    parts.scheduler().close();
    if (tls != null) {
      tls.close();
    }
    parts.engine().close();
    parts.hr().forEach(HrRoute::close);
    parts.hcm().forEach(HcmRoute::close);
    if (demoClock != null) {
      demoClock.close();
    }
    database.close();
  }
}
