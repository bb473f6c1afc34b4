package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.cli.CommandProcess.Done;
import dev.rollcall.config.EncryptionKey;
import dev.rollcall.config.SettingsSecrets;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The token, the database's password and the key are said by nothing that a process prints. */
class PlantedSecretsTest {

  private static final String TOKEN = "planted-token-4711";
  private static final EncryptionKey KEY = EncryptionKey.random();
  private final Database database = TestDatabase.fresh();
  private final String password = TestDatabase.postgres().password();
  private final StringBuilder said = new StringBuilder();

  @Test
  void noLogNoAnswerAndNoProcessListSaysASecret() throws Exception {
    try (CommandProcess commands = new CommandProcess();
        database) {
      String url = url();
      Path settings = settings(commands, "planted.yaml", url);
      Path out = commands.home().resolve("serve.out");
      Path err = commands.home().resolve("serve.err");
      commands.with("ROLLCALL_KEY", KEY.text());
      Process service =
          commands.start(
              out,
              ProcessBuilder.Redirect.to(err.toFile()),
              "serve",
              "--config",
              settings.toString(),
              "--json");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(out).contains("\"url\"") || !service.isAlive());

      for (String command :
          List.of("instances", "events", "export campus", "reload", "tidy", "clock", "person 1")) {
        record(commands.run((command + " --json").split(" ", -1)));
      }
      record(commands.run("check", "--config", settings.toString(), "--json"));
      Path shut =
          settings(commands, "shut.yaml", "jdbc:postgresql://127.0.0.1:1/x?password=" + password);
      record(commands.run("check", "--config", shut.toString()));
      record(commands.run("serve", "--config", shut.toString()));
      Path odd = settings(commands, "odd.yaml", "jdbc:postgresql://u:" + password + "@h:no/x");
      record(commands.run("serve", "--config", odd.toString()));
      record(commands.run("check", "--config", odd.toString()));
      Path intruder = settings(commands, "intruder.yaml", url.replace("user=", "user=x"));
      record(commands.run("serve", "--config", intruder.toString()));
      commands.with("ROLLCALL_KEY", EncryptionKey.random().text());
      record(commands.run("serve", "--config", settings.toString()));
      record(commands.run("check", "--config", settings.toString(), "--json"));

      said.append(processList());
      service.destroy();
      assertThat(service.waitFor(Duration.ofSeconds(30))).isTrue();
      said.append(Files.readString(out)).append(Files.readString(err));
      String cli = commands.home().resolve("cli.json").toString();
      assertThat(Files.readString(Path.of(cli))).as("it is there to be found").contains(TOKEN);
    }
    assertThat(said.toString())
        .contains("is understood", "serve", "is encrypted with key " + KEY.id())
        .doesNotContain(TOKEN, password, KEY.text());
  }

  private String url() {
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    return TestDatabase.postgres().ensureRunning().jdbcUrl(name)
        + "?user="
        + LocalPostgres.USER
        + "&password="
        + password;
  }

  private static Path settings(CommandProcess commands, String name, String url) {
    return commands.file(
        name,
        """
        database:
          url: %s
        http:
          port: 0
          token: %s
        instances:
          campus:
            itResource: PSFT Campus
        """
            .formatted(
                SettingsSecrets.encrypt(KEY, "database.url", url),
                SettingsSecrets.encrypt(KEY, "http.token", TOKEN)));
  }

  private void record(Done done) {
    said.append(done.out()).append(done.err());
  }

  private static String processList() throws IOException {
    StringBuilder list = new StringBuilder();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        try {
          byte[] command = Files.readAllBytes(process.resolve("cmdline"));
          list.append(new String(command, StandardCharsets.UTF_8).replace('\0', ' ')).append('\n');
        } catch (IOException ended) {
          // It was there a moment ago.
        }
      }
    }
    return list.toString();
  }
}
