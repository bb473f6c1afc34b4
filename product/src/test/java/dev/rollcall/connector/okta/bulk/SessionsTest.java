package dev.rollcall.connector.okta.bulk;

import static dev.rollcall.connector.okta.ScriptedOkta.error;
import static dev.rollcall.connector.okta.ScriptedOkta.says;
import static dev.rollcall.connector.okta.bulk.Desk.PATH;
import static dev.rollcall.connector.okta.bulk.Desk.SESSION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.okta.ScriptedOkta;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.BulkTarget.Session;
import dev.rollcall.spi.BulkTarget.State;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.ErrandOver;
import dev.rollcall.spi.TooSoon;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for a session, and what is made of each answer. */
class SessionsTest {

  private static final String ONE = PATH + "/" + SESSION;
  private static final String FIVE_MINUTES =
      "Only one active import session per identity source is allowed to be created every 5 minutes";

  private final Desk desk = new Desk();
  private final ScriptedOkta okta = desk.okta;

  @AfterEach
  void close() throws IOException {
    desk.close();
  }

  private static ScriptedOkta.Answer session(String status) {
    return says(200, Desk.session(SESSION, status));
  }

  private static ScriptedOkta.Answer invalid(String cause) {
    return error(400, "E0000001", "Api validation failed: importSessionId", cause);
  }

  private static ConnectorException failure(ThrowingCallable call) {
    return Objects.requireNonNull(catchThrowableOfType(ConnectorException.class, call));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void aSessionGoesFromItsBeginningToItsEnd(int made) {
    okta.on("POST " + PATH, says(made, Desk.session(SESSION, "CREATED")));
    okta.on("GET " + PATH, says(200, "[" + Desk.session(SESSION, "IN_PROGRESS") + "]"));
    okta.on("POST " + ONE + "/bulk-upsert", says(202, ""));
    okta.on("POST " + ONE + "/bulk-delete", says(202, ""));
    okta.on("POST " + ONE + "/start-import", session("TRIGGERED"));
    okta.on("GET " + ONE, session("COMPLETED"));
    okta.on("DELETE " + ONE, says(204, ""));

    Session begun = desk.source.begin(desk.notes);
    assertThat(begun)
        .isEqualTo(new Session(SESSION, State.CREATED, Instant.parse("2026-05-13T05:52:29Z")));
    desk.source.give(desk.notes, SESSION, People.upsert("1001", "1002"));
    desk.source.give(desk.notes, SESSION, People.delete("1003"));
    assertThat(desk.source.open(desk.notes))
        .extracting(Session::state)
        .containsExactly(State.IN_PROGRESS);
    assertThat(desk.source.start(desk.notes, SESSION).state()).isEqualTo(State.TRIGGERED);
    assertThat(Objects.requireNonNull(desk.source.look(desk.notes, SESSION)).state())
        .isEqualTo(State.COMPLETED);
    desk.source.cancel(desk.notes, SESSION);

    assertThat(desk.notes.asked)
        .containsExactly(
            "/api/v1/identity-sources/{id}/sessions write",
            "/api/v1/identity-sources/{id}/sessions/{sessionId}/bulk-upsert write",
            "/api/v1/identity-sources/{id}/sessions/{sessionId}/bulk-delete write",
            "/api/v1/identity-sources/{id}/sessions",
            "/api/v1/identity-sources/{id}/sessions/{sessionId}/start-import write",
            "/api/v1/identity-sources/{id}/sessions",
            "/api/v1/identity-sources/{id}/sessions write");
    assertThat(okta.sent().get(1).body()).isEqualTo(People.upsert("1001", "1002").body());
    assertThat(okta.sent().get(2).body())
        .isEqualTo("{\"entityType\":\"USERS\",\"profiles\":[{\"externalId\":\"1003\"}]}");
    // Okta refuses a POST without a body that does not say so (facts/okta.md §1).
    assertThat(okta.sent().get(0).headers())
        .containsEntry("content-length", "0")
        .containsEntry("authorization", "SSWS 00SecretToken");
  }

  @Test
  void thatThereMayBeNoNewSessionYetIsTooSoonWhateverOktaSaysInWords() {
    for (String cause : List.of(FIVE_MINUTES, "There is a session in status CREATED", "")) {
      okta.on("POST " + PATH, error(400, "E0000001", "Api validation failed", cause));
      assertThatThrownBy(() -> desk.source.begin(desk.notes))
          .isInstanceOfSatisfying(
              TooSoon.class,
              soon -> {
                assertThat(soon.pause()).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(5));
                assertThat(soon.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
                assertThat(soon).hasMessageContaining(Desk.ID).hasMessageContaining(cause);
              });
    }
  }

  @Test
  void anUnknownSourceIsToldByTheSettingThatNamesIt() {
    okta.on(
        "POST " + PATH, error(404, "E0000007", "Not found: Resource not found: x (AppInstance)"));
    ConnectorException failure = failure(() -> desk.source.begin(desk.notes));
    assertThat(failure.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    assertThat(failure).hasMessageContaining("okta.identitySource").hasMessageContaining(Desk.ID);
    okta.on("GET " + PATH, says(404, "<html>no such page</html>"));
    assertThat(failure(() -> desk.source.open(desk.notes)).kind()).isEqualTo(ErrorKind.UNREADABLE);
  }

  @Test
  void aTenantWithoutTheFeatureAndATokenWithoutTheScopeAreToldWithTheWayOut() {
    okta.on("POST " + PATH, error(401, "E0000015", "You do not have permission to access this"));
    assertThat(failure(() -> desk.source.begin(desk.notes)))
        .hasMessageContaining("Identity Source Apps");
    okta.on(
        "POST " + PATH, says(403, "", "WWW-Authenticate", "Bearer error=\"insufficient_scope\""));
    ConnectorException scope = failure(() -> desk.source.begin(desk.notes));
    assertThat(scope.kind()).isEqualTo(ErrorKind.REFUSED_CREDENTIALS);
    assertThat(scope).hasMessageContaining("the scope and the role");
    okta.on("POST " + PATH, error(429, "E0000047", "API call exceeded rate limit"));
    ConnectorException slow = failure(() -> desk.source.begin(desk.notes));
    assertThat(slow.kind()).isEqualTo(ErrorKind.RATE_LIMITED);
    assertThat(slow).isNotInstanceOf(TooSoon.class);
  }

  @Test
  void aSessionThatOktaDoesNotKnowIsNone() {
    okta.on("GET " + ONE, invalid("The session does not exist."));
    assertThat(desk.source.look(desk.notes, SESSION)).isNull();
  }

  @Test
  void anAnswerThatIsNoSessionIsUnreadable() {
    for (String body :
        List.of(
            "[]",
            "{\"id\":\"aps1\",\"status\":\"CREATED\",\"lastUpdated\":\"yesterday\"}",
            "{\"id\":\"aps1\",\"status\":\"PAUSED\",\"lastUpdated\":\"2026-05-13T05:52:29.000Z\"}",
            "{\"id\":\"aps1\"",
            "{\"status\":\"CREATED\"}")) {
      okta.on("GET " + ONE, says(200, body));
      assertThat(failure(() -> desk.source.look(desk.notes, SESSION)).kind())
          .isEqualTo(ErrorKind.UNREADABLE);
    }
    okta.on("GET " + PATH, says(200, "{}"));
    assertThat(failure(() -> desk.source.open(desk.notes)).kind()).isEqualTo(ErrorKind.UNREADABLE);
  }

  @Test
  void aSessionThatNeverChangedChangedLastWhenItWasMade() {
    okta.on(
        "GET " + ONE,
        says(
            200,
            "{\"id\":\"aps1\",\"status\":\"CREATED\",\"lastUpdated\":null,\"created\":\"2026-05-13T05:52:24.000Z\",\"new\":1}"));
    assertThat(desk.source.look(desk.notes, SESSION))
        .isEqualTo(new Session("aps1", State.CREATED, Instant.parse("2026-05-13T05:52:24Z")));
  }

  @Test
  void aRequestThatIsRefusedByAnOpenSessionIsInvalid() {
    okta.on("POST " + ONE + "/bulk-upsert", error(400, "E0000001", "Api validation failed", "x"));
    okta.on("GET " + ONE, session("IN_PROGRESS"));
    assertThat(failure(this::give).kind()).isEqualTo(ErrorKind.INVALID);
    // Without a payload Okta has a code of its own.
    okta.on("POST " + ONE + "/bulk-upsert", error(400, "E0000003", "The request body was invalid"));
    assertThat(failure(this::give).kind()).isEqualTo(ErrorKind.INVALID);
  }

  private void give() {
    desk.source.give(desk.notes, SESSION, People.upsert("1001"));
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"CREATED", "IN_PROGRESS"},
      mode = EnumSource.Mode.EXCLUDE)
  void aRequestThatComesTooLateSaysNothingAboutTheRequest(State state) {
    okta.on("POST " + ONE + "/bulk-upsert", invalid("not open"));
    okta.on("GET " + ONE, session(state.name()));
    ConnectorException failure = failure(this::give);
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(failure).hasMessageContaining(state.name());
  }

  @Test
  void aRequestForASessionThatOktaForgotSaysNothingAboutTheRequest() {
    okta.on("POST " + ONE + "/bulk-upsert", invalid("no such session"));
    okta.on("GET " + ONE, invalid("no such session"));
    assertThat(failure(this::give)).hasMessageContaining("not known to Okta");
    assertThat(failure(this::give).kind()).isEqualTo(ErrorKind.CONFLICT);
  }

  @Test
  void anAnswerThatDoesNotComeIsNeitherYesNorNo() {
    okta.on("POST " + ONE + "/bulk-upsert", new ScriptedOkta.Answer.None());
    assertThat(failure(this::give).kind()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(okta.sent()).hasSize(1);
  }

  @Test
  void aSessionThatWasStartedByALostAnswerIsOnlyLookedAt() {
    okta.on("POST " + ONE + "/start-import", invalid("already"));
    for (State state : List.of(State.TRIGGERED, State.COMPLETED, State.ERROR)) {
      okta.on("GET " + ONE, session(state.name()));
      assertThat(desk.source.start(desk.notes, SESSION).state()).isEqualTo(state);
    }
  }

  @Test
  void aSessionOfDeletionsThatOktaDoesNotKnowCannotBeStartedAndThatIsSaid() {
    okta.on("POST " + ONE + "/start-import", invalid("nothing loaded"));
    okta.on("GET " + ONE, session("CREATED"));
    ConnectorException failure = failure(() -> desk.source.start(desk.notes, SESSION));
    assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID);
    assertThat(failure).hasMessageContaining("deletions of people it does not know");
    okta.on("GET " + ONE, session("CLOSED"));
    assertThat(failure(() -> desk.source.start(desk.notes, SESSION)).kind())
        .isEqualTo(ErrorKind.CONFLICT);
  }

  @Test
  void theListThatOktasDescriptionShowsAfterTheStartIsReadToo() {
    okta.on(
        "POST " + ONE + "/start-import", says(200, "[" + Desk.session(SESSION, "TRIGGERED") + "]"));
    assertThat(desk.source.start(desk.notes, SESSION).id()).isEqualTo(SESSION);
  }

  @ParameterizedTest
  @EnumSource(
      value = State.class,
      names = {"COMPLETED", "ERROR", "CLOSED", "EXPIRED"})
  void whatHasEndedIsGivenUpWithoutAWord(State state) {
    okta.on("DELETE " + ONE, invalid("Only a session that is in CREATED or IN_PROGRESS status"));
    okta.on("GET " + ONE, session(state.name()));
    desk.source.cancel(desk.notes, SESSION);
    assertThat(okta.sent()).hasSize(2);
  }

  @Test
  void whatWorksAlreadyCannotBeGivenUp() {
    okta.on("DELETE " + ONE, invalid("Only a session that is in CREATED or IN_PROGRESS status"));
    okta.on("GET " + ONE, session("TRIGGERED"));
    ConnectorException failure = failure(() -> desk.source.cancel(desk.notes, SESSION));
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFLICT);
    assertThat(failure).hasMessageContaining("TRIGGERED");
    okta.on("GET " + ONE, invalid("no such session"));
    desk.source.cancel(desk.notes, SESSION);
  }

  @Test
  void nothingIsCalledWhenTheErrandIsOver() {
    desk.notes.letThrough(0);
    assertThatThrownBy(() -> desk.source.begin(desk.notes)).isInstanceOf(ErrandOver.class);
    assertThat(okta.sent()).isEmpty();
  }
}
