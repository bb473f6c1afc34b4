package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service whose log is for programs writes nothing else, from its start to its end. */
class JsonLogTest {

  @Test
  void everyLineOfAServiceIsJsonWhenThatIsSet() throws Exception {
    try (CommandProcess commands = new CommandProcess();
        Database database = TestDatabase.fresh()) {
      Path out = commands.home().resolve("serve.out");
      Path err = commands.home().resolve("serve.err");
      Process service =
          commands.start(
              out,
              ProcessBuilder.Redirect.to(err.toFile()),
              "serve",
              "--config",
              settings(commands, database).toString(),
              "--json");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.readString(out).contains("\"url\"") || !service.isAlive());
      String url = new JsonMapper().readTree(Files.readString(out)).path("url").asString();
      int status =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(url + "/PeopleSoftOIMListener"))
                      .header("Location", "Nobody")
                      .POST(BodyPublishers.ofString("<x/>"))
                      .build(),
                  BodyHandlers.discarding())
              .statusCode();
      assertThat(status).isEqualTo(403);
      service.destroy();
      assertThat(service.waitFor(Duration.ofSeconds(30))).isTrue();
      List<JsonNode> lines =
          Files.readString(err)
              .lines()
              .filter(line -> !line.startsWith("The first user is ")) // said to whoever started it
              .map(line -> new JsonMapper().readTree(line))
              .toList();
      assertThat(lines)
          .anySatisfy(line -> {
            assertThat(line.path("log.level").asString()).isEqualTo("WARN");
            assertThat(line.path("message").asString()).contains("unknown IT resource");
            assertThat(line.path("process.pid").asLong(0)).isEqualTo(service.pid());
          });
    }
  }

  private static Path settings(CommandProcess commands, Database database) {
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    return commands.file(
        "json.yaml",
        """
        database:
          url: "%s?user=%s&password=%s"
        http:
          port: 0
        log:
          format: json
        instances:
          campus:
            itResource: PSFT Campus
        """
            .formatted(
                TestDatabase.postgres().ensureRunning().jdbcUrl(name),
                LocalPostgres.USER,
                TestDatabase.postgres().password()));
  }
}
