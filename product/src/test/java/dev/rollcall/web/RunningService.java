package dev.rollcall.web;

import dev.rollcall.app.Home;
import dev.rollcall.app.Service;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service, started from a settings file on a database of its own. */
public final class RunningService implements AutoCloseable {

  public static final String TOKEN = "a-token-nobody-guesses";
  static final String RESOURCE = "PSFT Campus";

  private static final JsonMapper JSON = new JsonMapper();

  private final Database database;
  private final Service service;
  private final Path home;

  private RunningService(Database database, Service service, Path home) {
    this.database = database;
    this.service = service;
    this.home = home;
  }

  /** A second process on the same database, as far as one JVM can be two. */
  RunningService another() {
    try {
      Path elsewhere = Files.createTempDirectory(Path.of("target"), "service-home");
      Service other =
          Service.start(
              new SettingsFile(environment(TestDatabase.postgres()))
                  .read(home.resolve("rollcall.yaml")),
              new Home(elsewhere),
              null,
              Duration.ZERO);
      return new RunningService(TestDatabase.sameAs(database), other, elsewhere);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Map<String, String> environment(LocalPostgres postgres) {
    return Map.of(
        "ROLLCALL_DATABASE_USER",
        LocalPostgres.USER,
        "ROLLCALL_DATABASE_PASSWORD",
        postgres.password(),
        "ROLLCALL_TOKEN",
        TOKEN);
  }

  /** With one instance that is on, one that is off and one whose IT resource is not active. */
  public static RunningService start() {
    return start("", "", "");
  }

  /** As {@link #start()}, with more settings of the instance that is on. */
  public static RunningService start(String more) {
    return start("", "", more);
  }

  /**
   * With more settings.
   *
   * @param http lines below http, two blanks deep
   * @param instances more instances, two blanks deep
   */
  static RunningService start(String http, String instances) {
    return start(http, instances, "");
  }

  private static RunningService start(String http, String instances, String more) {
    Database database = TestDatabase.fresh();
    LocalPostgres postgres = TestDatabase.postgres();
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    try {
      Path home = Files.createTempDirectory(Path.of("target"), "service-home");
      Path file = home.resolve("rollcall.yaml");
      Files.writeString(
          file,
          """
          database:
            url: %s
          http:
            port: 0
          %s
          instances:
            campus:
              itResource: %s
          %s
            waiting:
              source: other
              state: off
              itResource: PSFT Waiting
            closed:
              source: third
              isActive: no
              itResource: PSFT Closed
          %s
          """
              .formatted(
                  postgres.ensureRunning().jdbcUrl(name),
                  http,
                  RESOURCE,
                  more.indent(4),
                  instances));
      Service service =
          Service.start(
              new SettingsFile(environment(postgres)).read(file),
              new Home(home),
              null,
              Duration.ZERO);
      return new RunningService(database, service, home);
    } catch (IOException failure) {
      database.close();
      throw new IllegalStateException(failure);
    }
  }

  public Database database() {
    return database;
  }

  Service service() {
    return service;
  }

  /** What a file of the home holds. */
  String kept(String file) throws IOException {
    return Files.readString(home.resolve(file));
  }

  /** Where it answers. */
  public String url() {
    return "http://127.0.0.1:" + service.port();
  }

  /** A message about somebody new with this campus id. */
  public void sendPerson(String emplid, String first, String campusId) {
    send(
        CampusXml.added(emplid)
            .name("A", "PRI", "2020-01-01", first, "Smith")
            .campusId("A", campusId)
            .xml());
  }

  RawHttp http() {
    return new RawHttp(service.port());
  }

  /** Posts a message to the instance that is on. */
  RawHttp.Answer send(String xml, String... headers) {
    return http().post(xml, headers);
  }

  /** A call of the REST API with the right token. */
  RawHttp.Answer api(String method, String path, String json) {
    return http()
        .exchange(
            RawHttp.request(method, path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .body(json));
  }

  public JsonNode get(String path) {
    RawHttp.Answer answer = api("GET", path, "");
    if (answer.status() != 200) {
      throw new AssertionError(path + " was answered " + answer);
    }
    return JSON.readTree(answer.body());
  }

  /** Waits until nothing is to be worked any more. */
  public void settle() {
    settle("campus");
  }

  void settle(String instance) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            number(
                    "select count(*) from event where instance = '"
                        + instance
                        + "' and (status ="
                        + " 'QUE' or status = 'NEW' and due <= now())")
                == 0);
  }

  /** The stored identity's attributes, status and affiliations; an empty object without one. */
  JsonNode identity(String login) {
    return JSON.readTree(
        database
            .jdbc()
            .sql(
                """
                select (attributes || jsonb_build_object('status', status, 'affiliations',
                  (select coalesce(jsonb_agg(concat_ws('|', institution, code, from_date, to_date,
                     enabled) order by institution, code, from_date), '[]')
                   from identity_affiliation where identity = i.id)))::text
                from identity i where login = :login
                """)
            .param("login", login)
            .query(String.class)
            .optional()
            .orElse("{}"));
  }

  long messages(String emplid) {
    return count("campus_message", "emplid", emplid);
  }

  long events(String emplid) {
    return count("event", "subject", emplid);
  }

  private long count(String table, String column, String value) {
    return database
        .jdbc()
        .sql("select count(*) from " + table + " where " + column + " = :value")
        .param("value", value)
        .query(Long.class)
        .single();
  }

  public long number(String sql) {
    return database.jdbc().sql(sql).query(Long.class).single();
  }

  List<String> texts(String sql) {
    return database.jdbc().sql(sql).query((row, number) -> row.getString(1)).list();
  }

  @Override
  public void close() {
    service.close();
    database.close();
    try (var files = Files.walk(home)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException left) {
      throw new IllegalStateException(left);
    }
  }
}
