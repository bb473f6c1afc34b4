package dev.rollcall.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the secrets that a settings file names, for one reading of it: {@code env:NAME}, {@code
 * file:PATH}, {@code enc:...}, or the text itself. What is wrong is told at the setting's line, and
 * never holds the value.
 */
final class Secrets {

  private static final String ENVIRONMENT = "env:";
  private static final String FILE = "file:";

  private final Map<String, String> environment;
  private final KeySource keys;
  private @Nullable EncryptionKey key;
  private @Nullable UnusableKey noKey;

  Secrets(Map<String, String> environment) {
    this.environment = environment;
    this.keys = KeySource.current(environment);
  }

  /**
   * The secret under a key of a section.
   *
   * @param variable of the environment, which wins
   */
  Optional<Secret> read(Section section, String key, String variable) {
    Optional<String> text = section.secret(key);
    Optional<String> outside = environment(section, key, variable);
    return outside.or(() -> text.flatMap(value -> resolve(section, key, value))).map(Secret::new);
  }

  /** An address that may hold credentials, and is told without them. */
  Optional<String> address(Section section, String key) {
    String text = section.address(key, "");
    return text.isBlank() ? Optional.empty() : resolve(section, key, text);
  }

  /** An address that may hold credentials, and is told without them; the variable wins. */
  Optional<String> address(Section section, String key, String variable, String otherwise) {
    String text = section.address(key, otherwise);
    Optional<String> outside = environment(section, key, variable);
    return outside.or(() -> resolve(section, key, text));
  }

  /** The secret under a key of a section that only the file tells. */
  Optional<Secret> read(Section section, String key) {
    return section.secret(key).flatMap(value -> resolve(section, key, value)).map(Secret::new);
  }

  private Optional<String> resolve(Section section, String key, String value) {
    if (value.startsWith(ENVIRONMENT)) {
      String variable = value.substring(ENVIRONMENT.length());
      Optional<String> found = environment(variable);
      if (found.isEmpty()) {
        section.problemAt(key, "the environment has no " + variable);
      }
      return found;
    }
    if (value.startsWith(FILE)) {
      try {
        return Optional.of(Files.readString(Path.of(value.substring(FILE.length()))).strip());
      } catch (IOException unreadable) {
        section.problemAt(key, "the secret's file cannot be read: " + value);
        return Optional.empty();
      }
    }
    return EncryptedText.isOne(value) ? decrypt(section, key, value) : Optional.of(value);
  }

  private Optional<String> decrypt(Section section, String key, String value) {
    String setting = section.name(key);
    Optional<EncryptedText> encrypted = EncryptedText.parse(value);
    if (encrypted.isEmpty()) {
      section.problemAt(
          key, "'" + setting + "' is cut off, or encrypted by a later Rollcall; " + again(setting));
      return Optional.empty();
    }
    try {
      EncryptionKey ours = key();
      if (!ours.id().equals(encrypted.get().keyId())) {
        section.problemAt(
            key,
            "'%s' is encrypted with key %s, and the key that is given is %s"
                .formatted(setting, encrypted.get().keyId(), ours.id()));
        return Optional.empty();
      }
      Optional<String> plain = encrypted.get().decrypt(ours, setting);
      if (plain.isEmpty()) {
        section.problemAt(
            key,
            "'%s' cannot be decrypted: it was changed, or encrypted for another setting; %s"
                .formatted(setting, again(setting)));
      }
      return plain;
    } catch (UnusableKey missing) {
      section.problemAt(
          key,
          "'%s' is encrypted with key %s: %s"
              .formatted(setting, encrypted.get().keyId(), missing.getMessage()));
      return Optional.empty();
    }
  }

  private static String again(String setting) {
    return "encrypt it again with 'rollcall secret encrypt " + setting + "'";
  }

  /** Asked for once: it may take a command that takes its time. */
  private EncryptionKey key() {
    if (noKey != null) {
      throw noKey;
    }
    if (key == null) {
      try {
        key = keys.key();
      } catch (UnusableKey missing) {
        noKey = missing;
        throw missing;
      }
    }
    return key;
  }

  /** What the environment says instead of a setting. */
  Optional<String> environment(Section section, String key, String variable) {
    Optional<String> value = environment(variable);
    value.ifPresent(text -> section.fromEnvironment(key, variable, text));
    return value;
  }

  /** What the environment says; a blank is nothing. */
  Optional<String> environment(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }
}
