package dev.rollcall.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.access.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The page of a message as it came, with and without the right to see national ids. */
class MessagePageTest {

  private static final String PASSWORD = "three quiet blue herons";
  private static final String NATIONAL_ID = "078-05-1120";

  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start();
    var users = service.service().access().users();
    for (boolean right : new boolean[] {true, false}) {
      String name = right ? "nina" : "vera";
      users.changePassword(name, users.add(name, Role.VIEWER, right, "test").password(), PASSWORD);
    }
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static CampusXml person(String emplid, String last) {
    return CampusXml.added(emplid)
        .name("A", "PRI", "2020-01-01", "Zoë", last)
        .row(
            "PERS_NID",
            "A",
            "<COUNTRY>USA</COUNTRY><NATIONAL_ID_TYPE>PR</NATIONAL_ID_TYPE><NATIONAL_ID>"
                + NATIONAL_ID
                + "</NATIONAL_ID>");
  }

  static Stream<Arguments> messages() {
    String large = "Many ".repeat(12_000).strip();
    return Stream.of(
        Arguments.of("M01", person("M01", "Plain").xml().getBytes(UTF_8)),
        Arguments.of(
            "M02", person("M02", "Latin").encoding("ISO-8859-1").xml().getBytes(ISO_8859_1)),
        Arguments.of("M03", ("\uFEFF" + person("M03", "Wide").xml()).getBytes(UTF_16BE)),
        Arguments.of(
            "M04", person("M04", "<![CDATA[a < b]]>&amp;&#x202E;&#128512;").xml().getBytes(UTF_8)),
        Arguments.of("M05", (person("M05", "Behind").xml() + "<!-- the end -->\n").getBytes(UTF_8)),
        Arguments.of("M06", person("M06", large).xml().getBytes(UTF_8)),
        Arguments.of(
            "M07",
            person("M07", "Spaced")
                .xml()
                .replaceAll("<(/?)([A-Z])", "<$1ps:$2")
                .replace(
                    "<ps:SCC_CONSTITUENT_SYNC>", "<ps:SCC_CONSTITUENT_SYNC xmlns:ps=\"urn:x\">")
                .getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("messages")
  void isShownToEverybodyAndItsNationalIdsToWhoeverHasTheRight(String emplid, byte[] message) {
    RawHttp.Answer taken = service.http().exchange(RawHttp.message().body(message));
    assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
    service.settle();
    String page = "/events/" + eventOf(emplid) + "/message";
    try (Browser vera = signedIn("vera");
        Browser nina = signedIn("nina")) {
      assertThat(shown(vera.get(page)))
          .contains(emplid + "&lt;/EMPLID&gt;", "NATIONAL_ID&gt;***")
          .doesNotContain(NATIONAL_ID, "Show national ids");
      assertThat(shown(nina.get(page))).contains("Show national ids").doesNotContain(NATIONAL_ID);
      assertThat(shown(nina.fillIn(page, page, Map.of())))
          .contains(NATIONAL_ID, "That you looked was noted in the audit");
    }
  }

  @Test
  void isShownToAProgramToo() {
    service.send(person("M10", "Program").xml());
    service.settle();
    RawHttp.Answer answer =
        service
            .http()
            .exchange(
                RawHttp.request("GET", "/events/" + eventOf("M10") + "/message")
                    .header("Authorization", "Bearer " + RunningService.TOKEN));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("NATIONAL_ID&gt;***");
  }

  @Test
  void saysSoWhenItsTextIsKeptNoLonger() {
    service.send(person("M11", "Emptied").xml());
    service.settle();
    service
        .database()
        .jdbc()
        .sql("update campus_message set raw = null where emplid = 'M11'")
        .update();
    try (Browser nina = signedIn("nina")) {
      assertThat(shown(nina.get("/events/" + eventOf("M11") + "/message")))
          .contains("The text is no longer kept");
    }
  }

  @Test
  void isNotThereForAnEventThatNoMessageCameBefore() {
    service.send(person("M12", "Again").xml());
    service.settle();
    assertThat(service.api("POST", "/api/instances/campus/resync", "{\"id\":\"M12\"}").status())
        .isEqualTo(200);
    service.settle();
    long event =
        service.number("select max(id) from event where subject = 'M12' and cause = 'RESYNC'");
    try (Browser nina = signedIn("nina")) {
      HttpResponse<String> answer = nina.get("/events/" + event + "/message");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("No message came before this event.");
    }
  }

  private static Browser signedIn(String user) {
    Browser browser = new Browser(service.service().port());
    browser.signIn(user, PASSWORD);
    return browser;
  }

  private static String shown(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static long eventOf(String emplid) {
    return service.number(
        "select max(id) from event where cause = 'MESSAGE' and subject = '" + emplid + "'");
  }
}
