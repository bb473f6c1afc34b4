package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.CommandProcess.Done;
import dev.rollcall.testing.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Users, tokens and passwords from the command line, with a service as on a first day. */
class AccessCommandsTest {

  private static final Pattern FIRST = Pattern.compile("Sign in there as admin with (\\S+)");

  private static CommandProcess commands;
  private static Path config;
  private static Path said;

  @BeforeAll
  static void start() {
    commands = new CommandProcess();
    config =
        commands.file(
            "rollcall.yaml",
            """
            http:
              port: 0
            instances:
              campus:
                itResource: PSFT Campus
            """);
    said = commands.home().resolve("serve.txt");
    commands.start(said, "serve", "--config", config.toString());
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> said().contains("Sign in"));
  }

  @AfterAll
  static void stop() {
    commands.close();
  }

  private static String said() {
    try {
      return Files.exists(said) ? Files.readString(said) : "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static JsonNode done(String... arguments) {
    Done done = commands.run(arguments);
    assertThat(done.exit()).as(done.toString()).isZero();
    return done.json();
  }

  private static void fails(int exit, String why, String... arguments) {
    Done done = commands.run(arguments);
    assertThat(done.exit()).as(done.toString()).isEqualTo(exit);
    assertThat(done.err()).contains(why).hasLineCount(1);
    assertThat(done.out()).isEmpty();
  }

  @Test
  void theFirstPasswordIsToldOnceAndKeptForItsOwnerUntilItIsReset() throws IOException {
    Matcher first = FIRST.matcher(said());
    assertThat(first.results()).hasSize(1);
    Path kept = commands.home().resolve("first-password-rollcall.json");
    assertThat(Files.readString(kept)).contains("admin", password());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");

    JsonNode reset = done("password", "reset", "Admin", "--json");
    assertThat(reset.path("user").asString()).isEqualTo("admin");
    assertThat(reset.path("password").asString()).isNotEmpty().isNotEqualTo(password());
    assertThat(kept).doesNotExist();
    fails(4, "There is no user nobody", "password", "reset", "nobody");
  }

  private static String password() {
    Matcher first = FIRST.matcher(said());
    assertThat(first.find()).isTrue();
    return first.group(1);
  }

  @Test
  void usersAreAddedChangedAndDisabled() {
    JsonNode added = done("users", "add", "Ann", "--role", "operator", "--json");
    assertThat(added.path("user").asString()).isEqualTo("ann");
    assertThat(added.path("password").asString()).hasSize(24);
    fails(1, "There is a user ann already", "users", "add", "ann", "--role", "viewer");
    fails(2, "'chief' is no role", "users", "add", "bob", "--role", "chief");

    JsonNode changed = done("users", "role", "ann", "viewer", "--national-ids", "yes", "--json");
    assertThat(changed.path("role").asString()).isEqualTo("viewer");
    assertThat(changed.path("nationalIds").asBoolean()).isTrue();
    assertThat(done("users", "disable", "ann", "--json").path("disabled").asBoolean()).isTrue();
    assertThat(done("users", "enable", "ann", "--json").path("disabled").asBoolean()).isFalse();
    fails(1, "admin is the only admin left", "users", "disable", "admin");
    fails(4, "There is no user nobody", "users", "role", "nobody", "viewer");
    assertThat(done("users", "--json").toString()).contains("admin", "ann");
    assertThat(commands.run("users", "list").out()).contains("must change password");
  }

  @Test
  void tokensAreMadeUsedAndRevoked() {
    JsonNode created =
        done("tokens", "create", "monitor", "--role", "viewer", "--expires", "90d", "--json");
    String token = created.path("token").asString();
    assertThat(token).startsWith("rollcall_");
    assertThat(done("events", "--token", token, "--json").isArray()).isTrue();
    fails(
        3,
        "This needs the role operator; token monitor is viewer",
        "resync",
        "campus",
        "--all",
        "--token",
        token);
    fails(
        2,
        "The token would have expired already",
        "tokens",
        "create",
        "old",
        "--role",
        "viewer",
        "--expires",
        "2020-01-01");
    fails(2, "--expires", "tokens", "create", "old", "--role", "viewer", "--expires", "soon");

    assertThat(done("tokens", "revoke", "monitor", "--json").path("revoked").asString())
        .isNotEmpty();
    fails(1, "The token monitor was revoked", "events", "--token", token);
    fails(4, "There is no token monitor", "tokens", "revoke", "monitor");
    Done listed = commands.run("tokens");
    assertThat(listed.out()).contains("monitor", "token http.token").doesNotContain(token);
  }

  @Test
  void commandsBelieveTheCertificateOfTheHomeAndThatWhichIsNamed() throws IOException {
    try (CommandProcess secure = new CommandProcess()) {
      Path store = TestCertificates.keyStore(secure.home().resolve("s.p12"), "rollcall.example");
      Path file =
          secure.file(
              "rollcall.yaml",
              """
              http: {port: 0, tls: {keyStore: '%s', password: %s}}
              instances:
                campus: {itResource: PSFT Campus}
              """
                  .formatted(store, TestCertificates.PASSWORD));
      Path out = secure.home().resolve("serve.txt");
      secure.start(out, "serve", "--config", file.toString());
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(out) && Files.readString(out).contains("Sign in"));
      assertThat(Files.readString(out)).contains("Rollcall answers at https://127.0.0.1:");
      assertThat(secure.run("instances", "--json").exit()).isZero();

      JsonNode known = new JsonMapper().readTree(secure.home().resolve("cli.json"));
      String url = known.path("url").asString();
      String token = known.path("token").asString();
      Done stranger = secure.run("instances", "--url", url, "--token", token);
      assertThat(stranger.exit()).isEqualTo(1);
      assertThat(stranger.err()).contains("is not believed", "--ca FILE").hasLineCount(1);
      Path pem = secure.file("pinned.pem", TestCertificates.certificate(store));
      assertThat(
              secure
                  .run(
                      "instances", "--url", url, "--token", token, "--ca", pem.toString(), "--json")
                  .exit())
          .isZero();
      assertThat(secure.run("instances", "--url", url, "--token", token, "--ca", "/no").err())
          .contains("There is no file /no");
    }
  }

  @Test
  void aCertificateThatCannotBeShownStopsTheStartAndIsToldByCheck() {
    Path store = TestCertificates.keyStore(commands.home().resolve("t.p12"), "x", "-validity", "5");
    String yaml =
        """
        http: {port: 0, tls: {keyStore: '%s', password: %s}}
        instances:
          campus: {itResource: PSFT Campus}
        """;
    Path wrong = commands.file("wrong.yaml", yaml.formatted(store, "guessed"));
    fails(1, "The password of " + store + " is wrong", "serve", "--config", wrong.toString());
    Done check = commands.run("check", "--config", wrong.toString(), "--json");
    assertThat(check.exit()).isEqualTo(1);
    assertThat(check.out()).contains("certificate", "is wrong: http.tls.password");

    Path soon = commands.file("soon.yaml", yaml.formatted(store, TestCertificates.PASSWORD));
    Done warned = commands.run("check", "--config", soon.toString(), "--json");
    assertThat(warned.exit()).as(warned.toString()).isZero();
    assertThat(warned.out()).contains("warning: The certificate expires at");
  }
}
