package dev.rollcall.demo;

import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Starts the processes of a demo, each at the port where it was last, and waits until they answer.
 */
final class Launcher {

  static final String SERVICE = "service";
  static final String SIMULATORS = "simulators";

  /** Where Okta is; it runs in the process of the simulators. */
  static final String OKTA = "okta";

  /** The secret with which Rollcall calls Okta. */
  static final String OKTA_TOKEN = "okta-token";

  private static final int PREFERRED_PORT = 8480;
  private static final Duration STARTING = Duration.ofSeconds(90);

  private final DemoFiles files;
  private final Path simulatorsJar;

  Launcher(DemoFiles files, Path simulatorsJar) {
    this.files = files;
    this.simulatorsJar = simulatorsJar;
  }

  /**
   * Starts all simulators in one process.
   *
   * @param hr the database in which PeopleSoft HR's tables are made
   * @throws DemoFailure when they do not come up; names the log to look into
   */
  void simulators(HrDatabase hr, LocalPostgres postgres) throws IOException {
    if (!Files.isReadable(simulatorsJar)) {
      throw new DemoFailure(
          "The simulators are not there: " + simulatorsJar + "; build them with 'mvn package'",
          null);
    }
    Path log = files.log(SIMULATORS);
    Files.deleteIfExists(log);
    Process process =
        Processes.start(
            List.of(
                "-XX:+UseSerialGC",
                "-jar",
                simulatorsJar.toString(),
                "--port",
                Integer.toString(lastPort(SIMULATORS)),
                "--okta-port",
                Integer.toString(lastPort(OKTA)),
                "--hr-url",
                hr.url(),
                "--hr-user",
                LocalPostgres.USER,
                "--state",
                files.simulatorState().toString()),
            Map.of(
                "ROLLCALL_SIMULATORS_HR_PASSWORD",
                postgres.password(),
                "ROLLCALL_SIMULATORS_OKTA_TOKEN",
                Files.readString(files.secret(OKTA_TOKEN))),
            log);
    JsonNode told = new JsonMapper().readTree(awaitLine(process, log, "{\"peoplesoft\""));
    files.remember(OKTA, new DemoFiles.Running(process.pid(), told.path("okta").asString()));
    files.remember(
        SIMULATORS, new DemoFiles.Running(process.pid(), told.path("peoplesoft").asString()));
  }

  /**
   * Starts the service with the settings of the demo.
   *
   * @throws DemoFailure when it does not come up or refuses to work
   */
  void service() throws IOException {
    int port = files.lastKnown(SERVICE).map(Launcher::port).orElse(PREFERRED_PORT);
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
            Map.of(),
            log);
    JsonNode answer = new JsonMapper().readTree(awaitLine(process, log, "{\"url\""));
    files.remember(SERVICE, new DemoFiles.Running(process.pid(), answer.path("url").asString()));
    if (answer.has("refused")) {
      throw new DemoFailure(answer.path("refused").asString(), null);
    }
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

  /** Where it was last, when that is free; else 0, which takes any. */
  private int lastPort(String process) {
    return files.lastKnown(process).map(Launcher::port).filter(Launcher::isFree).orElse(0);
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
