package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.postgresql.ds.PGSimpleDataSource;

/** Starts and stops the server on an existing data directory. Used under the home's lock. */
final class ServerControl {
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration FAST_PATIENCE = Duration.ofSeconds(30);
  private static final Duration IMMEDIATE_PATIENCE = Duration.ofSeconds(15);
  private static final int PORTS = 5;

  private final PostgresHome home;
  private final PostgresBinaries binaries;
  private final ServerProcesses processes;
  private final LocalPort port;
  private final ServerLog log;

  ServerControl(PostgresHome home, PostgresBinaries binaries, ServerProcesses processes) {
    this.home = home;
    this.binaries = binaries;
    this.processes = processes;
    this.port = new LocalPort(home);
    this.log = new ServerLog(home, InstantSource.system());
  }

  /**
   * Starts a server where none runs; {@code pg_ctl} puts it into a session of its own, so that it
   * outlives this process and the terminal.
   *
   * @throws LocalPostgresException when it does not start; one that is merely slow goes on
   */
  void start(RunAs runAs) throws IOException, InterruptedException {
    int chosen = port.choose();
    for (int attempt = 1; ; attempt++) {
      forgetStalePostmaster();
      log.prepare(runAs);
      Path settings = home.data().resolve("postgresql.conf");
      HomeFiles.write(
          home.directory(), settings, PostgresSettings.text(chosen, home.log()), "rw-------");
      runAs.own(settings);
      Command.Result result = pgCtlStart(runAs);
      if (result.ok() || processes.postmaster().isPresent()) {
        port.remember(chosen);
        return;
      }
      String said = result.output() + "\n" + log.sinceStart();
      if (!Failures.portTaken(said) || attempt == PORTS) {
        throw new LocalPostgresException(
            Failures.name("The local PostgreSQL in " + home.data() + " did not start", said));
      }
      chosen = port.another();
    }
  }

  private Command.Result pgCtlStart(RunAs runAs) throws IOException, InterruptedException {
    return Command.run(
        runAs.command(
            List.of(
                binaries.program("pg_ctl").toString(),
                "start",
                "--silent",
                "--wait",
                "--timeout=" + START_PATIENCE.toSeconds(),
                "--pgdata=" + home.data(),
                "--log=" + home.startLog())),
        START_PATIENCE.plusSeconds(10));
  }

  /**
   * PostgreSQL replaces a {@code postmaster.pid} whose process is gone, but refuses to start when
   * another program has got the number since. Nobody works in the data directory: it is stale.
   */
  private void forgetStalePostmaster() throws IOException, InterruptedException {
    Optional<PostmasterFile> file = PostmasterFile.in(home.data());
    boolean numberInUse =
        file.isPresent() && Files.exists(Path.of("/proc", Long.toString(file.get().pid())));
    if (numberInUse && processes.all().isEmpty()) {
      Files.deleteIfExists(PostmasterFile.path(home.data()));
    }
  }

  /**
   * Whether the server takes connections; one that is starting or recovering says that it does not.
   *
   * @throws LocalPostgresException when it answers, but does not let us in
   */
  boolean answers(PostmasterFile postmaster, String password) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {postmaster.port()});
    source.setDatabaseName("postgres");
    source.setConnectTimeout(5);
    source.setSocketTimeout(5);
    try (Connection connection = source.getConnection(LocalPostgres.USER, password)) {
      return connection.isValid(5);
    } catch (SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      if (state.startsWith("28")) {
        throw new LocalPostgresException(
            "The local PostgreSQL on port "
                + postmaster.port()
                + " does not take the password in "
                + home.password()
                + ". Put the right one back from a backup.",
            failure);
      }
      // 53300: so many connections that there is no room for this one. It runs.
      return state.equals("53300");
    }
  }

  /** Ends the server and waits until nothing of it is left. */
  boolean stop() throws IOException, InterruptedException {
    Set<Long> running = processes.all();
    if (running.isEmpty()) {
      return false;
    }
    RunAs runAs = RunAs.ownerOf(home.data());
    if (ended(runAs, Signal.FAST, FAST_PATIENCE)
        || ended(runAs, Signal.IMMEDIATE, IMMEDIATE_PATIENCE)
        || ended(runAs, Signal.KILL, IMMEDIATE_PATIENCE)) {
      return true;
    }
    throw new LocalPostgresException(
        "The local PostgreSQL in "
            + home.data()
            + " does not stop; these processes are left: "
            + processes.all()
            + ".\n"
            + log.tail());
  }

  private boolean ended(RunAs runAs, Signal signal, Duration patience)
      throws IOException, InterruptedException {
    Optional<PostmasterFile> postmaster = processes.postmaster();
    signal.send(
        runAs,
        postmaster.isPresent() && signal != Signal.KILL
            ? Set.of(postmaster.get().pid())
            : processes.all());
    Deadline deadline = Deadline.in(patience);
    while (!processes.all().isEmpty()) {
      if (deadline.passed()) {
        return false;
      }
      Deadline.pause();
    }
    return true;
  }

  String logTail() throws IOException {
    return log.tail();
  }
}
