package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.rollcall.cli.InProcess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A national id that is mapped, searched, transformed, validated and exported, a password and a
 * token: planted on the whole path and found in no log, audit entry, answer of the REST API, answer
 * of a command or export, however it is asked for.
 */
class MaskingTest {

  private static final String ANNS = "078-05-1120";
  private static final String BOBS = "219-09-9999";
  private static final String INVALID = "666-00-6666";
  private static final String FAILING = "457-55-5462";
  private static final String PASSWORD = "Tr0ub4dor-and-3";

  private static final String MORE =
      """
      matchAlso: campus_id
      expected: [email]
      attributes:
        National ID: NATIONAL_ID~SCC_PERS_NID_I
      useTransformation: yes
      transformation:
        National ID: national_id.replace(" ", "")
      useValidation: yes
      validation:
        National ID: '!national_id.startsWith("666") && (!national_id.startsWith("457") || 1 / (size(national_id) - 11) == 1)'
      """;

  private static CampusXml person(String emplid, String campusId, String nationalId) {
    return CampusXml.added(emplid)
        .name("A", "PRI", "2020-01-01", "Ann", "B")
        .campusId("A", campusId)
        .affiliation("A", "STUDENT", "A", "2020-01-01", "2098-12-31")
        .row(
            "SCC_PERS_NID_I",
            "A",
            "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                + nationalId
                + "</NATIONAL_ID>");
  }

  /** Everybody in every way: done, changed, suspended, refused, invalid, failed. */
  private static void play(RunningService service) {
    String[] credentials = {"Password", PASSWORD, "Authorization", "Basic " + PASSWORD};
    service.send(person("M1", "C1", ANNS).xml(), credentials);
    service.settle();
    service.send(person("M2", "C1", BOBS).xml(), credentials);
    service.settle();
    service.send(person("M3", "C3", INVALID).xml());
    service.send(person("M4", "C4", FAILING).xml());
    service.send(person("M1", "C1", BOBS).xml() + ANNS);
    service.settle();
    service.send(
        CampusXml.changed("M1")
            .row(
                "SCC_PERS_NID_I",
                "C",
                "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                    + BOBS
                    + "</NATIONAL_ID>")
            .xml());
    service.settle();
    service.http().exchange(RawHttp.request("GET", "/api/events/" + PASSWORD));
    service
        .http()
        .exchange(
            RawHttp.request("POST", "/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body("user=" + PASSWORD + "&password=" + PASSWORD));
  }

  /** Every address that is only looked at, about everybody and every event. */
  private static List<String> paths(RunningService service) {
    List<String> paths = new ArrayList<>();
    List<String> events = service.texts("select id::text from event order by id");
    for (Web.Address address : service.service().web().addresses()) {
      if (address.method().equals("GET")) {
        for (String named : List.of("M1", "M2", "M3", "M4")) {
          for (String event : events) {
            paths.add(
                address
                    .path()
                    .replace("{id}", event)
                    .replace("{event}", event)
                    .replace("{name}", "campus")
                    .replace("{named}", named));
          }
        }
      }
    }
    return paths.stream().distinct().toList();
  }

  private static String commands(RunningService service) {
    InProcess commands = new InProcess(service);
    StringBuilder told = new StringBuilder();
    String event = service.texts("select max(id)::text from event where subject = 'M1'").getFirst();
    for (String arguments :
        List.of(
            "instances",
            "events",
            "events --json",
            "event " + event,
            "event " + event + " --json",
            "person M1",
            "person M1 --json",
            "person M2",
            "suspended",
            "suspended --json",
            "findings",
            "findings --json",
            "audit",
            "audit --json",
            "audit --format csv",
            "audit --format jsonl",
            "preview campus M1",
            "preview campus M2 --json",
            "preview campus",
            "export campus",
            "retry " + event,
            "users",
            "tokens")) {
      InProcess.Done done = commands.run(arguments.split(" "));
      told.append(done.out()).append(done.err());
    }
    return told.toString();
  }

  @Test
  void whatNobodyMaySeeIsFoundNowhere() {
    StringBuilder told = new StringBuilder();
    try (Recorded log = new Recorded(Level.DEBUG);
        RunningService service = RunningService.start(MORE)) {
      play(service);
      assertThat(service.identity("M1").path("national_id").asString())
          .as("it did come all the way")
          .isEqualTo(BOBS);
      assertThat(
              service.texts(
                  "select distinct status from event where instance = 'campus' order by 1"))
          .contains("COMP", "ERR", "SKIP", "SUSP");
      for (String path : paths(service)) {
        RawHttp.Answer answer = service.api("GET", path, "");
        assertThat(answer.status()).as(path).isNotEqualTo(500);
        told.append('\n').append(path).append(' ').append(answer.body());
      }
      told.append(commands(service));
      service.settle();
      service
          .texts(
              "select row_to_json(a)::text from audit a union all select row_to_json(e)::text from"
                  + " event e union all select row_to_json(l)::text from link l union all"
                  + " select row_to_json(f)::text from finding f union all"
                  + " select row_to_json(t)::text from api_token t union all"
                  + " select headers::text from campus_message")
          .forEach(row -> told.append('\n').append(row));
      log.lines().forEach(line -> told.append('\n').append(line));
    }
    assertThat(told.toString().lines())
        .filteredOn(line ->
            List.of(ANNS, BOBS, INVALID, FAILING, PASSWORD, RunningService.TOKEN).stream()
                .anyMatch(line::contains))
        .isEmpty();
    assertThat(told).contains("***", "Ann", "national_id");
  }
}
