package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Housekeeping as it is asked for, and what is told of what it removed. */
class TidyOverHttpTest {

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static JsonNode post(String path, String json) {
    RawHttp.Answer answer = service.api("POST", path, json);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private static void send(String xml, String transaction, String moment) {
    RawHttp.Answer answer =
        service.send(xml, "TransactionID", transaction, "OrigTimeStamp", moment);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    service.settle();
  }

  /** As if all of it had happened so much earlier. */
  private static void age(String by) {
    for (String sql :
        new String[] {
          "update event set appended_at = appended_at - interval 'BY',"
              + " finished_at = finished_at - interval 'BY'",
          "update campus_message set arrived_at = arrived_at - interval 'BY'"
        }) {
      service.database().jdbc().sql(sql.replace("BY", by)).update();
    }
  }

  private static ObjectNode personWithoutTimeline() {
    ObjectNode person = (ObjectNode) service.get("/api/people/B01");
    person.remove("timeline");
    return person;
  }

  private static String export() {
    return service.api("GET", "/api/instances/campus/export", "").body();
  }

  @Test
  void whatIsRemovedIsMissedByNobody() {
    send(CampusXml.person("B01", "Ann"), "T1", "2024-01-01T10:00:00Z");
    send(
        CampusXml.changed("B01")
            .email("A", "CAMP", "ann@x")
            .affiliation("A", "STUDENT", "A", "2020-01-01", "2098-12-31")
            .xml(),
        "T2",
        "2024-02-01T10:00:00Z");
    send(CampusXml.changed("B01").email("C", "CAMP", "anna@x").xml(), "T3", "2024-03-01T10:00:00Z");
    JsonNode resync = post("/api/instances/campus/resync", "{\"id\":\"B01\"}");
    service.settle();
    long asked = resync.path("event").asLong();
    long again = post("/api/events/" + asked + "/retry", "").path("event").asLong();
    service.settle();
    age("500 days");
    ObjectNode person = personWithoutTimeline();
    String everybody = export();
    long events = service.number("select count(*) from event where subject = 'B01'");

    JsonNode looked = post("/api/tidy", "{\"dryRun\":true}");
    assertThat(service.number("select count(*) from event where subject = 'B01'"))
        .isEqualTo(events);
    JsonNode tidied = post("/api/tidy", "");

    assertThat(looked.path("dryRun").asBoolean()).isTrue();
    assertThat(tidied.path("dryRun").asBoolean()).isFalse();
    assertThat(tidied.path("complete").asBoolean()).isTrue();
    assertThat(tidied.path("events").asLong()).isPositive();
    for (String kind : new String[] {"events", "messages", "messageRows", "audit", "kept"}) {
      assertThat(tidied.path(kind)).as(kind).isEqualTo(looked.path(kind));
    }
    assertThat(tidied.path("before").propertyNames())
        .contains("events", "messages", "messageRows", "audit");
    assertThat(personWithoutTimeline()).isEqualTo(person);
    assertThat(export()).isEqualTo(everybody);
    assertThat(service.messages("B01")).isOne();

    JsonNode story = service.get("/api/events/" + again);
    assertThat(story.path("event").path("parent").asLong()).isEqualTo(asked);
    assertThat(story.path("parentRemoved").asBoolean()).isTrue();
    RawHttp.Answer removed = service.api("GET", "/api/events/" + asked, "");
    assertThat(removed.status()).isEqualTo(404);
    assertThat(removed.body()).contains("keep.events", "the audit still says");
    assertThat(service.api("POST", "/api/events/" + asked + "/retry", "").status()).isEqualTo(404);

    send(CampusXml.person("B01", "Ann"), "T1", "2024-01-01T10:00:00Z");
    send(CampusXml.changed("B01").email("C", "CAMP", "anna@x").xml(), "T3", "2024-03-01T10:00:00Z");
    assertThat(personWithoutTimeline()).isEqualTo(person);
    assertThat(export()).isEqualTo(everybody);
  }

  @Test
  void theScheduleTellsWhenTheNextNightIs() {
    Awaitility.await().until(() -> service.get("/api/schedule").size() == 2);
    JsonNode job =
        service
            .get("/api/schedule")
            .valueStream()
            .filter(one -> one.path("job").asString().equals("tidy"))
            .findFirst()
            .orElseThrow();
    assertThat(job.propertyNames())
        .contains("job", "due", "runningOn", "began", "ended", "outcome", "said");
    assertThat(job.path("due").asString()).endsWith("T03:00:00Z");
  }

  @Test
  void whatIsNoAnswerToHowIsRefused() {
    assertThat(service.api("POST", "/api/tidy", "{\"dryRun\":\"perhaps\"}").status())
        .isEqualTo(400);
    assertThat(service.api("GET", "/api/tidy", "").status()).isEqualTo(405);
  }
}
