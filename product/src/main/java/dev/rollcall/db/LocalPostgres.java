package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * A real PostgreSQL on this machine, from programs that Rollcall brings along. Whoever needs the
 * server calls {@link #ensureRunning}, in any process; it is started once, outlives the process
 * that started it, and runs until {@link #stop}. Safe for use by many threads.
 */
public final class LocalPostgres {
  /** The superuser of the local server; Rollcall works as this user. */
  public static final String USER = "rollcall";

  /** Crash recovery takes time; a server that takes longer is reported, and goes on recovering. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private final PostgresHome home;
  private final PostgresBinaries binaries;
  private final DataDirectory dataDirectory;
  private final ServerProcesses processes;
  private final ServerControl control;

  /**
   * Names the place; touches nothing.
   *
   * @param home Rollcall's home directory, made when missing; the server lives in {@code postgres}
   *     below it
   */
  public LocalPostgres(Path home) {
    this.home = PostgresHome.below(home);
    this.binaries = new PostgresBinaries(this.home);
    this.dataDirectory = new DataDirectory(this.home, binaries);
    this.processes = new ServerProcesses(this.home.data());
    this.control = new ServerControl(this.home, binaries, processes);
  }

  /**
   * A server that runs.
   *
   * @param port where it listens on 127.0.0.1; may be another one after a restart
   * @param pid its postmaster
   * @param dataDirectory its files
   */
  public record Server(int port, long pid, Path dataDirectory) {
    /** The JDBC URL of one of its databases, without user and password. */
    public String jdbcUrl(String databaseName) {
      return "jdbc:postgresql://127.0.0.1:" + port + "/" + databaseName;
    }
  }

  /**
   * Returns a server that answers: the one that runs, whoever started it, or a new one. Waits for a
   * server that is starting, recovering or stopping.
   *
   * @throws LocalPostgresException when there is none to be had within about a minute
   */
  public Server ensureRunning() {
    return underLock(this::startOrAdopt);
  }

  /** The server if it runs and takes connections; starts nothing, waits for nothing. */
  public Optional<Server> running() {
    try {
      return Files.isDirectory(home.data())
          ? processes.postmaster().filter(PostmasterFile::ready).map(this::server)
          : Optional.empty();
    } catch (IOException failure) {
      throw Failures.of(home, failure);
    } catch (InterruptedException interrupt) {
      throw interrupted(interrupt);
    }
  }

  /**
   * Stops the server: open transactions are rolled back, everything committed stays.
   *
   * @return whether one was running
   * @throws LocalPostgresException when it does not end
   */
  public boolean stop() {
    return Files.isDirectory(home.data()) && underLock(control::stop);
  }

  /**
   * The password of {@link #USER}.
   *
   * @throws LocalPostgresException when there is none, because no server was ever started here
   */
  public String password() {
    try {
      return dataDirectory.readPassword();
    } catch (IOException failure) {
      throw Failures.of(home, failure);
    }
  }

  /**
   * Makes a database unless it is there, on the server, which is started when it does not run;
   * several processes may try at once.
   */
  public void createDatabase(String databaseName) {
    ensureRunning();
    new LocalConnections(this, "postgres").createDatabase(databaseName);
  }

  /** Drops a database where it exists, ending whoever is still connected to it. */
  public void dropDatabase(String databaseName) {
    ensureRunning();
    new LocalConnections(this, "postgres").dropDatabase(databaseName);
  }

  private Server startOrAdopt() throws IOException, InterruptedException {
    Deadline deadline = Deadline.in(START_PATIENCE);
    Orphans orphans = new Orphans(home.data(), processes);
    while (true) {
      Optional<PostmasterFile> postmaster = processes.postmaster();
      if (postmaster.isPresent()) {
        if (postmaster.get().ready() && control.answers(postmaster.get(), password())) {
          return server(postmaster.get());
        }
      } else if (!orphans.left()) {
        start();
      }
      // Otherwise it is starting, recovering or stopping, or its children are still going.
      if (deadline.passed()) {
        throw new LocalPostgresException(
            "The local PostgreSQL in "
                + home.data()
                + " has not come up within "
                + START_PATIENCE.toSeconds()
                + " seconds. It may still be recovering from a crash: try again in a while.\n"
                + control.logTail());
      }
      Deadline.pause();
    }
  }

  private void start() throws IOException, InterruptedException {
    for (Path child : HomeFiles.children(home.directory())) {
      if (home.rubbish(child)) {
        HomeFiles.deleteQuietly(child);
      }
    }
    control.start(dataDirectory.prepare());
  }

  private Server server(PostmasterFile postmaster) {
    return new Server(postmaster.port(), postmaster.pid(), home.data());
  }

  private <T> T underLock(HomeLock.Work<T> work) {
    try {
      makeDirectory();
      return HomeLock.holding(home.lock(), work);
    } catch (IOException failure) {
      throw Failures.of(home, failure);
    } catch (InterruptedException interrupt) {
      throw interrupted(interrupt);
    }
  }

  private void makeDirectory() throws IOException {
    if (!Files.isDirectory(home.directory())) {
      Files.createDirectories(home.directory());
      // Enough for another user to reach the data directory, not enough to look around.
      Files.setPosixFilePermissions(home.directory(), PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  private static LocalPostgresException interrupted(InterruptedException interrupt) {
    Thread.currentThread().interrupt();
    return new LocalPostgresException(
        "Interrupted while waiting for the local PostgreSQL.", interrupt);
  }
}
