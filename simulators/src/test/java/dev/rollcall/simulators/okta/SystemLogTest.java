package dev.rollcall.simulators.okta;

import static dev.rollcall.simulators.okta.Sourcing.people;
import static dev.rollcall.simulators.okta.Sourcing.person;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SystemLogTest {
  private final Sourcing sourcing;
  private final Calling calling;

  SystemLogTest(@TempDir Path directory) {
    sourcing = Sourcing.in(directory);
    calling = sourcing.calling;
  }

  @AfterEach
  void stop() {
    sourcing.close();
  }

  private static List<String> types(JsonNode events) {
    return events.valueStream().map(one -> one.path("eventType").asString()).toList();
  }

  @Test
  void anImportIsToldFromItsSessionToItsEnd() {
    sourcing.imported(person("a"));
    sourcing.removed("a");

    assertThat(types(calling.get("/logs").json()))
        .containsExactly(
            "system.import.session.created",
            "system.identity_sources.bulk_upsert",
            "system.import.session.triggered",
            "system.import.start",
            "system.import.user_matching.start",
            "user.lifecycle.create",
            "user.lifecycle.activate",
            "system.import.user.create",
            "application.user_membership.add",
            "system.import.user_matching.complete",
            "system.import.user.complete",
            "system.import.complete",
            "system.import.session.created",
            "system.identity_sources.bulk_delete",
            "system.import.session.triggered",
            "system.import.start",
            "system.import.user_matching.start",
            "user.lifecycle.deactivate",
            "system.import.user.delete",
            "application.user_membership.remove",
            "system.import.user_matching.complete",
            "system.import.user.complete",
            "system.import.complete");
  }

  @Test
  void anEventNamesPersonSessionAndInstant() {
    String session = sourcing.imported(person("a"));

    JsonNode event = sourcing.events("eventType eq \"system.import.user.create\"").getFirst();

    assertThat(event.path("published").asString()).isEqualTo("2026-03-01T10:00:10.005Z");
    assertThat(event.path("outcome").path("result").asString()).isEqualTo("SUCCESS");
    assertThat(event.path("debugContext").path("debugData").path("importSessionId").asString())
        .isEqualTo(session);
    assertThat(
            event
                .path("target")
                .valueStream()
                .map(one -> one.path("type").asString() + " " + one.path("alternateId").asString()))
        .containsExactly("User a@x.edu", "AppUser a", "AppInstance Oracle HCM");
    assertThat(event.path("transaction").path("type").asString()).isEqualTo("JOB");
  }

  @Test
  void whatACallDidIsFoundByItsRequestId() {
    Answer made = calling.post("/users?activate=false", Calling.person("one"));
    calling.post("/users?activate=false", Calling.person("two"));
    String group = calling.group("Staff");
    String user = made.json().path("id").asString();
    Answer joined = calling.put("/groups/" + group + "/users/" + user, "");

    String id = made.headers().firstValue("x-okta-request-id").orElseThrow();
    List<JsonNode> found = sourcing.events("transaction.id eq \"" + id + "\"");
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().path("actor").path("id").asString()).isEqualTo("default");
    assertThat(found.getFirst().path("target").path(0).path("id").asString()).isEqualTo(user);
    String other = joined.headers().firstValue("x-okta-request-id").orElseThrow();
    assertThat(
            sourcing
                .events("transaction.id eq \"" + other + "\"")
                .getFirst()
                .path("eventType")
                .asString())
        .isEqualTo("group.user_membership.add");
  }

  @Test
  void aPolledLogAlwaysHasANextPageThatHoldsWhatCame() {
    sourcing.imported(people(0, 10));
    List<String> seen = new ArrayList<>();
    Answer page = calling.get("/logs?limit=7&since=" + Calling.START);
    while (!page.json().isEmpty()) {
      assertThat(page.json().size()).isLessThanOrEqualTo(7);
      page.json().forEach(one -> seen.add(one.path("uuid").asString()));
      page = calling.get(page.link("next"));
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(48);
    assertThat(page.link("next")).isNotEmpty();

    sourcing.imported(person("late"));
    assertThat(types(calling.get(page.link("next")).json()))
        .startsWith("system.import.session.created");
  }

  @Test
  void aPolledLogThatIsFilteredGoesOnBehindWhatItDidNotWant() {
    String filter = "&filter=" + Calling.encoded("eventType eq \"system.import.user.delete\"");
    sourcing.imported(person("a"));
    Answer empty = calling.get("/logs?limit=5" + filter);
    assertThat(empty.json().isEmpty()).isTrue();
    sourcing.removed("a");
    assertThat(types(calling.get(empty.link("next")).json()))
        .containsExactly("system.import.user.delete");
  }

  @Test
  void aBoundedLogEnds() {
    sourcing.imported(people(0, 3));
    String bounds = "/logs?since=" + Calling.START + "&until=2026-03-01T10:01:00Z&limit=8";
    Answer first = calling.get(bounds);
    Answer second = calling.get(first.link("next"));
    Answer third = calling.get(second.link("next"));
    assertThat(first.json().size() + second.json().size() + third.json().size()).isEqualTo(20);
    assertThat(third.link("next")).isEmpty();

    assertThat(calling.get("/logs?until=2026-03-01T10:00:00Z").json().size()).isEqualTo(5);
    JsonNode backwards = calling.get("/logs?sortOrder=DESCENDING&limit=1").json();
    assertThat(backwards.path(0).path("published").asString()).startsWith("2026-03-01T10:00:10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "eventType eq \"system.import.user.create\" | 2",
        "eventType sw \"system.import.user\" and outcome.result eq \"SUCCESS\" | 5",
        "eventType ew \"create\" | 4",
        "eventType co \"lifecycle\" and published gt \"2026-03-01T10:00:05Z\" | 4",
        "target.alternateId eq \"a\" and eventType sw \"system\" | 1",
        "eventType sw \"system.import.user.\" and not (target.alternateId eq \"a\") | 2",
        "eventType sw \"system.identity\" and eventType ne \"system.identity_sources.bulk_delete\" | 1",
        "target.id pr and eventType eq \"nothing\" | 0",
      })
  void aFilterFindsWhatItAsksFor(String filter, int count) {
    sourcing.imported(person("a"), person("b"));
    assertThat(sourcing.events(filter)).hasSize(count);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "filter=nonsense | E0000031",
        "filter=secret+eq+%22x%22 | E0000031",
        "since=yesterday | E0000030",
        "after=nowhere | E0000029",
        "limit=1001 | E0000001",
        "sortOrder=ODD | E0000001",
      })
  void whatCannotBeUnderstoodIsRefused(String query, String code) {
    Answer answer = calling.get("/logs?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void wordsAreSoughtEverywhere() {
    sourcing.imported(person("a"), person("b"));
    assertThat(calling.get("/logs?q=B@X.EDU%20bulk").json().isEmpty()).isTrue();
    assertThat(calling.get("/logs?q=B@X.EDU%20import").json().isEmpty()).isFalse();
  }

  @Test
  void eventsAreForgottenAfterNinetyDays() {
    sourcing.imported(person("a"));
    calling.advance(89 * 86_400);
    assertThat(calling.get("/logs?since=" + Calling.START).json().isEmpty()).isFalse();
    calling.advance(86_400);
    assertThat(calling.get("/logs?since=" + Calling.START).json().isEmpty()).isTrue();
  }

  @Test
  void withoutBoundsTheLogIsThatOfSevenDays() {
    sourcing.imported(person("a"));
    calling.advance(7 * 86_400);
    assertThat(calling.get("/logs").json().isEmpty()).isTrue();
  }

  @Test
  void theLogCanLagBehind() {
    calling.settings("{'imports':{'logMillis':60000}}");
    String session = sourcing.session();
    sourcing.upsert(session, person("a"));
    sourcing.trigger(session);
    calling.advance(20);
    assertThat(sourcing.status(session)).isEqualTo("COMPLETED");
    assertThat(calling.get("/logs").json().isEmpty()).isTrue();
    calling.advance(61);
    assertThat(calling.get("/logs").json().isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbidden", "serverError", "readOnly"})
  void theLogCanBeUnreadable(String fault) {
    calling.fault("{'fault':'" + fault + "','path':'/api/v1/logs','times':2}");
    assertThat(calling.get("/logs").status()).isIn(403, 500, 503);
    assertThat(calling.get("/users").status()).isEqualTo(200);
    assertThat(calling.get("/logs").status()).isIn(403, 500, 503);
    assertThat(calling.get("/logs").status()).isEqualTo(200);
  }
}
