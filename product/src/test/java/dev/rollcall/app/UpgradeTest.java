package dev.rollcall.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a release left in its database is taken over by this version. */
class UpgradeTest {

  private static final TypeReference<Map<String, Object>> PERSON = new TypeReference<>() {};

  @TempDir private Path home;

  private static InputStream resource(String release, String name) {
    return requireNonNull(
        UpgradeTest.class.getResourceAsStream("released/" + release + "/" + name), name);
  }

  private static ReleasedDump dump(String release) throws IOException {
    try (InputStream file = resource(release, "database.gz")) {
      return ReleasedDump.read(file);
    }
  }

  private static Database asReleased(ReleasedDump dump) throws SQLException, IOException {
    Database database = TestDatabase.empty();
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("classpath:dev/rollcall/db/migration")
        .target(dump.version())
        .load()
        .migrate();
    List<String> made =
        database
            .jdbc()
            .sql(
                "select version || ' ' || script || ' ' || checksum from flyway_schema_history"
                    + " order by installed_rank")
            .query((row, number) -> row.getString(1))
            .list();
    assertThat(made)
        .as("migrations that were released are never edited")
        .isEqualTo(dump.migrations());
    dump.putInto(database);
    return database;
  }

  /** Fields may have been added since. */
  private static void assertSame(String before, String after) {
    List<Map<String, Object>> then = people(before);
    List<Map<String, Object>> now = people(after);
    assertThat(now).hasSameSizeAs(then);
    for (int i = 0; i < then.size(); i++) {
      assertThat(now.get(i)).containsAllEntriesOf(then.get(i));
    }
  }

  private static List<Map<String, Object>> people(String export) {
    JsonMapper json = new JsonMapper();
    return export.lines().map(line -> json.readValue(line, PERSON)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = "0.1")
  void everybodyIsWhoTheyWereBeforeTheUpgradeAndIsWorkedOnAfterIt(String release)
      throws IOException, SQLException {
    Database database = asReleased(dump(release));
    String before;
    try (InputStream file = resource(release, "export.jsonl")) {
      before = new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
    try (ReleasedService service = new ReleasedService(database, home)) {
      service.settle();
      assertSame(before, service.export());
      assertThat(
              service
                  .call("POST", "/api/instances/campus/resync", Map.of(), "{\"all\":true}")
                  .status())
          .isEqualTo(200);
      service.settle();
      assertSame(before, service.export());
      assertThat(
              service.send(
                  CampusMessages.changed("0000002001").email("A", "CAMP", "new@example.edu"),
                  "2026-11-09T08:00:00.000000-0600"))
          .isEqualTo(200);
      service.settle();
      assertThat(service.export()).contains("new@example.edu");
    }
  }

  /** Done once for each release: {@code mvn test -Dtest=UpgradeTest -Drollcall.release=0.1}. */
  @Test
  @EnabledIfSystemProperty(named = "rollcall.release", matches = "[0-9.]+")
  void writesWhatIsKeptOfARelease() throws IOException, SQLException {
    Path resources = Path.of("src", "test", "resources", "dev", "rollcall", "app", "released");
    Path release = resources.resolve(System.getProperty("rollcall.release"));
    ReleasedService.write(release, home);
    assertThat(release.resolve("database.gz")).isNotEmptyFile();
  }
}
