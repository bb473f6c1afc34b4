package dev.rollcall.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line in processes of its own, with a home of its own; nothing outlives it. */
final class CommandProcess implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long PATIENCE_SECONDS = 90;

  private final Path home;
  private final List<Process> started = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  CommandProcess() {
    try {
      home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cli-home");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Path home() {
    return home;
  }

  /** What a command did. */
  record Done(int exit, String out, String err) {

    /** The one JSON value, which has to be all there is on stdout. */
    JsonNode json() {
      if (out.lines().count() != 1) {
        throw new AssertionError("not one line: " + this);
      }
      return JSON.readTree(out);
    }
  }

  /** From now on the commands have this in their environment. */
  CommandProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** From now on they do not. */
  CommandProcess without(String variable) {
    environment.remove(variable);
    return this;
  }

  Done run(String... arguments) {
    return runIn(home, arguments);
  }

  Done runIn(Path otherHome, String... arguments) {
    return runWithInput("", otherHome, arguments);
  }

  /** As {@link #run}, with this on standard input. */
  Done runWithInput(String input, String... arguments) {
    return runWithInput(input, home, arguments);
  }

  private Done runWithInput(String input, Path otherHome, String... arguments) {
    try {
      Path in = Files.writeString(Files.createTempFile(home, "in", ".txt"), input);
      Path out = Files.createTempFile(home, "out", ".txt");
      Path err = Files.createTempFile(home, "err", ".txt");
      Process process =
          builder(otherHome, arguments)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      started.add(process);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            "still running: " + List.of(arguments) + "\n" + Files.readString(err));
      }
      return new Done(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  /** Starts a command that does not end by itself; what it prints goes to this file. */
  Process start(Path out, String... arguments) {
    return start(out, ProcessBuilder.Redirect.DISCARD, arguments);
  }

  /** The same, with what it says beside it in another file. */
  Process start(Path out, ProcessBuilder.Redirect err, String... arguments) {
    return startIn(home, out, err, arguments);
  }

  /** The same in another home. */
  Process startIn(Path otherHome, Path out, ProcessBuilder.Redirect err, String... arguments) {
    try {
      Process process =
          builder(otherHome, arguments).redirectOutput(out.toFile()).redirectError(err).start();
      started.add(process);
      return process;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The arguments that begin the command line in a JVM of its own. */
  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add(
        "-Drollcall.simulators="
            + Path.of("../simulators/target/rollcall-simulators.jar").toAbsolutePath());
    command.addAll(List.of("-cp", productClassPath()));
    command.add("dev.rollcall.cli.Rollcall");
    command.addAll(List.of(arguments));
    return command;
  }

  /** Without the tests: their logging would hide what a user sees. */
  private static String productClassPath() {
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(System.getProperty("java.class.path"))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private ProcessBuilder builder(Path otherHome, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(command(arguments));
    builder.environment().put("ROLLCALL_HOME", otherHome.toString());
    List.of("ROLLCALL_URL", "ROLLCALL_TOKEN", "ROLLCALL_CA").forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder;
  }

  Path file(String name, String text) {
    try {
      return Files.writeString(home.resolve(name), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    run("down");
    started.forEach(Process::destroyForcibly);
    try (var files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
