package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.CommandProcess.Done;
import dev.rollcall.config.EncryptionKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Encrypting a secret and changing the key, as a person does it. */
class SecretCommandTest {

  private static final String SECRET = "planted secret, 9";

  private final CommandProcess commands = new CommandProcess();

  @AfterEach
  void close() {
    commands.close();
  }

  private JsonNode does(Done done) {
    assertThat(done.exit()).as(done.toString()).isZero();
    return done.json();
  }

  private Done fails(int exit, Done done) {
    assertThat(done.exit()).as(done.toString()).isEqualTo(exit);
    assertThat(done.out()).isEmpty();
    assertThat(done.err().lines()).hasSize(1);
    assertThat(done.err()).doesNotContain(SECRET, "Exception");
    return done;
  }

  @Test
  void aSecretIsEncryptedReadAndGivenAnotherKey() throws Exception {
    Path key = commands.home().resolve("key");
    JsonNode made = does(commands.run("secret", "key", "--out", key.toString(), "--json"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(made.has("key")).isFalse();
    fails(1, commands.run("secret", "key", "--out", key.toString(), "--json"));
    String next = does(commands.run("secret", "key", "--json")).path("key").asString();

    fails(1, commands.runWithInput(SECRET, "secret", "encrypt", "http.token"));
    commands.with("ROLLCALL_KEY_FILE", key.toString());
    JsonNode encrypted =
        does(commands.runWithInput(SECRET + "\n", "secret", "encrypt", "http.token", "--json"));
    assertThat(encrypted.path("key")).isEqualTo(made.path("id"));
    String value = encrypted.path("value").asString();
    Path settings = commands.file("secret.yaml", "http:\n  token: " + value + " # kept\n");

    Done check = commands.run("check", "--config", settings.toString(), "--json");
    assertThat(check.json().get(0).path("reason").asString()).contains("is understood");

    fails(1, commands.run("secret", "rotate", "--config", settings.toString()));
    commands.with("ROLLCALL_NEW_KEY", next);
    JsonNode rotated =
        does(commands.run("secret", "rotate", "--config", settings.toString(), "--json"));
    assertThat(rotated.path("rotated").get(0).asString()).isEqualTo("http.token");
    assertThat(Files.readString(settings)).doesNotContain(value).endsWith(" # kept\n");

    Done old = commands.run("check", "--config", settings.toString());
    assertThat(old.exit()).isEqualTo(1);
    assertThat(old.out())
        .contains(
            settings + ":2: 'http.token' is encrypted with key " + rotated.path("to").asString());
  }

  @Test
  void whatIsNoSecretOrEmptyIsRefused() {
    commands.with("ROLLCALL_KEY", EncryptionKey.random().text());
    assertThat(fails(2, commands.runWithInput(SECRET, "secret", "encrypt", "http.port")).err())
        .contains("http.port", "http.token", "database.password");
    fails(2, commands.runWithInput("\n", "secret", "encrypt", "http.token"));
    assertThat(commands.run("secret").exit()).isEqualTo(2);
    assertThat(commands.runWithInput(SECRET, "secret", "encrypt", "http.token", SECRET).exit())
        .isEqualTo(2);
  }
}
