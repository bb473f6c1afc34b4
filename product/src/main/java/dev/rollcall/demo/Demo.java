package dev.rollcall.demo;

import dev.rollcall.access.Users;
import dev.rollcall.app.Databases;
import dev.rollcall.app.FirstPassword;
import dev.rollcall.app.Home;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service and the simulators around it, on this machine, each in a process of its own. */
public final class Demo {

  private static final String SERVICE = "service";
  private static final String SIMULATORS = "simulators";
  private static final int PREFERRED_PORT = 8480;
  private static final Duration STARTING = Duration.ofSeconds(90);

  private final Home home;
  private final DemoFiles files;
  private final LocalPostgres postgres;
  private final Path simulatorsJar;

  private Demo(Home home, DemoFiles files, Path simulatorsJar) {
    this.home = home;
    this.files = files;
    this.postgres = Databases.local(home);
    this.simulatorsJar = simulatorsJar;
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
    return files.running(SERVICE).isPresent();
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
    DemoFiles.Running simulators =
        files.running(SIMULATORS).orElseGet(() -> launch(this::startSimulators));
    writeSettings(simulators.url());
    DemoFiles.Running service = files.running(SERVICE).orElseGet(() -> launch(this::startService));
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
        Map.of("peoplesoft", simulators.url()),
        Map.of("rollcall", jdbc),
        first.map(Users.Fresh::user).orElse(null),
        first.map(Users.Fresh::password).orElse(null));
  }

  /** Plays the scenario unless the simulator has people already; does not wait for its end. */
  public void playOnce(Addresses addresses, Scenario scenario) {
    try (SimulatorApi api = new SimulatorApi(simulatorOf(addresses))) {
      if (scenario.people() > 0 && api.get("/_control/people").isEmpty()) {
        scenario.begin(api);
      }
    }
  }

  /**
   * Waits until the scenario was played and nothing waits any more, then reads and compares.
   *
   * @throws DemoFailure when it does not come to an end in time
   */
  public DemoReport report(Addresses addresses, Duration atMost) {
    String jdbc = addresses.jdbc().getOrDefault("rollcall", "");
    try (SimulatorApi api = new SimulatorApi(simulatorOf(addresses));
        Database database = Database.external(jdbc, null, null, 2)) {
      Scenario.awaitEnd(api, atMost);
      DemoTruth truth = new DemoTruth(database);
      truth.awaitIdle(atMost);
      return truth.compare(api);
    }
  }

  private static String simulatorOf(Addresses addresses) {
    return addresses.simulators().getOrDefault("peoplesoft", "");
  }

  /** Stops service and simulators; what they stored stays. */
  public boolean stop() throws IOException {
    boolean any = false;
    for (String process : List.of(SERVICE, SIMULATORS)) {
      Optional<DemoFiles.Running> running = files.running(process);
      running.ifPresent(one -> Processes.end(one.pid()));
      any |= running.isPresent();
    }
    return any;
  }

  /** Stops it and forgets all it stored. */
  public void reset() throws IOException {
    stop();
    files.forget(SERVICE);
    files.forget(SIMULATORS);
    postgres.dropDatabase(files.database());
    Trees.delete(files.simulatorState());
  }

  private interface Start {
    DemoFiles.Running run() throws IOException;
  }

  private static DemoFiles.Running launch(Start start) {
    try {
      return start.run();
    } catch (IOException failure) {
      throw new DemoFailure("A process could not be started: " + failure.getMessage(), failure);
    }
  }

  private DemoFiles.Running startSimulators() throws IOException {
    if (!Files.isReadable(simulatorsJar)) {
      throw new DemoFailure(
          "The simulators are not there: " + simulatorsJar + "; build them with 'mvn package'",
          null);
    }
    Path log = files.log(SIMULATORS);
    Files.deleteIfExists(log);
    int port = files.lastKnown(SIMULATORS).map(Demo::port).filter(Demo::isFree).orElse(0);
    Process process =
        Processes.start(
            List.of(
                "-XX:+UseSerialGC",
                "-jar",
                simulatorsJar.toString(),
                "--port",
                Integer.toString(port),
                "--state",
                files.simulatorState().toString()),
            log);
    String line = awaitLine(process, log, "{\"peoplesoft\"");
    String url = new JsonMapper().readTree(line).path("peoplesoft").asString();
    DemoFiles.Running running = new DemoFiles.Running(process.pid(), url);
    files.remember(SIMULATORS, running);
    return running;
  }

  private DemoFiles.Running startService() throws IOException {
    int port = files.lastKnown(SERVICE).map(Demo::port).orElse(PREFERRED_PORT);
    files.forget(SERVICE);
    Path log = files.log(SERVICE);
    Files.deleteIfExists(log);
    Process process =
        Processes.start(
            List.of(
                "-XX:+UseSerialGC",
                "-Xmx320m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.rollcall.cli.Rollcall",
                "serve",
                "--config",
                files.settings().toString(),
                "--port",
                Integer.toString(isFree(port) ? port : 0),
                "--json"),
            log);
    String line = awaitLine(process, log, "{\"url\"");
    JsonNode answer = new JsonMapper().readTree(line);
    DemoFiles.Running running = new DemoFiles.Running(process.pid(), answer.path("url").asString());
    files.remember(SERVICE, running);
    if (answer.has("refused")) {
      throw new DemoFailure(answer.path("refused").asString(), null);
    }
    return running;
  }

  /** The first line of the log that begins like this; the process says it when it is ready. */
  private static String awaitLine(Process process, Path log, String beginning) throws IOException {
    Instant end = Instant.now().plus(STARTING);
    while (Instant.now().isBefore(end)) {
      for (String line : Files.readString(log, StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith(beginning) && line.endsWith("}")) {
          return line;
        }
      }
      try {
        if (process.waitFor(Duration.ofMillis(50))) {
          throw new DemoFailure(
              "A process ended instead of starting; the end of " + log + ":\n" + tail(log), null);
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("Interrupted while starting", stop);
      }
    }
    Processes.end(process.pid());
    throw new DemoFailure("A process did not start in time; see " + log, null);
  }

  private static String tail(Path log) throws IOException {
    List<String> lines = Files.readString(log).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
  }

  private void writeSettings(String simulator) throws IOException {
    String yaml =
        """
        # Written by the demo; changed settings are written over.
        demo: yes
        database:
          url: local
          name: DATABASE
        simulators:
          peoplesoft: SIMULATOR
        instances:
          campus:
            route: campus-to-repository
            itResource: PSFT Campus
        """;
    yaml = yaml.replace("DATABASE", files.database()).replace("SIMULATOR", simulator);
    Files.writeString(files.settings(), yaml);
  }

  private static int port(DemoFiles.Running running) {
    return URI.create(running.url()).getPort();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
