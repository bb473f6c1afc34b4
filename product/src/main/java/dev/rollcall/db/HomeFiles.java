package dev.rollcall.db;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Changes to the home that are whole or not there, whenever the process or the machine dies. */
final class HomeFiles {
  private HomeFiles() {}

  /** Names a temporary place beside the one that is wanted, so that a rename stays atomic. */
  static Path temporary(Path directory, String name) {
    return directory.resolve(PostgresHome.TEMPORARY + name + "-" + UUID.randomUUID());
  }

  /** Moves a finished file or directory to its place, and makes sure that the move is on disk. */
  static void publish(Path finished, Path place) throws IOException {
    Files.move(finished, place, ATOMIC_MOVE, REPLACE_EXISTING);
    Path parent = place.getParent();
    if (parent != null) {
      sync(parent);
    }
  }

  /** Writes a file that holds either the old text or the new, readable as {@code mode} says. */
  static void write(Path directory, Path place, String text, String mode) throws IOException {
    Path temporary = temporary(directory, "file");
    var permissions = PosixFilePermissions.fromString(mode);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(WRITE, CREATE_NEW),
            PosixFilePermissions.asFileAttribute(permissions))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(temporary, permissions);
    publish(temporary, place);
  }

  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ)) {
      channel.force(true);
    }
  }

  /** Deletes as much of a directory as can be deleted; what stays is tried again next time. */
  static void deleteQuietly(Path directory) {
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error)
                throws IOException {
              Files.deleteIfExists(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException stays) {
      // An initdb whose starter was killed may still be writing there.
    }
  }

  static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.toList();
    } catch (NoSuchFileException missing) {
      return List.of();
    }
  }
}
