package dev.rollcall.connector.okta.bulk;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.okta.ScriptedOkta;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Okta's log says of the people of a session. */
class ImportLogTest {

  private static final Instant STARTED = Instant.parse("2026-05-13T05:52:29Z");
  private static final String LOGS = "GET /api/v1/logs";

  private final Desk desk = new Desk();
  private final ScriptedOkta okta = desk.okta;

  @AfterEach
  void close() throws IOException {
    desk.close();
  }

  /** Two people are given under their logins; one was accepted in an earlier session. */
  @BeforeEach
  void given() {
    desk.source.accept(People.upsert("1003"), Set.of());
    okta.on("POST " + Desk.PATH + "/" + Desk.SESSION + "/bulk-upsert", says(202, ""));
    desk.source.give(desk.notes, Desk.SESSION, People.upsert("1001", "1002"));
    okta.forget();
  }

  private static String target(String type, String id, String alternateId) {
    return "{\"id\":\"%s\",\"type\":\"%s\",\"alternateId\":\"%s\",\"displayName\":\"x\",\"detailEntry\":null}"
        .formatted(id, type, alternateId);
  }

  private static String app(String id) {
    return target("AppInstance", id, "Oracle HCM");
  }

  private static String event(String type, String reason, String debug, String... targets) {
    return "{\"uuid\":\"u\",\"published\":\"2026-05-13T05:53:00.000Z\",\"eventType\":\"%s\",\"outcome\":{\"result\":\"FAILURE\",\"reason\":\"%s\"},\"displayMessage\":\"m\",\"debugContext\":{\"debugData\":{%s}},\"target\":[%s]}"
        .formatted(type, reason, debug, String.join(",", targets));
  }

  private static String failure(String whom) {
    return event(
        "system.import.user.create",
        "Could not create",
        "",
        target("AppUser", "0uaxr8kpjfWHJpAKK1d7", whom),
        app(Desk.ID));
  }

  private static String end() {
    return event("system.import.complete", "", "", app(Desk.ID));
  }

  /** The log answers for ends, for roadblocks, for failures. */
  private void log(String ends, String roadblocks, String failures) {
    okta.on(LOGS, says(200, ends), says(200, roadblocks), says(200, failures));
  }

  private void failures(String... failures) {
    log("[" + end() + "]", "[]", "[" + String.join(",", failures) + "]");
  }

  private Map<String, String> failed() {
    return desk.source
        .verdicts(desk.notes, Desk.SESSION, STARTED, List.of("1001", "1002"))
        .failed();
  }

  private ConnectorException untold() {
    return Objects.requireNonNull(catchThrowableOfType(ConnectorException.class, this::failed));
  }

  @Test
  void whoFailedIsToldByTheExternalIdAndByTheLogin() {
    failures(failure("1001"), failure("1002@UNIV.edu"));
    assertThat(failed())
        .containsOnlyKeys("1001", "1002")
        .allSatisfy(
            (id, why) -> assertThat(why).contains("system.import.user.create", "Could not create"));
  }

  @Test
  void whoFailedIsToldByTheDebugDataWhereNoTargetSays() {
    failures(event("system.import.user.update", "r", "\"externalId\":\"1002\"", app(Desk.ID)));
    assertThat(failed()).containsOnlyKeys("1002");
  }

  @Test
  void twoFailuresOfOnePersonAreBothTold() {
    failures(
        failure("1001"),
        event("system.import.user.update", "Another", "", target("User", "1001", "x")));
    assertThat(failed().get("1001")).contains("Could not create", "; ", "Another");
  }

  @Test
  void nobodyFailedWhenTheImportEndedAndNobodyIsNamed() {
    failures();
    assertThat(failed()).isEmpty();
    assertThat(desk.notes.asked).endsWith("/api/v1/logs", "/api/v1/logs", "/api/v1/logs");
    assertThat(okta.lines().stream().map(line -> URLDecoder.decode(line, StandardCharsets.UTF_8)))
        .containsExactly(
            query("eventType eq \"system.import.complete\""),
            query("eventType eq \"system.import.roadblock\""),
            query("eventType sw \"system.import.\" and outcome.result eq \"FAILURE\""));
  }

  private static String query(String filter) {
    return "GET /api/v1/logs?since=2026-05-13T05:51:29Z&until=2026-05-13T06:01:00Z&filter="
        + filter
        + "&sortOrder=ASCENDING&limit=1000";
  }

  @Test
  void aLogThatDoesNotTellOfTheEndYetProvesNothing() {
    log("[]", "[]", "[]");
    assertThat(untold().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    // That of another app, or of another session, is not this one's.
    log("[" + event("system.import.complete", "", "", app("0oaother")) + "]", "[]", "[]");
    assertThat(untold().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    log(
        "["
            + event(
                "system.import.complete",
                "",
                "\"sessionId\":\"apsOTHERpjnHboweG1d7\"",
                app(Desk.ID))
            + "]",
        "[]",
        "[]");
    assertThat(untold().kind()).isEqualTo(ErrorKind.UNAVAILABLE);
  }

  @Test
  void aFailureThatNamesNobodyKnownMakesItAllUncertain() {
    failures(failure("1001"), failure("stranger@univ.edu"));
    ConnectorException untold = untold();
    assertThat(untold.kind()).isEqualTo(ErrorKind.UNREADABLE);
    assertThat(untold)
        .hasMessageContaining("stranger@univ.edu")
        .hasMessageContaining("beside them failed {1001=");
    failures(event("system.import.complete", "The import failed", "", app(Desk.ID)));
    assertThat(untold()).hasMessageContaining("The import failed");
  }

  @Test
  void failuresOfOtherAppsAndOfPeopleOfOtherSessionsAreNotThisOnes() {
    failures(
        event("system.import.user.create", "r", "", target("User", "9", "z"), app("0oaother")),
        failure("1003"));
    assertThat(failed()).isEmpty();
  }

  @Test
  void theSafeguardOfOktaStopsEverybody() {
    log("[]", "[" + event("system.import.roadblock", "Too many", "", app(Desk.ID)) + "]", "[]");
    assertThat(failed())
        .containsOnlyKeys("1001", "1002")
        .allSatisfy((id, why) -> assertThat(why).contains("safeguard", "Too many"));
  }

  @Test
  void everyPageIsRead() {
    okta.on(
        LOGS,
        says(200, "[" + end() + "]"),
        says(200, "[]"),
        says(
            200,
            "[" + failure("1001") + "]",
            "Link",
            "<https://other.host/api/v1/logs?after=7&limit=1000>; rel=\"next\""),
        says(200, "[" + failure("1002") + "]"));
    assertThat(failed()).containsOnlyKeys("1001", "1002");
    assertThat(okta.lines()).last().isEqualTo("GET /api/v1/logs?after=7&limit=1000");
  }

  @Test
  void aLogThatMayNotBeReadThrows() {
    okta.on(LOGS, error(403, "E0000006", "You do not have permission"));
    assertThat(untold().kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    okta.on(LOGS, says(200, "{}"));
    assertThat(untold().kind()).isEqualTo(ErrorKind.UNREADABLE);
  }
}
