package dev.rollcall.survival;

import dev.rollcall.cli.Rollcall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.json.JsonMapper;

/** One service in a JVM of its own. */
final class Node implements AutoCloseable {

  private static final Duration STARTING = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;
  private final CompletableFuture<URI> url = new CompletableFuture<>();

  private Node(Process process, Path log) {
    this.process = process;
    this.log = log;
    // Reading a pipe holds on to what carries virtual threads, and there may be no other.
    Thread.ofPlatform().daemon().start(this::readAnswer);
  }

  static Node start(SurvivalHome home, String name, List<String> more) {
    Path log = home.log(name);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(List.of(Rollcall.class.getName(), "serve", "--json", "--port", "0"));
    command.addAll(List.of("--config", home.settings().toString()));
    command.addAll(more);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("ROLLCALL_HOME", home.directory().toString());
    try {
      return new Node(builder.start(), log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void readAnswer() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("{\"url\"")) {
          url.complete(URI.create(new JsonMapper().readTree(line).path("url").asString()));
        }
      }
    } catch (IOException ended) {
      // Its pipe broke with it.
    }
    url.completeExceptionally(new IllegalStateException("it ended; see " + log));
  }

  /** Where it answers: waits until it does. */
  URI url() {
    try {
      return url.get(STARTING.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException failure) {
      throw new IllegalStateException("A node did not start", failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** Where it answers, if it does so already. */
  Optional<URI> urlNow() {
    return url.isDone() && !url.isCompletedExceptionally() && process.isAlive()
        ? Optional.of(url.join())
        : Optional.empty();
  }

  long pid() {
    return process.pid();
  }

  /** As the event and claim tables know it. */
  String nodeName() {
    return "pid " + pid();
  }

  CompletableFuture<?> onExit() {
    return process.onExit();
  }

  /** As the kernel does it when memory runs out. */
  void kill() {
    process.toHandle().destroyForcibly();
  }

  /** Stops it in the middle of whatever it does; it does not notice. */
  boolean pause() {
    return Signals.send("STOP", pid());
  }

  /** Lets it go on as if no time had passed. */
  boolean resume() {
    return Signals.send("CONT", pid());
  }

  /** Asks it to end, and waits for that; answers with how long it took. */
  Duration terminate() {
    long start = System.nanoTime();
    process.toHandle().destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A node did not end within a minute; see " + log);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public void close() {
    kill(); // works on a paused one too
    process.onExit().join();
  }
}
