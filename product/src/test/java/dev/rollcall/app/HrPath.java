package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Lines;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.simulators.okta.Okta;
import dev.rollcall.simulators.peoplesoft.PeopleSoft;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The simulators of PeopleSoft's database and of Okta, and between them the real engine with a
 * clock that a test moves. PeopleSoft is asked when a test says so, by the job that asks it
 * otherwise.
 */
final class HrPath implements AutoCloseable {

  static final String INSTANCE = "hr-to-okta";
  static final String TOKEN = "secret-1";

  /** The view that the simulated database has. */
  static final String VIEW =
      "mode: view\n    queries: {changes: \"select OPRID, CHANGED, LEAVER from PS_CHG_OK_CHANGED_VW where CHANGED >= :since\"}";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final Database hr = TestDatabase.empty();
  final Database database = TestDatabase.fresh();
  final SettableClock clock = new SettableClock(Instant.now());
  final String name;
  final Okta okta;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final PeopleSoft peopleSoft;
  private final List<Parts> started = new ArrayList<>();

  HrPath(Path directory) throws IOException {
    name = hr.jdbc().sql("select current_database()").query(String.class).single();
    url = TestDatabase.postgres().ensureRunning().jdbcUrl(name);
    peopleSoft =
        PeopleSoft.start(
            new PeopleSoft.Setup(
                0,
                Files.createDirectory(directory.resolve("psft")),
                Optional.empty(),
                "PSFT Campus",
                "Location",
                7,
                ZoneOffset.UTC));
    peopleSoft.serveHr(url, LocalPostgres.USER, TestDatabase.postgres().password());
    okta =
        Okta.start(
            new Okta.Setup(
                0, Files.createDirectory(directory.resolve("okta")), ZoneOffset.UTC, TOKEN));
    roomyTenantWithTheGroups();
  }

  private void roomyTenantWithTheGroups() {
    Map<String, Integer> limits = new HashMap<>();
    for (String bucket :
        List.of(
            "/api/v1/users",
            "/api/v1/users/{id}",
            "/api/v1/users/{id:.+}",
            "/api/v1/groups",
            "/api/v1/groups/{id}",
            "/api/v1")) {
      limits.put(bucket, 60_000);
    }
    okta("settings", JSON.writeValueAsString(Map.of("share", 100, "limits", limits)));
    okta("settings", "{'searchDelayMillis':0,'filterDelayMillis':0,'membershipDelayMillis':0}");
    okta(
        "groups",
        "{'names':['Staff General','Faculty General','Student Cohort','Adjunct Pool','Contractor Pool','Chess Club']}");
  }

  private JsonNode call(URI address, @Nullable String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (body != null) {
      request.POST(BodyPublishers.ofString(body.replace('\'', '"')));
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw new AssertionError(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    }
  }

  /** The tenant's control API. */
  JsonNode okta(String path, @Nullable String body) {
    return call(okta.address().resolve("/_control/" + path), body);
  }

  /** The control API of HR. */
  JsonNode people(String path, @Nullable String body) {
    return call(peopleSoft.address().resolve("/_control/hr/" + path), body);
  }

  /** The tenant with its token, for the database's own name. */
  String tenant() {
    return "tenants: {%s: {url: \"%s\", token: %s}}".formatted(name, okta.address(), TOKEN);
  }

  /**
   * The settings of one instance.
   *
   * @param more lines of the instance, indented by four blanks after the first
   */
  Settings settings(String more) {
    return WholePath.settings(yaml(more));
  }

  private String yaml(String more) {
    return """
    engine: {lease: 5s, poll: 50ms}
    instances:
      hr-to-okta:
        route: hr-to-okta
        database: {url: "%s", user: %s, password: "%s"}
        tables: {group: CHG_GROUP}
        %s
    """
        .formatted(url, LocalPostgres.USER, TestDatabase.postgres().password(), more);
  }

  /** The settings file of a whole service with the usual tenant. */
  String serviceYaml() {
    String own = database.jdbc().sql("select current_database()").query(String.class).single();
    return "database: {url: \"%s\", user: %s, password: \"%s\"}\n"
            .formatted(
                TestDatabase.postgres().ensureRunning().jdbcUrl(own),
                LocalPostgres.USER,
                TestDatabase.postgres().password())
        + yaml(tenant() + "\n    every: 1s");
  }

  /** Starts with the usual tenant. */
  Parts start(String... more) {
    return start(settings(tenant() + "\n    " + String.join("\n    ", more)));
  }

  /** Starts with these settings; what was started before is stopped. */
  Parts start(Settings settings) {
    stop();
    Parts parts = Parts.assemble(database, settings, clock, "test");
    started.add(parts);
    parts.engine().start();
    return parts;
  }

  /** Asks PeopleSoft once, as the scheduler does, and tells what came of it. */
  String poll(Parts parts) {
    return new HrRoutes(
            database,
            parts.events(),
            parts.lines(),
            parts.links(),
            parts.findings(),
            parts.states(),
            parts.gate(),
            clock,
            parts.engine()::wakeUp)
        .poll(parts.hr().getFirst(), () -> false);
  }

  /** Asks PeopleSoft once, and waits until what came of it is done. */
  void run(Parts parts) {
    poll(parts);
    settle(parts);
  }

  /** Waits until nothing waits any more; what is to be tried again later is soon. */
  void settle(Parts parts) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          clock.set(Instant.now().plus(ahead));
          // Who found no room for a call comes again a moment later.
          EventLookup.Backlog backlog = parts.lookup().backlog();
          return backlog.waiting() == 0 && backlog.due() == 0;
        });
  }

  private Duration ahead = Duration.ZERO;

  /** Moves the clock. */
  void advance(Duration by) {
    ahead = ahead.plus(by);
    clock.set(Instant.now().plus(ahead));
  }

  // PeopleSoft's tables

  private void sql(String statement, Object... values) {
    hr.jdbc().sql(statement).params(List.of(values)).update();
  }

  /** Somebody at work, with an address of every kind, who holds these identity types. */
  void person(String oprid, String emplid, String first, String last, String... types) {
    sql("insert into PSOPRDEFN values (?, ?, 0, now() at time zone 'UTC')", oprid, emplid);
    named(emplid, first, last, "2020-01-01");
    for (String type : List.of("HOME", "BUSN", "PERS")) {
      email(emplid, type, (emplid + "@" + type + ".univ.edu").toLowerCase(Locale.ROOT));
    }
    sql("insert into PS_PERSONAL_PHONE values (?, 'BUSN', '555-0100', 'Y')", emplid);
    job(emplid, "A");
    types(emplid, types);
  }

  void named(String emplid, String first, String last, String from) {
    sql(
        "insert into PS_NAMES values (?, 'PRI', ?::date, 'A', ?, ?, ' ', ?)",
        emplid,
        from,
        last + "," + first,
        first,
        last);
  }

  void email(String emplid, String type, String address) {
    sql(
        "insert into PS_EMAIL_ADDRESSES values (?, ?, ?, 'N')"
            + " on conflict (EMPLID, E_ADDR_TYPE) do update set EMAIL_ADDR = excluded.EMAIL_ADDR",
        emplid,
        type,
        address);
  }

  void phone(String emplid, String phone) {
    sql("update PS_PERSONAL_PHONE set PHONE = ? where EMPLID = ?", phone, emplid);
  }

  /** At work (A), on leave (L) or gone (I), from now on. */
  void job(String emplid, String status) {
    sql(
        "insert into PS_JOB select ?, 0, current_date, coalesce(max(EFFSEQ) + 1, 0), 'EMP', ?, ?, 'HIR'"
            + " from PS_JOB where EMPLID = ?",
        emplid,
        status.equals("I") ? "I" : "A",
        status.equals("I") ? "T" : status,
        emplid);
  }

  /** Holds these identity types from now on, and no others. */
  void types(String emplid, String... types) {
    sql("delete from PS_SCC_AFL_PERSON where EMPLID = ?", emplid);
    for (String type : types) {
      sql(
          "insert into PS_SCC_AFL_PERSON values (?, 'PSUNV', ?, 'A', date '2020-01-01', null)",
          emplid,
          type);
    }
  }

  /** Says that something about somebody changed now. */
  void changed(String oprid) {
    sql("update PSOPRDEFN set LASTUPDDTTM = now() at time zone 'UTC' where OPRID = ?", oprid);
  }

  /**
   * Writes a batch of requests.
   *
   * @param lines {@code OPRID:ACTION} or {@code OPRID:ACTION:GROUP}
   */
  void request(String batch, String... lines) {
    sql(
        "insert into PS_CHG_OK_REQ_HDR values (?, 'NEW', clock_timestamp() at time zone 'UTC', null)",
        batch);
    int number = 0;
    for (String line : lines) {
      List<String> parts = List.of(line.split(":", 3));
      sql(
          "insert into PS_CHG_OK_REQ_DTL values (?, ?, ?, ?, 'NEW', ' ', ' ', ?)",
          batch,
          ++number,
          parts.get(0),
          parts.get(1),
          parts.size() > 2 ? parts.get(2) : " ");
    }
  }

  /** The status of a line as PeopleSoft has it. */
  String status(String batch, int line) {
    return column(batch, line, "CHG_LINE_STATUS");
  }

  /** What PeopleSoft was told of a line; blank when nothing. */
  String text(String batch, int line) {
    return column(batch, line, "ERROR_MSG");
  }

  private String column(String batch, int line, String column) {
    return hr.jdbc()
        .sql("select " + column + " from PS_CHG_OK_REQ_DTL where CHG_BATCH_ID = ? and LINE_NBR = ?")
        .params(batch, line)
        .query(String.class)
        .single()
        .strip();
  }

  // Okta

  /** The users of the tenant, by login. */
  Map<String, JsonNode> users() {
    Map<String, JsonNode> users = new HashMap<>();
    for (JsonNode user : okta("state?part=users", null).path("users")) {
      users.put(user.path("profile").path("login").asString(""), user);
    }
    return users;
  }

  /** The user with this login. */
  JsonNode user(String login) {
    JsonNode user = users().get(login);
    assertThat(user).as(login + " among " + users().keySet()).isNotNull();
    return Objects.requireNonNull(user);
  }

  String statusOf(String login) {
    return user(login).path("status").asString();
  }

  /** The names of the groups that this user is in. */
  Set<String> groupsOf(String login) {
    String id = user(login).path("id").asString();
    JsonNode state = okta("state?part=groups,memberships", null);
    Set<String> held = new TreeSet<>();
    for (JsonNode group : state.path("groups")) {
      for (JsonNode member : state.path("memberships").path(group.path("id").asString())) {
        if (member.asString().equals(id)) {
          held.add(group.path("profile").path("name").asString(group.path("name").asString("")));
        }
      }
    }
    return held;
  }

  /** What was sent to the tenant's API since this call, in order. */
  List<JsonNode> requests(long after) {
    List<JsonNode> requests = new ArrayList<>();
    okta("requests?after=" + after, null).forEach(requests::add);
    return requests;
  }

  // Rollcall

  List<SyncEvent> events(Parts parts, String oprid) {
    return parts.lookup().find(new EventLookup.Filter(INSTANCE, null, oprid, 100)).reversed();
  }

  List<Lines.Shown> lines(Parts parts, String batch) {
    return parts.lines().list(new Lines.Filter(INSTANCE, null, batch, null, null, null, 100));
  }

  private void stop() {
    for (Parts parts : started) {
      parts.engine().close();
      parts.hr().forEach(HrRoute::close);
    }
    started.clear();
  }

  @Override
  public void close() {
    stop();
    peopleSoft.close();
    okta.close();
    http.close();
    hr.close();
    database.close();
  }
}
