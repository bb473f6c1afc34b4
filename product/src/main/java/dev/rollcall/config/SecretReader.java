package dev.rollcall.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Reads secrets: a secret stands in the environment, in a file ({@code file:PATH}) or in the text
 * itself.
 *
 * @param variables the environment
 */
record SecretReader(Map<String, String> variables) {

  /** The secret under this key; a variable of this name wins. */
  Optional<Secret> read(Section section, String key, String variable) {
    Optional<Secret> inside = read(section, key);
    return environment(variable).map(Secret::new).or(() -> inside);
  }

  /** The secret under this key. */
  Optional<Secret> read(Section section, String key) {
    return section.text(key).flatMap(value -> resolve(section, key, value)).map(Secret::new);
  }

  /** What the environment says; a blank is nothing. */
  Optional<String> environment(String variable) {
    return Optional.ofNullable(variables.get(variable)).filter(value -> !value.isBlank());
  }

  private Optional<String> resolve(Section section, String key, String value) {
    if (value.startsWith("env:")) {
      Optional<String> found = environment(value.substring("env:".length()));
      if (found.isEmpty()) {
        section.problemAt(key, "the environment has no " + value.substring("env:".length()));
      }
      return found;
    }
    if (value.startsWith("file:")) {
      try {
        return Optional.of(Files.readString(Path.of(value.substring("file:".length()))).strip());
      } catch (IOException unreadable) {
        section.problemAt(key, "the secret's file cannot be read: " + value);
        return Optional.empty();
      }
    }
    return Optional.of(value);
  }
}
