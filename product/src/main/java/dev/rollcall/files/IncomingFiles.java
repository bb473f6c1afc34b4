package dev.rollcall.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The files of a directory that are to be taken in. */
public final class IncomingFiles {

  private static final String SUFFIX = ".xml";

  private IncomingFiles() {}

  /**
   * Those that wait, in the order of their names ({@code facts/oim-campus-connector.md §8}): plain
   * files whose name ends with {@code .xml}. Hidden ones, links, and what copying programs call
   * {@code .part} or {@code .tmp} until it is whole are none.
   *
   * @throws IOException when the directory cannot be read
   */
  public static List<Path> in(Path directory) throws IOException {
    try (Stream<Path> inside = Files.list(directory)) {
      return inside
          .filter(IncomingFiles::isOne)
          .sorted(Comparator.comparing(file -> file.getFileName().toString()))
          .toList();
    } catch (UncheckedIOException broken) {
      throw broken.getCause();
    }
  }

  private static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && name.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
