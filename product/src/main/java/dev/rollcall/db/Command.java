package dev.rollcall.db;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one of PostgreSQL's programs, or one of the system's, to its end. */
final class Command {
  private Command() {}

  /**
   * What a program said.
   *
   * @param status its exit status
   * @param output standard output and standard error, in order
   */
  record Result(int status, String output) {
    boolean ok() {
      return status == 0;
    }
  }

  /**
   * Runs a program with an environment of its own: PGPORT and the like would change what it does,
   * and a server that outlives Rollcall must not keep Rollcall's secrets in its environment. Output
   * goes to a file, because whoever inherits a pipe keeps its reader waiting.
   *
   * @throws IOException when there is no such program
   */
  static Result run(List<String> command, Duration patience)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("rollcall-", ".out");
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.directory(Path.of("/").toFile());
      builder.redirectInput(Path.of("/dev/null").toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(output.toFile());
      Map<String, String> environment = builder.environment();
      String path = environment.getOrDefault("PATH", "");
      environment.clear();
      environment.put("PATH", path + ":/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
      environment.put("LC_ALL", "C");
      Process process = builder.start();
      try (InputStream said = Files.newInputStream(output)) {
        // Open, it stays readable; deleted, it does not stay behind when this process is killed.
        Files.delete(output);
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
          return new Result(
              -1, "no end after " + patience.toSeconds() + " s: " + command + "\n" + text(said));
        }
        return new Result(process.exitValue(), text(said));
      } finally {
        process.destroy();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static String text(InputStream said) throws IOException {
    return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
