package dev.rollcall.connector.okta.bulk;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An identity source that works as {@code facts/okta.md §5} says: states of sessions, what a
 * request and a session may hold, the five minutes, imports that say nothing but in the log.
 */
final class FakeIdentitySource implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ID = Desk.ID;

  /** A session, and what it was given. */
  private static final class Open {
    final String id;
    String status = "CREATED";
    int requests;
    final List<JsonNode> upserts = new ArrayList<>();
    final List<String> deletes = new ArrayList<>();

    Open(String id) {
      this.id = id;
    }
  }

  /** By external id the profile, nulls left out; of those that are active. */
  final Map<String, Map<String, String>> users = new TreeMap<>();

  /** Logins that an import refuses. */
  final Set<String> refused = new HashSet<>();

  private final Clock clock;
  private final HttpServer server;
  private final Map<String, Open> sessions = new LinkedHashMap<>();
  private final List<String> log = new ArrayList<>();
  private @Nullable Instant started;
  private int number;

  FakeIdentitySource(Clock clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** What is started is imported, and told in the log. */
  synchronized void work() {
    for (Open open : sessions.values()) {
      if (open.status.equals("TRIGGERED")) {
        open.upserts.forEach(this::upsert);
        open.deletes.forEach(users::remove);
        log.add(event("system.import.complete", "SUCCESS", "x"));
        open.status = "COMPLETED";
      }
    }
  }

  private void upsert(JsonNode item) {
    String login = item.path("profile").path("userName").asString();
    if (refused.contains(login)) {
      log.add(event("system.import.user.create", "FAILURE", login));
      return;
    }
    Map<String, String> user =
        users.computeIfAbsent(item.path("externalId").asString(), _ -> new HashMap<>());
    item.path("profile")
        .properties()
        .forEach(one -> {
          if (one.getValue().isNull()) {
            user.remove(one.getKey());
          } else {
            user.put(one.getKey(), one.getValue().asString());
          }
        });
  }

  private String event(String type, String result, String whom) {
    return "{\"eventType\":\"%s\",\"published\":\"%s\",\"outcome\":{\"result\":\"%s\",\"reason\":\"Username is taken\"},\"target\":[{\"type\":\"AppUser\",\"id\":\"0ua1\",\"alternateId\":\"%s\"},{\"type\":\"AppInstance\",\"id\":\"%s\"}]}"
        .formatted(type, clock.instant(), result, whom, ID);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    URI uri = exchange.getRequestURI();
    Said said = answer(exchange.getRequestMethod(), uri.getPath(), uri.getRawQuery(), body);
    byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private record Said(int status, String body) {}

  private Said answer(String method, String path, @Nullable String query, byte[] body) {
    if (path.equals("/api/v1/logs")) {
      return logs(URLDecoder.decode(String.valueOf(query), StandardCharsets.UTF_8));
    }
    if (!path.startsWith(Desk.PATH)) {
      return error(404, "E0000007", "Not found: " + path);
    }
    String[] rest = path.substring(Desk.PATH.length()).split("/", -1);
    if (rest.length < 2) {
      return method.equals("POST") ? begin() : new Said(200, list());
    }
    Open open = sessions.get(rest[1]);
    if (open == null) {
      return invalid("The session does not exist.");
    }
    String operation = rest.length > 2 ? rest[2] : method;
    return switch (operation) {
      case "GET" -> new Said(200, Desk.session(open.id, open.status));
      case "DELETE" -> cancel(open);
      case "start-import" -> start(open);
      case "bulk-upsert", "bulk-delete" -> load(open, operation, body);
      default -> error(404, "E0000008", "no such path");
    };
  }

  private String list() {
    return sessions.values().stream()
        .filter(one -> takes(one) || one.status.equals("TRIGGERED"))
        .map(one -> Desk.session(one.id, one.status))
        .toList()
        .toString();
  }

  private Said begin() {
    boolean active =
        sessions.values().stream()
            .anyMatch(one -> Set.of("CREATED", "TRIGGERED").contains(one.status));
    if (active
        || (started != null && clock.instant().isBefore(started.plus(Duration.ofMinutes(5))))) {
      return invalid(
          "Only one active import session per identity source is allowed to be created every 5 minutes");
    }
    Open open = new Open("aps%017d".formatted(++number));
    sessions.put(open.id, open);
    return new Said(201, Desk.session(open.id, open.status));
  }

  private static boolean takes(Open open) {
    return open.status.equals("CREATED") || open.status.equals("IN_PROGRESS");
  }

  private static Said cancel(Open open) {
    if (!takes(open)) {
      return invalid("Only a session that is in CREATED or IN_PROGRESS status can be canceled.");
    }
    open.status = "CLOSED";
    return new Said(204, "");
  }

  private Said start(Open open) {
    if (!open.status.equals("IN_PROGRESS")) {
      return invalid("Only a session that is IN_PROGRESS can be started.");
    }
    open.status = "TRIGGERED";
    started = clock.instant();
    return new Said(200, Desk.session(open.id, open.status));
  }

  private Said load(Open open, String operation, byte[] body) {
    JsonNode profiles = JSON.readTree(body).path("profiles");
    if (!takes(open)
        || body.length > 200_000
        || profiles.isEmpty()
        || profiles.size() > 200
        || ++open.requests > 50) {
      return invalid("profiles");
    }
    for (JsonNode one : profiles) {
      if (operation.equals("bulk-upsert")) {
        open.upserts.add(one);
        open.status = "IN_PROGRESS";
      } else if (users.containsKey(one.path("externalId").asString())) {
        open.deletes.add(one.path("externalId").asString());
        open.status = "IN_PROGRESS";
      }
    }
    return new Said(202, "");
  }

  private Said logs(String query) {
    List<String> events =
        log.stream()
            .filter(event ->
                query.contains("FAILURE")
                    ? event.contains("FAILURE")
                    : query.contains(JSON.readTree(event).path("eventType").asString()))
            .toList();
    return new Said(200, events.toString());
  }

  private static Said invalid(String cause) {
    return new Said(
        400,
        "{\"errorCode\":\"E0000001\",\"errorSummary\":\"Api validation failed\",\"errorLink\":\"E0000001\",\"errorId\":\"oae1\",\"errorCauses\":[{\"errorSummary\":\"%s\"}]}"
            .formatted(cause));
  }

  private static Said error(int status, String code, String summary) {
    return new Said(
        status,
        "{\"errorCode\":\"%s\",\"errorSummary\":\"%s\",\"errorLink\":\"%s\",\"errorId\":\"oae1\",\"errorCauses\":[]}"
            .formatted(code, summary, code));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
