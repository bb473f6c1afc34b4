package dev.rollcall.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where the key for encrypted settings comes from: one variable of the environment that holds it,
 * names a file with it, or says a command that prints it. Never from the settings themselves.
 */
public final class KeySource {

  static final Duration COMMAND_PATIENCE = Duration.ofSeconds(30);

  private static final int LONGEST = 4096;
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Map<String, String> environment;
  private final String variable;
  private final Duration patience;

  KeySource(Map<String, String> environment, String variable, Duration patience) {
    this.environment = Map.copyOf(environment);
    this.variable = variable;
    this.patience = patience;
  }

  /**
   * The key in use: {@code ROLLCALL_KEY}, {@code ROLLCALL_KEY_FILE}, {@code ROLLCALL_KEY_COMMAND}.
   */
  public static KeySource current(Map<String, String> environment) {
    return new KeySource(environment, "ROLLCALL_KEY", COMMAND_PATIENCE);
  }

  /** The key to come, the same with {@code ROLLCALL_NEW_KEY}. */
  public static KeySource next(Map<String, String> environment) {
    return new KeySource(environment, "ROLLCALL_NEW_KEY", COMMAND_PATIENCE);
  }

  /**
   * Gets the key.
   *
   * @throws UnusableKey when none is given, more than one, or the one that is given cannot be had
   */
  public EncryptionKey key() {
    List<String> given =
        List.of(variable, variable + "_FILE", variable + "_COMMAND").stream()
            .filter(name -> !environment.getOrDefault(name, "").isBlank())
            .toList();
    if (given.isEmpty()) {
      throw new UnusableKey(
          "no key is given; set %1$s, %1$s_FILE or %1$s_COMMAND".formatted(variable));
    }
    if (given.size() > 1) {
      throw new UnusableKey(String.join(" and ", given) + " are both set; keep one of them");
    }
    String name = given.getFirst();
    String value = environment.getOrDefault(name, "").strip();
    String text =
        name.endsWith("_FILE")
            ? file(name, Path.of(value))
            : name.endsWith("_COMMAND") ? command(name, value) : value;
    try {
      return EncryptionKey.parse(text);
    } catch (UnusableKey wrong) {
      throw new UnusableKey("what " + name + " gives " + wrong.getMessage());
    }
  }

  private static String file(String name, Path file) {
    try {
      if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new UnusableKey(
            name + " names " + file + ", which others than its owner may use; chmod 600 it");
      }
      if (Files.size(file) > LONGEST) {
        throw new UnusableKey(name + " names " + file + ", which is too large for a key");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException missing) {
      throw new UnusableKey(name + " names " + file + ", which is not there", missing);
    } catch (IOException unreadable) {
      throw new UnusableKey(name + " names " + file + ", which cannot be read", unreadable);
    }
  }

  /** What it says on standard error is shown to whoever started us, and kept nowhere. */
  private String command(String name, String command) {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process;
    try {
      process = builder.start();
    } catch (IOException failure) {
      throw new UnusableKey("the command of " + name + " cannot be started", failure);
    }
    try {
      InputStream said = process.getInputStream();
      String text =
          CompletableFuture.supplyAsync(
                  () -> read(said), reader -> Thread.ofVirtual().start(reader))
              .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw tooLong(name);
      }
      if (process.exitValue() != 0) {
        throw new UnusableKey(
            "the command of " + name + " ended with status " + process.exitValue());
      }
      return text;
    } catch (TimeoutException late) {
      throw tooLong(name);
    } catch (ExecutionException failure) {
      throw new UnusableKey("what the command of " + name + " printed cannot be read", failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new UnusableKey("interrupted while the command of " + name + " ran", stop);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private UnusableKey tooLong(String name) {
    return new UnusableKey(
        "the command of " + name + " did not end within " + patience.toSeconds() + " seconds");
  }

  private static String read(InputStream said) {
    try {
      return new String(said.readNBytes(LONGEST), StandardCharsets.ISO_8859_1);
    } catch (IOException broken) {
      throw new CompletionException(broken);
    }
  }
}
