package dev.rollcall.app;

import dev.rollcall.config.HcmRouteSettings;
import dev.rollcall.config.HrSettings;
import dev.rollcall.config.InvalidSettings;
import dev.rollcall.config.Settings;
import dev.rollcall.config.Settings.InstanceSettings;
import dev.rollcall.config.Settings.WatchSettings;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.db.DatabaseException;
import dev.rollcall.db.LocalPostgresException;
import dev.rollcall.files.WatchedPlace;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.http.Trust;
import dev.rollcall.web.tls.BadCertificate;
import dev.rollcall.web.tls.ShownCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks whether Rollcall can work with these settings here; changes nothing in the database. */
public final class Check {

  /** What is looked at under this name forbids sending when it is not well. */
  public static final String ENVIRONMENT = "environment";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Home home;
  private final Map<String, String> environment;

  public Check(Home home, Map<String, String> environment) {
    this.home = home;
    this.environment = Map.copyOf(environment);
  }

  /**
   * One thing looked at.
   *
   * @param instance the instance it belongs to, null for the service as a whole
   * @param reason what was found, and the way out where it is not well
   */
  public record Result(@Nullable String instance, String check, boolean ok, String reason) {}

  /**
   * Looks at everything that the settings name.
   *
   * @param only the one instance to look at, null for all
   */
  public List<Result> run(Path file, @Nullable String only) {
    List<Result> results = new ArrayList<>();
    Settings settings;
    try {
      settings = new SettingsFile(environment).read(file);
    } catch (InvalidSettings wrong) {
      results.add(new Result(null, "configuration", false, String.valueOf(wrong.getMessage())));
      return results;
    }
    results.add(new Result(null, "configuration", true, file + " is understood"));
    results.add(files());
    List<String> instances =
        settings.instances().stream()
            .map(InstanceSettings::name)
            .filter(name -> only == null || only.equals(name))
            .toList();
    database(settings, instances, results);
    Optional<ShownCertificate> shown = Optional.empty();
    try {
      shown = Https.files(settings).map(ShownCertificate::read);
      shown.ifPresent(certificate -> results.add(certificate(certificate)));
    } catch (BadCertificate bad) {
      results.add(new Result(null, "certificate", false, String.valueOf(bad.getMessage())));
    }
    Trust trust = new Trust(shown.map(ShownCertificate::chain).orElse(List.of()));
    String address =
        Https.scheme(settings) + "://" + settings.http().address() + ":" + settings.http().port();
    boolean answers = answers(address, trust);
    results.add(answers ? running(address) : place(settings, address));
    for (InstanceSettings instance : settings.instances()) {
      if (instances.contains(instance.name())) {
        results.add(listener(instance, settings, address, answers, trust));
        if (instance.watch() != null) {
          results.add(watch(instance.name(), instance.watch()));
        }
      }
    }
    for (HrSettings instance : settings.hr()) {
      if (only == null || only.equals(instance.name())) {
        results.addAll(HrCheck.run(instance));
      }
    }
    for (HcmRouteSettings instance : settings.hcm()) {
      if (only == null || only.equals(instance.name())) {
        results.addAll(HcmRouteCheck.run(instance));
      }
    }
    return results;
  }

  private Result files() {
    try {
      List<Path> opened = home.opened();
      return opened.isEmpty()
          ? new Result(
              null, "files", true, "the secrets in " + home.directory() + " are its owner's")
          : new Result(
              null,
              "files",
              false,
              "others than its owner may use "
                  + opened.stream().map(Path::toString).collect(Collectors.joining(" and "))
                  + "; chmod 600 it, and change what it holds");
    } catch (IOException failure) {
      return new Result(
          null, "files", false, home.directory() + " cannot be looked at: " + failure.getMessage());
    }
  }

  /** The database, and whether it and the sources are what they were. */
  private void database(Settings settings, List<String> instances, List<Result> results) {
    try (Database database = Databases.connect(settings.database(), home)) {
      String name =
          database
              .jdbc()
              .sql(
                  "select current_database() || ', PostgreSQL ' || current_setting('server_version')")
              .query(String.class)
              .single();
      results.add(new Result(null, "database", true, name));
      Clock clock = Clock.systemUTC();
      results.add(environment(Parts.environment(database, settings, clock).look()));
      SourceLock sources = new SourceLock(database.jdbc(), clock, Parts.environments(settings));
      for (String instance : instances) {
        results.add(new Result(instance, ENVIRONMENT, true, sources.standing(instance)));
      }
    } catch (DatabaseException | LocalPostgresException failure) {
      results.add(new Result(null, "database", false, String.valueOf(failure.getMessage())));
    }
  }

  /** A warning is no failure: the service starts all the same. */
  private static Result certificate(ShownCertificate shown) {
    return new Result(
        null,
        "certificate",
        true,
        shown
            .warning(Clock.systemUTC().instant())
            .map(warning -> "warning: " + warning)
            .orElseGet(shown::description));
  }

  private static Result environment(EnvironmentLock.Standing standing) {
    String where =
        standing.bound()
            ? "the database is where it is bound"
            : "the database is bound to this place when the service first starts";
    return standing
        .objection()
        .map(objection -> new Result(null, ENVIRONMENT, false, objection.text()))
        .orElseGet(() -> new Result(null, ENVIRONMENT, true, where));
  }

  private static Result running(String address) {
    return new Result(null, "service", true, "answers at " + address);
  }

  private static Result place(Settings settings, String address) {
    try (ServerSocket free =
        new ServerSocket(
            settings.http().port(), 1, InetAddress.getByName(settings.http().address()))) {
      return new Result(
          null,
          "service",
          true,
          "does not run; " + address + " is free" + (free.isBound() ? "" : "?"));
    } catch (IOException taken) {
      return new Result(
          null,
          "service",
          false,
          address + " cannot be used: " + taken.getMessage() + "; set http.address and http.port");
    }
  }

  private static Result listener(
      InstanceSettings instance, Settings settings, String address, boolean answers, Trust trust) {
    String resource = "IT resource '" + instance.itResource() + "'";
    if (!instance.active()) {
      return new Result(
          instance.name(), "listener", false, resource + " is not active: set isActive to yes");
    }
    if (!answers) {
      return new Result(
          instance.name(), "listener", true, resource + " will be taken when the service runs");
    }
    if (!instance.senders().allowed().isEmpty()) {
      return new Result(
          instance.name(),
          "listener",
          true,
          resource + " is taken from " + instance.senders().allowed() + " only; not tried");
    }
    Map<String, String> headers = new HashMap<>();
    headers.put("OperationType", "ping");
    headers.put(settings.listener().itResourceHeader(), instance.itResource());
    instance.senders().authorization().ifPresent(value -> headers.put("Authorization", value));
    try (HttpSender sender = new HttpSender(PATIENCE, trust)) {
      Exchange ping =
          sender.send("POST", URI.create(address + "/PeopleSoftOIMListener"), headers, "");
      return new Result(
          instance.name(),
          "listener",
          ping.success(),
          ping.success() ? resource + " is taken" : "a ping was answered " + ping.body());
    } catch (IOException failure) {
      return new Result(instance.name(), "listener", false, "a ping failed: " + failure);
    }
  }

  private static Result watch(String instance, WatchSettings watch) {
    WatchedPlace place = new WatchedPlace(watch.directory(), watch.archive());
    Optional<String> trouble = place.trouble().or(place::tryMove);
    return new Result(
        instance,
        "watch",
        trouble.isEmpty(),
        trouble.orElse(
            "files put in %s are loaded and moved to %s"
                .formatted(watch.directory(), watch.archive())));
  }

  private static boolean answers(String address, Trust trust) {
    try (HttpSender sender = new HttpSender(PATIENCE, trust)) {
      return sender.send("GET", URI.create(address + "/health"), Map.of(), null).success();
    } catch (IOException nobody) {
      return false;
    }
  }
}
