package dev.rollcall.simulators.okta;

import static dev.rollcall.simulators.okta.Sourcing.SESSIONS;
import static dev.rollcall.simulators.okta.Sourcing.accepted;
import static dev.rollcall.simulators.okta.Sourcing.people;
import static dev.rollcall.simulators.okta.Sourcing.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sessions of an identity source: their states, and what they take. */
class SessionTest {
  private static final String SPACING =
      "Only one active import session per identity source is allowed to be created every 5 minutes";

  private final Sourcing sourcing;
  private final Calling calling;

  SessionTest(@TempDir Path directory) {
    sourcing = Sourcing.in(directory);
    calling = sourcing.calling;
  }

  @AfterEach
  void stop() {
    sourcing.close();
  }

  @Test
  void aSessionGoesFromCreatedToCompleted() {
    String session = sourcing.session();
    assertThat(session).startsWith("aps").hasSize(20);
    assertThat(sourcing.status(session)).isEqualTo("CREATED");

    accepted(sourcing.upsert(session, person("a")));
    assertThat(sourcing.status(session)).isEqualTo("IN_PROGRESS");
    accepted(sourcing.upsert(session, person("b")));
    assertThat(calling.get(SESSIONS).ids()).containsExactly(session);

    Answer triggered = sourcing.trigger(session);
    assertThat(triggered.status()).isEqualTo(200);
    assertThat(triggered.json().path("status").asString()).isEqualTo("TRIGGERED");
    calling.advance(3);
    assertThat(sourcing.status(session)).isEqualTo("TRIGGERED");
    assertThat(calling.get(SESSIONS).ids()).containsExactly(session);
    calling.advance(8);
    assertThat(sourcing.status(session)).isEqualTo("COMPLETED");
    assertThat(calling.get(SESSIONS).ids()).isEmpty();
  }

  @Test
  void aCancelledSessionIsClosedAndLeavesNothing() {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a")));

    assertThat(calling.delete(SESSIONS + "/" + session).status()).isEqualTo(204);

    assertThat(sourcing.status(session)).isEqualTo("CLOSED");
    assertThat(calling.delete(SESSIONS + "/" + session).status()).isEqualTo(400);
    assertThat(sourcing.upsert(session, person("a")).status()).isEqualTo(400);
    calling.advance(60);
    assertThat(calling.get("/users/a@x.edu").status()).isEqualTo(404);
    assertThat(sourcing.session()).isNotEqualTo(session);
  }

  @Test
  void aTriggeredSessionTakesNothingAndCannotBeCancelled() {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a")));
    sourcing.trigger(session);

    Answer cancelled = calling.delete(SESSIONS + "/" + session);
    assertThat(cancelled.status()).isEqualTo(400);
    assertThat(cancelled.json().path("errorSummary").asString())
        .isEqualTo("Api validation failed: importSessionId");
    assertThat(cancelled.cause())
        .isEqualTo("Only a session that is in CREATED or IN_PROGRESS status can be canceled.");
    assertThat(sourcing.upsert(session, person("b")).code()).isEqualTo("E0000001");
    assertThat(sourcing.delete(session, "a").code()).isEqualTo("E0000001");
    assertThat(sourcing.trigger(session).code()).isEqualTo("E0000001");
  }

  @Test
  void anOpenSessionIsInTheWayOfAnother() {
    String session = sourcing.session();
    Answer second = calling.post(SESSIONS, "");
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.code()).isEqualTo("E0000001");
    assertThat(second.cause()).isEqualTo(SPACING);
    accepted(sourcing.upsert(session, person("a")));
    assertThat(calling.post(SESSIONS, "").status()).isEqualTo(400);
  }

  @Test
  void ofManyWhoCreateASessionAtOnceOneDoes() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> calls =
          Collections.nCopies(12, () -> calling.post(SESSIONS, "").status());
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> status : callers.invokeAll(calls)) {
        statuses.add(status.get());
      }
      assertThat(statuses).containsOnlyOnce(201).hasSize(12).containsOnly(201, 400);
    }
  }

  @Test
  void fiveMinutesLieBetweenATriggerAndTheNextSession() {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a")));
    sourcing.trigger(session);
    calling.advance(299);
    assertThat(sourcing.status(session)).isEqualTo("COMPLETED");

    Answer early = calling.post(SESSIONS, "");
    assertThat(early.status()).isEqualTo(400);
    assertThat(early.cause()).isEqualTo(SPACING);
    calling.advance(1);
    assertThat(sourcing.session()).startsWith("aps");
  }

  @Test
  void fiveMinutesAreTheSourcesOwn() {
    calling.control.post("sources", "{'id':'0oaOther','label':'Other'}");
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a")));
    sourcing.trigger(session);

    assertThat(calling.post("/identity-sources/0oaOther/sessions", "").status()).isEqualTo(201);
    assertThat(calling.get("/identity-sources/0oaOther/sessions/" + session).code())
        .isEqualTo("E0000001");
  }

  @Test
  void aSessionExpiresADayAfterItsLastRequest() {
    String session = sourcing.session();
    calling.advance(86_000);
    accepted(sourcing.upsert(session, person("a")));
    calling.advance(86_000);
    assertThat(sourcing.status(session)).isEqualTo("IN_PROGRESS");
    calling.advance(86_400);

    assertThat(sourcing.status(session)).isEqualTo("EXPIRED");
    assertThat(sourcing.upsert(session, person("a")).status()).isEqualTo(400);
    assertThat(sourcing.session()).isNotEqualTo(session);
    assertThat(sourcing.events("eventType eq \"system.import.session.expired\"")).hasSize(1);
  }

  @Test
  void nothingLoadedCannotBeTriggered() {
    String session = sourcing.session();
    assertThat(sourcing.trigger(session).code()).isEqualTo("E0000001");
  }

  @Test
  void aDeletionOfStrangersLeavesTheSessionCreated() {
    sourcing.imported(person("a"));
    String session = sourcing.session();
    accepted(sourcing.delete(session, "nobody", "noone"));
    assertThat(sourcing.status(session)).isEqualTo("CREATED");
    assertThat(sourcing.trigger(session).status()).isEqualTo(400);

    accepted(sourcing.delete(session, "nobody", "a"));
    assertThat(sourcing.status(session)).isEqualTo("IN_PROGRESS");
    accepted(sourcing.delete(session, "nobody"));
    assertThat(sourcing.status(session)).isEqualTo("IN_PROGRESS");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | E0000003",
        "not json | E0000003",
        "[] | E0000003",
        "{'entityType':'USERS','profiles':[],'more':1} | E0000003",
        "{'entityType':'USERS','profiles':{'a':1}} | E0000003",
        "{'entityType':'USERS','profiles':[1]} | E0000003",
        "{'entityType':'USERS'} | E0000001",
        "{'entityType':'USERS','profiles':null} | E0000001",
        "{'entityType':'USERS','profiles':[]} | E0000001",
        "{'entityType':'GROUPS','profiles':[{'externalId':'a','profile':{}}]} | E0000001",
        "{'profiles':[{'externalId':'a','profile':{}}]} | E0000001",
        "{'entityType':'USERS','profiles':[{'profile':{}}]} | E0000001",
        "{'entityType':'USERS','profiles':[{'externalId':'a'}]} | E0000001",
        "{'entityType':'USERS','profiles':[{'externalId':'a','profile':{'x':['y']}}]} | E0000001",
      })
  void anUploadThatCannotBeReadMovesNothing(String body, String code) {
    String session = sourcing.session();

    Answer answer = calling.post(SESSIONS + "/" + session + "/bulk-upsert", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(sourcing.status(session)).isEqualTo("CREATED");
    assertThat(sourcing.source().path("sessions").path(0).path("uploads").isEmpty()).isTrue();
  }

  @Test
  void theWrongKindOfEntityIsNamedAsRecorded() {
    Answer answer =
        calling.post(
            SESSIONS + "/" + sourcing.session() + "/bulk-upsert",
            "{'entityType':'X','profiles':[]}");
    assertThat(answer.json().path("errorSummary").asString())
        .isEqualTo("Api validation failed: entityType");
    assertThat(answer.cause()).isEqualTo("entityType: The field entityType is not valid.");
  }

  @Test
  void aRequestHasAtMostTwoHundredPeople() {
    String session = sourcing.session();
    assertThat(sourcing.upsert(session, people(0, 201)).code()).isEqualTo("E0000001");
    accepted(sourcing.upsert(session, people(0, 200)));
  }

  @Test
  void aRequestHasAtMostTwoHundredThousandBytes() {
    String session = sourcing.session();
    String envelope = "{'entityType':'USERS','profiles':[" + person("a", "'middleName':''") + "]}";
    // Two bytes a letter: what counts are bytes, not letters.
    String name = "ü".repeat((200_000 - envelope.length()) / 2);
    String filler = (200_000 - envelope.length()) % 2 == 0 ? "" : "x";

    assertThat(
            sourcing.upsert(session, person("a", "'middleName':'" + name + filler + "x'")).code())
        .isEqualTo("E0000001");
    accepted(sourcing.upsert(session, person("a", "'middleName':'" + name + filler + "'")));
    assertThat(
            sourcing
                .source()
                .path("sessions")
                .path(0)
                .path("uploads")
                .path(0)
                .path("bytes")
                .asInt())
        .isEqualTo(200_000);
  }

  @Test
  void aSessionTakesAtMostFiftyRequests() {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a")));
    for (int i = 0; i < 49; i++) {
      accepted(i % 2 == 0 ? sourcing.delete(session, "a") : sourcing.upsert(session, person("a")));
    }
    assertThat(sourcing.upsert(session, person("b")).code()).isEqualTo("E0000001");
    assertThat(sourcing.delete(session, "a").code()).isEqualTo("E0000001");
    assertThat(sourcing.trigger(session).status()).isEqualTo(200);
  }

  @Test
  void tenThousandPeopleInFiftyRequestsAreTakenInSeconds() {
    String session = sourcing.session();
    long began = System.nanoTime();
    for (int i = 0; i < 50; i++) {
      accepted(sourcing.upsert(session, people(i * 200, i * 200 + 200)));
    }
    sourcing.done(session);
    long seconds = (System.nanoTime() - began) / 1_000_000_000;

    assertThat(sourcing.status(session)).isEqualTo("COMPLETED");
    assertThat(sourcing.source().path("assigned").asInt()).isEqualTo(10_000);
    assertThat(seconds).isLessThan(20);
  }

  @Test
  void whatThereIsNotIsSaidAsOktaSaysIt() {
    Answer source = calling.post("/identity-sources/0oaNobody/sessions", "");
    assertThat(source.status()).isEqualTo(404);
    assertThat(source.code()).isEqualTo("E0000007");
    for (Answer session :
        new Answer[] {
          calling.get(SESSIONS + "/apsNobody"),
          calling.delete(SESSIONS + "/apsNobody"),
          sourcing.upsert("apsNobody", person("a")),
          sourcing.trigger("apsNobody")
        }) {
      assertThat(session.status()).isEqualTo(400);
      assertThat(session.code()).isEqualTo("E0000001");
    }
  }

  @Test
  void sessionsOfASourceAreProcessedOneAfterTheOther() {
    calling.settings("{'imports':{'millis':400000,'rowMillis':0}}");
    String first = sourcing.session();
    accepted(sourcing.upsert(first, person("a")));
    sourcing.trigger(first);
    calling.advance(300);
    String second = sourcing.session();
    accepted(sourcing.upsert(second, person("b")));
    sourcing.trigger(second);
    assertThat(calling.get(SESSIONS).ids()).containsExactly(first, second);

    calling.advance(100);
    assertThat(sourcing.status(first)).isEqualTo("COMPLETED");
    calling.advance(399);
    assertThat(sourcing.status(second)).isEqualTo("TRIGGERED");
    calling.advance(1);
    assertThat(sourcing.status(second)).isEqualTo("COMPLETED");
  }

  @Test
  void bucketsOfBulkCallsAreTheirOwn() {
    calling.settings("{'share':50,'limits':{'/api/v1/identity-sources/{id}/sessions':30}}");
    String session = sourcing.session();
    for (int i = 0; i < 14; i++) {
      assertThat(calling.get(SESSIONS).status()).isEqualTo(200);
    }
    Answer refused = calling.get(SESSIONS + "/" + session);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("x-rate-limit-limit")).isEqualTo(15);
    accepted(sourcing.upsert(session, person("a")));
    assertThat(sourcing.trigger(session).status()).isEqualTo(200);
    assertThat(calling.get("/logs").status()).isEqualTo(200);
  }

  @Test
  void aLostAnswerIsWorkDone() {
    String session = sourcing.session();
    calling.fault("{'fault':'lostAnswer','path':'/api/v1/identity-sources/**'}");
    assertThatThrownBy(() -> sourcing.upsert(session, person("a")))
        .isInstanceOf(UncheckedIOException.class);
    assertThat(sourcing.source().path("sessions").path(0).path("uploads").size()).isOne();
    calling.fault("{'fault':'serverError','path':'/api/v1/identity-sources/**'}");
    assertThat(sourcing.upsert(session, person("b")).status()).isEqualTo(500);
    calling.fault("{'fault':'readOnly','path':'/api/v1/identity-sources/**'}");
    assertThat(sourcing.upsert(session, person("b")).status()).isEqualTo(503);
    assertThat(sourcing.source().path("sessions").path(0).path("uploads").size()).isOne();
  }

  @ParameterizedTest
  @CsvSource({"sessionError,0", "sessionHalf,2"})
  void aSessionCanEndInAnError(String fault, int applied) {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, people(0, 4)));
    calling.fault("{'fault':'" + fault + "','path':'/api/v1/identity-sources/**'}");
    sourcing.done(session);

    assertThat(sourcing.status(session)).isEqualTo("ERROR");
    assertThat(sourcing.source().path("assigned").asInt()).isEqualTo(applied);
    assertThat(
            sourcing.events(
                "eventType eq \"system.import.complete\" and outcome.result eq \"FAILURE\""))
        .hasSize(1);
  }

  @Test
  void aStuckSessionHoldsUpTheNextUntilSomebodyEndsIt() {
    String stuck = sourcing.session();
    accepted(sourcing.upsert(stuck, person("a")));
    calling.fault("{'fault':'sessionStuck','path':'/api/v1/identity-sources/**'}");
    sourcing.done(stuck);
    String next = sourcing.imported(person("b"));
    assertThat(sourcing.status(stuck)).isEqualTo("TRIGGERED");
    assertThat(sourcing.status(next)).isEqualTo("TRIGGERED");

    calling.control.post("sources/" + Sourcing.SOURCE + "/sessions/" + stuck, "{'status':'ERROR'}");
    calling.advance(11);
    assertThat(sourcing.status(stuck)).isEqualTo("ERROR");
    assertThat(sourcing.status(next)).isEqualTo("COMPLETED");
    assertThat(sourcing.verdicts("a")).isEmpty();
    assertThat(sourcing.verdicts("b")).containsExactly("created");
  }

  @Test
  void aStuckSessionCanBeLetGoOn() {
    String stuck = sourcing.session();
    accepted(sourcing.upsert(stuck, person("a")));
    calling.fault("{'fault':'sessionStuck','path':'/api/v1/identity-sources/**'}");
    sourcing.done(stuck);

    calling.control.post("sources/" + Sourcing.SOURCE + "/sessions/" + stuck, "{'release':true}");
    calling.advance(11);
    assertThat(sourcing.status(stuck)).isEqualTo("COMPLETED");
    assertThat(sourcing.verdicts("a")).containsExactly("created");
  }

  @Test
  void somebodyElseCanLeaveASessionInTheWay() {
    JsonNode stray =
        calling.control.post("sources/" + Sourcing.SOURCE + "/sessions", "{'agoSeconds':86000}");
    String session = stray.path("id").asString();
    assertThat(stray.path("by").asString()).isEqualTo("hand");
    assertThat(calling.post(SESSIONS, "").status()).isEqualTo(400);
    assertThat(calling.get(SESSIONS).ids()).containsExactly(session);
    calling.advance(1);
    assertThat(calling.delete(SESSIONS + "/" + session).status()).isEqualTo(204);
    assertThat(sourcing.session()).startsWith("aps");

    assertThat(
            IntStream.range(0, 2)
                .mapToObj(i -> sourcing.source().path("sessions").path(i).path("session"))
                .map(one -> one.path("status").asString()))
        .containsExactly("CLOSED", "CREATED");
  }
}
