package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.access.Role;
import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.simulators.okta.Okta;
import dev.rollcall.simulators.peoplesoft.PeopleSoft;
import dev.rollcall.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service with an instance from PeopleSoft to Okta, over real SQL and real HTTP. */
final class HrService implements AutoCloseable {

  static final String TOKEN = "secret-token-of-a-tenant";
  static final String PASSWORD = "three quiet blue herons";
  static final String INSTANCE = "hr-to-okta";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Database hr = TestDatabase.empty();
  private final HttpClient http = HttpClient.newHttpClient();
  private final PeopleSoft peopleSoft;
  private final Okta okta;
  private final RunningService service;

  private HrService(Path directory) throws IOException {
    String name = hr.jdbc().sql("select current_database()").query(String.class).single();
    LocalPostgres postgres = TestDatabase.postgres();
    String url = postgres.ensureRunning().jdbcUrl(name);
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
    peopleSoft.serveHr(url, LocalPostgres.USER, postgres.password());
    okta =
        Okta.start(
            new Okta.Setup(
                0, Files.createDirectory(directory.resolve("okta")), ZoneOffset.UTC, TOKEN));
    Map<String, Integer> limits = new HashMap<>();
    for (String bucket :
        List.of("/api/v1/users", "/api/v1/users/{id}", "/api/v1/users/{id:.+}", "/api/v1/groups")) {
      limits.put(bucket, 6_000);
    }
    okta("settings", JSON.writeValueAsString(Map.of("share", 100, "limits", limits)));
    okta("settings", "{'searchDelayMillis':0,'filterDelayMillis':0,'membershipDelayMillis':0}");
    okta(
        "groups",
        "{'names':['Staff General','Faculty General','Student Cohort','Adjunct Pool','Contractor Pool']}");
    service =
        RunningService.start(
            "",
            """
            hr-to-okta:
              route: hr-to-okta
              every: 1s
              database: {url: "%s", user: %s, password: "%s"}
              tables: {group: CHG_GROUP}
              tenants: {%s: {url: "%s", token: %s}}
            """
                .formatted(
                    url, LocalPostgres.USER, postgres.password(), name, okta.address(), TOKEN)
                .indent(2));
    somebody("vera", Role.VIEWER);
    somebody("olaf", Role.OPERATOR);
  }

  static HrService start() {
    try {
      return new HrService(Files.createTempDirectory(Path.of("target"), "hr-service"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void somebody(String name, Role role) {
    var users = service.service().access().users();
    users.changePassword(name, users.add(name, role, false, "test").password(), PASSWORD);
  }

  RunningService service() {
    return service;
  }

  /** The database of PeopleSoft. */
  Database hr() {
    return hr;
  }

  String tenant() {
    return okta.address().getHost() + ":" + okta.address().getPort();
  }

  /** A call of the tenant's control API; quotes may be single. */
  JsonNode okta(String path, String body) {
    return call(okta.address().resolve("/_control/" + path), body);
  }

  /** A call of PeopleSoft's control API; quotes may be single. */
  JsonNode people(String path, String body) {
    return call(peopleSoft.address().resolve("/_control/hr/" + path), body);
  }

  private JsonNode call(URI address, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .POST(BodyPublishers.ofString(body.replace('\'', '"')))
            .build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
      return JSON.readTree(answer.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** Waits until every line has ended, and nothing is to be worked any more. */
  void settle() {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() ->
            hr.jdbc()
                        .sql(
                            "select count(*) from PS_CHG_OK_REQ_DTL"
                                + " where CHG_LINE_STATUS in ('NEW', 'INPR')")
                        .query(Long.class)
                        .single()
                    == 0
                && service.number("select count(*) from request_line where status = 'INPR'") == 0
                && service.number(
                        "select count(*) from event where status = 'QUE'"
                            + " or status = 'NEW' and due <= now()")
                    == 0);
  }

  @Override
  public void close() {
    service.close();
    peopleSoft.close();
    okta.close();
    http.close();
    hr.close();
  }
}
