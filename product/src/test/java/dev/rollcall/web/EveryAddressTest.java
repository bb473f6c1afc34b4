package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import dev.rollcall.access.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Asks every address the application answers: without, with wrong, with expired, with revoked, with
 * too weak credentials. What is expected is written down here by hand; an address that is in
 * neither list fails.
 */
class EveryAddressTest {

  /** Whoever asks is answered, or refused by the listener's own rules. */
  private static final Set<String> OPEN =
      Set.of(
          "GET /health",
          "GET /ready",
          "* /PeopleSoftOIMListener",
          "* /PeopleSoftOIMListener/",
          "GET /sign-in",
          "POST /sign-in");

  /** Whoever is signed in; a program too, to whom a password means nothing. */
  private static final Set<String> ANYBODY =
      Set.of("POST /sign-out", "GET /password", "POST /password");

  private static final Map<String, Role> NEEDED = new TreeMap<>();

  static {
    need(
        Role.VIEWER,
        "GET /",
        "GET /now",
        "GET /search",
        "GET /events",
        "GET /events/new",
        "GET /events/{id}",
        "GET /events/{id}/story",
        "GET /events/{id}/message",
        "POST /events/{id}/message",
        "GET /people",
        "GET /people/found",
        "GET /people/{named}",
        "GET /people/{named}/now",
        "GET /people/{named}/preview",
        "GET /instances/{name}",
        "GET /suspended",
        "GET /held",
        "GET /findings",
        "GET /lines",
        "GET /lines/now",
        "GET /lines/batches",
        "GET /lines/{id}",
        "GET /sessions",
        "GET /sessions/now",
        "GET /sessions/{id}",
        "GET /sessions/{id}/now",
        "GET /calls",
        "GET /calls/now",
        "GET /settings",
        "GET /metrics",
        "GET /api/openapi.json",
        "GET /audit",
        "GET /api/schedule",
        "GET /api/backlog",
        "GET /api/budget",
        "GET /api/clock",
        "GET /api/environment",
        "GET /api/events",
        "GET /api/events/{id}",
        "GET /api/instances",
        "GET /api/instances/{name}/export",
        "GET /api/loads/{id}",
        "GET /api/people/{named}",
        "GET /api/instances/{name}/preview",
        "GET /api/audit",
        "GET /api/audit/export",
        "GET /api/instances/{name}/preview/{named}",
        "GET /api/roles",
        "GET /api/suspended",
        "GET /api/findings",
        "GET /api/lines",
        "GET /api/sessions",
        "GET /api/sessions/{id}",
        "GET /api/held",
        "GET /api/schedule");
    need(
        Role.OPERATOR,
        "POST /events/{id}/retry",
        "POST /people/{named}/resync",
        "POST /instances/{name}/pause",
        "POST /instances/{name}/resume",
        "POST /events/{id}/resolve",
        "POST /events/{id}/held",
        "POST /held",
        "POST /findings/{id}/done",
        "POST /lines/retry",
        "POST /lines/{id}/retry",
        "POST /api/events/{id}/retry",
        "POST /api/instances/{name}/load",
        "POST /api/instances/{name}/resync",
        "POST /api/instances/{name}/link",
        "POST /api/instances/{name}/pause",
        "POST /api/instances/{name}/resume",
        "POST /api/roles",
        "POST /api/events/{id}/resolve",
        "POST /api/findings/{id}/done",
        "POST /api/lines/retry",
        "POST /api/held/reject",
        "POST /api/held/release",
        "POST /api/held/{event}/reject",
        "POST /api/held/{event}/release");
    need(
        Role.ADMIN,
        "GET /people/{named}/erase",
        "POST /people/{named}/erase",
        "GET /users",
        "POST /users",
        "GET /users/{name}",
        "POST /users/{name}/role",
        "POST /users/{name}/disable",
        "POST /users/{name}/enable",
        "POST /users/{name}/password",
        "POST /tokens",
        "POST /tokens/{name}/revoke",
        "POST /api/clock",
        "POST /api/environment/adopt",
        "POST /api/reload",
        "POST /api/tidy",
        "POST /api/people/{named}/erase",
        "GET /api/users",
        "POST /api/users",
        "POST /api/users/{name}/role",
        "POST /api/users/{name}/disable",
        "POST /api/users/{name}/enable",
        "POST /api/users/{name}/password",
        "GET /api/tokens",
        "POST /api/tokens",
        "POST /api/tokens/{name}/revoke");
  }

  private static RunningService service;
  private static String expired = "";
  private static String revoked = "";
  private static final Map<Role, String> GOOD = new TreeMap<>();

  private static void need(Role role, String... addresses) {
    for (String address : addresses) {
      NEEDED.put(address, role);
    }
  }

  @BeforeAll
  static void start() {
    service = RunningService.start();
    Tokens tokens = service.service().access().tokens();
    for (Role role : Role.values()) {
      GOOD.put(role, tokens.create(role.code(), role, true, null, "test").secret());
    }
    expired = tokens.create("expired", Role.ADMIN, true, null, "test").secret();
    service
        .database()
        .jdbc()
        .sql("update api_token set expires = now() - interval '1 second' where name = 'expired'")
        .update();
    revoked = tokens.create("revoked", Role.ADMIN, true, null, "test").secret();
    tokens.revoke("revoked", "test");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static RawHttp.Answer ask(String address, String... headers) {
    String[] parts = address.split(" ", 2);
    String path = parts[1].replaceAll("\\{[^}]*\\}", "1");
    RawHttp.Request request = RawHttp.request(parts[0].equals("*") ? "POST" : parts[0], path);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return service.http().exchange(request);
  }

  @TestFactory
  Stream<DynamicTest> everyAddressIsShutToWhomItIsNotMeantFor() {
    List<String> addresses =
        service.service().web().addresses().stream()
            .map(address -> address.method() + " " + address.path())
            .filter(address -> !isListener(address))
            .sorted()
            .toList();
    assertThat(addresses).hasSizeGreaterThan(25);
    return addresses.stream()
        .map(address -> DynamicTest.dynamicTest(address, () -> check(address)));
  }

  private static boolean isListener(String address) {
    return address.contains("/PeopleSoftOIMListener");
  }

  private static void check(String address) {
    if (address.equals("* /error")) {
      assertThat(ask("GET /error").status()).isEqualTo(401);
      assertThat(ask("GET /error", "Authorization", "Bearer " + GOOD.get(Role.ADMIN)).status())
          .isEqualTo(404);
      return;
    }
    if (OPEN.contains(address)) {
      assertThat(ask(address).status()).isNotEqualTo(401);
      return;
    }
    Role needed = NEEDED.get(address);
    assertThat(needed != null || ANYBODY.contains(address))
        .as("%s is new: say in AccessTable and here who may ask for it", address)
        .isTrue();
    nobodyComesInWithoutGoodCredentials(address);
    for (Role role : Role.values()) {
      RawHttp.Answer answer = ask(address, "Authorization", "Bearer " + GOOD.get(role));
      if (needed != null && !role.covers(needed)) {
        assertProblem(answer, 403);
        assertThat(answer.body())
            .contains(
                "This needs the role %s; token %s is %s"
                    .formatted(needed.code(), role.code(), role.code()));
      } else {
        assertThat(answer.status()).as(answer.toString()).isNotIn(401, 403, 500);
      }
    }
  }

  private static void nobodyComesInWithoutGoodCredentials(String address) {
    List<String[]> bad =
        List.of(
            new String[] {},
            new String[] {"Authorization", "Bearer wrong"},
            new String[] {"Authorization", "Bearer " + GOOD.get(Role.ADMIN) + "x"},
            new String[] {"Authorization", "Bearer " + expired},
            new String[] {"Authorization", "Bearer " + revoked},
            new String[] {"Authorization", "Basic YWRtaW46YWRtaW4="},
            new String[] {"Cookie", "rollcall-session=" + GOOD.get(Role.ADMIN)},
            new String[] {"Cookie", "rollcall-session=", "X-Forwarded-For", "127.0.0.1"});
    for (String[] headers : bad) {
      RawHttp.Answer answer = ask(address, headers);
      assertProblem(answer, 401);
      assertThat(answer.head()).contains("WWW-Authenticate: Bearer");
    }
    if (!address.contains("/api/")) {
      RawHttp.Answer browser = ask(address, "Accept", "text/html");
      assertThat(browser.status()).as(browser.toString()).isEqualTo(303);
      assertThat(browser.head()).contains("Location: /sign-in?next=");
    }
  }

  private static void assertProblem(RawHttp.Answer answer, int status) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.head()).contains("Content-Type: application/problem+json");
    assertThat(answer.body())
        .contains("\"status\":" + status, "\"title\":", "\"detail\":")
        .doesNotContain(GOOD.get(Role.ADMIN), expired, revoked);
  }

  @TestFactory
  Stream<DynamicTest> whatNobodyAnswersIsShutToo() {
    return Stream.of(
            "GET /nothing",
            "POST /api/events",
            "DELETE /api/events/1",
            "PUT /",
            "GET /assets/",
            "GET /assets/../Failures.class",
            "GET /assets/htmx.LICENSE",
            "GET /%68ealth",
            "GET /Health",
            "GET /health/",
            "GET /sign-in/",
            "POST /health",
            "GET /metrics/",
            "OPTIONS /api/events",
            "GET /webjars/x",
            "GET /actuator",
            "GET /logout",
            "POST /login")
        .map(address ->
            DynamicTest.dynamicTest(
                address, () -> assertThat(ask(address).status()).isIn(400, 401)));
  }
}
