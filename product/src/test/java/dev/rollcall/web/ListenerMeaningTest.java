package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a message means for the identity; expected values are written down from the facts. */
class ListenerMeaningTest {

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static JsonNode after(String emplid, CampusXml... messages) {
    for (CampusXml message : messages) {
      RawHttp.Answer answer = service.send(message.xml());
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      service.settle();
    }
    return service.identity(emplid);
  }

  private static String text(JsonNode identity, String name) {
    return identity.path(name).asString("(none)");
  }

  private static List<String> affiliations(JsonNode identity) {
    List<String> held = new ArrayList<>();
    identity.path("affiliations").forEach(one -> held.add(one.asString()));
    return held;
  }

  @Test
  void everyFieldOfTheGuideArrivesWhereItSays() {
    JsonNode kevin =
        after(
            "0000012345",
            CampusXml.added("0000012345")
                .campusId("A", "C0012345")
                .name("A", "PRI", "2013-08-20", "Kevin", "Anderson")
                .email("A", "CAMP", "kevin@campus.example")
                .phone("A", "HOME", "555-0100")
                .affiliation("A", "STUDENT", "A", "2020-09-01", "2030-06-30"));
    assertThat(text(kevin, "first_name")).isEqualTo("Kevin");
    assertThat(text(kevin, "last_name")).isEqualTo("Anderson");
    assertThat(text(kevin, "email")).isEqualTo("kevin@campus.example");
    assertThat(text(kevin, "phone")).isEqualTo("555-0100");
    assertThat(text(kevin, "campus_id")).isEqualTo("C0012345");
    assertThat(text(kevin, "start_date")).isEqualTo("2013-08-20");
    assertThat(text(kevin, "status")).isEqualToIgnoringCase("Enabled");
    assertThat(affiliations(kevin)).containsExactly("PSUNV|STUDENT|2020-09-01|2030-06-30|t");
  }

  @Test
  void leadingZerosAndLettersTellPeopleApart() {
    after("00071", CampusXml.added("00071").name("A", "PRI", "2020-01-01", "Zero", "A"));
    after("071", CampusXml.added("071").name("A", "PRI", "2020-01-01", "One", "A"));
    after("X071", CampusXml.added("X071").name("A", "PRI", "2020-01-01", "Ex", "A"));
    assertThat(text(service.identity("00071"), "first_name")).isEqualTo("Zero");
    assertThat(text(service.identity("071"), "first_name")).isEqualTo("One");
    assertThat(text(service.identity("X071"), "first_name")).isEqualTo("Ex");
    assertThat(service.identity("71").isEmpty()).isTrue();
  }

  @Test
  void entitiesAreCharacters() {
    JsonNode person =
        after(
            "M01",
            CampusXml.added("M01")
                .name(
                    "A",
                    "PRI",
                    "2019-03-01",
                    "O&apos;Neil &amp; Sons",
                    "Zo&#235;&#x1F393; &lt;b&gt;"));
    assertThat(text(person, "first_name")).isEqualTo("O'Neil & Sons");
    assertThat(text(person, "last_name")).isEqualTo("Zoë\uD83C\uDF93 <b>");
  }

  @Test
  void anEmptyElementAndASingleSpaceAreNoValueAndClearOne() {
    CampusXml whole =
        CampusXml.added("M02")
            .campusId("A", "C2")
            .name("A", "PRI", "2020-01-01", "Ann", "B")
            .email("A", "CAMP", "a@b.example");
    assertThat(text(after("M02", whole), "campus_id")).isEqualTo("C2");
    JsonNode cleared =
        after("M02", CampusXml.changed("M02").campusId("C", " ").email("C", "CAMP", ""));
    assertThat(cleared.has("campus_id")).isFalse();
    assertThat(cleared.has("email")).isFalse();
    assertThat(text(cleared, "first_name")).isEqualTo("Ann");
  }

  @Test
  void aPreferredNameIsNotThePrimaryOne() {
    JsonNode person =
        after(
            "M03",
            CampusXml.added("M03")
                .name("A", "PRF", "2015-01-01", "Kev", "Anderson")
                .name("A", "PRI", "2013-08-20", "Kevin", "Anderson"));
    assertThat(text(person, "first_name")).isEqualTo("Kevin");
    // The guide's own rule: the name row in effect, whatever its type (facts, section 5, traps).
    assertThat(text(person, "start_date")).isEqualTo("2015-01-01");
  }

  @Test
  void aFutureNameWaitsForItsDayAndAPastOneIsHistory() {
    JsonNode person =
        after(
            "M04",
            CampusXml.added("M04")
                .name("A", "PRI", "2099-01-01", "Kevin", "Future")
                .name("A", "PRI", "2024-02-01", "Kevin", "Andersson")
                .name("A", "PRI", "2013-08-20", "Kevin", "Anderson"));
    assertThat(text(person, "last_name")).isEqualTo("Andersson");
    assertThat(
            service.texts(
                "select to_char(due at time zone 'UTC', 'YYYY-MM-DD') from event where subject = 'M04'"
                    + " and cause = 'DUE' and status = 'NEW'"))
        .containsExactly("2099-01-01");
  }

  @Test
  void aKeyChangeTakesTheOldRowAwayAndBringsTheNewOne() {
    after("M05", CampusXml.added("M05").name("A", "PRI", "2020-01-01", "Ann", "Old"));
    JsonNode person =
        after(
            "M05",
            CampusXml.changed("M05")
                .name("K", "PRI", "2020-01-01", "Ann", "Old")
                .name("N", "PRI", "2018-01-01", "Ann", "New"));
    assertThat(text(person, "last_name")).isEqualTo("New");
    assertThat(text(person, "start_date")).isEqualTo("2018-01-01");
  }

  @Test
  void theOriginalOfAChangedRowSaysNothing() {
    after("M06", CampusXml.added("M06").name("A", "PRI", "2020-01-01", "Ann", "Old"));
    CampusXml changedThenOriginal =
        CampusXml.changed("M06")
            .name("C", "PRI", "2020-01-01", "Ann", "New")
            .name("O", "PRI", "2020-01-01", "Ann", "Old");
    assertThat(text(after("M06", changedThenOriginal), "last_name")).isEqualTo("New");
  }

  @Test
  void aDeletedRowTakesItsValueWithIt() {
    after(
        "M07",
        CampusXml.added("M07")
            .name("A", "PRI", "2020-01-01", "Ann", "B")
            .email("A", "CAMP", "a@b.example")
            .phone("A", "HOME", "1"));
    JsonNode person = after("M07", CampusXml.changed("M07").email("D", "CAMP", "a@b.example"));
    assertThat(person.has("email")).isFalse();
    assertThat(text(person, "phone")).isEqualTo("1");
  }

  @Test
  void affiliationsCountWhileActiveAndWithinTheirDays() {
    JsonNode person =
        after(
            "M08",
            CampusXml.added("M08")
                .name("A", "PRI", "2020-01-01", "Ann", "B")
                .affiliation("A", "OPEN", "A", "2020-01-01", "")
                .affiliation("A", "STARTED", "Active", "", "2098-12-31")
                .affiliation("A", "OVER", "A", "2018-01-01", "2019-12-31")
                .affiliation("A", "FUTURE", "A", "2098-01-01", "2099-01-01")
                .affiliation("A", "INACTIVE", "I", "2018-01-01", "2099-12-31"));
    assertThat(affiliations(person))
        .containsExactly(
            "PSUNV|FUTURE|2098-01-01|2099-01-01|f",
            "PSUNV|INACTIVE|2018-01-01|2099-12-31|f",
            "PSUNV|OPEN|2020-01-01|t",
            "PSUNV|OVER|2018-01-01|2019-12-31|f",
            "PSUNV|STARTED|2098-12-31|t");
  }

  @Test
  void anOlderMessageThatComesLateIsKeptAndChangesNothing() {
    String newer = CampusXml.added("M09").name("A", "PRI", "2020-01-01", "Newer", "B").xml();
    String older = CampusXml.added("M09").name("A", "PRI", "2020-01-01", "Older", "B").xml();
    // 10:00-0500 is 15:00Z, later than 14:59Z, though it reads earlier.
    service.send(newer, "OrigTimeStamp", "2026-05-01T10:00:00.000001-0500");
    RawHttp.Answer late = service.send(older, "OrigTimeStamp", "2026-05-01T14:59:59.999999+0000");
    service.settle();
    assertThat(late.status()).isEqualTo(200);
    assertThat(service.messages("M09")).isEqualTo(2);
    assertThat(text(service.identity("M09"), "first_name")).isEqualTo("Newer");
    assertThat(service.texts("select status from event where subject = 'M09' order by id"))
        .containsExactly("COMP", "SKIP");
  }

  @Test
  void aChangeOfSomebodyNeverAddedMakesNobody() {
    JsonNode person =
        after("M10", CampusXml.changed("M10").name("C", "PRI", "2020-01-01", "Ann", "B"));
    assertThat(person.isEmpty()).isTrue();
    assertThat(service.texts("select reason from event where subject = 'M10'"))
        .singleElement()
        .asString()
        .contains("unmatched-change");
  }

  @Test
  void aDeletedPersonIsDisabledAndStaysKnown() {
    after(
        "M11",
        CampusXml.added("M11")
            .name("A", "PRI", "2020-01-01", "Ann", "B")
            .affiliation("A", "STUDENT", "A", "2020-01-01", ""));
    JsonNode person = after("M11", CampusXml.about("M11", "D"));
    assertThat(text(person, "status")).isEqualToIgnoringCase("Disabled");
    assertThat(affiliations(person)).containsExactly("PSUNV|STUDENT|2020-01-01|f");
  }

  @Test
  void anInactiveNameRowInEffectIsNotPassedOverForAnOlderOne() {
    JsonNode person =
        after(
            "M12",
            CampusXml.added("M12")
                .name("A", "PRI", "2010-01-01", "Resurrected", "Old")
                .inactiveName("A", "2020-01-01", "Inactive"));
    // First the greatest date, then the status (facts/peoplesoft.md, 5.1): never the older row.
    assertThat(text(person, "first_name")).isNotEqualTo("Resurrected");
  }
}
