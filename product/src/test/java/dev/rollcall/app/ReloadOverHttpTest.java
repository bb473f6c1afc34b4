package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code POST /api/reload} of a running service. */
class ReloadOverHttpTest {

  @TempDir private Path directory;

  private static String yaml() {
    Database database = TestDatabase.fresh();
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    LocalPostgres postgres = TestDatabase.postgres();
    return """
    database: {url: "%s", user: %s, password: "%s"}
    instances:
      campus:
        itResource: PSFT Campus
    """
        .formatted(postgres.ensureRunning().jdbcUrl(name), LocalPostgres.USER, postgres.password());
  }

  private static Exchange reload(Service service) throws IOException {
    try (HttpSender sender = new HttpSender(Duration.ofSeconds(20))) {
      return sender.send(
          "POST",
          URI.create("http://127.0.0.1:" + service.port() + "/api/reload"),
          Map.of("Authorization", "Bearer " + service.token()),
          "{}");
    }
  }

  @Test
  void theServiceSaysWhatIsInForceOrEverythingThatIsWrong() throws IOException {
    Path file = directory.resolve("rollcall.yaml");
    String yaml = yaml();
    Files.writeString(file, yaml);
    SettingsFile reader = new SettingsFile(Map.of());
    try (Service service =
        Service.start(() -> reader.read(file), new Home(directory), 0, Duration.ZERO)) {
      Files.writeString(file, yaml + "    organization: Students\n");
      Exchange taken = reload(service);
      assertThat(taken.status()).isEqualTo(200);
      assertThat(taken.body()).contains("\"instances\":[\"campus\"]");
      Files.writeString(file, yaml + "    colour: red\n    customQuery: Shoe Size=9\n");
      Exchange refused = reload(service);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.body())
          .contains("rollcall.yaml:5: unknown setting")
          .contains("rollcall.yaml:6: 'instances.campus.customQuery'");
    }
  }
}
