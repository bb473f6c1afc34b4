package dev.rollcall.survival;

import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A home of one test, with its own PostgreSQL, which Rollcall alone starts. Whatever becomes of the
 * test, nothing that runs in it is left behind.
 */
final class SurvivalHome implements AutoCloseable {

  static final String TOKEN = "survival";
  static final String INSTANCE = "campus";
  static final String IT_RESOURCE = "PSFT Campus";
  static final String DATABASE = "rollcall";

  private static final Path LOGS = Path.of("target", "survival");

  private final Path directory;
  private final LocalPostgres postgres;
  private final List<Node> nodes = new CopyOnWriteArrayList<>();
  private boolean ended;
  private final Thread atExit = new Thread(this::end, "survival-home");

  private SurvivalHome(Path directory) {
    this.directory = directory;
    this.postgres = new LocalPostgres(directory);
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /** A fresh home whose nodes work as {@code engine} says. */
  static SurvivalHome fresh(String engine) throws IOException {
    return fresh(engine, "on");
  }

  /** As {@link #fresh(String)}, with the instance on or off. Whoever comes and goes is not held. */
  static SurvivalHome fresh(String engine, String state) throws IOException {
    return fresh(engine, state, "{deactivations: {}, groupRemovals: {}}");
  }

  /** As {@link #fresh(String)}, with these limits. */
  static SurvivalHome guarded(String engine, String guard) throws IOException {
    return fresh(engine, "on", guard);
  }

  /** Without settings: {@link #settle} comes before the first node. */
  static SurvivalHome bare() throws IOException {
    Files.createDirectories(LOGS);
    Path directory = Files.createTempDirectory("rollcall-survival-");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    return new SurvivalHome(directory);
  }

  private static SurvivalHome fresh(String engine, String state, String guard) throws IOException {
    SurvivalHome home = bare();
    home.settle(
        """
        demo: yes
        database:
          name: %s
        http:
          token: %s
        engine:
        %sinstances:
          %s:
            route: campus-to-repository
            itResource: %s
            state: "%s"
            guard: %s
        """
            .formatted(DATABASE, TOKEN, engine.indent(2), INSTANCE, IT_RESOURCE, state, guard));
    return home;
  }

  /** Says what nodes that are started from now on are to do. */
  void settle(String yaml) throws IOException {
    Files.writeString(settings(), yaml);
  }

  Path directory() {
    return directory;
  }

  /** Where a node says what troubles it; it stays there after the test. */
  Path log(String node) {
    return LOGS.resolve(directory.getFileName() + "-" + node + ".log");
  }

  Path settings() {
    return directory.resolve("rollcall.yaml");
  }

  /** Starts a node; see {@link Node#url} for when it answers. */
  synchronized Node node(String name, String... more) {
    if (ended) {
      throw new IllegalStateException("The test is over: " + name + " is not started any more");
    }
    Node node = Node.start(this, name, List.of(more));
    nodes.add(node);
    return node;
  }

  /** The server as it is now; it is never started from here. */
  Optional<LocalPostgres.Server> server() {
    return postgres.running();
  }

  /** Another database on the same server, which dies and comes back with it. */
  Tables beside(String name) {
    postgres.createDatabase(name);
    return new Tables(postgres.ensureRunning(), postgres.password(), name);
  }

  /** The password of the server's user. */
  String password() {
    return postgres.password();
  }

  /** What the tables hold, read past Rollcall. */
  Tables tables() {
    return new Tables(postgres.ensureRunning(), postgres.password());
  }

  private synchronized void end() {
    ended = true;
    nodes.forEach(Node::close);
    postgres.stop();
  }

  @Override
  public void close() throws IOException {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
