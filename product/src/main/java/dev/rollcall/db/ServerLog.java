package dev.rollcall.db;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server's log files: kept small, and quoted when something fails. */
final class ServerLog {
  private static final int TAIL = 2_000;
  private static final Duration KEPT = Duration.ofDays(6);

  private final PostgresHome home;
  private final InstantSource machine;
  private final Map<Path, Long> lengths = new HashMap<>();

  /**
   * Names the place; touches nothing.
   *
   * @param machine the clock that dates files, which a demo's clock does not
   */
  ServerLog(PostgresHome home, InstantSource machine) {
    this.home = home;
    this.machine = machine;
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
    lengths.clear();
    Instant old = machine.instant().minus(KEPT);
    for (Path file : HomeFiles.children(home.log())) {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
        Files.deleteIfExists(file);
      } else {
        lengths.put(file, Files.size(file));
      }
    }
  }

  /** What the server wrote since {@link #prepare}, its last lines at least. */
  String sinceStart() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : newestLast()) {
      String said = end(file, lengths.getOrDefault(file, 0L));
      if (!said.isEmpty()) {
        text.append(said).append('\n');
      }
    }
    return text.toString().strip();
  }

  /** The last lines of the newest file. */
  String tail() throws IOException {
    List<Path> files = newestLast();
    return files.isEmpty() ? "" : "The end of " + files.getLast() + ":\n" + end(files.getLast(), 0);
  }

  private List<Path> newestLast() throws IOException {
    List<Path> files = new ArrayList<>(HomeFiles.children(home.log()));
    files.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified()));
    return files;
  }

  private static String end(Path file, long from) throws IOException {
    try (RandomAccessFile reader = new RandomAccessFile(file.toFile(), "r")) {
      long length = reader.length();
      long start = Math.max(Math.min(from, length), length - TAIL);
      byte[] bytes = new byte[(int) (length - start)];
      reader.seek(start);
      reader.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }
}
