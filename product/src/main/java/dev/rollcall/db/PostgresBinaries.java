package dev.rollcall.db;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's own programs, unpacked from the archive on the class path. */
final class PostgresBinaries {
  /** The version of the archive on the class path; a test compares the two. */
  static final String VERSION = "18.6.0";

  /** What a data directory must be made by: its files change with each major version. */
  static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

  static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private static final Duration SYNC_PATIENCE = Duration.ofSeconds(20);

  private final PostgresHome home;

  PostgresBinaries(PostgresHome home) {
    this.home = home;
  }

  Path program(String name) {
    return home.binaries().resolve("bin").resolve(name);
  }

  /**
   * Unpacks the archive unless it is unpacked already. Called under the home's lock.
   *
   * @throws LocalPostgresException on a platform the archive is not for
   */
  void unpack() throws IOException, InterruptedException {
    if (Files.exists(program("postgres"))) {
      return;
    }
    refuseOtherPlatforms(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
    Path temporary = HomeFiles.temporary(home.directory(), "binaries");
    try {
      Files.createDirectory(temporary);
      Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
      try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
        if (archive == null) {
          throw new LocalPostgresException(
              "This build of Rollcall carries no PostgreSQL ("
                  + ARCHIVE
                  + " is not on the class path).");
        }
        unpack(archive, temporary);
      }
      sync(temporary);
      // Incomplete, because somebody deleted a part of it.
      HomeFiles.deleteQuietly(home.binaries());
      HomeFiles.publish(temporary, home.binaries());
    } finally {
      HomeFiles.deleteQuietly(temporary);
    }
  }

  static void refuseOtherPlatforms(String system, String architecture) {
    boolean linux = system.toLowerCase(Locale.ROOT).startsWith("linux");
    boolean amd64 = architecture.equals("amd64") || architecture.equals("x86_64");
    if (!linux || !amd64) {
      throw new LocalPostgresException(
          "The local PostgreSQL runs on Linux on amd64 only, and this is "
              + system
              + " on "
              + architecture
              + ".");
    }
  }

  private static void unpack(InputStream archive, Path directory) throws IOException {
    try (var tar =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = directory.resolve(entry.getName()).normalize();
        if (!path.startsWith(directory)) {
          throw new IOException("Entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(parent(path));
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(parent(path));
          Files.copy(tar, path);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /**
   * Waits until the programs are on disk: a rename may get there before what it renames, and after
   * a power cut an empty program would look like an unpacked one for ever. A thousand files one by
   * one take a second, the whole file system a moment.
   */
  private static void sync(Path directory) throws IOException, InterruptedException {
    if (!syncFileSystem(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          HomeFiles.sync(file);
        }
      }
    }
  }

  private static boolean syncFileSystem(Path directory) throws InterruptedException {
    try {
      return Command.run(List.of("sync", "-f", directory.toString()), SYNC_PATIENCE).ok();
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  private static Path parent(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IOException("No directory above " + path);
    }
    return parent;
  }
}
