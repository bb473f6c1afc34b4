package dev.rollcall.simulators.okta;

import static dev.rollcall.simulators.okta.Sourcing.SESSIONS;
import static dev.rollcall.simulators.okta.Sourcing.accepted;
import static dev.rollcall.simulators.okta.Sourcing.people;
import static dev.rollcall.simulators.okta.Sourcing.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What becomes of the people of a session. */
class ImportTest {
  private final Path directory;
  private final Sourcing sourcing;
  private final Calling calling;

  ImportTest(@TempDir Path directory) {
    this.directory = directory;
    sourcing = Sourcing.in(directory);
    calling = sourcing.calling;
  }

  @AfterEach
  void stop() {
    sourcing.close();
  }

  @Test
  void somebodyNewIsCreatedActivatedAndMailed() {
    sourcing.imported(
        person(
            "a", "'personNumber':'7','middleName':'M','mobilePhone':'1','homeAddress':'Home 1'"));

    JsonNode user = sourcing.user("a");
    assertThat(user.path("status").asString()).isEqualTo("PROVISIONED");
    assertThat(user.path("activated").asString()).isEqualTo("2026-03-01T10:00:10.000Z");
    JsonNode profile = user.path("profile");
    assertThat(profile.path("personNumber").asString()).isEqualTo("7");
    assertThat(profile.path("middleName").asString()).isEqualTo("M");
    assertThat(profile.path("postalAddress").asString()).isEqualTo("Home 1");
    assertThat(calling.state("mails").path(0).path("to").asString()).isEqualTo("a@x.edu");
    assertThat(sourcing.verdicts("a")).containsExactly("created");
  }

  @Test
  void somebodyNewIsStagedWhereTheApplicationDoesNotActivate() {
    sourcing.source("{'autoActivate':false}");
    sourcing.imported(person("a"));
    assertThat(sourcing.user("a").path("status").asString()).isEqualTo("STAGED");
    assertThat(calling.state("mails").isEmpty()).isTrue();
  }

  @Test
  void anExactMatchIsLinkedAndFromThenOnTheSources() {
    String id = calling.standing("a", "ACTIVE");
    sourcing.imported(person("a"));

    assertThat(sourcing.verdicts("a")).containsExactly("linked");
    assertThat(sourcing.user("a").path("id").asString()).isEqualTo(id);
    assertThat(sourcing.user("a").path("profile").path("personNumber").asString()).isEqualTo("na");
    Answer edit = calling.post("/users/" + id, "{'profile':{'title':'T'}}");
    assertThat(edit.status()).isEqualTo(403);
    assertThat(edit.code()).isEqualTo("E0000023");
  }

  @Test
  void aMatchIsWhateverTheApplicationSays() {
    String id = calling.standing("old", "ACTIVE");
    calling.post("/users/" + id, "{'profile':{'email':'a@x.edu'}}");
    sourcing.source("{'matchOn':'email'}");
    sourcing.imported(person("a"));
    assertThat(sourcing.verdicts("a")).containsExactly("linked");
    assertThat(sourcing.user("a").path("id").asString()).isEqualTo(id);

    calling.standing("b", "ACTIVE");
    sourcing.source("{'matchOn':'none'}");
    sourcing.imported(person("b"));
    assertThat(sourcing.verdicts("b")).containsExactly("failed");
  }

  @Test
  void whatNobodyConfirmsWaits() {
    calling.standing("b", "ACTIVE");
    sourcing.source("{'autoConfirmNew':false,'autoConfirmExact':false}");
    sourcing.imported(person("a"), person("b"));

    assertThat(sourcing.verdicts("a")).containsExactly("held");
    assertThat(sourcing.verdicts("b")).containsExactly("held");
    assertThat(calling.get("/users/a@x.edu").status()).isEqualTo(404);
    assertThat(sourcing.user("b").path("profile").has("personNumber")).isFalse();
    assertThat(sourcing.events("outcome.result eq \"DEFERRED\"")).hasSize(2);
    assertThat(sourcing.source().path("assigned").asInt()).isZero();

    sourcing.source("{'autoConfirmNew':true,'autoConfirmExact':true}");
    sourcing.imported(person("a"), person("b"));
    assertThat(sourcing.verdicts("a")).containsExactly("held", "created");
    assertThat(sourcing.verdicts("b")).containsExactly("held", "linked");
  }

  @Test
  void nullClearsAndWhatIsNotMentionedStays() {
    sourcing.imported(person("a", "'personNumber':'7','middleName':'M','mobilePhone':'1'"));
    sourcing.imported(person("a", "'personNumber':null,'middleName':'N'"));

    JsonNode profile = sourcing.user("a").path("profile");
    assertThat(profile.has("personNumber")).isFalse();
    assertThat(profile.path("middleName").asString()).isEqualTo("N");
    assertThat(profile.path("mobilePhone").asString()).isEqualTo("1");
    assertThat(sourcing.verdicts("a")).containsExactly("created", "updated");

    sourcing.source("{'omittedClears':true}");
    sourcing.imported(person("a", "'middleName':'N'"));
    assertThat(sourcing.user("a").path("profile").path("mobilePhone").isNull()).isTrue();
  }

  @Test
  void somebodyDeletedInOktaIsMadeAnew() {
    sourcing.imported(person("a"));
    String id = sourcing.user("a").path("id").asString();
    calling.control.post("delete", "{'user':'a@x.edu'}");
    sourcing.imported(person("a"));
    assertThat(sourcing.verdicts("a")).containsExactly("created", "created");
    assertThat(sourcing.user("a").path("id").asString()).isNotEqualTo(id);
    calling.control.post("delete", "{'user':'a@x.edu'}");
    sourcing.removed("a");
    assertThat(sourcing.verdicts("a")).containsExactly("created", "created", "deleted");
  }

  @Test
  void whatIsSentTwiceInOneSessionIsDoneInItsOrder() {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a"), person("a", "'middleName':'M'")));
    accepted(sourcing.delete(session, "a"));
    accepted(sourcing.upsert(session, person("a")));
    accepted(sourcing.upsert(session, person("a")));
    sourcing.done(session);
    assertThat(sourcing.verdicts("a"))
        .containsExactly("created", "updated", "deleted", "updated", "unchanged");
    assertThat(sourcing.user("a").path("status").asString()).isEqualTo("PROVISIONED");
  }

  @Test
  void theSameAgainChangesNothing() {
    sourcing.imported(person("a"));
    JsonNode before = sourcing.user("a");
    sourcing.imported(person("a"));
    assertThat(sourcing.verdicts("a")).containsExactly("created", "unchanged");
    assertThat(sourcing.user("a")).isEqualTo(before);
  }

  @Test
  void anExternalIdStaysWithThePersonWhenTheLoginChanges() {
    sourcing.imported(person("a"));
    String id = sourcing.user("a").path("id").asString();
    sourcing.imported(
        "{'externalId':'a','profile':{'userName':'new@x.edu','email':'new@x.edu','firstName':'F','lastName':'L'}}");
    assertThat(sourcing.user("new").path("id").asString()).isEqualTo(id);
    assertThat(calling.get("/users/a@x.edu").status()).isEqualTo(404);
  }

  @Test
  void leaversAreDeactivatedAndStrangersIgnored() {
    sourcing.imported(person("a"), person("b"));
    sourcing.removed("a", "nobody");

    assertThat(sourcing.user("a").path("status").asString()).isEqualTo("DEPROVISIONED");
    assertThat(sourcing.user("b").path("status").asString()).isEqualTo("PROVISIONED");
    assertThat(sourcing.verdicts("a")).containsExactly("created", "deleted");
    assertThat(sourcing.verdicts("nobody")).containsExactly("ignored");
    assertThat(sourcing.source().path("assigned").asInt()).isOne();
  }

  @Test
  void aSourceThatHoldsNoLifecyclesOnlyUnassigns() {
    String id = calling.standing("a", "ACTIVE");
    sourcing.source("{'sourcing':false}");
    sourcing.imported(person("a"));
    sourcing.removed("a");
    assertThat(sourcing.verdicts("a")).containsExactly("linked", "deleted");
    assertThat(sourcing.user("a").path("status").asString()).isEqualTo("ACTIVE");
    assertThat(sourcing.user("a").path("profile").has("personNumber")).isFalse();
    assertThat(calling.post("/users/" + id, "{'profile':{'title':'T'}}").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "DEPROVISIONED,true,PROVISIONED,updated",
    "DEPROVISIONED,false,DEPROVISIONED,failed",
    "SUSPENDED,true,ACTIVE,updated",
    "SUSPENDED,false,SUSPENDED,unchanged"
  })
  void whoComesBackIsReactivatedWhereTheApplicationSaysSo(
      String status, boolean back, String then, String verdict) {
    sourcing.source("{'reactivateSuspended':%s,'reactivateDeactivated':%s}".formatted(back, back));
    sourcing.imported(person("a"));
    String id = sourcing.user("a").path("id").asString();
    calling.control.post("users", "{'user':'" + id + "','status':'" + status + "'}");

    sourcing.imported(person("a"));

    assertThat(sourcing.user("a").path("status").asString()).isEqualTo(then);
    assertThat(sourcing.verdicts("a")).containsExactly("created", verdict);
  }

  @Test
  void aRehireUnderTheSameIdIsTheSameUser() {
    sourcing.imported(person("a"));
    String id = sourcing.user("a").path("id").asString();
    sourcing.removed("a");
    sourcing.imported(person("a"));
    assertThat(sourcing.user("a").path("id").asString()).isEqualTo(id);
    assertThat(sourcing.user("a").path("status").asString()).isEqualTo("PROVISIONED");
    assertThat(sourcing.verdicts("a")).containsExactly("created", "deleted", "updated");
    assertThat(sourcing.source().path("assigned").asInt()).isOne();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'userName':'a@x.edu','email':'bad mail','firstName':'F','lastName':'L'"
            + " | email: Does not match required pattern",
        "'userName':'a','email':'a@x.edu','firstName':'F','lastName':'L'"
            + " | login: The field is too short",
        "'userName':'odd user','email':'a@x.edu','firstName':'F','lastName':'L'"
            + " | login: Username must be in the form of an email address",
        "'userName':'a@x.edu','email':'a@x.edu','firstName':null,'lastName':'L'"
            + " | firstName: The field cannot be left blank",
        "'userName':'a@x.edu','email':'a@x.edu','firstName':'F'"
            + " | lastName: The field cannot be left blank",
        "'userName':'held@x.edu','email':'a@x.edu','firstName':'F','lastName':'L'"
            + " | login: An object with this field already exists in the current organization",
        "'userName':'ad@x.edu','email':'a@x.edu','firstName':'F','lastName':'L'"
            + " | Operation failed because user profile is mastered under another system",
      })
  void whoCannotBeImportedIsLeftOutAndNamedInTheLog(String profile, String reason) {
    sourcing.imported(person("held"));
    calling.standing("ad", "ACTIVE");
    calling.control.post("users", "{'user':'ad@x.edu','master':'ad'}");

    String session =
        sourcing.imported("{'externalId':'a','profile':{" + profile + "}}", person("b"));

    assertThat(sourcing.status(session)).isEqualTo("COMPLETED");
    assertThat(sourcing.verdicts("a")).containsExactly("failed");
    assertThat(sourcing.verdicts("b")).containsExactly("created");
    List<JsonNode> failures =
        sourcing.events(
            "outcome.result eq \"FAILURE\" and eventType sw \"system.import.user.\""
                + " and debugContext.debugData.importSessionId eq \""
                + session
                + "\"");
    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst().path("outcome").path("reason").asString()).isEqualTo(reason);
    assertThat(failures.getFirst().path("target").path(0).path("alternateId").asString())
        .isEqualTo("a");
  }

  @Test
  void anUpdateThatFailsLeavesThePersonAsTheyWere() {
    sourcing.imported(person("a"), person("b"));
    JsonNode before = sourcing.user("a");
    sourcing.imported(
        "{'externalId':'a','profile':{'userName':'b@x.edu','email':'a@x.edu','firstName':'New','lastName':'L'}}");
    assertThat(sourcing.verdicts("a")).containsExactly("created", "failed");
    assertThat(sourcing.user("a")).isEqualTo(before);
    assertThat(
            sourcing.events(
                "eventType eq \"system.import.user.update\" and outcome.result eq \"FAILURE\""))
        .hasSize(1);
  }

  @Test
  void anAttributeThatTheApplicationHasNotIsDropped() {
    sourcing.source("{'custom':['personNumber']}");
    sourcing.imported(person("a", "'personNumber':'7','middleName':'M','unheardOf':'x'"));
    assertThat(sourcing.verdicts("a")).containsExactly("created");
    assertThat(sourcing.user("a").path("profile").path("personNumber").asString()).isEqualTo("7");
    assertThat(sourcing.user("a").path("profile").has("middleName")).isFalse();
  }

  @Test
  void whatIsNotAStringBecomesOne() {
    sourcing.imported(person("a", "'personNumber':7,'middleName':true"));
    assertThat(sourcing.user("a").path("profile").path("personNumber").asString()).isEqualTo("7");
    assertThat(sourcing.user("a").path("profile").path("middleName").asString()).isEqualTo("true");
  }

  @Test
  void theSafeguardStopsAnImportAndHoldsUpAllOthers() {
    calling.control.post("sources", "{'id':'0oaOther','label':'Other'}");
    sourcing.imported(people(0, 100));
    String[] leavers = new String[21];
    for (int i = 0; i < leavers.length; i++) {
      leavers[i] = "p" + i;
    }
    String stopped = sourcing.session();
    accepted(sourcing.delete(stopped, leavers));
    accepted(sourcing.upsert(stopped, person("new")));
    sourcing.done(stopped);

    assertThat(sourcing.status(stopped)).isEqualTo("ERROR");
    assertThat(sourcing.verdicts("new")).isEmpty();
    assertThat(sourcing.source().path("assigned").asInt()).isEqualTo(100);
    assertThat(sourcing.source().path("roadblock").path("ending").asInt()).isEqualTo(21);
    assertThat(sourcing.events("eventType eq \"system.import.roadblock\"")).hasSize(1);
    String next = sourcing.imported(person("new"));
    assertThat(sourcing.status(next)).isEqualTo("TRIGGERED");
    String other = "/identity-sources/0oaOther/sessions";
    String others = calling.post(other, "").json().path("id").asString();
    calling.post(
        other + "/" + others + "/bulk-upsert",
        "{'entityType':'USERS','profiles':[" + person("o") + "]}");
    calling.post(other + "/" + others + "/start-import", "");
    calling.advance(60);
    assertThat(calling.get("/users/o@x.edu").status()).isEqualTo(404);

    calling.control.post("sources/resume", "");
    calling.advance(11);
    assertThat(sourcing.status(next)).isEqualTo("COMPLETED");
    assertThat(sourcing.status(stopped)).isEqualTo("ERROR");
    assertThat(calling.get("/users/o@x.edu").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"100,20,20", "99,99,20", "100,50,50", "100,100,100"})
  void theSafeguardLetsThroughWhatIsNotMoreThanItsShare(int assigned, int leaving, int percent) {
    sourcing.source("{'safeguardPercent':" + percent + "}");
    sourcing.imported(people(0, assigned));
    String[] leavers = new String[leaving];
    for (int i = 0; i < leavers.length; i++) {
      leavers[i] = "p" + i;
    }
    assertThat(sourcing.status(sourcing.removed(leavers))).isEqualTo("COMPLETED");
    assertThat(sourcing.source().path("assigned").asInt()).isEqualTo(assigned - leaving);
  }

  @Test
  void eachApplicationIsToldWithItsSessionItsRequestAndItsRow() {
    String session = sourcing.session();
    accepted(sourcing.upsert(session, person("a")));
    accepted(sourcing.upsert(session, person("b"), person("c")));
    sourcing.done(session);

    JsonNode applied =
        calling.control.get("sources/" + Sourcing.SOURCE + "/applied?session=" + session);
    assertThat(
            applied
                .valueStream()
                .map(one ->
                    one.path("externalId").asString()
                        + one.path("upload").asInt()
                        + one.path("row").asInt()))
        .containsExactly("a10", "b20", "c21");
    JsonNode requests = calling.control.get("requests");
    long request = applied.path(2).path("request").asLong();
    JsonNode call =
        requests
            .valueStream()
            .filter(one -> one.path("request").asLong() == request)
            .findFirst()
            .orElseThrow();
    assertThat(call.path("target").asString()).endsWith("/bulk-upsert");
    assertThat(call.path("changes").valueStream().map(one -> one.path("what").asString()))
        .contains("uploaded", "created", "applied");
    assertThat(
            calling
                .control
                .get("users?by=personNumber")
                .valueStream()
                .map(one -> one.path("created").asInt()))
        .containsExactly(1, 1, 1);
  }

  @Test
  void aTenantThatIsOpenedAgainGoesOnWhereItWas() {
    sourcing.imported(person("a"), person("gone"));
    sourcing.removed("gone");
    String underWay = sourcing.session();
    accepted(sourcing.upsert(underWay, person("b"), person("a", "'middleName':null")));
    accepted(sourcing.delete(underWay, "a"));
    sourcing.trigger(underWay);
    calling.advance(5);
    JsonNode before = sourcing.source();
    String log = calling.get("/logs?limit=1000").text();
    sourcing.close();

    try (Calling again = Calling.in(directory)) {
      again.control.post("clock", "{'now':'2026-03-01T10:10:07Z','stand':true}");
      assertThat(again.control.get("sources/" + Sourcing.SOURCE)).isEqualTo(before);
      assertThat(again.get("/logs?limit=1000").text()).isEqualTo(log);
      again.advance(11);
      assertThat(again.get(SESSIONS + "/" + underWay).json().path("status").asString())
          .isEqualTo("COMPLETED");
      assertThat(again.get("/users/b@x.edu").status()).isEqualTo(200);
      assertThat(again.get("/users/a@x.edu").json().path("status").asString())
          .isEqualTo("DEPROVISIONED");
      again.advance(400);
      assertThat(again.post(SESSIONS, "").status()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // Killed after a person was noted as applied, and after they were created but not noted.
    "'\"what\":{\"kind\":\"Applied\"', 2",
    "'\"what\":{\"kind\":\"UserSaved\"', 3",
  })
  void anImportThatWasKilledInTheMiddleGoesOnWithoutDoingAnythingTwice(String line, int kept)
      throws IOException {
    String session = sourcing.imported(people(0, 5));
    sourcing.close();
    Path ledger = directory.resolve("okta-ledger.jsonl");
    List<String> written = Files.readAllLines(ledger);
    int seen = 0;
    int cut = 0;
    while (seen < kept) {
      seen += written.get(cut++).contains(line) ? 1 : 0;
    }
    Files.write(ledger, written.subList(0, cut));

    try (Calling again = Calling.in(directory)) {
      again.advance(60);
      assertThat(again.get(SESSIONS + "/" + session).json().path("status").asString())
          .isEqualTo("COMPLETED");
      JsonNode people = again.control.get("users?by=personNumber");
      assertThat(people.size()).isEqualTo(5);
      assertThat(people.valueStream().map(one -> one.path("created").asInt())).containsOnly(1);
      JsonNode applied = again.control.get("sources/" + Sourcing.SOURCE + "/applied");
      assertThat(applied.valueStream().map(one -> one.path("row").asInt()))
          .containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void aResetKeepsSourcesAndForgetsSessionsAndPeople() {
    sourcing.imported(person("a"));
    calling.control.post("reset", "");

    assertThat(sourcing.source().path("sessions").isEmpty()).isTrue();
    assertThat(sourcing.source().path("assigned").asInt()).isZero();
    assertThat(sourcing.imported(person("a"))).startsWith("aps");
    assertThat(sourcing.verdicts("a")).containsExactly("created");
  }

  @Test
  void thePageShowsSourcesAndSessions() {
    String session = sourcing.imported(person("a"));
    Answer page = calling.get(calling.address() + "/");
    assertThat(page.text()).contains("Oracle HCM", session, "COMPLETED");
  }
}
