package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.InProcess.Done;
import dev.rollcall.web.RunningService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A person decides from the command line. */
class ResolveCommandTest {

  private static RunningService service;
  private static InProcess commands;

  @BeforeAll
  static void start() {
    service = RunningService.start("matchAlso: campus_id");
    commands = new InProcess(service);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  /** A new person with the campus id of somebody who has an account. */
  private static long suspended(String emplid, String campusId) {
    service.sendPerson(emplid + "0", "Ann", campusId);
    service.settle();
    service.sendPerson(emplid, "Bob", campusId);
    service.settle();
    return service.number(
        "select id from event where status = 'SUSP' and subject = '" + emplid + "'");
  }

  @Test
  void whatWaitsIsListedAndDecidedAndListedNoMore() {
    long event = suspended("R1", "C1");
    Done listed = commands.run("suspended", "--after", "" + (event - 1), "--limit", "1", "--json");
    assertThat(listed.exit()).isZero();
    JsonNode one = listed.json().get(0);
    assertThat(one.path("event").asLong()).isEqualTo(event);
    assertThat(one.path("subject").asString()).isEqualTo("R1");
    JsonNode candidate = one.path("candidates").get(0);
    assertThat(candidate.propertyNames()).containsExactly("id", "rule", "agree", "conflict");
    assertThat(candidate.path("rule").asString()).isEqualTo("campus_id");
    assertThat(candidate.path("conflict").get(0).path("attribute").asString()).isEqualTo("link");
    assertThat(commands.run("suspended").out())
        .contains("Event " + event, "found by campus_id", "= campus_id C1", "here Bob");
    String linked = candidate.path("id").asString();
    Done refused =
        commands.run("resolve", "" + event, "--link", linked, "--why", "same person", "--json");
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).contains("is linked to campus:R10");
    Done resolved = commands.run("resolve", "" + event, "--create", "--why", "a brother", "--json");
    assertThat(resolved.exit()).as(resolved.err()).isZero();
    assertThat(resolved.json().path("parent").asLong()).isEqualTo(event);
    assertThat(resolved.json().path("cause").asString()).isEqualTo("RESOLVED");
    assertThat(resolved.json().path("by").asString()).isNotBlank();
    service.settle();
    assertThat(
            service
                .get("/api/events/" + resolved.json().path("event").asLong())
                .path("event")
                .path("status")
                .asString())
        .isEqualTo("COMP");
    assertThat(commands.run("suspended", "--json").out()).doesNotContain("\"event\":" + event);
    Done late = commands.run("resolve", "" + event, "--create", "--why", "again");
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err()).contains("was decided by", "a new account");
  }

  @Test
  void anEventOrAccountThatIsNotThereIsNotFound() {
    long event = suspended("R2", "C2");
    assertThat(commands.run("resolve", "" + event, "--link", "99999", "--why", "x").exit())
        .isEqualTo(4);
    assertThat(commands.run("resolve", "99999", "--create", "--why", "x").exit()).isEqualTo(4);
    assertThat(commands.run("resolve", "" + event, "--create", "--why", " ").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resolve",
        "resolve 1 --why x",
        "resolve 1 --link 2 --create --why x",
        "resolve 1 --create",
        "resolve x --create --why x",
        "suspended --limit 0",
        "suspended --after x"
      })
  void whatCannotBeMeantIsUsage(String arguments) {
    assertThat(commands.run(arguments.split(" ")).exit()).isEqualTo(2);
  }
}
