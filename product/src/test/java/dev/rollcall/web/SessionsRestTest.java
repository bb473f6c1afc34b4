package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.InProcess;
import dev.rollcall.cli.InProcess.Done;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sessions of many people over the REST API and from the command line. */
class SessionsRestTest {

  private static final Instant NEXT = Instant.parse("2100-01-01T00:05:00Z");

  private static GivenSessions given;
  private static InProcess commands;

  @BeforeAll
  static void start() {
    given = GivenSessions.start();
    given.go(NEXT);
    commands = new InProcess(given.service());
  }

  @AfterAll
  static void stop() {
    given.close();
  }

  @Test
  void theListIsAsTheCommandTellsIt() {
    Done listed = commands.run("sessions", "--json");
    assertThat(listed.exit()).as(listed.err()).isZero();
    assertThat(listed.json()).isEqualTo(given.service().get("/api/sessions")).hasSize(4);
    JsonNode open = listed.json().get(0);
    assertThat(open.path("id").asLong()).isEqualTo(given.open);
    assertThat(open.path("source").asString()).isEqualTo(GivenSessions.SOURCE);
    assertThat(open.path("target").asString()).isEqualTo(GivenSessions.TARGET);
    assertThat(open.path("sessionId").asString()).isEqualTo("aps3ghi");
    assertThat(open.path("state").asString()).isEqualTo("STARTED");
    assertThat(open.path("requests").asInt()).isEqualTo(2);
    assertThat(open.path("profiles").asInt()).isEqualTo(4);
    assertThat(open.path("maxBytes").asInt()).isEqualTo(3_050);
    assertThat(Instant.parse(open.path("nextAllowedAt").asString())).isEqualTo(NEXT);
    assertThat(Instant.parse(open.path("triggeredAt").asString()))
        .isBetween(Instant.parse(open.path("openedAt").asString()), Instant.now());
    assertThat(open.path("endedAt").isNull()).isTrue();
    assertThat(listed.json().get(2).path("failed").asInt()).isEqualTo(1);
    assertThat(listed.json().get(3).path("sessionId").isNull()).isTrue();
  }

  @Test
  void theListIsNarrowedAndPaged() {
    assertThat(commands.run("sessions", "--instance", "hcm-to-okta", "--limit", "1").out())
        .contains(GivenSessions.SOURCE, "STARTED", "aps3ghi")
        .doesNotContain("aps2def");
    assertThat(commands.run("sessions", "--before", Long.toString(given.open)).out())
        .contains("aps2def", "CANCELLED")
        .doesNotContain("aps3ghi");
    assertThat(commands.run("sessions", "--instance", "campus").out())
        .isEqualTo("No sessions." + System.lineSeparator());
    assertThat(commands.run("sessions", "--limit", "0").exit()).isNotZero();
  }

  @Test
  void oneIsToldWithItsRequestsAndPeopleThoseWhoFailedFirst() {
    JsonNode one = given.service().get("/api/sessions/" + given.done + "?limit=2");
    assertThat(one.path("session").path("id").asLong()).isEqualTo(given.done);
    assertThat(one.path("requests")).hasSize(3);
    assertThat(one.path("requests").get(2).toString())
        .contains("\"DELETE\"", "\"TAKEN\"", "\"profiles\":2", "\"bytes\":71");
    assertThat(one.path("people")).hasSize(2);
    assertThat(one.path("people").get(0).path("subject").asString()).isEqualTo("W1201");
    assertThat(one.path("people").get(0).path("failed").asString()).isEqualTo(GivenSessions.WHY);
    assertThat(one.path("people").get(1).path("failed").isNull()).isTrue();
    assertThat(given.service().get("/api/sessions/" + given.done + "?request=3").path("people"))
        .hasSize(2);
    assertThat(given.service().api("GET", "/api/sessions/999999", "").status()).isEqualTo(404);
  }
}
