package dev.rollcall.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories as a whole. */
final class Trees {

  private Trees() {}

  /** Deletes a directory and everything in it; does nothing when it is not there. */
  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      List<Path> paths;
      try (Stream<Path> walk = Files.walk(directory)) {
        paths = walk.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : paths) {
        Files.delete(path);
      }
    }
  }
}
