package dev.rollcall.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL writes into {@code postmaster.pid}.
 *
 * @param pid the postmaster, if it still lives
 * @param port the port it listens on; 0 while it has not got that far
 * @param status {@code starting}, {@code ready}, {@code stopping}; empty at first
 */
record PostmasterFile(long pid, int port, String status) {
  static Path path(Path dataDirectory) {
    return dataDirectory.resolve("postmaster.pid");
  }

  /** Reads the file; nothing when there is none or it is not yet written. */
  static Optional<PostmasterFile> in(Path dataDirectory) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(path(dataDirectory));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    try {
      return lines.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new PostmasterFile(
                  Long.parseLong(line(lines, 0)),
                  line(lines, 3).isEmpty() ? 0 : Integer.parseInt(line(lines, 3)),
                  line(lines, 7)));
    } catch (NumberFormatException torn) {
      return Optional.empty();
    }
  }

  boolean ready() {
    return port != 0 && status.equals("ready");
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }
}
