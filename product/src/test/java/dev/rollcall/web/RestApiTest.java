package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.config.SettingsFile;
import dev.rollcall.model.SubjectKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the REST API answers to what it should never be asked. */
class RestApiTest {

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | GET  | /api/events?status=bogus            |
          400 | GET  | /api/events?limit=abc               |
          400 | GET  | /api/events?limit=0                 |
          400 | GET  | /api/events?limit=10001             |
          400 | GET  | /api/events?subject=a%00b           |
          400 | GET  | /api/events?instance=%00            |
          400 | GET  | /api/events/abc                     |
          400 | GET  | /api/events/99999999999999999999    |
          404 | GET  | /api/events/999999                  |
          404 | GET  | /api/events/-1                      |
          404 | POST | /api/events/999999/retry            |
          400 | POST | /api/events/x/retry                 |
          404 | GET  | /api/people/nobody                  |
          404 | GET  | /api/people/nobody:nobody           |
          404 | POST | /api/instances/nowhere/resync       | {"id":"1"}
          404 | POST | /api/instances/campus/resync        | {"id":"nobody"}
          404 | POST | /api/instances/nowhere/pause        | {}
          404 | GET  | /api/instances/nowhere/preview      |
          404 | GET  | /api/instances/nowhere/preview/1    |
          404 | GET  | /api/instances/campus/preview/nobody |
          400 | GET  | /api/instances/campus/preview?people=x |
          404 | POST | /api/instances/nowhere/link         |
          404 | GET  | /api/held?instance=nowhere          |
          400 | GET  | /api/held?class=everything          |
          400 | GET  | /api/held?limit=0                   |
          404 | POST | /api/held/999999/release            | {"why":"x"}
          400 | POST | /api/held/1/release                 | {"why":" "}
          400 | POST | /api/held/1/reject                  | {}
          400 | POST | /api/held/1/reject                  | {"why":"x","class":"everything"}
          400 | POST | /api/held/x/reject                  | {"why":"x"}
          400 | POST | /api/held/release                   | {"why":"x"}
          400 | POST | /api/held/release                   | {"why":"x","instance":"campus"}
          404 | POST | /api/held/release                   | {"why":"x","instance":"nowhere","class":"creations"}
          404 | POST | /api/instances/nowhere/resume       | {}
          400 | POST | /api/instances/campus/pause         | {x
          400 | POST | /api/instances/campus/resync        | {}
          400 | POST | /api/instances/campus/resync        | {"id":"1","all":true}
          400 | POST | /api/instances/campus/resync        | {"id":[1]}
          400 | POST | /api/instances/campus/resync        | {"all":"perhaps"}
          400 | POST | /api/instances/campus/resync        | {"id":"a\\u0000b"}
          400 | POST | /api/instances/campus/resync        | {x
          400 | POST | /api/instances/campus/resync        |
          400 | POST | /api/roles                          |
          400 | POST | /api/roles                          | CODE;DESCR!STUDENT;"Student
          403 | POST | /api/clock                          | {"advance":"P1D"}
          403 | POST | /api/clock                          | {"set":"2027-01-01T00:00:00Z"}
          400 | GET  | /api/suspended?limit=0              |
          400 | GET  | /api/suspended?after=x              |
          400 | GET  | /api/suspended?instance=%00         |
          400 | GET  | /api/findings?limit=0               |
          400 | GET  | /api/findings?kind=nonsense         |
          400 | GET  | /api/findings?subject=a%00b         |
          404 | POST | /api/findings/999999/done           | {"why":"x"}
          400 | POST | /api/findings/1/done                | {}
          404 | POST | /api/events/999999/resolve          | {"create":true,"why":"x"}
          400 | POST | /api/events/1/resolve               | {"create":true}
          400 | POST | /api/events/1/resolve               | {"why":"x"}
          400 | POST | /api/events/1/resolve               | {"create":false,"why":"x"}
          400 | POST | /api/events/1/resolve               | {"create":true,"link":"1","why":"x"}
          400 | POST | /api/events/1/resolve               |
          400 | POST | /api/environment/adopt              | {}
          400 | POST | /api/environment/adopt              | {"why":" "}
          404 | GET  | /api/none                           |
          405 | POST | /api/events                         | {}
          """)
  void wrongQuestionsAreAnsweredInOneSentence(int status, String method, String path, String body) {
    RawHttp.Answer answer = service.api(method, path, body == null ? "" : body.replace('!', '\n'));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.body())
        .contains("\"detail\":\"")
        .doesNotContain("Exception", "select ", "\\tat", RunningService.TOKEN);
  }

  @Test
  void whatWouldBeDoneIsToldForOneAndForEverybodyOfAnInstanceThatIsOff() {
    service.send(CampusXml.person("V01", "Zoë"), "Location", "PSFT Waiting");
    service.send(CampusXml.person("V02", "Ada"), "Location", "PSFT Waiting");
    JsonNode one = service.get("/api/instances/waiting/preview/V01");
    assertThat(one.path("match").path("kind").asString()).isEqualTo("none");
    assertThat(one.path("outcome").asString()).isEqualTo("created");
    assertThat(one.path("writes").asInt(-1)).isZero();
    assertThat(one.path("changes").toString()).contains("Zoë", "FIRST_NAME");

    List<String> lines =
        service
            .api("GET", "/api/instances/waiting/preview?people=true", "")
            .body()
            .lines()
            .toList();
    JsonMapper json = new JsonMapper();
    JsonNode numbers = json.readTree(lines.getLast());
    assertThat(numbers.path("people").asInt(-1)).isEqualTo(lines.size() - 1);
    assertThat(numbers.path("match").path("none").asInt(-1)).isGreaterThanOrEqualTo(2);
    assertThat(lines.stream().map(line -> json.readTree(line).path("subject").asString("")))
        .contains("V01", "V02");
    assertThat(service.identity("V01").isEmpty()).isTrue();
    assertThat(service.number("select count(*) from event where subject = 'V01'")).isEqualTo(1);
    JsonNode linked =
        json.readTree(service.api("POST", "/api/instances/waiting/link?by=ada", "").body());
    assertThat(linked.path("linked").asInt(-1)).isZero();
    assertThat(linked.path("match")).isEqualTo(numbers.path("match"));
  }

  @Test
  void whatIsHeldIsListedAndDecidedWithAReason() {
    SubjectKey zoe = new SubjectKey("campus", "H01");
    service
        .database()
        .jdbc()
        .sql(
            """
            with e as (
              insert into event (instance, source, subject, cause, priority, status, attempt, due,
                appended_at, finished_at, reason)
              values ('campus', 'campus', 'H01', 'MESSAGE', 2, 'SUSP', 1, now(), now(), now(), 'held')
              returning id)
            insert into held (instance, source, subject, class, event, reason, changes, same, held_at)
            select 'campus', 'campus', 'H01', 'deactivations', id, 'deactivations: too many',
              '[{"change":"Deactivate","reason":"gone"}]', 'x', now() from e
            """)
        .update();
    JsonNode held = service.get("/api/held?instance=campus").get(0);
    long event = held.path("event").asLong(-1);
    assertThat(held.path("subject").asString()).isEqualTo(zoe.id());
    assertThat(held.path("class").asString()).isEqualTo("deactivations");
    assertThat(held.path("changes").get(0).path("change").asString()).isEqualTo("Deactivate");
    assertThat(service.get("/api/held?class=creations").isEmpty()).isTrue();
    assertThat(service.get("/api/instances").get(0).path("held").asLong(-1)).isEqualTo(1);

    RawHttp.Answer rejected =
        service.api("POST", "/api/held/" + event + "/reject", "{\"why\":\"no\",\"by\":\"ada\"}");
    assertThat(rejected.status()).as(rejected.toString()).isEqualTo(200);
    assertThat(rejected.body())
        .contains("\"parent\":" + event, "\"cause\":\"RESOLVED\"", "for ada\"", "deactivations");
    assertThat(service.get("/api/held").isEmpty()).isTrue();
    assertThat(service.get("/api/instances").get(0).path("held").asLong(-1)).isZero();
    assertThat(service.api("POST", "/api/held/" + event + "/reject", "{\"why\":\"no\"}").status())
        .isEqualTo(409);
    assertThat(
            service
                .api(
                    "POST",
                    "/api/held/reject",
                    "{\"why\":\"no\",\"instance\":\"campus\",\"class\":\"deactivations\"}")
                .body())
        .contains("\"count\":0");
    assertThat(service.api("POST", "/api/held/" + event + "/release", "{\"why\":\"yes\"}").status())
        .isEqualTo(200);
    service.settle();
  }

  @Test
  void aPausedInstanceTakesMessagesAndSaysWhoPausedItAndWhy() {
    assertThat(
            service
                .api("POST", "/api/instances/campus/pause", "{\"by\":\"ada\",\"why\":\"odd\"}")
                .status())
        .isEqualTo(200);
    assertThat(service.send(CampusXml.person("P01", "Zoë")).status()).isEqualTo(200);
    JsonNode campus = service.get("/api/instances").get(0);
    assertThat(campus.path("state").asString()).isEqualTo("on");
    assertThat(campus.path("paused").asBoolean(false)).isTrue();
    assertThat(campus.path("pause").path("by").asString()).isEqualTo("token http.token for ada");
    assertThat(campus.path("pause").path("why").asString()).isEqualTo("odd");
    assertThat(
            service.number("select count(*) from event where subject = 'P01' and status = 'NEW'"))
        .isEqualTo(1);
    assertThat(service.api("POST", "/api/instances/campus/resume", "").status()).isEqualTo(200);
    service.settle();
    assertThat(service.identity("P01").path("first_name").asString()).isEqualTo("Zoë");
    assertThat(
            service.texts(
                "select entry ->> 'action' from audit where kind = 'requested' order by id"))
        .contains("pause", "resume");
  }

  @Test
  void theEnvironmentIsToldAndAdoptingWhereNothingDiffersChangesNothing() {
    JsonNode standing = service.get("/api/environment");
    assertThat(standing.path("ok").asBoolean()).isTrue();
    assertThat(standing.path("facts").findValuesAsString("fact")).contains("system", "server");
    RawHttp.Answer answer = service.api("POST", "/api/environment/adopt", "{\"why\":\"a test\"}");
    assertThat(answer.body()).isEqualTo("{\"adopted\":false,\"differences\":[]}");
    assertThat(service.number("select count(*) from audit where kind = 'adopted'")).isZero();
  }

  @Test
  void anUnfinishedEventCannotBeRetriedAndAFinishedOneGetsAChild() {
    service.send(CampusXml.person("A01", "Zoë"), "Location", "PSFT Waiting");
    long waiting = service.number("select id from event where subject = 'A01'");
    RawHttp.Answer early = service.api("POST", "/api/events/" + waiting + "/retry", "");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body()).contains("NEW");
    service.send(CampusXml.person("A02", "Zoë"));
    service.settle();
    long done = service.number("select id from event where subject = 'A02' and status = 'COMP'");
    RawHttp.Answer retried = service.api("POST", "/api/events/" + done + "/retry", "");
    assertThat(retried.status()).isEqualTo(200);
    assertThat(retried.body()).contains("\"parent\":" + done, "\"cause\":\"RETRY\"", "\"event\":");
    assertThat(service.get("/api/events/" + done).path("event").path("status").asString())
        .isEqualTo("COMP");
  }

  @Test
  void instancesTellTheirStateUnderTheNamesOfTheContract() {
    service.send(CampusXml.person("A03", "Zoë"), "Location", "PSFT Waiting");
    List<String> seen = new ArrayList<>();
    for (JsonNode instance : service.get("/api/instances")) {
      assertThat(instance.propertyNames())
          .contains("instance", "state", "lagSeconds", "lastPoll", "lastError", "held");
      seen.add(instance.path("instance").asString() + " " + instance.path("state").asString());
    }
    assertThat(seen).containsExactly("campus on", "waiting off", "closed on");
    assertThat(service.get("/api/instances").get(1).path("lagSeconds").asLong(-1)).isNotNegative();
  }

  @Test
  void aPersonTellsWhereEveryValueCameFrom() {
    service.send(
        CampusXml.added("A04")
            .name("A", "PRI", "2020-01-01", "Ann", "B")
            .affiliation("A", "STUDENT", "A", "2020-01-01", "2098-12-31")
            .xml());
    service.settle();
    JsonNode person = service.get("/api/people/A04");
    assertThat(person.propertyNames())
        .contains("subject", "links", "attributes", "affiliations", "roles", "due", "timeline");
    JsonNode first =
        person
            .path("attributes")
            .valueStream()
            .filter(one -> one.path("name").asString().equals("first_name"))
            .findFirst()
            .orElseThrow();
    assertThat(first.path("value").asString()).isEqualTo("Ann");
    assertThat(first.path("rule").asString()).isNotBlank();
    assertThat(first.path("record").asString()).isEqualTo("SCC_PER_NAME_I");
    assertThat(first.path("field").asString()).isEqualTo("FIRST_NAME");
    assertThat(first.path("effdt").asString()).isEqualTo("2020-01-01");
    assertThat(first.path("event").asLong())
        .isEqualTo(service.number("select min(id) from event where subject = 'A04'"));
    assertThat(person.path("affiliations").get(0).propertyNames())
        .contains("institution", "code", "status", "description", "from", "to", "state");
    assertThat(person.path("due").get(0).path("date").asString()).isEqualTo("2099-01-01");
    assertThat(person.path("due").get(0).path("why").asString()).contains("STUDENT");
    assertThat(person.path("timeline").get(0).propertyNames())
        .contains("event", "parent", "cause", "status", "at", "reason");
  }

  @Test
  void rolesAreSeededAndListed() {
    RawHttp.Answer first = service.api("POST", "/api/roles", "CODE,DESCR\nSEEDED,From a file\n");
    assertThat(first.status()).as(first.toString()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("{\"created\":1,\"existing\":0,\"waiting\":0}");
    assertThat(
            service.texts("select entry->>'by' from audit where kind = 'roles-seeded' order by id"))
        .last()
        .isEqualTo("token http.token");
    assertThat(service.api("POST", "/api/roles", "SEEDED").body())
        .isEqualTo("{\"created\":0,\"existing\":1,\"waiting\":0}");
    service.send(CampusXml.added("R01").affiliation("A", "SEEDED", "A", "2020-01-01", "").xml());
    service.settle();
    JsonNode seeded =
        service
            .get("/api/roles")
            .valueStream()
            .filter(role -> role.path("role").asString().equals("SEEDED"))
            .findFirst()
            .orElseThrow();
    assertThat(seeded.propertyNames())
        .contains("role", "description", "created_by", "created_at", "holders");
    assertThat(seeded.path("description").asString()).isEqualTo("From a file");
    assertThat(seeded.path("created_by").asString()).isEqualTo("seed");
    assertThat(seeded.path("holders").asLong()).isEqualTo(1);
    assertThat(service.get("/api/people/R01").path("roles").toString()).isEqualTo("[\"SEEDED\"]");
    assertThat(service.api("GET", "/api/instances/campus/export", "").body().lines())
        .filteredOn(line -> line.contains("\"R01\""))
        .singleElement()
        .asString()
        .contains("\"roles\":[\"SEEDED\"]", "\"more\":{}", "\"from\":\"2020-01-01\"");
  }

  @Test
  void aBlankTokenStartsNothing(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("rollcall.yaml"), "http:\n  token: ' '\n");
    assertThatThrownBy(() -> new SettingsFile(Map.of()).read(file))
        .hasMessageContaining("rollcall.yaml:2")
        .hasMessageContaining("http.token");
  }
}
