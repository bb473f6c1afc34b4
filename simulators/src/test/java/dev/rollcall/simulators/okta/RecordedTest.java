package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recorded exchanges with real tenants, played again: with the tenant as it was before, the same
 * status, and a body with at least the same properties of the same kinds.
 */
class RecordedTest {
  private static final Path FILE = Path.of("../../shared/samples/okta/recorded-exchanges.json");
  private static final Set<String> PLAYED =
      Set.of(
          "/api/v1/users",
          "/api/v1/users/{id}",
          "/api/v1/users/{id}/groups",
          "/api/v1/users/{id}/appLinks",
          "/api/v1/users/{id}/sessions",
          "/api/v1/users/{id}/blocks",
          "/api/v1/users/{id}/clients",
          "/api/v1/users/{id}/grants",
          "/api/v1/users/{id}/idps",
          "/api/v1/users/{id}/lifecycle/activate",
          "/api/v1/users/{id}/lifecycle/deactivate",
          "/api/v1/users/{id}/lifecycle/reactivate",
          "/api/v1/users/{id}/lifecycle/suspend",
          "/api/v1/users/{id}/lifecycle/unsuspend",
          "/api/v1/users/{id}/lifecycle/unlock",
          "/api/v1/users/{id}/lifecycle/expire_password",
          "/api/v1/users/{id}/lifecycle/reset_password",
          "/api/v1/users/{id}/lifecycle/reset_factors",
          "/api/v1/groups",
          "/api/v1/groups/{id}",
          "/api/v1/groups/{id}/users",
          "/api/v1/groups/{id}/apps",
          "/api/v1/groups/{id}/users/{id}",
          "/api/v1/identity-sources/{id}/sessions",
          "/api/v1/identity-sources/{id}/sessions/{id}",
          "/api/v1/identity-sources/{id}/sessions/{id}/bulk-upsert",
          "/api/v1/identity-sources/{id}/sessions/{id}/bulk-delete",
          "/api/v1/identity-sources/{id}/sessions/{id}/start-import");

  /** Features that this tenant has not got: owners of groups, and secret questions. */
  private static final Set<String> ABSENT = Set.of("owners", "recovery_question");

  private final Calling calling;

  RecordedTest(@TempDir Path directory) {
    calling = Calling.in(directory);
    calling.settings(
        "{'searchDelayMillis':0,'filterDelayMillis':0,'membershipDelayMillis':0,"
            + "'custom':{'customGroupAttribute':'string'}}");
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  /** One exchange: where it stands in the file, for its name. */
  record Exchange(int number, JsonNode json) {
    String method() {
      return json.path("method").asString();
    }

    String path() {
      return json.path("url").asString().split("\\?", 2)[0];
    }

    String template() {
      return path()
          .replaceAll("/(00[ug][^/]+|0oa[^/]+|aps[^/]+|test_group_id|[^/]+@[^/]+)", "/{id}");
    }

    String query() {
      String[] parts = json.path("url").asString().split("\\?", 2);
      return parts.length == 1 ? "" : "?" + parts[1];
    }

    JsonNode response() {
      String text = json.path("response").asString("");
      return text.isEmpty() ? Json.MAPPER.missingNode() : Json.MAPPER.readTree(text);
    }

    /** The body that was sent; where none was kept, one that leads to the answer. */
    String request() {
      String text = json.path("request").asString("");
      if (!text.isEmpty() || path().contains("/lifecycle/") || !response().has("profile")) {
        return text;
      }
      ObjectNode body = Json.MAPPER.createObjectNode();
      body.set("profile", response().path("profile"));
      return body.toString();
    }

    int status() {
      return json.path("status").asInt();
    }

    boolean played() {
      // One answer came from something before the tenant, not from Okta.
      return PLAYED.contains(template())
          && !json.path("response").asString("").contains("\"message\"");
    }

    @Override
    public String toString() {
      return number + " " + method() + " " + json.path("url").asString() + " " + status();
    }
  }

  static List<Exchange> exchanges() {
    if (!Files.exists(FILE)) {
      return List.of();
    }
    try {
      JsonNode all = Json.MAPPER.readTree(Files.readString(FILE));
      return IntStream.range(0, all.size())
          .mapToObj(i -> new Exchange(i, all.path(i)))
          .filter(Exchange::played)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void enoughWasRecordedToBePlayed() {
    assumeThat(FILE).as("the recorded exchanges lie beside the repository").exists();

    assertThat(exchanges()).hasSizeGreaterThan(40);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("exchanges")
  void aRecordedExchangeIsAnsweredTheSame(Exchange exchange) {
    String path = prepared(exchange);

    Answer answer =
        calling.send(
            exchange.method(),
            path.substring("/api/v1".length()) + exchange.query(),
            exchange.request());

    // Tenants of 2020 answered a deactivation without a body.
    int status =
        path.endsWith("/lifecycle/deactivate") && exchange.status() == 204
            ? 200
            : exchange.status();
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    if (!exchange.response().isMissingNode()) {
      alike(exchange.response(), answer.json(), "");
    }
    if (exchange.status() >= 400) {
      assertThat(answer.code()).isEqualTo(exchange.response().path("errorCode").asString());
      assertThat(words(answer.json())).isEqualTo(words(exchange.response()));
    }
    Set<String> kept = Set.of("x-rate-limit-limit", "x-okta-request-id", "link", "etag");
    for (Map.Entry<String, JsonNode> header : exchange.json().path("headers").properties()) {
      if (kept.contains(header.getKey())) {
        assertThat(answer.headers().firstValue(header.getKey())).as(header.getKey()).isPresent();
      }
    }
  }

  /** Makes the tenant what it was, and says what the address is called here. */
  private String prepared(Exchange exchange) {
    String path = exchange.path();
    JsonNode response = exchange.response();
    if (path.contains("/identity-sources/")) {
      return source(exchange);
    }
    for (String segment : path.split("/", -1)) {
      if (segment.startsWith("00u") || segment.contains("@")) {
        path = exchange.status() == 404 ? path : path.replace(segment, user(exchange, response));
      } else if (segment.startsWith("00g") || segment.equals("test_group_id")) {
        path = exchange.status() == 404 ? path : path.replace(segment, group(path, response));
      }
    }
    if (response.isArray() && exchange.template().equals("/api/v1/users")) {
      int number = 0;
      for (JsonNode user : response) {
        calling.standing("user" + number++, user.path("status").asString());
      }
      calling.staged("more");
    }
    if (response.isArray() && exchange.template().equals("/api/v1/groups")) {
      calling.group("Staff");
    }
    String[] asked = path.split("/", -1);
    if (response.isArray() && path.endsWith("/groups") && asked.length > 5) {
      calling.put("/groups/" + calling.group("Staff") + "/users/" + asked[4], "");
    }
    if (response.isArray() && path.endsWith("/users") && asked.length > 5) {
      calling.put("/groups/" + asked[4] + "/users/" + calling.standing("member", "STAGED"), "");
    }
    return path;
  }

  /** Makes the recorded source, and brings a session into the state in which the call met it. */
  private String source(Exchange exchange) {
    String[] asked = exchange.path().split("/", -1);
    calling.control.post("sources", "{'id':'" + asked[4] + "'}");
    String sessions = "/identity-sources/" + asked[4] + "/sessions";
    boolean create = asked.length == 6 && exchange.method().equals("POST");
    if (create) {
      return exchange.path();
    }
    String session = calling.post(sessions, "").json().path("id").asString();
    String loaded = "{'entityType':'USERS','profiles':[" + Sourcing.person("a") + "]}";
    boolean refused = exchange.method().equals("DELETE") && exchange.status() == 400;
    if (refused || exchange.path().endsWith("/start-import")) {
      calling.post(sessions + "/" + session + "/bulk-upsert", loaded);
    }
    if (refused) {
      calling.post(sessions + "/" + session + "/start-import", "");
    }
    return asked.length > 6 ? exchange.path().replace(asked[6], session) : exchange.path();
  }

  private String user(Exchange exchange, JsonNode response) {
    String operation = exchange.path().replaceFirst(".*/", "");
    String status =
        switch (operation) {
          case "activate", "reactivate" -> "STAGED";
          case "unsuspend" -> "SUSPENDED";
          case "deactivate",
              "suspend",
              "unlock",
              "reset_password",
              "reset_factors",
              "expire_password" ->
              "ACTIVE";
          default -> response.path("status").asString("ACTIVE");
        };
    String user = calling.standing("recorded", status);
    JsonNode profile = response.path("profile");
    if (profile.isObject() && exchange.method().equals("GET")) {
      ObjectNode change = Json.MAPPER.createObjectNode().put("user", user);
      change.set("profile", profile);
      calling.control.post("users", change.toString());
    }
    return user;
  }

  private String group(String path, JsonNode response) {
    String name = "Group " + path.length();
    String group = calling.group(name);
    JsonNode profile = response.path("profile");
    if (profile.isObject() && profile.path("description").isString()) {
      ObjectNode body = Json.MAPPER.createObjectNode();
      body.set("profile", profile);
      calling.put("/groups/" + group, body.toString());
    }
    return group;
  }

  @Test
  void aRecordedSessionIsPlayedFromItsBeginningToItsEnd() {
    assumeThat(FILE).as("the recorded exchanges lie beside the repository").exists();
    List<Exchange> ofSources =
        exchanges().stream().filter(one -> one.path().contains("/identity-sources/")).toList();
    assertThat(
            ofSources.stream().map(one -> one.method() + " " + one.template() + " " + one.status()))
        .contains(
            "POST /api/v1/identity-sources/{id}/sessions 201",
            "GET /api/v1/identity-sources/{id}/sessions 200",
            "GET /api/v1/identity-sources/{id}/sessions/{id} 200",
            "POST /api/v1/identity-sources/{id}/sessions/{id}/bulk-upsert 202",
            "POST /api/v1/identity-sources/{id}/sessions/{id}/start-import 200",
            "DELETE /api/v1/identity-sources/{id}/sessions/{id} 204",
            "DELETE /api/v1/identity-sources/{id}/sessions/{id} 400");

    Exchange upload =
        ofSources.stream()
            .filter(one -> one.path().endsWith("/bulk-upsert"))
            .findFirst()
            .orElseThrow();
    calling.control.post("sources", "{'id':'0oaOne'}");
    String sessions = "/identity-sources/0oaOne/sessions";
    String session = calling.post(sessions, "").json().path("id").asString();
    assertThat(calling.post(sessions + "/" + session + "/bulk-upsert", upload.request()).status())
        .isEqualTo(upload.status());
    assertThat(calling.post(sessions + "/" + session + "/start-import", "").status())
        .isEqualTo(200);
    calling.advance(60);
    assertThat(calling.get("/users/test.user@example.com").json().path("status").asString())
        .isEqualTo("PROVISIONED");
  }

  /** What an error says, without the ids in it. */
  private static String words(JsonNode error) {
    return error.path("errorSummary").asString().replaceAll("00[ug]\\w+", "ID")
        + " "
        + error
            .path("errorCauses")
            .valueStream()
            .map(cause -> cause.path("errorSummary").asString())
            .toList();
  }

  /** Whatever was recorded is there, of the same kind. */
  private static void alike(JsonNode recorded, JsonNode ours, String where) {
    if (recorded.isNull() || ours.isNull()) {
      return;
    }
    assertThat(ours.getNodeType()).as(where).isEqualTo(recorded.getNodeType());
    if (recorded.isObject()) {
      recorded.forEachEntry((name, value) -> {
        if (!ABSENT.contains(name)) {
          assertThat(ours.has(name)).as(where + "/" + name + " in " + ours).isTrue();
          alike(value, ours.path(name), where + "/" + name);
        }
      });
    } else if (recorded.isArray() && recorded.path(0).has("signOnMode")) {
      // There are no applications here.
      assertThat(ours.isEmpty()).isTrue();
    } else if (recorded.isArray() && !recorded.isEmpty()) {
      assertThat(ours.size()).as(where).isPositive();
      alike(recorded.path(0), ours.path(0), where + "/0");
    }
  }
}
