package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.db.Database;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Sessions;
import dev.rollcall.simulators.hcm.Hcm;
import dev.rollcall.simulators.okta.Okta;
import dev.rollcall.sync.SessionSteps;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The route from end to end: simulated Oracle HCM and Okta over HTTP, in virtual time. */
final class HcmToOktaTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String SOURCE = "0oahcm1simulated0001";
  private static final String TOKEN = "secret-1";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final List<String> CUSTOM =
      List.of(
          "middleName",
          "displayName",
          "countryCode",
          "zipCode",
          "personNumber",
          "dateOfBirth",
          "legalEntityId",
          "hireDate",
          "terminationDate",
          "maritalStatus",
          "personId",
          "effectiveStartDate",
          "citizenshipId",
          "citizenshipStatus",
          "citizenshipLegislationCode",
          "militaryVetStatus",
          "workerType",
          "locationId",
          "locationName",
          "departmentId");

  @TempDir private Path directory;

  private final Database database = TestDatabase.fresh();
  private final SettableClock clock =
      new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
  private final HttpClient http = HttpClient.newHttpClient();
  private Hcm hcm;
  private Okta okta;
  private Parts parts;

  @BeforeEach
  void start() throws IOException {
    hcm =
        Hcm.start(
            new Hcm.Setup(
                0,
                Files.createDirectory(directory.resolve("hcm")),
                ZoneOffset.UTC,
                7,
                "rollcall",
                "hcm-secret",
                "client",
                "client-secret"));
    okta =
        Okta.start(
            new Okta.Setup(
                0, Files.createDirectory(directory.resolve("okta")), ZoneOffset.UTC, TOKEN));
    moveSimulators();
    Map<String, Integer> limits = new HashMap<>();
    for (JsonNode window :
        okta("settings", "{}").path("limits").propertyNames().stream()
            .map(JSON::valueToTree)
            .map(JsonNode.class::cast)
            .toList()) {
      limits.put(window.asString(), 60_000);
    }
    okta("settings", JSON.writeValueAsString(Map.of("share", 100, "limits", limits)));
    okta(
        "sources", JSON.writeValueAsString(Map.of("id", SOURCE, "label", "HCM", "custom", CUSTOM)));
    parts = assemble();
    parts.engine().start();
  }

  private Parts assemble() {
    return Parts.assemble(
        database,
        WholePath.settings(
            """
            engine: {lease: 5s, poll: 50ms}
            instances:
              hcm-to-okta:
                route: hcm-to-okta
                hcm: {url: "%s", user: rollcall, password: hcm-secret}
                tenants: {127.0.0.1: {url: "%s", identitySource: %s, token: %s}}
            """
                .formatted(hcm.address(), okta.address(), SOURCE, TOKEN)),
        clock,
        "test");
  }

  @AfterEach
  void stop() {
    parts.engine().close();
    parts.hcm().forEach(HcmRoute::close);
    hcm.close();
    okta.close();
    http.close();
    database.close();
  }

  private JsonNode call(URI address, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (!body.isEmpty()) {
      request.POST(BodyPublishers.ofString(body));
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

  private JsonNode okta(String path, String body) {
    return call(okta.address().resolve("/_control/" + path), body);
  }

  private JsonNode hcm(String path, String body) {
    return call(hcm.address().resolve("/_control/" + path), body);
  }

  private void moveSimulators() {
    String now = JSON.writeValueAsString(Map.of("now", clock.instant().toString(), "stand", true));
    okta("clock", now);
    hcm("clock", now);
  }

  private void advance(Duration by) {
    clock.advance(by);
    moveSimulators();
  }

  private String poll(Kind kind) {
    return new HcmRoutes(
            database, parts.events(), parts.findings(), parts.gate(), clock, parts.engine()::wakeUp)
        .poll(parts.hcm().getFirst(), kind, () -> false);
  }

  /** Lets time pass, and whoever goes on with sessions, until nothing waits. */
  private void settle() {
    SessionSteps steps = parts.engine().sessions().getFirst();
    Sessions sessions = new Sessions(database.jdbc(), clock);
    String target = parts.instances().getFirst().targetName();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          steps.run(() -> false);
          advance(Duration.ofSeconds(5));
          EventLookup.Backlog backlog = parts.lookup().backlog();
          return sessions.open(target).isEmpty() && backlog.waiting() == 0 && backlog.due() == 0;
        });
  }

  private void run() {
    poll(Kind.ACTIVE);
    poll(Kind.LEAVERS);
    settle();
  }

  private Map<String, JsonNode> users() {
    Map<String, JsonNode> users = new HashMap<>();
    for (JsonNode user : okta("state?part=users", "").path("users")) {
      users.put(user.path("profile").path("personId").asString(""), user);
    }
    return users;
  }

  /** Everybody there is as Oracle HCM's own truth says they have to be. */
  private Set<String> compare() {
    Map<String, JsonNode> users = users();
    Set<String> active = new HashSet<>();
    int compared = 0;
    for (JsonNode one : hcm("hcm/expected?count=10000", "")) {
      JsonNode profile = one.path("profile");
      String id = profile.path("personId").asString("");
      JsonNode user = users.get(id);
      switch (one.path("standing").asString("")) {
        case "active" -> {
          // Without an address there is no account; who has two of what there is one of is told of
          // to a person instead.
          JsonNode open = one.path("open");
          if (profile.path("email").isNull() || open.has("email") || open.has("citizenshipId")) {
            continue;
          }
          if (user == null) {
            throw new AssertionError("nobody at Okta is " + one);
          }
          // Nobody has set a password: until then Okta calls an active user provisioned.
          assertThat(user.path("status").asString()).as("%s", one).isEqualTo("PROVISIONED");
          active.add(id);
          for (String name : profile.propertyNames()) {
            if (!one.path("open").has(name) && !name.equals("userName")) {
              String found = user.path("profile").path(name).asString("");
              // Okta stores no characters of four bytes (facts/okta.md §1).
              String wanted =
                  profile.path(name).asString("").replaceAll("[^\\x{0}-\\x{FFFF}]", "\uFFFD");
              if (name.equals("mobilePhone")) {
                found = found.replaceAll("\\D", "");
              }
              assertThat(found).as("%s of %s", name, one).isEqualTo(wanted);
              compared++;
            }
          }
        }
        case "left" -> {
          if (user != null) {
            assertThat(user.path("status").asString()).as("%s", one).isEqualTo("DEPROVISIONED");
          }
        }
        default -> {}
      }
    }
    assertThat(compared).isGreaterThan(100);
    return active;
  }

  private List<JsonNode> applied() {
    List<JsonNode> applied = new ArrayList<>();
    okta("sources/" + SOURCE + "/applied", "").forEach(applied::add);
    return applied;
  }

  @Test
  void everybodyIsGivenOnceChangesAreGivenAloneAndWhoLeftIsDeactivated() {
    hcm("hcm/fill", "{\"people\":80,\"seed\":7}");

    run();

    Set<String> first = compare();
    assertThat(first).hasSizeGreaterThan(30);
    int given = applied().size();
    assertThat(poll(Kind.ACTIVE)).startsWith("0 changed");
    settle();
    assertThat(applied()).hasSize(given);

    advance(Duration.ofMinutes(10));
    hcm("hcm/change", "{\"people\":6,\"seed\":3,\"what\":\"lastName\"}");
    hcm("hcm/terminate", "{\"people\":3,\"seed\":5}");
    run();

    Set<String> second = compare();
    assertThat(second).hasSize(first.size() - 3);
    assertThat(applied().size() - given).isBetween(6, 9);
    assertThat(okta("sources/" + SOURCE, "").path("sessions").size()).isEqualTo(2);
  }
}
