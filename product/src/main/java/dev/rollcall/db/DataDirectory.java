package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Makes the data directory, whole or not at all, and checks one that is there. */
final class DataDirectory {
  private static final Duration INITDB_PATIENCE = Duration.ofMinutes(2);

  private final PostgresHome home;
  private final PostgresBinaries binaries;

  DataDirectory(PostgresHome home, PostgresBinaries binaries) {
    this.home = home;
    this.binaries = binaries;
  }

  /**
   * Makes sure there is a data directory of our version. Called under the home's lock.
   *
   * @return as whom the server on it must run
   * @throws LocalPostgresException when it is of another version, or can not be made
   */
  RunAs prepare() throws IOException, InterruptedException {
    RunAs runAs;
    if (Files.isDirectory(home.data())) {
      runAs = RunAs.ownerOf(home.data());
      binaries.unpack();
    } else {
      runAs = RunAs.forNew(home.directory());
      binaries.unpack();
      initialize(runAs);
    }
    refuseOtherVersions();
    return runAs;
  }

  private void initialize(RunAs runAs) throws IOException, InterruptedException {
    Path temporary = HomeFiles.temporary(home.directory(), "initdb");
    Path data = temporary.resolve("data");
    Path password = temporary.resolve("password");
    try {
      Files.createDirectory(temporary);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwx------"));
      HomeFiles.write(temporary, password, makePassword(), "rw-------");
      runAs.own(password);
      runAs.own(temporary);
      Command.Result result =
          Command.run(
              runAs.command(
                  List.of(
                      binaries.program("initdb").toString(),
                      "--pgdata=" + data,
                      "--username=" + LocalPostgres.USER,
                      "--pwfile=" + password,
                      "--auth=scram-sha-256",
                      "--encoding=UTF8",
                      "--locale=C",
                      // PostgreSQL's own rules: the same on every machine, whatever is installed.
                      "--locale-provider=builtin",
                      "--builtin-locale=C.UTF-8",
                      "--data-checksums",
                      // One call in place of a thousand.
                      "--sync-method=syncfs",
                      "--no-instructions")),
              INITDB_PATIENCE);
      if (!result.ok()) {
        throw new LocalPostgresException(
            Failures.name(
                "The local PostgreSQL could not be set up in " + home.directory(),
                result.output()));
      }
      HomeFiles.publish(data, home.data());
    } finally {
      HomeFiles.deleteQuietly(temporary);
    }
  }

  private String makePassword() throws IOException {
    if (Files.exists(home.password())) {
      return readPassword();
    }
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    HomeFiles.write(home.directory(), home.password(), password, "rw-------");
    return password;
  }

  /** Reads the password of {@link LocalPostgres#USER}. */
  String readPassword() throws IOException {
    try {
      return Files.readString(home.password()).strip();
    } catch (NoSuchFileException missing) {
      throw new LocalPostgresException(
          "The file "
              + home.password()
              + " is missing: it holds the password of the local PostgreSQL. Put it back from a"
              + " backup.",
          missing);
    }
  }

  private void refuseOtherVersions() throws IOException {
    Path file = home.data().resolve("PG_VERSION");
    if (!Files.exists(file)) {
      throw new LocalPostgresException(
          home.data()
              + " is no data directory of PostgreSQL, for it has no "
              + file.getFileName()
              + ". Move it away, or put it back from a backup.");
    }
    String version = Files.readString(file).strip();
    if (!version.equals(PostgresBinaries.MAJOR)) {
      throw new LocalPostgresException(
          home.data()
              + " was made by PostgreSQL "
              + version
              + ", and this Rollcall brings PostgreSQL "
              + PostgresBinaries.MAJOR
              + ", which can not read it. Restore a backup into a new home, or go on with the"
              + " Rollcall that made it.");
    }
  }
}
