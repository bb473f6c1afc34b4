package dev.rollcall.db;

import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A home of one test, and its server. */
final class TestHome implements AutoCloseable {
  private final Path path;
  private final LocalPostgres postgres;

  private TestHome(Path path) {
    this.path = path;
    this.postgres = new LocalPostgres(path);
  }

  /** An empty one: the first start does everything. */
  static TestHome empty() throws IOException {
    return new TestHome(Files.createTempDirectory("rollcall home-"));
  }

  /** One where the programs are unpacked already, which saves most of the first start's time. */
  static TestHome prepared() throws IOException {
    TestHome home = empty();
    Path unpacked =
        TestDatabase.postgres()
            .ensureRunning()
            .dataDirectory()
            .resolveSibling(PostgresBinaries.VERSION);
    Files.createDirectories(home.path.resolve("postgres"));
    Files.createSymbolicLink(home.postgresFile(PostgresBinaries.VERSION), unpacked);
    return home;
  }

  Path path() {
    return path;
  }

  Path postgresFile(String name) {
    return path.resolve("postgres").resolve(name);
  }

  LocalPostgres postgres() {
    return postgres;
  }

  /** Kills the postmaster as the kernel does when memory runs out. */
  static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** Runs one of the system's programs, which must succeed. */
  static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(String.join(" ", command));
    }
  }

  @Override
  public void close() {
    try {
      postgres.stop();
    } finally {
      HomeFiles.deleteQuietly(path);
    }
  }
}
