package dev.rollcall.app;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * The directory in which Rollcall keeps what is its own on this machine: the local PostgreSQL, the
 * token, what a demo made.
 *
 * @param directory exists and is writable
 */
public record Home(Path directory) {

  private static final int TOKEN_BYTES = 24;

  /** The home cannot be used; the message names the setting. */
  public static final class UnusableHome extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableHome(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * The home of this environment: {@code ROLLCALL_HOME}, else {@code .rollcall} in the user's home.
   *
   * @throws UnusableHome when it cannot be made or written
   */
  public static Home of(Map<String, String> environment) {
    String named = environment.get("ROLLCALL_HOME");
    Path directory =
        named != null && !named.isBlank()
            ? Path.of(named).toAbsolutePath()
            : Path.of(
                    environment.getOrDefault("HOME", System.getProperty("user.home", ".")),
                    ".rollcall")
                .toAbsolutePath();
    try {
      Files.createDirectories(directory);
      if (!Files.isWritable(directory)) {
        throw new IOException("it is not writable");
      }
      return new Home(directory);
    } catch (IOException failure) {
      throw new UnusableHome(
          "Rollcall's home "
              + directory
              + " cannot be used ("
              + reason(failure)
              + "); set another with ROLLCALL_HOME",
          failure);
    }
  }

  /** The messages of file failures are only the path, which is told already. */
  private static String reason(IOException failure) {
    return switch (failure) {
      case FileAlreadyExistsException taken -> "something that is no directory is there";
      case AccessDeniedException denied -> "it is not allowed";
      case NoSuchFileException nowhere -> "it cannot be made there";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> String.valueOf(failure.getMessage());
    };
  }

  /**
   * The token of this home, made at the first call and kept in a file only its owner can read.
   *
   * @throws IOException when the file cannot be read or written
   */
  public String token() throws IOException {
    Path file = directory.resolve("token");
    if (!Files.exists(file)) {
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      Path fresh = Files.createTempFile(directory, "token", ".new", ownerOnly());
      Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
      try {
        Files.createLink(file, fresh); // fails where another process was quicker
      } catch (FileAlreadyExistsException quicker) {
        // its token is as good
      } finally {
        Files.delete(fresh);
      }
    }
    String token = Files.readString(file).strip();
    if (token.isEmpty()) {
      throw new IOException(file + " is empty; delete it to have another one made");
    }
    return token;
  }

  /** Writes a file that only its owner can read, whole or not at all. */
  public static void writePrivately(Path file, String text) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Path fresh = Files.createTempFile(parent, file.getFileName().toString(), ".new", ownerOnly());
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * The files with secrets in this home that others than their owner may read or write, because
   * somebody has changed their rights.
   *
   * @throws IOException when they cannot be looked at
   */
  List<Path> opened() throws IOException {
    List<Path> secret = new ArrayList<>();
    for (String name : List.of("token", "cli.json", "postgres/password")) {
      secret.add(directory.resolve(name));
    }
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> first =
          Files.newDirectoryStream(directory, "first-password-*.json")) {
        first.forEach(secret::add);
      }
    }
    List<Path> opened = new ArrayList<>();
    for (Path file : secret) {
      if (Files.exists(file)
          && !PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
              .endsWith("------")) {
        opened.add(file);
      }
    }
    return opened;
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
