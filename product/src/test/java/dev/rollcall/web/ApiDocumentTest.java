package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Member;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.model.SubjectKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document is the one in the documents, and every operation in it is called here and
 * answers as it says.
 */
class ApiDocumentTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static RunningService service;
  private static JsonNode document;
  private static long finished;
  private static long suspended;
  private static List<Long> held;
  private static long finding;
  private static long session;

  /**
   * A call of an operation.
   *
   * @param operation as in the document
   * @param path what is really asked for
   * @param type of the body; empty for none
   */
  private record Call(int status, String operation, String path, String type, String body) {
    private String method() {
      return operation.substring(0, operation.indexOf(' '));
    }
  }

  @BeforeAll
  static void start() {
    service =
        RunningService.start(
            """
            matchAlso: campus_id
            expected: [email]
            guard:
              creations:
                most: 3
            """);
    person("API1", "C1");
    person("API2", "C1");
    for (String id : List.of("API3", "API4", "API5", "API6")) {
      person(id, "C" + id);
    }
    service
        .database()
        .jdbc()
        .sql("insert into call_budget (target, bucket) values ('okta', '/api/v1/users')")
        .update();
    finished = service.number("select id from event where subject = 'API1' and status = 'COMP'");
    suspended = service.number("select id from event where subject = 'API2' and status = 'SUSP'");
    held = ids("/api/held", "event");
    finding = ids("/api/findings", "id").getFirst();
    assertThat(held).hasSize(2);
    session = session();
    document = answer(get("/api/openapi.json", "/api/openapi.json"));
  }

  private static void person(String emplid, String campusId) {
    service.sendPerson(emplid, "Ann", campusId);
    service.settle();
  }

  /** A session that was given up. */
  private static long session() {
    Sessions sessions = service.service().parts().sessions();
    long id =
        sessions.plan(
            "campus",
            "okta/0oa1",
            UUID.randomUUID(),
            List.of(new Request(1, "UPSERT", RequestState.READY, 1, 2, "{}", null)),
            List.of(
                new Member(
                    finished,
                    0,
                    1,
                    new SubjectKey("campus", "API1"),
                    "API1",
                    "created",
                    List.of(),
                    "{}",
                    "{}")));
    sessions.end(id, Sessions.State.CANCELLED, "a test", false, Map.of());
    return id;
  }

  private static List<Long> ids(String path, String name) {
    List<Long> ids = new ArrayList<>();
    answer(new Call(200, "GET " + path, path, "", ""))
        .forEach(one -> ids.add(one.path(name).asLong(-1)));
    return ids;
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Call get(String operation, String path) {
    return new Call(200, "GET " + operation, path, "", "");
  }

  private static Call post(int status, String operation, String path, String json) {
    return new Call(
        status, "POST " + operation, path, json.isEmpty() ? "" : "application/json", json);
  }

  /** In this order: what one does is what a later one finds. */
  private static List<Call> calls() {
    String why = "{\"why\":\"a test\"}";
    return List.of(
        get("/health", "/health"),
        get("/ready", "/ready"),
        get("/metrics", "/metrics"),
        get("/api/openapi.json", "/api/openapi.json"),
        get("/api/backlog", "/api/backlog"),
        get("/api/budget", "/api/budget"),
        get("/api/clock", "/api/clock"),
        post(403, "/api/clock", "/api/clock", "{\"advance\":\"P1D\"}"),
        get("/api/environment", "/api/environment"),
        post(200, "/api/environment/adopt", "/api/environment/adopt", why),
        get("/api/schedule", "/api/schedule"),
        get("/api/events", "/api/events?limit=50"),
        new Call(400, "GET /api/events", "/api/events?limit=0", "", ""),
        get("/api/events/{id}", "/api/events/" + finished),
        get("/api/events/{id}", "/api/events/" + suspended),
        new Call(404, "GET /api/events/{id}", "/api/events/999999", "", ""),
        post(200, "/api/events/{id}/retry", "/api/events/" + finished + "/retry", ""),
        get("/api/suspended", "/api/suspended"),
        post(
            200,
            "/api/events/{id}/resolve",
            "/api/events/" + suspended + "/resolve",
            "{\"create\":true,\"why\":\"another one\"}"),
        post(
            409,
            "/api/events/{id}/resolve",
            "/api/events/" + suspended + "/resolve",
            "{\"create\":true,\"why\":\"again\"}"),
        get("/api/findings", "/api/findings"),
        post(200, "/api/findings/{id}/done", "/api/findings/" + finding + "/done", why),
        post(404, "/api/findings/{id}/done", "/api/findings/" + finding + "/done", why),
        get("/api/held", "/api/held"),
        post(200, "/api/held/{event}/release", "/api/held/" + held.get(0) + "/release", why),
        post(200, "/api/held/{event}/reject", "/api/held/" + held.get(1) + "/reject", why),
        post(409, "/api/held/{event}/reject", "/api/held/" + held.get(1) + "/reject", why),
        post(200, "/api/held/release", "/api/held/release", ofClass("creations")),
        post(200, "/api/held/reject", "/api/held/reject", ofClass("deactivations")),
        get("/api/people/{named}", "/api/people/API1"),
        new Call(404, "GET /api/people/{named}", "/api/people/nobody", "", ""),
        get("/api/audit", "/api/audit?limit=20"),
        get("/api/audit/export", "/api/audit/export"),
        get("/api/audit/export", "/api/audit/export?format=csv"),
        new Call(400, "GET /api/audit/export", "/api/audit/export?format=pdf", "", ""),
        get("/api/lines", "/api/lines"),
        get("/api/sessions", "/api/sessions"),
        get("/api/sessions/{id}", "/api/sessions/" + session),
        new Call(404, "GET /api/sessions/{id}", "/api/sessions/999999", "", ""),
        post(404, "/api/lines/retry", "/api/lines/retry", "{\"batch\":\"B1\"}"),
        get("/api/instances", "/api/instances"),
        get("/api/instances/{name}/export", "/api/instances/campus/export"),
        get("/api/instances/{name}/preview", "/api/instances/campus/preview?people=true"),
        get("/api/instances/{name}/preview/{named}", "/api/instances/campus/preview/API1"),
        post(
            200,
            "/api/instances/{name}/resync",
            "/api/instances/campus/resync",
            "{\"id\":\"API1\"}"),
        post(200, "/api/instances/{name}/pause", "/api/instances/campus/pause", why),
        post(200, "/api/instances/{name}/resume", "/api/instances/campus/resume", ""),
        post(200, "/api/instances/{name}/link", "/api/instances/campus/link?why=test", ""),
        new Call(
            200,
            "POST /api/instances/{name}/load",
            "/api/instances/campus/load?id=l1&file=f.xml&asOf=2026-01-31T08:00:00Z",
            "application/xml",
            CampusXml.added("API7")
                .name("A", "PRI", "2020-01-01", "Ann", "Load")
                .xml()
                .replace("SCC_CONSTITUENT_SYNC", "SCC_CONSTITUENT_FULLSYNC")),
        new Call(404, "GET /api/loads/{id}", "/api/loads/l1", "", ""),
        new Call(
            200, "POST /api/roles", "/api/roles", "text/csv", "role,description\nSTAFF,Staff\n"),
        get("/api/roles", "/api/roles"),
        post(200, "/api/reload", "/api/reload", ""),
        post(200, "/api/people/{named}/erase", "/api/people/API3/erase", why),
        post(400, "/api/people/{named}/erase", "/api/people/API3/erase", "{}"),
        post(200, "/api/tidy", "/api/tidy", "{\"dryRun\":true}"),
        post(200, "/api/users", "/api/users", "{\"user\":\"ann\",\"role\":\"viewer\"}"),
        post(409, "/api/users", "/api/users", "{\"user\":\"ann\",\"role\":\"viewer\"}"),
        post(200, "/api/users/{name}/role", "/api/users/ann/role", "{\"role\":\"operator\"}"),
        post(200, "/api/users/{name}/disable", "/api/users/ann/disable", ""),
        post(200, "/api/users/{name}/enable", "/api/users/ann/enable", ""),
        post(200, "/api/users/{name}/password", "/api/users/ann/password", ""),
        get("/api/users", "/api/users"),
        post(200, "/api/tokens", "/api/tokens", "{\"name\":\"t1\",\"role\":\"viewer\"}"),
        get("/api/tokens", "/api/tokens"),
        post(200, "/api/tokens/{name}/revoke", "/api/tokens/t1/revoke", ""),
        post(404, "/api/tokens/{name}/revoke", "/api/tokens/t1/revoke", ""));
  }

  private static String ofClass(String code) {
    return "{\"instance\":\"campus\",\"class\":\"" + code + "\",\"why\":\"a test\"}";
  }

  @Test
  void theDocumentInTheDocumentsIsTheOneThatIsGenerated() throws IOException {
    Path file = Path.of("..", "docs", "reference", "openapi.json");
    Path fresh = Path.of("target", "openapi.json");
    Files.writeString(
        fresh,
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document)
            + "\n");
    assertThat(file).as("copy product/%s there", fresh).hasSameTextualContentAs(fresh);
  }

  @Test
  void theVersionIsTheProducts() throws IOException {
    assertThat(Files.readString(Path.of("..", "pom.xml")))
        .contains(
            "<version>"
                + document.path("info").path("version").asString()
                + "</version>\n  <packaging>");
  }

  @TestFactory
  Stream<DynamicTest> everyOperationSaysWhatItDoesAndWhoMayAskForIt() {
    Set<String> names = new TreeSet<>();
    return operations().stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name,
                () -> {
                  JsonNode operation = operation(name);
                  assertThat(operation.path("summary").asString())
                      .as("give the method an @Operation with one sentence")
                      .matches("[A-Z][^.]*\\.");
                  assertThat(names.add(operation.path("operationId").asString()))
                      .as("no two operations have the same id")
                      .isTrue();
                  if (name.contains(" /api/") || name.contains("metrics")) {
                    assertThat(operation.path("x-rollcall-role").asString())
                        .isIn("viewer", "operator", "admin");
                  }
                }));
  }

  @Test
  void theDocumentTellsEveryAddressForProgramsAndNoOther() {
    Set<String> answered = new TreeSet<>();
    service.service().web().addresses().stream()
        .filter(one ->
            one.path().startsWith("/api/")
                || Set.of("/health", "/ready", "/metrics").contains(one.path()))
        .forEach(one -> answered.add(one.method() + " " + one.path()));
    assertThat(operations()).isEqualTo(answered);
  }

  @Test
  void everyOperationIsCalled() {
    Set<String> called = new TreeSet<>();
    calls().forEach(call -> called.add(call.operation()));
    assertThat(called).as("each operation needs a call in this test").isEqualTo(operations());
  }

  @TestFactory
  Stream<DynamicTest> everyAnswerIsAsTheDocumentSays() {
    return calls().stream()
        .map(call ->
            DynamicTest.dynamicTest(
                call.method() + " " + call.path() + ": " + call.status(), () -> check(call)));
  }

  private static void check(Call call) {
    HttpResponse<String> answer = send(call);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(call.status());
    JsonNode said =
        resolved(
            operation(call.operation())
                .path("responses")
                .path(Integer.toString(answer.statusCode())));
    assertThat(said.isMissingNode()).as("the document knows this status").isFalse();
    String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    JsonNode content = said.path("content").path(type);
    assertThat(content.isMissingNode()).as("the document knows %s", type).isFalse();
    switch (type) {
      case "application/json", "application/problem+json" -> hold(content, answer.body());
      case "application/x-ndjson" -> {
        assertThat(answer.body().lines()).isNotEmpty();
        answer.body().lines().forEach(line -> hold(content, line));
      }
      default -> assertThat(content.path("schema").path("type").asString()).isEqualTo("string");
    }
  }

  /** Holds JSON against a schema of the document, which may lack no property either. */
  private static void hold(JsonNode content, String json) {
    ObjectNode schema = (ObjectNode) content.path("schema").deepCopy();
    ObjectNode components = (ObjectNode) document.path("components").deepCopy();
    components
        .path("schemas")
        .forEach(one -> ((ObjectNode) one).put("additionalProperties", false));
    schema.set("components", components);
    Schema known =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    List<Error> errors =
        known.validate(
            json,
            InputFormat.JSON,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    assertThat(errors).as(json).isEmpty();
  }

  private static JsonNode answer(Call call) {
    HttpResponse<String> answer = send(call);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(call.status());
    return JSON.readTree(answer.body());
  }

  private static HttpResponse<String> send(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service.url() + call.path()))
            .header("Authorization", "Bearer " + RunningService.TOKEN)
            .method(
                call.method(),
                call.body().isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(call.body()));
    if (!call.type().isEmpty()) {
      request.header("Content-Type", call.type());
    }
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  private static Set<String> operations() {
    Set<String> all = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .propertyNames()
                .forEach(method -> all.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    return all;
  }

  private static JsonNode operation(String name) {
    String[] parts = name.split(" ", 2);
    return document.path("paths").path(parts[1]).path(parts[0].toLowerCase(Locale.ROOT));
  }

  private static JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }
}
