package dev.rollcall.connector.okta.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.connector.okta.ScriptedOkta;
import dev.rollcall.spi.BulkTarget.Session;
import dev.rollcall.spi.BulkTarget.State;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.testing.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what Okta really answered about sessions, where the recordings lie. */
class RecordedSessionsTest {

  private static final String PATH = "/api/v1/identity-sources/{id}/sessions";

  private final Desk desk = new Desk();

  @AfterEach
  void close() throws IOException {
    desk.close();
  }

  private static List<JsonNode> recorded(String method, String template) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode one :
        JsonMapper.shared()
            .readTree(Shared.needed("samples/okta/recorded-exchanges.json").toFile())) {
      if (one.path("method").asString().equals(method)
          && one.path("template").asString().equals(template)) {
        found.add(one);
      }
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  private void answers(String request, JsonNode recorded) {
    desk.okta.on(
        request,
        ScriptedOkta.says(recorded.path("status").asInt(), recorded.path("response").asString("")));
  }

  @Test
  void everyRecordedSessionIsRead() {
    for (JsonNode one : recorded("POST", PATH)) {
      answers("POST " + Desk.PATH, one);
      whole(desk.source.begin(desk.notes), State.CREATED);
    }
    for (JsonNode one : recorded("GET", PATH)) {
      answers("GET " + Desk.PATH, one);
      assertThat(desk.source.open(desk.notes))
          .isNotEmpty()
          .allSatisfy(session -> whole(session, State.CREATED));
    }
    for (JsonNode one : recorded("GET", PATH + "/{id}")) {
      answers("GET " + Desk.PATH + "/" + Desk.SESSION, one);
      whole(desk.source.look(desk.notes, Desk.SESSION), State.CREATED);
    }
    for (JsonNode one : recorded("POST", PATH + "/{id}/start-import")) {
      answers("POST " + Desk.PATH + "/" + Desk.SESSION + "/start-import", one);
      whole(desk.source.start(desk.notes, Desk.SESSION), State.TRIGGERED);
    }
  }

  private static void whole(@Nullable Session session, State state) {
    assertThat(session).isNotNull();
    assertThat(session).extracting(Session::state).isEqualTo(state);
    assertThat(session).extracting(Session::id).asString().matches("aps[0-9A-Za-z]{17}");
  }

  @Test
  void whatOktaRecordedlySaysToGivingUpAStartedSessionIsUnderstood() {
    String one = Desk.PATH + "/" + Desk.SESSION;
    for (JsonNode deleted : recorded("DELETE", PATH + "/{id}")) {
      answers("DELETE " + one, deleted);
      desk.okta.on("GET " + one, ScriptedOkta.says(200, Desk.session(Desk.SESSION, "TRIGGERED")));
      if (deleted.path("status").asInt() == 204) {
        desk.source.cancel(desk.notes, Desk.SESSION);
      } else {
        assertThat(
                catchThrowableOfType(
                    ConnectorException.class, () -> desk.source.cancel(desk.notes, Desk.SESSION)))
            .hasMessageContaining("Only a session that is in CREATED or IN_PROGRESS status");
      }
    }
  }

  @Test
  void aRecordedRequestHasTheFormOfOurs() {
    for (JsonNode one : recorded("POST", PATH + "/{id}/bulk-upsert")) {
      JsonNode theirs = JsonMapper.shared().readTree(one.path("request").asString());
      JsonNode ours = JsonMapper.shared().readTree(People.upsert("1001").body());
      assertThat(ours.propertyNames()).containsExactlyElementsOf(theirs.propertyNames());
      assertThat(ours.path("profiles").path(0).propertyNames())
          .containsExactlyElementsOf(theirs.path("profiles").path(0).propertyNames());
      answers("POST " + Desk.PATH + "/" + Desk.SESSION + "/bulk-upsert", one);
      desk.source.give(desk.notes, Desk.SESSION, People.upsert("1001"));
    }
  }
}
