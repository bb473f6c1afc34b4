package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.config.Settings;
import dev.rollcall.config.SettingsFile;
import dev.rollcall.event.Lines;
import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.intake.Requests;
import dev.rollcall.intake.Resolutions;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of single lines of PeopleSoft's requests, from the table to the tenant and back. */
final class HrQueueTest {

  private static final String ANN = "Ann.Lee@univ.edu";

  private final HrPath path;
  private final Path directory;

  HrQueueTest(@TempDir Path directory) throws IOException {
    this.directory = directory;
    path = new HrPath(directory);
    path.person("U1", "E1", "Ann", "Lee", "STAFF");
  }

  @AfterEach
  void close() {
    path.close();
  }

  private List<String> writes() {
    return path.requests(0).stream()
        .map(one -> one.path("method").asString() + " " + one.path("target").asString())
        .filter(one -> !one.startsWith("GET"))
        .toList();
  }

  @Test
  void aPausedInstanceMarksNothingAndCallsNobodyUntilItIsResumed() {
    path.request("B1", "U1:CR8A", "U1:GRPA");
    Parts parts = path.start();
    parts.pauses().pause(HrPath.INSTANCE, "admin", "maintenance");

    assertThat(path.poll(parts)).startsWith("Not asked: ");
    assertThat(path.status("B1", 1)).isEqualTo("NEW");
    assertThat(path.events(parts, "U1")).isEmpty();
    assertThat(path.requests(0)).isEmpty();

    parts.pauses().resume(HrPath.INSTANCE, "admin", null);
    path.run(parts);
    assertThat(path.status("B1", 1)).isEqualTo("COMP");
    assertThat(path.status("B1", 2)).isEqualTo("COMP");
  }

  @Test
  void whatWasTakenOverBeforeAPauseWaitsAndIsDoneAfterwards() {
    Parts parts = path.start();
    path.okta("faults", "{'fault':'readOnly','times':1}");
    path.request("B1", "U1:CR8A");
    path.poll(parts);
    parts.pauses().pause(HrPath.INSTANCE, "admin", null);
    int calls = path.requests(0).size();
    path.advance(Duration.ofMinutes(10));
    assertThat(path.poll(parts)).startsWith("Not asked: ");
    assertThat(writes().stream().filter(one -> one.contains("/users?")))
        .hasSizeLessThanOrEqualTo(1);
    assertThat(path.requests(0)).hasSize(calls);

    parts.pauses().resume(HrPath.INSTANCE, "admin", null);
    path.settle(parts);

    assertThat(path.status("B1", 1)).isEqualTo("COMP");
  }

  @Test
  void anInstanceInPreviewMarksNothingAndWritesNothing() {
    path.request("B1", "U1:CR8A", "U1:GRPA");
    Parts parts = path.start("state: preview");

    assertThat(path.poll(parts))
        .isEqualTo("Not asked: lines are taken over by an instance that is on and not paused");
    assertThat(parts.preview().of(parts.instances().getFirst(), subject()).orElseThrow().outcome())
        .isEqualTo("created");

    assertThat(path.status("B1", 1)).isEqualTo("NEW");
    assertThat(writes()).isEmpty();
    assertThat(path.users()).isEmpty();
  }

  private static SubjectKey subject() {
    return new SubjectKey("hr", "U1");
  }

  @Test
  void anAccountThatIsMasteredElsewhereIsAnErrorWithOktasWordsAndAFinding() {
    Parts parts = path.start();
    path.request("B1", "U1:CR8A");
    path.run(parts);
    path.okta("users", "{'user':'" + ANN + "','master':'ad'}");
    path.phone("E1", "555-0188");

    path.request("B2", "U1:USAU");
    path.run(parts);

    assertThat(path.status("B2", 1)).isEqualTo("ERR");
    assertThat(path.text("B2", 1))
        .contains("403 E0000023", "profile is mastered under another system");
    assertThat(
            parts
                .findings()
                .list(
                    new Findings.Filter(
                        HrPath.INSTANCE, FindingKind.MASTERED_ELSEWHERE, "U1", 0, 10)))
        .hasSize(1);
  }

  @Test
  void anAccountThatSaysNothingOfWhoseItIsWaitsForAPersonWhoseWordCounts() {
    path.okta(
        "users",
        "{'profile':{'login':'"
            + ANN
            + "','email':'someone@univ.edu','firstName':'Ann','lastName':'Lee'}}");
    String id = path.user(ANN).path("id").asString();
    path.request("B1", "U1:CR8A", "U1:GRPA");
    Parts parts = path.start();

    path.run(parts);

    SyncEvent suspended = path.events(parts, "U1").getLast();
    assertThat(suspended.status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(path.status("B1", 1)).isEqualTo("INPR");
    assertThat(path.status("B1", 2)).isEqualTo("INPR");
    assertThat(writes()).as("nothing is guessed").isEmpty();
    Resolutions.Waiting waiting = parts.resolutions().waiting(HrPath.INSTANCE, 0, 10).getFirst();
    assertThat(waiting.candidates()).extracting(one -> one.get("id")).containsExactly(id);

    parts.resolutions().resolve(suspended.id(), id, "I asked her", "admin");
    path.settle(parts);

    assertThat(path.status("B1", 1)).isEqualTo("WARN");
    assertThat(path.text("B1", 1)).contains("adopted");
    assertThat(path.status("B1", 2)).isEqualTo("COMP");
    assertThat(path.user(ANN).path("profile").path("employeeNumber").asString()).isEqualTo("E1");
    assertThat(path.groupsOf(ANN)).containsExactly("Staff General");
    assertThat(path.users()).hasSize(1);
  }

  @Test
  void twoAccountsWithOneNumberWaitForAPersonWhoMayHaveANewOneMade() {
    for (String login : List.of("al@univ.edu", "lee@univ.edu")) {
      path.okta(
          "users",
          "{'profile':{'login':'%s','email':'%s','firstName':'A','lastName':'L','employeeNumber':'E1'}}"
              .formatted(login, login));
    }
    path.request("B1", "U1:CR8A");
    Parts parts = path.start();

    path.run(parts);

    SyncEvent suspended = path.events(parts, "U1").getLast();
    assertThat(suspended.status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(writes()).isEmpty();
    assertThat(parts.resolutions().waiting(HrPath.INSTANCE, 0, 10).getFirst().candidates())
        .hasSize(2);

    parts
        .resolutions()
        .resolve(suspended.id(), path.user("al@univ.edu").path("id").asString(), "hers", "admin");
    path.settle(parts);

    assertThat(path.status("B1", 1)).isEqualTo("WARN");
    assertThat(path.user("al@univ.edu").path("profile").path("lastName").asString())
        .isEqualTo("Lee");
    assertThat(path.user("lee@univ.edu").path("profile").path("lastName").asString())
        .isEqualTo("L");
  }

  @Test
  void aLineThatIsSetBackToNewIsTheNextGenerationAndANewEvent() {
    path.request("B1", "U1:USAU");
    Parts parts = path.start();
    path.run(parts);
    assertThat(path.status("B1", 1)).isEqualTo("ERR");
    path.request("B2", "U1:CR8A");
    path.run(parts);

    path.people("renew", "{'batch':'B1','line':1}");
    path.run(parts);

    assertThat(path.status("B1", 1)).isEqualTo("COMP");
    assertThat(path.lines(parts, "B1"))
        .singleElement()
        .satisfies(line -> assertThat(line.generation()).isEqualTo(2));
    assertThat(path.events(parts, "U1"))
        .extracting(SyncEvent::cause)
        .containsExactly(Cause.REQUEST, Cause.REQUEST, Cause.REQUEST);
    assertThat(path.events(parts, "U1").getFirst().status()).isEqualTo(EventStatus.ERROR);
  }

  @Test
  void aLineThatFailedIsTriedAgainOverRestWithANewEventThatPointsAtTheOld() throws IOException {
    path.request("B1", "U1:USAU", "U1:CR8A");
    Settings settings = settingsOfAService();
    try (Service service = Service.start(() -> settings, new Home(directory), 0, Duration.ZERO)) {
      await().atMost(Duration.ofSeconds(60)).until(() -> path.status("B1", 2).equals("COMP"));
      assertThat(path.status("B1", 1)).isEqualTo("ERR");

      JsonNode retried = call(service, "POST", "/api/lines/retry", "{\"batch\":\"B1\"}");
      assertThat(retried.size()).isEqualTo(1);
      assertThat(retried.get(0).path("cause").asString()).isEqualTo("RETRY");
      assertThat(retried.get(0).path("parent").isNumber()).isTrue();
      await().atMost(Duration.ofSeconds(60)).until(() -> path.status("B1", 1).equals("COMP"));

      JsonNode line = call(service, "GET", "/api/lines?batch=B1&action=USAU", null).get(0);
      assertThat(line.path("generation").asInt()).isEqualTo(2);
      assertThat(line.path("status").asString()).isEqualTo("COMP");
      assertThat(path.text("B1", 1)).isEmpty();
    }
  }

  private Settings settingsOfAService() throws IOException {
    Path file = directory.resolve("rollcall.yaml");
    Files.writeString(file, path.serviceYaml());
    return new SettingsFile(Map.of()).read(file);
  }

  private static JsonNode call(Service service, String method, String where, @Nullable String body)
      throws IOException {
    try (HttpSender sender = new HttpSender(Duration.ofSeconds(20))) {
      Exchange answer =
          sender.send(
              method,
              URI.create("http://127.0.0.1:" + service.port() + where),
              Map.of("Authorization", "Bearer " + service.token()),
              body);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      return JsonMapper.shared().readTree(answer.body());
    }
  }

  @Test
  void groupLinesAreAboutTheTypesGroupsOrTheOneThatTheColumnNames() {
    Parts parts = path.start("identity: {moreGroups: [Chess Club]}");
    path.request("B1", "U1:CR8A", "U1:GRPA", "U1:GRPA:Chess Club", "U1:GRPA:No Such Group");
    path.run(parts);

    assertThat(path.groupsOf(ANN)).containsExactly("Chess Club", "Staff General");
    assertThat(List.of(path.status("B1", 2), path.status("B1", 3), path.status("B1", 4)))
        .containsExactly("COMP", "COMP", "WARN");
    assertThat(path.text("B1", 4)).contains("No Such Group");

    path.request("B2", "U1:GRPR:Chess Club");
    path.run(parts);
    assertThat(path.groupsOf(ANN)).containsExactly("Staff General");

    path.request("B3", "U1:GRPR");
    path.run(parts);
    assertThat(path.groupsOf(ANN)).isEmpty();
    assertThat(path.status("B3", 1)).isEqualTo("COMP");
  }

  @Test
  void aLoginStaysWithANewNameUnlessItIsToFollow() {
    Parts parts = path.start();
    path.request("B1", "U1:CR8A");
    path.run(parts);
    path.named("E1", "Ann", "Ray", "2021-01-01");

    path.request("B2", "U1:USAU");
    path.run(parts);
    assertThat(path.user(ANN).path("profile").path("lastName").asString()).isEqualTo("Ray");

    Parts renaming = path.start("identity: {renameLogin: yes}");
    path.request("B3", "U1:USAU");
    path.run(renaming);
    assertThat(path.users()).containsOnlyKeys("Ann.Ray@univ.edu");
    assertThat(path.status("B3", 1)).isEqualTo("COMP");
  }

  @Test
  void aLineWithoutAnOpridEndsByItself() {
    path.request("B1", " :CR8A");
    Parts parts = path.start();

    path.run(parts);

    assertThat(path.status("B1", 1)).isEqualTo("ERR");
    assertThat(path.text("B1", 1)).isEqualTo("The line names no OPRID");
    assertThat(
            path.hr
                .jdbc()
                .sql("select CHG_BATCH_STATUS from PS_CHG_OK_REQ_HDR where CHG_BATCH_ID = 'B1'")
                .query(String.class)
                .single())
        .isEqualTo("ERR");
    assertThat(path.lines(parts, "B1")).isEmpty();
  }

  @Test
  void whoseAccountWasDeletedOverThereIsGivenANewOneAndTheLinkFollows() {
    Parts parts = path.start();
    path.request("B1", "U1:CR8A");
    path.run(parts);
    String first = path.user(ANN).path("id").asString();
    path.okta("delete", "{'user':'" + first + "'}");

    path.request("B2", "U1:CR8A");
    path.run(parts);

    String second = path.user(ANN).path("id").asString();
    assertThat(second).isNotEqualTo(first);
    assertThat(path.status("B2", 1)).isIn("COMP", "WARN");
    assertThat(
            path.hr
                .jdbc()
                .sql("select CHG_OKTA_ID from PS_CHG_OPR_OKTA_ID where OPRID = 'U1'")
                .query(String.class)
                .single())
        .isEqualTo(second);
  }

  @Test
  void twoLinesOfOnePersonInTwoBatchesAreWorkedInOrderAndByOneEventAtATime() {
    path.request("B1", "U1:CR8I");
    path.request("B2", "U1:USRA", "U1:GRPA", "U1:USRD");
    Parts parts = path.start();

    path.run(parts);

    assertThat(path.statusOf(ANN)).isEqualTo("DEPROVISIONED");
    assertThat(writes().stream().map(one -> one.replaceAll("00[ug][0-9A-Za-z]+", "ID")))
        .containsExactly(
            "POST /api/v1/users?activate=false",
            "POST /api/v1/users/ID/lifecycle/activate?sendEmail=false",
            "PUT /api/v1/groups/ID/users/ID",
            "POST /api/v1/users/ID/lifecycle/deactivate?sendEmail=false");
    assertThat(path.lines(parts, "B2")).extracting(Lines.Shown::event).hasSize(3);
  }

  @Test
  void aLeaverBeyondTheLimitIsHeldBeforeAnyCallAndDoneWhenSomebodyReleasesIt() {
    path.person("U2", "E2", "Ben", "Ray", "STAFF");
    Parts parts = path.start("guard: {deactivations: {most: 1}}", "okta: {atOnce: 1}");
    path.request("B1", "U1:CR8A", "U2:CR8A");
    path.run(parts);
    path.request("B2", "U1:USRD");
    path.run(parts);
    path.request("B3", "U2:USRD");

    path.run(parts);

    SyncEvent held = path.events(parts, "U2").getLast();
    assertThat(held.status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(held.reason()).startsWith("held: ");
    assertThat(path.status("B3", 1)).isEqualTo("INPR");
    assertThat(path.statusOf("Ben.Ray@univ.edu")).isEqualTo("PROVISIONED");
    assertThat(writes().stream().filter(one -> one.contains("/lifecycle/deactivate"))).hasSize(1);

    parts.consents().decide(held.id(), null, Decision.RELEASED, "admin", "they left");
    path.settle(parts);

    assertThat(path.statusOf("Ben.Ray@univ.edu")).isEqualTo("DEPROVISIONED");
    assertThat(path.status("B3", 1)).isEqualTo("COMP");
  }

  /** A failed line 1 of batch B1; the account is there and active. */
  private Lines.Shown failedLine(Parts parts) {
    path.request("B1", "U1:USAU", "U1:CR8A");
    path.run(parts);
    Lines.Shown failed =
        path.lines(parts, "B1").stream()
            .filter(line -> line.line().key().number() == 1)
            .findFirst()
            .orElseThrow();
    assertThat(failed.status()).isEqualTo(LineStatus.ERR);
    return failed;
  }

  @Test
  void aLineThatWasTakenUpAgainIsNotTriedOnceMoreAndBringsNoLeaverBack() {
    Parts parts = path.start();
    Lines.Shown failed = failedLine(parts);
    parts.requests().retryLines(List.of(failed), "ann");
    path.settle(parts);
    path.request("B2", "U1:USRD");
    path.run(parts);
    List<SyncEvent> before = path.events(parts, "U1");

    assertThatThrownBy(() -> parts.requests().retryLines(List.of(failed), "bob"))
        .isInstanceOf(Requests.RefusedRequest.class)
        .hasMessageContaining("taken up again already");
    for (SyncEvent event : before) {
      SyncEvent again = parts.requests().retry(event.id(), "bob");
      path.settle(parts);
      assertThat(parts.lookup().byId(again.id()).orElseThrow().reason())
          .as(event.toString())
          .isEqualTo("its lines were worked before");
    }

    assertThat(path.statusOf(ANN)).isEqualTo("DEPROVISIONED");
  }

  @Test
  void aRetryThatALeaverPassedEndsWithoutBringingTheAccountBack() {
    Parts parts = path.start();
    Lines.Shown failed = failedLine(parts);
    // It waits for an hour; who asks for something meanwhile has its line worked, too.
    long retry =
        parts
            .database()
            .inTransaction(() -> {
              long id = parts.requests().retryLines(List.of(failed), "ann").getFirst();
              parts
                  .database()
                  .jdbc()
                  .sql("update event set due = due + interval '1 hour' where id = :id")
                  .param("id", id)
                  .update();
              return id;
            });
    path.request("B2", "U1:USRD");
    path.poll(parts);
    await().atMost(Duration.ofSeconds(60)).until(() -> path.status("B2", 1).equals("COMP"));
    assertThat(path.status("B1", 1)).isEqualTo("COMP");
    assertThat(path.statusOf(ANN)).isEqualTo("DEPROVISIONED");
    int calls = writes().size();

    path.advance(Duration.ofHours(2));
    path.settle(parts);

    SyncEvent ended = parts.lookup().byId(retry).orElseThrow();
    assertThat(ended.status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(ended.reason()).isEqualTo("its lines were worked before");
    assertThat(writes()).hasSize(calls);
    assertThat(path.statusOf(ANN)).isEqualTo("DEPROVISIONED");
  }

  @Test
  void aLineWhoseChangeIsRejectedEndsWithAWarningAndTheRestGoesOn() {
    path.person("U2", "E2", "Ben", "Ray", "STAFF");
    Parts parts = path.start("guard: {deactivations: {most: 1}}", "okta: {atOnce: 1}");
    path.request("B1", "U1:CR8A", "U2:CR8A");
    path.run(parts);
    path.request("B2", "U1:USRD");
    path.run(parts);
    path.request("B3", "U2:USRD", "U2:GRPA");
    path.run(parts);
    SyncEvent held = path.events(parts, "U2").getLast();
    assertThat(held.status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(path.status("B3", 1)).isEqualTo("INPR");

    parts.consents().decide(held.id(), null, Decision.REJECTED, "admin", "Ben stays");
    path.settle(parts);

    assertThat(path.status("B3", 1)).isEqualTo("WARN");
    assertThat(path.text("B3", 1)).contains("rejected by admin", "Ben stays");
    assertThat(path.status("B3", 2)).isIn("COMP", "WARN");
    assertThat(path.statusOf("Ben.Ray@univ.edu")).isEqualTo("PROVISIONED");
    SyncEvent decided = path.events(parts, "U2").getLast();
    assertThat(decided.cause()).isEqualTo(Cause.RESOLVED);
    assertThat(decided.status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(parts.lines().open(HrPath.INSTANCE, decided.subject())).isEmpty();
  }
}
