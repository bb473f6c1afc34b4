package dev.rollcall.demo;

import dev.rollcall.app.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where one demo keeps its things.
 *
 * @param directory below the home; demos in the background and demos played once do not share one
 */
record DemoFiles(Path directory, String database) {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String BACKGROUND = "demo";
  private static final String SETTINGS = "rollcall.yaml";
  private static final int SECRET_BYTES = 24;

  /** The demo that runs in the background until it is told to stop. */
  static DemoFiles background(Home home) throws IOException {
    return in(home, BACKGROUND, "rollcall_demo");
  }

  /** Where the settings of that demo are, if there ever was one. */
  static Path backgroundSettings(Home home) {
    return home.directory().resolve(BACKGROUND).resolve(SETTINGS);
  }

  /** The demo that begins from nothing each time. */
  static DemoFiles foreground(Home home) throws IOException {
    return in(home, "demo-once", "rollcall_demo_once");
  }

  private static DemoFiles in(Home home, String name, String database) throws IOException {
    return new DemoFiles(Files.createDirectories(home.directory().resolve(name)), database);
  }

  /** The database that PeopleSoft HR is. */
  String hrDatabase() {
    return database + "_hr";
  }

  /**
   * A file with a secret that is made when it is first asked for; only its owner can read it.
   *
   * @return the file, with the secret and nothing else in it
   */
  Path secret(String name) throws IOException {
    Path file = directory.resolve(name + ".secret");
    if (!Files.exists(file)) {
      byte[] random = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      Home.writePrivately(file, HexFormat.of().formatHex(random));
    }
    return file;
  }

  Path settings() {
    return directory.resolve(SETTINGS);
  }

  Path simulatorState() {
    return directory.resolve("simulators");
  }

  Path log(String process) {
    return directory.resolve(process + ".log");
  }

  /** What a running process says of itself. */
  record Running(long pid, String url) {
    /** Whether that very process is still there. */
    boolean alive() {
      return ProcessHandle.of(pid)
          .filter(ProcessHandle::isAlive)
          .flatMap(process -> process.info().command())
          .map(command -> command.endsWith("java"))
          .orElse(false);
    }
  }

  Path runningFile(String process) {
    return directory.resolve(process + ".json");
  }

  /** The process of this name if it is running. */
  Optional<Running> running(String process) {
    return lastKnown(process).filter(Running::alive);
  }

  /** The process of this name as it last ran. */
  Optional<Running> lastKnown(String process) {
    try {
      return Optional.of(JSON.readValue(Files.readString(runningFile(process)), Running.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | JacksonException unreadable) {
      return Optional.empty();
    }
  }

  void remember(String process, Running running) throws IOException {
    Home.writePrivately(runningFile(process), JSON.writeValueAsString(running));
  }

  void forget(String process) throws IOException {
    Files.deleteIfExists(runningFile(process));
  }
}
