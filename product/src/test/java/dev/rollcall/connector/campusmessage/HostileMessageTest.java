package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.bare;
import static dev.rollcall.connector.campusmessage.Sync.delivery;
import static dev.rollcall.connector.campusmessage.Sync.mail;
import static dev.rollcall.connector.campusmessage.Sync.row;
import static dev.rollcall.connector.campusmessage.Sync.transaction;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.RefusedDelivery;
import dev.rollcall.spi.RefusedDelivery.Kind;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileMessageTest {
  private static void refused(Kind kind, String reason, Delivery delivery) {
    ThrowableAssert.ThrowingCallable reading = () -> Readers.read(delivery);
    RefusedDelivery refusal = catchThrowableOfType(RefusedDelivery.class, reading);
    assertThat(refusal).isNotNull();
    assertThat(refusal).hasMessageContaining(reason);
    assertThat(refusal.kind()).isEqualTo(kind);
  }

  private static void malformed(String reason, String xml) {
    refused(Kind.MALFORMED, reason, delivery(xml));
  }

  private static void malformed(String reason, byte[] body) {
    refused(Kind.MALFORMED, reason, new Delivery(Sync.headers(), body, Sync.NOON));
  }

  private static void tooLarge(String reason, String xml) {
    refused(Kind.TOO_LARGE, reason, delivery(xml));
  }

  private static String withDtd(String dtd) {
    return Sync.message("A", mail("C", "CAMP", "&e;")).replace("?>\n", "?>\n" + dtd);
  }

  @Test
  void aDtdIsRefusedBeforeItCanDoAnything() {
    malformed("a DTD is not allowed", withDtd("<!DOCTYPE SCC_CONSTITUENT_SYNC>"));
    malformed(
        "a DTD is not allowed",
        withDtd("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"));
    malformed("a DTD is not allowed", withDtd("<!DOCTYPE x SYSTEM \"http://localhost:1/x.dtd\">"));
  }

  @Test
  void anEntityBombIsRefusedAtItsDtd() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE x [<!ENTITY e0 \"ha\">");
    for (int i = 1; i < 40; i++) {
      bomb.append("<!ENTITY e%d \"&e%d;&e%d;\">".formatted(i, i - 1, i - 1));
    }
    malformed("a DTD is not allowed", withDtd(bomb.append("]>").toString()));
  }

  @Test
  void anEntityThatXmlDoesNotKnowIsRefused() {
    malformed("an entity", Sync.message("A", mail("C", "CAMP", "&e;")));
  }

  @Test
  void nestingDeeperThanTheLimitIsTooLarge() {
    // SCC_CONSTITUENT_SYNC, MsgData, Transaction and SCC_CM_PERSON_I are the first four.
    assertThat(Readers.read(delivery(Sync.message("A", nested(59)))).rows()).hasSize(60);
    tooLarge("deeper than 64", Sync.message("A", nested(60)));
    String types = "<FieldTypes>" + nested(60) + "</FieldTypes>";
    tooLarge("deeper than 64", Sync.message("A", types));
  }

  private static String nested(int rows) {
    return "<A class='R'>".repeat(rows) + "<X/>" + "</A>".repeat(rows);
  }

  @Test
  void tenThousandAttributesAreTooLarge() {
    StringBuilder attributes = new StringBuilder("<A");
    for (int i = 0; i < 10_000; i++) {
      attributes.append(" a").append(i).append("='1'");
    }
    tooLarge("too many elements or attributes", Sync.message("A", attributes + "/>"));
  }

  @Test
  void aMillionElementsAreTooLarge() {
    tooLarge("too many elements", Sync.message("A", "<A class='R'/>".repeat(250_000)));
  }

  @Test
  void twoMegabytesOfTextAreTooLargeWhereverTheyStand() {
    String text = "x".repeat(2 * 1024 * 1024);
    tooLarge("longer than 1048576", Sync.message("A", mail("C", "CAMP", text)));
    tooLarge("longer than", Sync.message("A", "<FieldTypes>" + text + "</FieldTypes>"));
    tooLarge("longer than", Sync.message("A", " ".repeat(2 * 1024 * 1024)));
    tooLarge("longer than", Sync.message("A", mail("C", "CAMP", "<![CDATA[" + text + "]]>")));
    tooLarge("longer than", Sync.message("A", mail("C", "CAMP", "x&amp;".repeat(600_000))));
    tooLarge("too", Sync.message("A", "<A class='" + text + "'/>"));
  }

  @Test
  void anEndlessElementNameIsTooLarge() {
    tooLarge("name is longer", Sync.message("A", "<" + "N".repeat(60_000) + "/>"));
  }

  @Test
  void aTruncatedMessageIsMalformedWhereverItEnds() {
    byte[] whole = Sync.message("A", mail("C", "CAMP", "a@x")).strip().getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      malformed("", Arrays.copyOf(whole, length));
    }
  }

  @Test
  void whatComesBehindTheRootHasToBeXmlToo() {
    malformed("not well-formed XML", Sync.message("A") + "<another/>");
    malformed("not well-formed XML", Sync.message("A") + "text");
  }

  @Test
  void theReasonNamesLineAndColumnButNoContent() {
    malformed("at line 4, column 2", Sync.message("A").strip() + "\n<secret-name");
    ThrowableAssert.ThrowingCallable reading =
        () -> Readers.read(delivery(Sync.message("A", "<A class='R'><B>Hush</C></A>")));
    assertThat(catchThrowableOfType(RefusedDelivery.class, reading))
        .hasMessageNotContainingAny("Hush", "</C>");
  }

  @Test
  void bytesThatAreNotInTheDeclaredEncodingAreMalformed() {
    byte[] body = Sync.message("A", mail("C", "CAMP", "Zo?")).getBytes(UTF_8);
    for (int i = 0; i < body.length; i++) {
      if (body[i] == 'Z') {
        body[i + 2] = (byte) 0xEB; // ISO-8859-1
      }
    }
    malformed("not in its encoding", body);
    String utf8 = Sync.message("A").replace("1.0\"", "1.0\" encoding=\"UTF-8\"");
    malformed("", utf8.getBytes(UTF_16));
    malformed("", Sync.message("A").replace("1.0\"", "1.0\" encoding=\"x-none\"").getBytes(UTF_8));
  }

  @Test
  void aNulAndHalfACharacterAreMalformed() {
    malformed("not well-formed XML", Sync.message("A", mail("C", "CAMP", "a\0b")));
    malformed("not well-formed XML", Sync.message("A", mail("C", "CAMP", "a&#0;b")));
    malformed("not well-formed XML", Sync.message("A", mail("C", "CAMP", "a&#xD83D;b")));
  }

  @Test
  void anotherMessageNameIsUnknown() {
    refused(
        Kind.UNKNOWN_MESSAGE,
        "no message of this name",
        delivery(Sync.message("A"), Map.of("ExternalOperationName", "SCC_CONSTITUENT_SYNC.v2")));
    refused(
        Kind.UNKNOWN_MESSAGE,
        "known are [SCC_CONSTITUENT_SYNC, SCC_CONSTITUENT_SYNC.v1]",
        delivery("not looked at", Map.of("MessageName", "SCC_CONSTITUENT_FULLSYNC")));
    refused(Kind.UNKNOWN_MESSAGE, "no message", delivery("<PERSON_BASIC_SYNC/>", Map.of()));
  }

  @Test
  void headerAndRootHaveToAgree() {
    malformed("the root element is not that of a SCC_CONSTITUENT_SYNC.v1", "<html/>");
    malformed("the root element", Sync.message("A").replace("_SYNC>", "_FULLSYNC>"));
  }

  @Test
  void thereIsExactlyOneTransaction() {
    malformed("0 Transaction elements", Sync.document());
    malformed(
        "2 Transaction elements", Sync.document(transaction("1", "A"), transaction("1", "A")));
    malformed("0 Transaction elements", "<SCC_CONSTITUENT_SYNC/>");
    malformed("0 Transaction", Sync.message("A").replace("MsgData", "Other"));
    malformed("no primary key EMPLID in SCC_CM_PERSON_I", Sync.document("<Transaction/>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void withoutAnEmplidThereIsNoPrimaryKey(String emplid) {
    String reason = "no primary key EMPLID in SCC_CM_PERSON_I";
    malformed(reason, Sync.about(emplid, "A"));
    malformed(
        reason, Sync.about("7", "A").replace("<EMPLID>7</EMPLID>", row("X", "", "EMPLID", "7")));
  }

  @Test
  void anEmplidThatIsNoKeyIsRefused() {
    malformed("is not a key", Sync.about("1".repeat(65), "A"));
    malformed("is not a key", Sync.about("1\n2", "A"));
  }

  @Test
  void oneMessageIsAboutOnePerson() {
    String reason = "is not the one in SCC_CM_PERSON_I";
    malformed(reason, Sync.message("C", row("PERSON_SA", "C", "EMPLID", "12345")));
    String second = bare("SCC_CM_PERSON_I", "EMPLID", "2") + "<PSCAMA><AUDIT_ACTN>A";
    malformed(
        reason,
        Sync.message("A")
            .replace("<PSCAMA class=\"R\"><LANGUAGE_CD>ENG</LANGUAGE_CD><AUDIT_ACTN>A", second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"K", "O", "X", "c"})
  void aRootActionThatIsNotKnownIsNamedAndRefused(String code) {
    malformed("AUDIT_ACTN '" + code + "'", Sync.message(code));
  }

  @Test
  void aRowActionThatIsNotKnownIsNamedAndRefused() {
    malformed(
        "AUDIT_ACTN 'Z' of a row of SCC_PER_EMAIL_I", Sync.message("C", mail("Z", "CAMP", "a")));
    malformed("AUDIT_ACTN (not one letter)", Sync.message("C", mail("Hush", "CAMP", "a")));
  }

  @Test
  void whatIsNotARowsetIsRefusedRatherThanGuessed() {
    malformed(
        "a PSCAMA does not stand right behind a row", Sync.message("C", "<PSCAMA class='R'/>"));
    malformed("right behind", Sync.message("C", mail("C", "1", "a") + "<PSCAMA class='R'/>"));
    malformed("right behind", Sync.message("C", bare("A") + "<F/><PSCAMA class='R'/>"));
    malformed(
        "EMAIL_ADDR is there twice",
        Sync.message("C", row("M", "C", "EMAIL_ADDR", "a", "EMAIL_ADDR", "b")));
    malformed("text between elements", Sync.message("C", "Hush"));
    malformed("not marked class", Sync.message("C", "<LIST><A>1</A></LIST>"));
    malformed(
        "not marked class", Sync.message("C").replace("I class=\"R\"><EMPLID>", "I><EMPLID>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-03-01",
        "2026-03-01T10:00:00",
        "2026-03-01 10:00:00Z",
        "2026-02-30T10:00:00Z",
        "2026-03-01T25:00:00Z",
        "2026-03-01T10:00:00+99:99",
        "1772359200"
      })
  void anOrigTimeStampThatCannotBeReadIsRefusedWithTheExpectedForm(String timestamp) {
    refused(
        Kind.MALFORMED,
        "header OrigTimeStamp is not of the form CCYY-MM-DDTHH:MM:SS.ssssss+hhmm",
        delivery(Sync.message("A"), Sync.headers("T1", timestamp)));
  }

  @Test
  void aTransactionIdThatIsNoKeyIsRefused() {
    Map<String, String> headers = Map.of("TransactionID", "x".repeat(256));
    refused(Kind.MALFORMED, "header TransactionID", delivery(Sync.message("A"), headers));
    Map<String, String> nul = Map.of("TransactionID", "a\0b");
    refused(Kind.MALFORMED, "header TransactionID", delivery(Sync.message("A"), nul));
  }
}
