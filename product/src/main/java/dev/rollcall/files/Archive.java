package dev.rollcall.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Where files go that were taken in. */
public record Archive(Path directory) {

  /**
   * Moves a file here. What lies here is never written over: a second file of a name gets {@code
   * -2} before its suffix, the next {@code -3}.
   *
   * @return where it is now
   * @throws IOException when it cannot be moved; it then is where it was
   */
  public Path take(Path file) throws IOException {
    Path place = reserve(file.getFileName().toString());
    try {
      move(file, place);
      return place;
    } catch (IOException failure) {
      Files.deleteIfExists(place);
      throw failure;
    }
  }

  /** A move would replace what is there; making a file does not. */
  private Path reserve(String name) throws IOException {
    int dot = name.lastIndexOf('.');
    String stem = dot < 1 ? name : name.substring(0, dot);
    String suffix = dot < 1 ? "" : name.substring(dot);
    for (int number = 1; ; number++) {
      try {
        return Files.createFile(
            directory.resolve(number == 1 ? name : stem + "-" + number + suffix));
      } catch (FileAlreadyExistsException taken) {
        if (number == Integer.MAX_VALUE) {
          throw taken;
        }
      }
    }
  }

  private static void move(Path file, Path place) throws IOException {
    try {
      Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException otherFileSystem) {
      Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
