package dev.rollcall.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The server's log files: kept small, and quoted when something fails. */
final class ServerLog {
  private static final int TAIL = 2_000;
  private static final Duration KEPT = Duration.ofDays(6);

  private final PostgresHome home;

  ServerLog(PostgresHome home) {
    this.home = home;
  }

  /**
   * Makes room before a start. The server itself overwrites a weekday's file only when midnight
   * finds it running, so files of an earlier week are deleted here.
   */
  void prepare(RunAs runAs) throws IOException {
    if (!Files.isDirectory(home.log())) {
      Files.createDirectory(home.log());
      runAs.own(home.log());
    }
    Files.deleteIfExists(home.startLog());
    Instant old = Files.getLastModifiedTime(home.lock()).toInstant().minus(KEPT);
    for (Path file : HomeFiles.children(home.log())) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
        Files.deleteIfExists(file);
      }
    }
  }

  String startLog() throws IOException {
    return Files.exists(home.startLog()) ? tail(home.startLog()) : "";
  }

  /** The last lines of the two newest files. */
  String tail() throws IOException {
    List<Path> files = new ArrayList<>(HomeFiles.children(home.log()));
    files.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified()).reversed());
    StringBuilder text = new StringBuilder();
    for (Path file : files.subList(0, Math.min(2, files.size()))) {
      text.append("The end of ").append(file).append(":\n").append(tail(file)).append('\n');
    }
    return text.toString().strip();
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, reader.length() - TAIL);
      byte[] bytes = new byte[(int) (reader.length() - from)];
      reader.seek(from);
      reader.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }
}
