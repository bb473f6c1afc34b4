package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.config.Settings;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.event.Lines;
import dev.rollcall.model.LineStatus;
import dev.rollcall.simulators.okta.Okta;
import dev.rollcall.simulators.peoplesoft.PeopleSoft;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From PeopleSoft's request tables to Okta's users, over real SQL and real HTTP. */
final class HrToOktaTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Database hr = TestDatabase.empty();
  private final Database database = TestDatabase.fresh();
  private final HttpClient http = HttpClient.newHttpClient();
  private final String name;
  private final String url;
  private final PeopleSoft peopleSoft;
  private final Okta okta;
  private @Nullable Parts parts;

  HrToOktaTest(@TempDir Path directory) throws IOException {
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
                0, Files.createDirectory(directory.resolve("okta")), ZoneOffset.UTC, "secret-1"));
  }

  @BeforeEach
  void aRoomyTenantWithTheGroups() {
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
        "{'names':['Staff General','Faculty General','Student Cohort','Adjunct Pool','Contractor Pool']}");
  }

  @AfterEach
  void close() {
    if (parts != null) {
      parts.scheduler().close();
      parts.engine().close();
      parts.hr().forEach(HrRoute::close);
    }
    peopleSoft.close();
    okta.close();
    http.close();
    hr.close();
    database.close();
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

  private JsonNode okta(String path, @Nullable String body) {
    return call(okta.address().resolve("/_control/" + path), body);
  }

  private JsonNode people(String path, @Nullable String body) {
    return call(peopleSoft.address().resolve("/_control/hr/" + path), body);
  }

  private Settings settings(String tenants) {
    return WholePath.settings(
        """
        engine: {lease: 5s, poll: 50ms}
        instances:
          hr-to-okta:
            route: hr-to-okta
            every: 1s
            database: {url: "%s", user: %s, password: "%s"}
            tables: {group: CHG_GROUP}
            identity: {leave: suspend}
            tenants: %s
        """
            .formatted(url, LocalPostgres.USER, TestDatabase.postgres().password(), tenants));
  }

  private Parts start() {
    Parts started =
        Parts.assemble(
            database,
            settings("{%s: {url: \"%s\", token: secret-1}}".formatted(name, okta.address())),
            Clock.systemUTC(),
            "test");
    parts = started;
    started.engine().start();
    started.scheduler().start();
    return started;
  }

  private static List<Lines.Shown> lines(Parts parts, @Nullable LineStatus status) {
    return parts.lines().list(new Lines.Filter(null, status, null, null, null, null, 10_000));
  }

  private void settle(Parts parts) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() ->
            hr.jdbc()
                        .sql(
                            "select count(*) from PS_CHG_OK_REQ_DTL where CHG_LINE_STATUS in ('NEW', 'INPR')")
                        .query(Long.class)
                        .single()
                    == 0
                && parts.lookup().backlog().waiting() == 0);
  }

  private Map<String, JsonNode> users() {
    Map<String, JsonNode> users = new HashMap<>();
    for (JsonNode user : okta("state?part=users", null).path("users")) {
      users.put(user.path("profile").path("employeeNumber").asString(""), user);
    }
    return users;
  }

  /** Who is in any group. */
  private Set<String> members() {
    Set<String> members = new TreeSet<>();
    okta("state?part=memberships", null)
        .path("memberships")
        .forEach(group -> group.forEach(user -> members.add(user.asString())));
    return members;
  }

  /** Everything in which the tenant differs from what the scenario expects. */
  private List<String> differences() {
    List<String> differences = new ArrayList<>();
    Map<String, JsonNode> users = users();
    for (JsonNode expected : people("expected?leave=suspend", null)) {
      String emplid = expected.path("emplid").asString();
      JsonNode user = users.get(emplid);
      Set<String> logins = new HashSet<>();
      expected.path("logins").forEach(one -> logins.add(one.asString().toLowerCase(Locale.ROOT)));
      if (user == null || logins.isEmpty()) {
        if ((user == null) != logins.isEmpty()) {
          differences.add(emplid + " has an account or not against " + logins);
        }
        continue;
      }
      String login = user.path("profile").path("login").asString().toLowerCase(Locale.ROOT);
      if (!logins.contains(login)) {
        differences.add(emplid + " is " + login + " and not one of " + logins);
      }
      String status = user.path("status").asString().replace("PROVISIONED", "ACTIVE");
      if (!status.equals(expected.path("status").asString())) {
        differences.add(emplid + " is " + status + " and not " + expected.path("status"));
      }
    }
    return differences;
  }

  /** Who cannot have an account, because their names give no login. */
  private Set<String> withoutLogin() {
    Set<String> without = new HashSet<>();
    for (JsonNode expected : people("expected?leave=suspend", null)) {
      if (expected.path("logins").isEmpty()) {
        without.add(expected.path("oprid").asString());
      }
    }
    return without;
  }

  private List<String> unexpectedErrors(Parts running) {
    Set<String> without = withoutLogin();
    return lines(running, LineStatus.ERR).stream()
        .filter(line -> !without.contains(line.line().subject().id()))
        .map(line -> line.line().subject().id() + " " + line.line().action() + ": " + line.text())
        .toList();
  }

  @Test
  void whatTheRequestLinesAskForIsDoneInOktaAndReported() {
    people("fill", "{'people':12,'requests':true}");
    Parts running = start();

    settle(running);

    assertThat(unexpectedErrors(running)).isEmpty();
    assertThat(differences()).isEmpty();
    int accounts = 12 - withoutLogin().size();
    assertThat(users()).hasSize(accounts);
    assertThat(members()).as("everybody is in a group").hasSize(accounts);
    assertThat(
            hr.jdbc()
                .sql("select count(*) from PS_CHG_OPR_OKTA_ID where CHG_OKTA_ID <> ' '")
                .query(Long.class)
                .single())
        .isEqualTo(accounts);
    assertThat(okta("state?part=mails", null).path("mails")).as("nobody was mailed").isEmpty();
  }

  @Test
  void anAccountThatWasThereIsAdoptedLinkedAndNamedInTheCrossReferenceWithItsLogin() {
    people("fill", "{'people':10,'requests':false}");
    JsonNode person =
        people("expected", null)
            .valueStream()
            .filter(one -> one.path("status").asString().equals("ACTIVE"))
            .findFirst()
            .orElseThrow();
    String oprid = person.path("oprid").asString();
    String login = person.path("logins").path(0).asString();
    String account =
        okta(
                "users",
                "{'profile':{'login':'%s','email':'before@example.edu','firstName':'B','lastName':'B','employeeNumber':'%s'}}"
                    .formatted(login, person.path("emplid").asString()))
            .path("id")
            .asString();
    people("request", "{'oprids':['" + oprid + "']}");
    Parts running = start();

    settle(running);

    assertThat(lines(running, null))
        .extracting(Lines.Shown::status)
        .containsExactlyInAnyOrder(LineStatus.WARN, LineStatus.COMP);
    assertThat(
            database
                .jdbc()
                .sql("select account_id from link where subject = :oprid and origins <> '{}'")
                .param("oprid", oprid)
                .query(String.class)
                .list())
        .as("linked, and it is known where its values are from")
        .containsExactly(account);
    assertThat(
            hr.jdbc()
                .sql(
                    "select CHG_OKTA_ID || ' ' || lower(CHG_OKTA_LOGIN_ID) from PS_CHG_OPR_OKTA_ID")
                .query(String.class)
                .list())
        .containsExactly(account + " " + login);
  }

  @Test
  void faultsThatPassLeaveNoLineInErrorAndMakeNobodyTwice() {
    people("fill", "{'people':15,'requests':true}");
    for (String fault : List.of("lostAnswer", "halfBody", "serverError", "dropped", "readOnly")) {
      okta("faults", "{'fault':'" + fault + "','probability':0.05,'seed':7,'times':20}");
    }
    Parts running = start();

    settle(running);

    assertThat(unexpectedErrors(running)).isEmpty();
    assertThat(differences()).isEmpty();
    for (JsonNode one : okta("users?by=employeeNumber", null)) {
      assertThat(one.path("created").asInt(0)).as(one.toString()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aDatabaseUnderAnotherNameCallsNobody() {
    people("fill", "{'people':3,'requests':true}");

    assertThatThrownBy(() ->
            Parts.assemble(
                database,
                settings("{HRPRD: {url: \"%s\", token: secret-1}}".formatted(okta.address())),
                Clock.systemUTC(),
                "test"))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("calls itself " + name)
        .hasMessageContaining("HRPRD");

    assertThat(okta("requests", null).toString()).doesNotContain("/api/v1");
  }

  @Test
  void twoInstancesThatWouldCallOneTenantAreRefused() {
    String one =
        """
          %s:
            route: hr-to-okta
            source: %s
            database: {url: "%s", user: %s, password: "%s"}
            tenants: {%s: {url: "%s", token: secret-1}}
        """;
    String yaml =
        "instances:\n"
            + one.formatted(
                "first",
                "hr",
                url,
                LocalPostgres.USER,
                TestDatabase.postgres().password(),
                name,
                okta.address())
            + one.formatted(
                "second",
                "cs",
                url,
                LocalPostgres.USER,
                TestDatabase.postgres().password(),
                name,
                okta.address());

    assertThatThrownBy(
            () -> Parts.assemble(database, WholePath.settings(yaml), Clock.systemUTC(), "test"))
        .isInstanceOf(RefusedStart.class)
        .hasMessageContaining("first and second both call");
    assertThat(okta("requests", null).toString()).doesNotContain("/api/v1");
  }
}
