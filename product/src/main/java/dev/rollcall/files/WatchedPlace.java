package dev.rollcall.files;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * A directory in which files are put, and where they go when they were taken in.
 *
 * @param directory where they are put
 * @param archive where they go
 */
public record WatchedPlace(Path directory, Path archive) {

  /** Why files cannot be taken from here now, in words; empty when they can. */
  public Optional<String> trouble() {
    return trouble(directory).or(() -> trouble(archive));
  }

  private static Optional<String> trouble(Path path) {
    if (!Files.exists(path)) {
      return Optional.of("there is no directory " + path + ", or it cannot be reached");
    }
    if (!Files.isDirectory(path)) {
      return Optional.of(path + " is no directory");
    }
    if (!Files.isReadable(path) || !Files.isExecutable(path)) {
      return Optional.of("directory " + path + " cannot be read by the user Rollcall runs as");
    }
    return Files.isWritable(path)
        ? Optional.empty()
        : Optional.of(
            "the user Rollcall runs as may not move files out of or into directory " + path);
  }

  /**
   * Tries what will be done with every file, with an empty hidden one.
   *
   * @return why it failed, in words; empty when it worked
   */
  public Optional<String> tryMove() {
    try {
      Path there = Files.createTempFile(directory, ".rollcall-", ".tmp");
      Path here = archive.resolve(there.getFileName().toString());
      try {
        Files.move(there, here, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException failure) {
        Files.delete(there);
        throw failure;
      }
      Files.delete(here);
      return Optional.empty();
    } catch (AtomicMoveNotSupportedException other) {
      return Optional.of(
          "%s and %s are on different file systems: a file could be cut off while it is moved; put"
                  .formatted(directory, archive)
              + " the archive on the same one");
    } catch (IOException failure) {
      return Optional.of(
          "a file cannot be moved from %s to %s: %s".formatted(directory, archive, failure));
    }
  }
}
