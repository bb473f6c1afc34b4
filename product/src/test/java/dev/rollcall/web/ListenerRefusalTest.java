package dev.rollcall.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused is answered with its status and reason, and leaves nothing behind. */
class ListenerRefusalTest {

  /** Stands in every refused message; an answer must not repeat it. */
  private static final String CONTENT = "Quetzalcoatl";

  private static RunningService service;

  private long before;

  @BeforeAll
  static void start() {
    service = RunningService.start();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void count() {
    before = stored();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(stored()).isEqualTo(before);
  }

  private static long stored() {
    return service.number(
        "select (select count(*) from campus_message) + (select count(*) from campus_person)"
            + " + (select count(*) from event)");
  }

  private static String person() {
    return CampusXml.person("R01", CONTENT);
  }

  private static String refused(int status, RawHttp.Request request) {
    RawHttp.Answer answer = service.http().exchange(request);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.head()).contains("Content-Type: text/xml");
    assertThat(answer.type()).isEqualTo("error");
    assertThat(answer.child("StatusCode")).isEqualTo(Integer.toString(status));
    assertThat(answer.reason()).isNotBlank();
    assertThat(answer.body()).doesNotContain(CONTENT, "Exception", "at dev.", "java.");
    return answer.reason();
  }

  @Test
  void aWrongMissingOrInactiveItResource() {
    assertThat(refused(403, RawHttp.message("Location", "PSFT HRMS").body(person())))
        .contains("unknown IT resource")
        .doesNotContain("HRMS", RunningService.RESOURCE);
    refused(403, RawHttp.message("Location", "psft campus").body(person()));
    refused(403, RawHttp.message().without("Location").body(person()));
    refused(403, RawHttp.message("Location", " ").body(person()));
    assertThat(refused(403, RawHttp.message("Location", "PSFT Closed").body(person())))
        .contains("not active");
    refused(403, RawHttp.message("Location", "PSFT Closed", "OperationType", "ping"));
    refused(403, RawHttp.message("Location", "nobody", "OperationType", "ping"));
  }

  @Test
  void anUnknownMessageAndAnotherVersion() {
    refused(404, RawHttp.message("ExternalOperationName", "PERSON_BASIC_SYNC").body(person()));
    refused(
        404, RawHttp.message("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v2").body(person()));
    refused(404, RawHttp.message("MessageName", "x".repeat(250)).body(person()));
    refused(404, RawHttp.message().body("<Quetzalcoatl/>"));
  }

  @Test
  void aRootThatIsNotTheOperations() {
    refused(
        400,
        RawHttp.message("ExternalOperationName", "SCC_CONSTITUENT_SYNC")
            .body("<PERSON_BASIC_SYNC/>"));
  }

  @Test
  void nothingAtAll() {
    refused(400, RawHttp.message());
    refused(400, RawHttp.message().chunked());
    refused(400, RawHttp.message("Content-Encoding", "gzip"));
    refused(400, RawHttp.message().body("   "));
    refused(400, RawHttp.message().body(new byte[] {0x1f, (byte) 0x8b}));
  }

  @Test
  void whatIsNotXmlOrNotInItsEncoding() {
    refused(400, RawHttp.message().body(person() + CONTENT));
    refused(400, RawHttp.message().body(person() + person()));
    refused(400, RawHttp.message().body(person().substring(0, person().length() - 1)));
    refused(400, RawHttp.message().body(CampusXml.person("R02", "Zoë").getBytes(ISO_8859_1)));
    refused(400, RawHttp.message().body(CampusXml.added("R03").encoding("x-" + CONTENT).xml()));
    refused(400, RawHttp.message().body(CampusXml.person("R04", "&#xD800;")));
    refused(400, RawHttp.message().body(CampusXml.person("R05", "a&#1;b")));
    refused(400, RawHttp.message().body(CampusXml.person("R06\0", CONTENT)));
    refused(400, RawHttp.message("Content-Encoding", "br").body(person()));
    refused(400, RawHttp.message("Content-Encoding", "gzip").body(person()));
  }

  /** Java's UTF-16 makes another text of half a character: two broken keys would become one. */
  @Test
  void halfACharacterInAKeyOrAValue() {
    refused(400, RawHttp.message().body(utf16("R07", "\uD800Q")));
    refused(400, RawHttp.message().body(utf16("R\uDC00", CONTENT)));
  }

  private static byte[] utf16(String emplid, String first) {
    String text = "\uFEFF" + CampusXml.person(emplid, first);
    byte[] bytes = new byte[text.length() * 2];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    assertThat(Arrays.copyOf(bytes, 6)).isEqualTo("\uFEFF<?".getBytes(UTF_16BE));
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a>",
        "<!DOCTYPE a [<!ENTITY x 'Quetzalcoatl'>]>",
        "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE a PUBLIC 'x' 'http://127.0.0.1:1/x.dtd'>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]>"
      })
  void aDtd(String dtd) {
    String xml = person().replace("?>", "?>" + dtd);
    assertThat(refused(400, RawHttp.message().body(xml))).contains("DTD");
  }

  @Test
  void anEntityOfItsOwn() {
    refused(400, RawHttp.message().body(CampusXml.person("R08", "&Quetzalcoatl;")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "   \n ", "<!-- 1 -->"})
  void aBlankPrimaryKey(String key) {
    assertThat(refused(400, RawHttp.message().body(CampusXml.person(key, CONTENT))))
        .contains("EMPLID");
  }

  @Test
  void noPrimaryKeyTwoPeopleOrNone() {
    refused(400, RawHttp.message().body(person().replaceAll("<EMPLID>R01</EMPLID>", "")));
    refused(
        400,
        RawHttp.message()
            .body(person().replaceFirst("<EMPLID>R01</EMPLID>", "<EMPLID>R99</EMPLID>")));
    String transaction =
        person().substring(person().indexOf("<Transaction>"), person().indexOf("</MsgData>"));
    refused(400, RawHttp.message().body(person().replace(transaction, "")));
    refused(400, RawHttp.message().body(person().replace(transaction, transaction + transaction)));
    refused(400, RawHttp.message().body(CampusXml.person("R".repeat(65), CONTENT)));
  }

  @Test
  void anActionThatIsNotKnown() {
    refused(400, RawHttp.message().body(CampusXml.about("R09", CONTENT).xml()));
    refused(400, RawHttp.message().body(CampusXml.added("R10").email(CONTENT, "X", "x").xml()));
  }

  @Test
  void whatIsBeyondTheLimits() {
    String deep = "<a class=\"R\">".repeat(70) + CONTENT + "</a>".repeat(70);
    assertThat(refused(413, RawHttp.message().body(CampusXml.added("R11").fields(deep).xml())))
        .contains("64");
    refused(413, RawHttp.message().body(CampusXml.person("R12", CONTENT.repeat(100_000))));
    refused(
        413,
        RawHttp.message().body(CampusXml.added("R13").fields("<" + "a".repeat(200) + "/>").xml()));
  }

  @Test
  void headersThatCannotBeKept() {
    refused(400, RawHttp.message("TransactionID", "x".repeat(256)).body(person()));
    refused(400, RawHttp.message("TransactionID", "a\u0085b").body(person()));
    refused(400, RawHttp.message("From", "x".repeat(7000)).body(person()));
    refused(400, RawHttp.message("OrigTimeStamp", "yesterday").body(person()));
    refused(
        400, RawHttp.message("OrigTimeStamp", "2026-02-30T00:00:00.000000+0000").body(person()));
    refused(400, RawHttp.message("OrigTimeStamp", "2026-02-20T00:00:00").body(person()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void everythingButAPost(String method) {
    refused(
        405,
        RawHttp.request(method, "/PeopleSoftOIMListener")
            .header("Location", RunningService.RESOURCE)
            .body(person()));
  }

  @Test
  void whatBreaksHttpItself() {
    for (byte[] bytes :
        new byte[][] {
          RawHttp.message("X", "a".repeat(100_000)).body(person()).bytes(),
          new String(RawHttp.message().body(person()).bytes(), UTF_8)
              .replace("Host:", "Content-Length: 3\r\nHost:")
              .getBytes(UTF_8),
          new String(RawHttp.message().chunked().bytes(), UTF_8)
              .replace("\r\n0\r\n", "\r\nzz\r\n")
              .getBytes(UTF_8),
          RawHttp.message("TransactionID", "a\u0001b").body(person()).bytes(),
        }) {
      RawHttp.Answer answer = service.http().exchange(bytes);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain(CONTENT, "Exception", "at org.");
    }
  }

  @Test
  void everyRefusalOfAKnownSenderIsAuditedWithItsReason() {
    long audited = service.number("select count(*) from audit where kind = 'message-refused'");
    String reason = refused(400, RawHttp.message().body(person() + CONTENT));
    assertThat(service.number("select count(*) from audit where kind = 'message-refused'"))
        .isEqualTo(audited + 1);
    assertThat(
            service.texts(
                "select entry->>'reason' from audit where kind = 'message-refused' order by id desc"
                    + " limit 1"))
        .containsExactly(reason);
  }
}
