package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo that is played once: what it reports, and that it tells where the sides differ. */
class DemoOnceTest {

  private static final JsonMapper JSON = new JsonMapper();

  private final CommandProcess commands = new CommandProcess();

  @BeforeEach
  void simulators() {
    assumeTrue(
        Files.exists(Path.of("../simulators/target/rollcall-simulators.jar")),
        "the simulators' jar has to be packaged first");
  }

  @AfterEach
  void close() {
    commands.close();
  }

  @Test
  void bothRoutesAreReportedAndAgree() {
    var done = commands.run("demo", "--once", "--people", "20", "--seed", "11", "--json");

    assertThat(done.exit()).as(done.toString()).isZero();
    JsonNode report = done.json();
    assertThat(report.path("ok").asBoolean()).isTrue();
    assertThat(report.path("differences")).isEmpty();
    JsonNode campus = report.path("routes").path("campus-to-repository");
    assertThat(campus.propertyNames())
        .contains("events", "due", "identities", "affiliations", "messages");
    JsonNode okta = report.path("routes").path("hr-to-okta");
    assertThat(okta.propertyNames()).contains("events", "lines", "accounts", "calls", "own429");
    assertThat(okta.path("lines").propertyNames()).contains("COMP", "WARN", "ERR");
    assertThat(okta.path("lines").path("COMP").asInt()).isPositive();
    assertThat(okta.path("lines").path("WARN").asInt()).as("adopted").isPositive();
    for (String what : List.of("created", "updated", "activated", "deactivated")) {
      assertThat(okta.path("accounts").path(what).asInt()).as(what).isPositive();
    }
    assertThat(okta.path("events").path("SUSP").asInt()).as("for a person to decide").isOne();
    assertThat(okta.path("calls").asInt()).isGreaterThan(40);
    assertThat(okta.path("own429").asInt()).isZero();
  }

  @Test
  void whatWasDoneBehindRollcallsBackIsNamedAndTheExitIsOne() throws Exception {
    Path out = commands.home().resolve("once.txt");
    Process once = commands.start(out, "demo", "--once", "--people", "10", "--json");
    Path home = commands.home().resolve("demo-once");
    Awaitility.await()
        .atMost(Duration.ofSeconds(80))
        .until(() -> Files.exists(home.resolve("service.json")));
    String okta = JSON.readTree(home.resolve("okta.json")).path("url").asString();

    // A user that nobody expects, a call with Rollcall's token that it did not make, and a line
    // that somebody else has worked.
    send(
        HttpRequest.newBuilder(URI.create(okta + "/_control/users"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"profile":{"login":"ghost@univ.edu","email":"g@univ.edu","firstName":"G",
                      "lastName":"Host","employeeNumber":"99999999999"}}
                    """)));
    send(
        HttpRequest.newBuilder(URI.create(okta + "/api/v1/users/ghost@univ.edu"))
            .header("Accept", "application/json")
            .header(
                "Authorization", "SSWS " + Files.readString(home.resolve("okta-token.secret"))));
    try (Connection hr = hr();
        Statement statement = hr.createStatement()) {
      statement.executeUpdate(
          "insert into PS_CHG_OK_REQ_DTL values ('GHOST', 1, 'U0000003', 'USAU', 'COMP', ' ', ' ',"
              + " ' ')");
    }

    assertThat(once.onExit().orTimeout(90, TimeUnit.SECONDS).join().exitValue()).isEqualTo(1);
    JsonNode report = JSON.readTree(out);
    assertThat(report.path("ok").asBoolean()).isFalse();
    assertThat(report.path("differences").valueStream().map(JsonNode::asString))
        .contains(
            "ghost@univ.edu (99999999999) is in Okta and nobody expects it",
            "line GHOST/1 is COMP and was never taken over")
        .anyMatch(one -> one.matches("calls: Rollcall says \\d+, Okta \\d+"));
  }

  private Connection hr() throws Exception {
    LocalPostgres postgres = new LocalPostgres(commands.home());
    return DriverManager.getConnection(
        postgres.ensureRunning().jdbcUrl("rollcall_demo_once_hr"),
        LocalPostgres.USER,
        postgres.password());
  }

  private static void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }
}
