package dev.rollcall.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of the local PostgreSQL: of all processes that work in its data directory. A
 * figure that does not depend on what else the machine does.
 */
final class ServerCpu {

  private static final double TICKS_A_SECOND = 100;
  private static final int UTIME = 11;
  private static final int CHILDREN_STIME = 14;

  private final Path dataDirectory;

  ServerCpu(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /** Seconds used so far, by those that ended too. */
  double seconds() {
    double ticks = 0;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        ticks += ticks(process);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return ticks / TICKS_A_SECOND;
  }

  private double ticks(Path process) {
    try {
      if (!dataDirectory.equals(process.resolve("cwd").toRealPath())) {
        return 0;
      }
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = 0;
      for (int i = UTIME; i <= CHILDREN_STIME; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks;
    } catch (IOException gone) {
      return 0;
    }
  }
}
