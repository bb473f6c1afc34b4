package dev.rollcall.db;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link ServerProgram} in a Java process of its own. */
final class OtherProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  static OtherProcess start(Path home) throws IOException {
    return start(List.of(), classPath(), home, Map.of());
  }

  static OtherProcess start(
      List<String> prefix, List<Path> classPath, Path home, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.addAll(List.of(ServerProgram.class.getName(), home.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new OtherProcess(builder.start());
  }

  static List<Path> classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return List.of(path.split(File.pathSeparator, -1)).stream().map(Path::of).toList();
  }

  /** The server it found or started: waits for it. */
  Seen seen() {
    String line = read();
    String[] words = line.split(" ", 2);
    try {
      return new Seen(Integer.parseInt(words[0]), Long.parseLong(words[1]));
    } catch (RuntimeException failure) {
      throw new IllegalStateException(line + "\n" + rest(), failure);
    }
  }

  /** What it says up to its end: returns only when nobody keeps its output open. */
  String rest() {
    StringBuilder text = new StringBuilder();
    for (String line = readLine(); line != null; line = readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  void kill() throws InterruptedException {
    // Not by the process itself, which would close its output as well.
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  private String read() {
    String line = readLine();
    return line == null ? "" : line;
  }

  private @Nullable String readLine() {
    try {
      return output.readLine();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** A server as another process saw it. */
  record Seen(int port, long pid) {
    static Seen of(LocalPostgres.Server server) {
      return new Seen(server.port(), server.pid());
    }
  }
}
