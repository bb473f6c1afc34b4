package dev.rollcall.app;

import static org.awaitility.Awaitility.await;

import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.intake.LoadTally;
import dev.rollcall.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A service over a database of a release, and what wrote the dump that is kept of it. Dates that
 * are to come lie so far away that no test will see them come.
 */
final class ReleasedService implements AutoCloseable {

  private static final Instant AS_OF = Instant.parse("2026-11-01T08:00:00Z");

  private final Service service;

  ReleasedService(Database database, Path home) throws IOException {
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    LocalPostgres postgres = TestDatabase.postgres();
    Path file = home.resolve("rollcall.yaml");
    Files.writeString(
        file,
        """
        database: {url: "%s", user: %s, password: "%s"}
        instances:
          campus:
            itResource: PSFT Campus
        """
            .formatted(
                postgres.ensureRunning().jdbcUrl(name), LocalPostgres.USER, postgres.password()));
    service =
        Service.start(new SettingsFile(Map.of()).read(file), new Home(home), 0, Duration.ZERO);
  }

  int send(CampusMessages message, String published) throws IOException {
    Map<String, String> headers = new HashMap<>();
    headers.put("Location", "PSFT Campus");
    headers.put("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v1");
    headers.put("OrigTimeStamp", published);
    return call("POST", "/PeopleSoftOIMListener", headers, message.xml()).status();
  }

  Exchange call(String method, String path, Map<String, String> more, String body)
      throws IOException {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + service.token());
    try (HttpSender sender = new HttpSender(Duration.ofSeconds(20))) {
      return sender.send(
          method, URI.create("http://127.0.0.1:" + service.port() + path), headers, body);
    }
  }

  String export() throws IOException {
    return call("GET", "/api/instances/campus/export", Map.of(), "").body();
  }

  void settle() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.parts().lookup().backlog().waiting() == 0);
  }

  @Override
  public void close() {
    service.close();
  }

  /** Lives through what leaves something in every table. */
  private void play() throws IOException {
    StringBuilder people = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      people.append(
          CampusMessages.added("00000010%02d".formatted(i))
              .name("A", "PRI", "2020-01-01", "Kim", "Person" + i)
              .email("A", "CAMP", "kim" + i + "@example.edu")
              .affiliation("A", "STUDENT", "A", "2020-09-01", i % 3 == 0 ? "2090-06-30" : "")
              .image());
    }
    String file =
        "<?xml version=\"1.0\"?><SCC_CONSTITUENT_FULLSYNC><MsgData>"
            + people
            + "</MsgData></SCC_CONSTITUENT_FULLSYNC>";
    service
        .parts()
        .fullLoad()
        .load(
            service.parts().fullLoad().publisher("campus").orElseThrow(),
            "full.xml",
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            AS_OF,
            new LoadTally());
    settle();
    for (int i = 0; i < 10; i++) {
      String id = "00000020%02d".formatted(i);
      CampusMessages added =
          CampusMessages.added(id)
              .name("A", "PRI", "2019-01-01", "Åsa", "Öberg" + i)
              .name("A", "PRI", "2091-01-01", "Åsa", "Lind" + i)
              .affiliation("A", "STAFF", "A", "2019-01-01", "2092-12-31");
      send(added, "2026-11-02T08:00:00.000000-0600");
      send(added, "2026-11-02T08:00:00.000000-0600");
      send(
          CampusMessages.changed(id).email("A", "CAMP", "asa" + i + "@example.edu"),
          "2026-11-03T08:00:00.000000-0600");
      send(
          CampusMessages.changed(id).email("A", "CAMP", "older" + i + "@example.edu"),
          "2026-11-01T08:00:00.000000-0600");
    }
    send(CampusMessages.deleted("0000002009"), "2026-11-04T08:00:00.000000-0600");
    send(
        CampusMessages.changed("0000003000").name("A", "PRI", "2020-01-01", "Nobody", "Known"),
        "2026-11-04T08:00:00.000000-0600");
    settle();
  }

  /**
   * Writes what is kept of a release.
   *
   * @param directory below the tests' resources
   * @param home anywhere
   */
  static void write(Path directory, Path home) throws IOException, SQLException {
    Files.createDirectories(directory);
    Database database = TestDatabase.fresh();
    try (ReleasedService released = new ReleasedService(database, home)) {
      released.play();
      Files.writeString(directory.resolve("export.jsonl"), released.export());
      try (OutputStream file = Files.newOutputStream(directory.resolve("database.gz"))) {
        ReleasedDump.of(database).write(file);
      }
    }
  }
}
