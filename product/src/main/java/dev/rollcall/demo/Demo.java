package dev.rollcall.demo;

import dev.rollcall.access.Users;
import dev.rollcall.app.Databases;
import dev.rollcall.app.FirstPassword;
import dev.rollcall.app.Home;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A service and the simulators around it, on this machine, each in a process of its own. */
public final class Demo {

  private static final String HR_PASSWORD = "hr-password";

  private final Home home;
  private final DemoFiles files;
  private final LocalPostgres postgres;
  private final HrDatabase hr;
  private final Launcher launcher;

  private Demo(Home home, DemoFiles files, Path simulatorsJar) {
    this.home = home;
    this.files = files;
    this.postgres = Databases.local(home);
    this.hr = new HrDatabase(postgres, files.hrDatabase());
    this.launcher = new Launcher(files, simulatorsJar);
  }

  /** The demo that runs in the background and keeps its data. */
  public static Demo background(Home home, Path simulatorsJar) throws IOException {
    return new Demo(home, DemoFiles.background(home), simulatorsJar);
  }

  /** The demo that begins from nothing each time. */
  public static Demo foreground(Home home, Path simulatorsJar) throws IOException {
    return new Demo(home, DemoFiles.foreground(home), simulatorsJar);
  }

  /** The settings of the background demo; empty when there never was one. */
  public static Optional<Path> settings(Home home) {
    return Optional.of(DemoFiles.backgroundSettings(home)).filter(Files::exists);
  }

  /**
   * Where everything is.
   *
   * @param pid the service's process
   * @param simulators control addresses by system
   * @param jdbc JDBC URLs with credentials, by database
   * @param user with whom to sign in, or null when that is known no more
   * @param password with which to sign in, or null once it was changed
   */
  public record Addresses(
      String url,
      String token,
      long pid,
      String config,
      Map<String, String> simulators,
      Map<String, String> jdbc,
      @Nullable String user,
      @Nullable String password) {
    public Addresses {
      simulators = Map.copyOf(simulators);
      jdbc = Map.copyOf(jdbc);
    }
  }

  /** Whether it is running now. */
  public boolean isRunning() {
    return files.running(Launcher.SERVICE).isPresent();
  }

  /**
   * Starts what does not run yet; what ran before comes back at its old port with its data.
   *
   * @throws DemoFailure when something does not come up; names the log to look into
   */
  public Addresses start() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                files.directory().resolve(".starting"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock one = channel.lock()) {
      if (!one.isValid()) {
        throw new IOException("the lock on " + files.directory() + " was lost");
      }
      return startMissing();
    }
  }

  /** Two at once would each start what the other starts, and write over each other's logs. */
  private Addresses startMissing() throws IOException {
    LocalPostgres.Server server = postgres.ensureRunning();
    hr.create();
    if (files.running(Launcher.SIMULATORS).isEmpty() || files.running(Launcher.OKTA).isEmpty()) {
      files.running(Launcher.SIMULATORS).ifPresent(old -> Processes.end(old.pid()));
      launcher.simulators(hr, postgres);
    }
    DemoFiles.Running simulators = running(Launcher.SIMULATORS);
    hr.letRollcallIn(Files.readString(files.secret(HR_PASSWORD)));
    if (settled()) {
      // What runs was started with other settings, as by an older version of the demo.
      files.running(Launcher.SERVICE).ifPresent(old -> Processes.end(old.pid()));
    }
    if (files.running(Launcher.SERVICE).isEmpty()) {
      launcher.service();
    }
    DemoFiles.Running service = running(Launcher.SERVICE);
    try (SimulatorApi api = new SimulatorApi(simulators.url())) {
      api.post("/_control/listener", Map.of("url", service.url() + "/PeopleSoftOIMListener"));
    }
    String jdbc =
        "%s?user=%s&password=%s"
            .formatted(server.jdbcUrl(files.database()), LocalPostgres.USER, postgres.password());
    Optional<Users.Fresh> first = FirstPassword.of(home, files.database()).read();
    return new Addresses(
        service.url(),
        home.token(),
        service.pid(),
        files.settings().toString(),
        Map.of("peoplesoft", simulators.url(), "okta", running(Launcher.OKTA).url()),
        Map.of("rollcall", jdbc, "hr", hr.urlOfOwner()),
        first.map(Users.Fresh::user).orElse(null),
        first.map(Users.Fresh::password).orElse(null));
  }

  /**
   * What was begun.
   *
   * @param unclear who waits for a person's decision; null when nobody does
   */
  public record Begun(Scenario scenario, @Nullable String unclear) {}

  /** Begins the scenario unless the simulators have people already; does not wait for its end. */
  public Begun begin(Addresses addresses, Scenario scenario) {
    @Nullable String unclear = null;
    try (SimulatorApi people = new SimulatorApi(address(addresses, "peoplesoft"));
        SimulatorApi okta = new SimulatorApi(address(addresses, "okta"))) {
      if (scenario.people() > 0) {
        if (people.get("/_control/people").isEmpty()) {
          scenario.begin(people);
        }
        unclear = scenario.hr().begin(people, okta).orElse(null);
      }
    }
    return new Begun(scenario, unclear);
  }

  /** From now on something happens in HR now and then. */
  public void goOn(Addresses addresses, Scenario scenario) {
    try (SimulatorApi people = new SimulatorApi(address(addresses, "peoplesoft"));
        SimulatorApi okta = new SimulatorApi(address(addresses, "okta"))) {
      if (scenario.people() > 0) {
        scenario.hr().goOn(people, okta);
      }
    }
  }

  /**
   * Waits until the scenario was played and nothing waits any more, then reads and compares.
   *
   * @throws DemoFailure when it does not come to an end in time
   */
  public DemoReport report(Addresses addresses, Begun begun, Duration atMost) {
    try (SimulatorApi people = new SimulatorApi(address(addresses, "peoplesoft"));
        SimulatorApi okta = new SimulatorApi(address(addresses, "okta"));
        Database database = database(addresses, "rollcall");
        Database source = database(addresses, "hr")) {
      DemoTruth truth = new DemoTruth(database);
      HrTruth hrTruth =
          new HrTruth(new RollcallSide(database), new HrSide(source), begun.unclear());
      hrTruth.awaitWorked(atMost);
      List<String> differences = new ArrayList<>();
      if (begun.scenario().people() > 0) {
        differences.addAll(begun.scenario().hr().change(people, begun.unclear()).doubts());
        hrTruth.awaitWorked(atMost);
      }
      Scenario.awaitEnd(people, atMost);
      truth.awaitIdle(atMost);
      Map<String, Object> campus = truth.numbers();
      HrTruth.Numbers numbers = hrTruth.numbers();
      JsonNode expected = HrScenario.expected(people);
      if (begun.scenario().people() > 0) {
        differences.addAll(HrTruth.doubts(expected));
      }
      differences.addAll(DemoReport.some(truth.compare(people)));
      differences.addAll(DemoReport.some(hrTruth.compare(expected, new OktaSide(okta), numbers)));
      return new DemoReport(
          Map.of("campus-to-repository", campus, "hr-to-okta", numbers.told()), differences);
    }
  }

  private static Database database(Addresses addresses, String name) {
    return Database.external(addresses.jdbc().getOrDefault(name, ""), null, null, 2);
  }

  private static String address(Addresses addresses, String simulator) {
    return addresses.simulators().getOrDefault(simulator, "");
  }

  /** Stops service and simulators; what they stored stays. */
  public boolean stop() throws IOException {
    boolean any = false;
    for (String process : List.of(Launcher.SERVICE, Launcher.SIMULATORS)) {
      Optional<DemoFiles.Running> running = files.running(process);
      running.ifPresent(one -> Processes.end(one.pid()));
      any |= running.isPresent();
    }
    return any;
  }

  /** Stops it and forgets all it stored. */
  public void reset() throws IOException {
    stop();
    for (String process : List.of(Launcher.SERVICE, Launcher.SIMULATORS, Launcher.OKTA)) {
      files.forget(process);
    }
    postgres.dropDatabase(files.database());
    hr.drop();
    Trees.delete(files.simulatorState());
  }

  private DemoFiles.Running running(String process) {
    return files
        .running(process)
        .orElseThrow(() ->
            new DemoFailure("The " + process + " ended again; see " + files.log(process), null));
  }

  /** Writes the settings; whether they are others than before. */
  private boolean settled() throws IOException {
    String yaml =
        """
        # Written by the demo; changed settings are written over.
        demo: yes
        database:
          url: local
          name: %s
        simulators:
          peoplesoft: %s
          okta: %s
        instances:
          campus:
            route: campus-to-repository
            itResource: PSFT Campus
          hr-to-okta:
            route: hr-to-okta
            every: 1s
            database: {url: "%s", user: %s, password: "file:%s"}
            tables: {group: CHG_GROUP}
            tenants:
              %s: {url: "%s", token: "file:%s"}
        """
            .formatted(
                files.database(),
                running(Launcher.SIMULATORS).url(),
                running(Launcher.OKTA).url(),
                hr.url(),
                hr.name(),
                files.secret(HR_PASSWORD),
                hr.name(),
                running(Launcher.OKTA).url(),
                files.secret(Launcher.OKTA_TOKEN));
    boolean others =
        !Files.exists(files.settings()) || !Files.readString(files.settings()).equals(yaml);
    if (others) {
      Files.writeString(files.settings(), yaml);
    }
    return others;
  }
}
