package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.cli.CommandProcess.Done;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One demo from up to down, asked as the contract says, in the order a person would. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoLifecycleTest {

  private static CommandProcess commands;
  private static JsonNode up;

  @BeforeAll
  static void start() {
    assumeTrue(
        Files.exists(Path.of("../simulators/target/rollcall-simulators.jar")),
        "the simulators' jar has to be packaged first");
    commands = new CommandProcess();
    Path other = commands.home().resolve("other-up.txt");
    Process atTheSameTime = commands.start(other, "up", "--demo", "--people", "20", "--json");
    up = done("up", "--demo", "--people", "20", "--json");
    assertThat(atTheSameTime.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue()).isZero();
    assertThat(new JsonMapper().readTree(other)).isEqualTo(up);
  }

  @AfterAll
  static void stop() {
    if (commands != null) {
      commands.close();
    }
  }

  private static JsonNode done(String... arguments) {
    Done done = commands.run(arguments);
    assertThat(done.exit()).as(done.toString()).isZero();
    return done.json();
  }

  @Test
  @Order(1)
  void upTellsWhereEverythingIsAndIsTheSameTheSecondTime() throws IOException {
    assertThat(up.propertyNames()).contains("url", "token", "pid", "config", "simulators", "jdbc");
    assertThat(up.path("simulators").path("peoplesoft").asString()).startsWith("http://");
    assertThat(up.path("simulators").path("okta").asString()).startsWith("http://");
    assertThat(up.path("jdbc").path("rollcall").asString()).startsWith("jdbc:postgresql:");
    assertThat(up.path("jdbc").path("hr").asString()).startsWith("jdbc:postgresql:");
    assertThat(done("up", "--demo", "--json")).isEqualTo(up);
    String settings = Files.readString(Path.of(up.path("config").asString()));
    for (String secret : List.of("demo/okta-token.secret", "demo/hr-password.secret")) {
      String said = Files.readString(commands.home().resolve(secret));
      assertThat(settings + up).doesNotContain(said);
    }
    for (String file :
        List.of("cli.json", "token", "demo/okta-token.secret", "demo/hr-password.secret")) {
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(commands.home().resolve(file))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  @Order(2)
  void waitComesToAnEnd() {
    // The scenario is being sent while nothing waits for a moment.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> done("events", "--limit", "10000", "--json").size() >= 40);
    JsonNode idle = done("wait", "--idle", "--timeout", "60s", "--json");
    assertThat(idle.propertyNames()).contains("idle", "waiting", "due");
    assertThat(idle.path("idle").asBoolean()).isTrue();
  }

  @Test
  @Order(3)
  void everythingCanBeAskedAndWhatIsNotThereIsFour() {
    JsonNode events = done("events", "--status", "COMP", "--limit", "5", "--json");
    assertThat(events.size()).isEqualTo(5);
    String id = events.get(0).path("event").asString();
    String subject = events.get(0).path("subject").asString();
    assertThat(done("event", id, "--json").path("event").path("status").asString())
        .isEqualTo("COMP");
    JsonNode person = done("person", subject, "--json");
    assertThat(person.propertyNames())
        .contains("subject", "links", "attributes", "affiliations", "roles", "due", "timeline");
    JsonNode roles = done("roles", "--json");
    assertThat(roles.get(0).propertyNames())
        .contains("role", "description", "created_by", "holders");
    String role = roles.get(0).path("role").asString();
    Path file = commands.file("roles.csv", "Affiliation Code;Description\n" + role + ";R\nNEW;N\n");
    JsonNode seeded = done("roles", "seed", file.toString(), "--json");
    assertThat(seeded.path("created").asInt()).isEqualTo(1);
    assertThat(seeded.path("existing").asInt()).isEqualTo(1);
    assertThat(commands.run("roles", "seed", commands.file("bad.csv", "CODE\n\"X").toString()))
        .satisfies(bad -> assertThat(bad.exit()).isEqualTo(2))
        .satisfies(bad -> assertThat(bad.err()).contains("line 2").hasLineCount(1));
    JsonNode retried = done("retry", id, "--json");
    assertThat(retried.path("parent").asString()).isEqualTo(id);
    assertThat(retried.path("cause").asString()).isEqualTo("RETRY");
    assertThat(done("resync", "campus", subject, "--json").path("cause").asString())
        .isEqualTo("RESYNC");
    assertThat(done("resync", "campus", "--all", "--json").path("count").asInt()).isPositive();
    assertThat(done("instances", "--json").get(0).propertyNames())
        .contains("instance", "state", "lagSeconds", "lastPoll", "lastError", "held");
    for (List<String> unknown :
        List.of(
            List.of("event", "999999999"),
            List.of("retry", "999999999"),
            List.of("person", "no body"),
            List.of("roles", "seed", "no such file"),
            List.of("resync", "no where", "1"),
            List.of("resync", "campus", "nobody"))) {
      Done done = commands.run(unknown.toArray(String[]::new));
      assertThat(done.exit()).as(unknown + " " + done).isEqualTo(4);
      assertThat(done.out()).isEmpty();
      assertThat(done.err()).hasLineCount(1);
    }
    assertThat(commands.run("events", "--status", "bogus").exit()).isEqualTo(2);
    assertThat(commands.run("events", "--token", "wrong").exit()).isEqualTo(1);
  }

  @Test
  @Order(4)
  void aLineThatIsAppendedInTheDatabaseOfHrBecomesAnAccount() throws SQLException {
    String oprid =
        post("hr/fill", "{\"people\":1,\"seed\":12,\"requests\":false}")
            .path("oprids")
            .path(0)
            .asString();
    JsonNode expected = control("peoplesoft", "hr/expected/" + oprid);
    assertThat(expected.path("status").asString()).isIn("ACTIVE", "STAGED");
    try (Connection hr = DriverManager.getConnection(up.path("jdbc").path("hr").asString());
        Statement statement = hr.createStatement()) {
      statement.executeUpdate(
          "insert into PS_CHG_OK_REQ_HDR values ('BY HAND', 'NEW', now() at time zone 'UTC',"
              + " now() at time zone 'UTC')");
      statement.executeUpdate(
          "insert into PS_CHG_OK_REQ_DTL values ('BY HAND', 1, '%s', 'CR8I', 'NEW', ' ', ' ', ' ')"
              .formatted(oprid));
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> lines("COMP").contains("BY HAND/1"));
    assertThat(
            control("okta", "state?part=users")
                .path("users")
                .valueStream()
                .map(user -> user.path("profile").path("employeeNumber").asString("")))
        .contains(expected.path("emplid").asString());
    assertThat(done("suspended", "--json").valueStream().map(JsonNode::toString))
        .as("one of those to begin with is for a person to decide")
        .anyMatch(one -> one.contains("no employeeNumber"));
  }

  private static List<String> lines(String status) {
    return done("okta", "lines", "--status", status, "--json")
        .valueStream()
        .map(line -> line.path("batch").asString() + "/" + line.path("line").asString())
        .toList();
  }

  private static JsonNode control(String simulator, String path) {
    return send(HttpRequest.newBuilder(control(up.path("simulators").path(simulator), path)));
  }

  private static JsonNode post(String path, String body) {
    return send(
        HttpRequest.newBuilder(control(up.path("simulators").path("peoplesoft"), path))
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static URI control(JsonNode simulator, String path) {
    return URI.create(simulator.asString() + "/_control/" + path);
  }

  private static JsonNode send(HttpRequest.Builder request) {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return new JsonMapper().readTree(answer.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  @Test
  @Order(5)
  void aSecondNodeWorksTheSameDatabase() {
    Path out = commands.home().resolve("second.txt");
    Process second =
        commands.start(
            out,
            "serve",
            "--config",
            up.path("config").asString(),
            "--port",
            "0",
            "--clock-skew",
            "90s",
            "--json");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.readString(out).endsWith("}\n"));
    String url = new JsonMapper().readTree(out).path("url").asString();
    JsonNode seen = done("events", "--url", url, "--limit", "1", "--json");
    assertThat(seen.size()).isEqualTo(1);
    assertThat(done("instances", "--json").size())
        .as("cli.json still names the first")
        .isEqualTo(2);
    second.destroy();
    assertThat(second.onExit().orTimeout(20, TimeUnit.SECONDS).join().isAlive()).isFalse();
  }

  @Test
  @Order(6)
  void theClockMakesTheirDayComeHereAndAtTheSimulators() {
    done("wait", "--idle", "--json");
    JsonNode waiting =
        done("events", "--instance", "campus", "--status", "NEW", "--limit", "10000", "--json");
    assertThat(waiting.size()).as("some affiliation ends or name begins later").isPositive();
    Instant before = Instant.parse(done("clock", "--json").path("now").asString());
    Instant after =
        Instant.parse(done("clock", "advance", "P400D", "--json").path("now").asString());
    assertThat(Duration.between(before, after))
        .isBetween(Duration.ofDays(400), Duration.ofDays(401));
    done("wait", "--idle", "--timeout", "60s", "--json");
    for (JsonNode event : waiting) {
      if (Instant.parse(event.path("due").asString()).isBefore(after)) {
        assertThat(
                done("event", event.path("event").asString(), "--json")
                    .path("event")
                    .path("status")
                    .asString())
            .isIn("COMP", "SKIP", "CANC");
        break;
      }
    }
    for (String simulator : List.of("peoplesoft", "okta")) {
      assertThat(control(simulator, "state").path("clock").path("now").asString())
          .as(simulator)
          .startsWith(after.toString().substring(0, 10));
    }
    assertThat(commands.run("clock", "set", "9999-01-01").exit()).isEqualTo(2);
    assertThat(commands.run("clock", "advance", "P999999999D").exit()).isEqualTo(2);
    done("wait", "--idle", "--json");
  }

  @Test
  @Order(7)
  void whatIsOldIsTidiedAndEverybodyIsStillThere() {
    String everybody = commands.run("export", "campus").out();
    done("clock", "advance", "P400D", "--json");
    done("wait", "--idle", "--timeout", "60s", "--json");
    JsonNode looked = done("tidy", "--dry-run", "--json");
    JsonNode tidied = done("tidy", "--json");
    for (JsonNode one : List.of(looked, tidied)) {
      assertThat(one.propertyNames())
          .contains("dryRun", "complete", "events", "messages", "messageRows", "audit");
      assertThat(one.propertyNames()).contains("before", "kept");
      assertThat(one.path("complete").asBoolean()).isTrue();
    }
    assertThat(looked.path("dryRun").asBoolean()).isTrue();
    assertThat(tidied.path("dryRun").asBoolean()).isFalse();
    assertThat(looked.path("kept").path("events").path("lastCompleted").asLong()).isPositive();
    assertThat(done("tidy", "--json").path("events").asLong()).isZero();
    assertThat(commands.run("export", "campus").out().lines().count())
        .isEqualTo(everybody.lines().count());
    assertThat(commands.run("tidy", "--dry-run").out())
        .contains("Would remove", "finished events", "old, but kept:");
  }

  @Test
  @Order(8)
  void afterAKillItComesBackWithItsDataAtItsPort() {
    long known = done("events", "--limit", "10000", "--json").size();
    ProcessHandle service = ProcessHandle.of(up.path("pid").asLong()).orElseThrow();
    service.destroyForcibly();
    service.onExit().join();
    Done gone = commands.run("events");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.err()).contains("rollcall up --demo").hasLineCount(1);
    JsonNode again = done("up", "--demo", "--json");
    assertThat(again.path("url")).isEqualTo(up.path("url"));
    assertThat(again.path("token")).isEqualTo(up.path("token"));
    assertThat(again.path("pid")).isNotEqualTo(up.path("pid"));
    assertThat(done("events", "--limit", "10000", "--json").size())
        .isGreaterThanOrEqualTo((int) known);
  }

  @Test
  @Order(9)
  void downStopsItAll() {
    JsonNode down = done("down", "--json");
    assertThat(down.path("stopped").asBoolean()).isTrue();
    assertThat(down.path("postgres").asBoolean()).isTrue();
    assertThat(
            ProcessHandle.allProcesses()
                .filter(process ->
                    process.info().commandLine().orElse("").contains(commands.home().toString())))
        .isEmpty();
  }

  @Test
  @Order(10)
  void whatTidyWouldRemoveIsSaidWithoutTheServiceToo() {
    JsonNode looked = done("tidy", "--dry-run", "--json");
    assertThat(looked.path("dryRun").asBoolean()).isTrue();
    assertThat(looked.path("kept").path("events").path("lastCompleted").asLong()).isPositive();
    assertThat(
            done("tidy", "--dry-run", "--config", up.path("config").asString(), "--json")
                .path("kept"))
        .isEqualTo(looked.path("kept"));
    assertThat(commands.run("tidy").exit()).isEqualTo(1);
    assertThat(done("down", "--json").path("postgres").asBoolean()).isTrue();
  }
}
