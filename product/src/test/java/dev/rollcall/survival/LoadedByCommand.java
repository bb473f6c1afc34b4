package dev.rollcall.survival;

import dev.rollcall.cli.Rollcall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Commands in JVMs of their own, one at a time, that somebody else may kill. */
final class LoadedByCommand {

  private static final JsonMapper JSON = new JsonMapper();

  private final SurvivalHome home;
  private volatile @Nullable Process running;

  LoadedByCommand(SurvivalHome home) {
    this.home = home;
  }

  /** What {@code rollcall load} answered; empty when it was killed or could not end. */
  Optional<JsonNode> load(Path directory) throws IOException, InterruptedException {
    return lines("load", SurvivalHome.INSTANCE, directory.toString(), "--json").stream()
        .filter(line -> line.startsWith("{\"files\""))
        .map(JSON::readTree)
        .findFirst();
  }

  /** Everybody, as {@code rollcall export} writes them. */
  List<JsonNode> export() throws IOException, InterruptedException {
    return lines("export", SurvivalHome.INSTANCE).stream().map(JSON::readTree).toList();
  }

  private List<String> lines(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home.directory(), "command", ".out");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Rollcall.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(home.log("command").toFile()));
    builder.environment().put("ROLLCALL_HOME", home.directory().toString());
    List.of("ROLLCALL_URL", "ROLLCALL_TOKEN").forEach(builder.environment()::remove);
    Process process = builder.start();
    running = process;
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("A command did not end; see " + home.log("command"));
      }
      return Files.readAllLines(out);
    } finally {
      running = null;
      process.destroyForcibly();
    }
  }

  /** Whether there was one to kill. */
  boolean kill() {
    Process process = running;
    return process != null && Signals.kill(process.pid());
  }
}
