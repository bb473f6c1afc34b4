package dev.rollcall.connector.campusmessage;

import static dev.rollcall.connector.campusmessage.Sync.bare;
import static dev.rollcall.connector.campusmessage.Sync.delivery;
import static dev.rollcall.connector.campusmessage.Sync.fields;
import static dev.rollcall.connector.campusmessage.Sync.mail;
import static dev.rollcall.connector.campusmessage.Sync.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.campusmessage.SentRow.Action;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Delivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTest {
  private static CampusMessage read(String xml) {
    return Readers.read(delivery(xml));
  }

  @Test
  void aMessageIsAboutTheEmplidWithItsLeadingZeros() {
    assertThat(read(Sync.message("A")).subject()).isEqualTo(new SubjectKey("campus", "0000012345"));
  }

  @Test
  void blanksAroundTheEmplidAreNotPartOfIt() {
    assertThat(read(Sync.about("\n 007 \n", "A")).subject().id()).isEqualTo("007");
  }

  @ParameterizedTest
  @CsvSource({"A,ADD", "'',ADD", "' ',ADD", "C,CHANGE", "N,CHANGE", "D,DELETE"})
  void theRootActionIsThatOfTheTransactionsOwnPscama(String code, RootAction action) {
    String children = mail("D", "CAMP", "a@x") + mail("K", "HOME", "b@x");
    assertThat(read(Sync.message(code, children)).action()).isEqualTo(action);
  }

  @Test
  void withoutAPscamaInTheTransactionThePersonWasAdded() {
    String xml =
        "<SCC_CONSTITUENT_SYNC><MsgData><Transaction><SCC_CM_PERSON_I class='R'>"
            + "<EMPLID>1</EMPLID>"
            + mail("C", "CAMP", "a@x")
            + "</SCC_CM_PERSON_I></Transaction></MsgData></SCC_CONSTITUENT_SYNC>";
    assertThat(read(xml).action()).isEqualTo(RootAction.ADD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "", "D", "K", "?"})
  void withTheRootActionIgnoredEveryMessageIsAChange(String code) {
    CampusMessageSettings ignoring =
        new CampusMessageSettings(
            List.of("SCC_CONSTITUENT_SYNC"), true, "Transaction", true, 64, 1000);
    assertThat(Readers.read(delivery(Sync.message(code)), ignoring).action())
        .isEqualTo(RootAction.CHANGE);
  }

  @Test
  void theLevelZeroRowHasTheRootAction() {
    assertThat(read(Sync.message("")).rows().getFirst().action()).isEqualTo(Action.CONTEXT);
    assertThat(read(Sync.message("A")).rows().getFirst().action()).isEqualTo(Action.CONTEXT);
    assertThat(read(Sync.message("C")).rows().getFirst().action()).isEqualTo(Action.MERGE);
  }

  @Test
  void aChildRowHasTheActionOfThePscamaBehindIt() {
    String children =
        mail("A", "1", "x")
            + mail("C", "2", "x")
            + mail("N", "3", "x")
            + mail("D", "4", "x")
            + mail("K", "5", "x")
            + mail("O", "6", "x")
            + mail("", "7", "x")
            + mail(" ", "8", "x")
            + bare("SCC_PER_EMAIL_I", "E_ADDR_TYPE", "9");
    assertThat(read(Sync.message("C", children)).rows())
        .extracting(SentRow::action)
        .containsExactly(
            Action.MERGE, // level 0
            Action.ADD,
            Action.MERGE,
            Action.MERGE,
            Action.REMOVE,
            Action.REMOVE,
            Action.ORIGINAL,
            Action.CONTEXT,
            Action.CONTEXT,
            Action.CONTEXT);
  }

  @Test
  void aRowWithoutPscamaDoesNotTakeTheNextRowsAction() {
    String children = bare("SCC_PER_PHONE_I", "PHONE_TYPE", "HOME") + mail("D", "CAMP", "x");
    assertThat(read(Sync.message("C", children)).rows())
        .extracting(SentRow::action)
        .containsExactly(Action.MERGE, Action.CONTEXT, Action.REMOVE);
  }

  @Test
  void rowsWithinRowsBelongToThePersonAtAnyDepth() {
    String inner = row("INNER", "D", "X", "1");
    String outer =
        "<OUTER class='R'><Y>2</Y>"
            + inner
            + "</OUTER>"
            + "<PSCAMA class='R'><AUDIT_ACTN>C</AUDIT_ACTN></PSCAMA>";
    assertThat(read(Sync.message("C", outer)).rows().subList(1, 3))
        .containsExactly(
            new SentRow("OUTER", fields("Y", "2"), Action.MERGE),
            new SentRow("INNER", fields("X", "1"), Action.REMOVE));
  }

  @Test
  void anEmptyElementAndBlanksAreNoValue() {
    String children = "<A class='R'><B/><C></C><D> </D><E>\n\t</E><F> x </F></A>";
    assertThat(read(Sync.message("C", children)).rows().getLast().fields())
        .isEqualTo(fields("B", "", "C", "", "D", "", "E", "", "F", "x"))
        .containsEntry("B", new Value.Cleared());
  }

  @Test
  void entitiesCharacterReferencesAndCdataAreText() {
    String children =
        "<A class='R'><B>O&apos;Neil &amp; &#83;ons</B><C><![CDATA[a<b]]>&gt;c</C></A>";
    assertThat(read(Sync.message("C", children)).rows().getLast().fields())
        .isEqualTo(fields("B", "O'Neil & Sons", "C", "a<b>c"));
  }

  @Test
  void commentsAndProcessingInstructionsAreNotText() {
    String children =
        "<A class='R'><!-- c --><B>x<!-- c -->y<?p q?></B></A><!-- c -->"
            + "<PSCAMA class='R'><AUDIT_ACTN>D</AUDIT_ACTN></PSCAMA>";
    SentRow row = read(Sync.message("C", children)).rows().getLast();
    assertThat(row).isEqualTo(new SentRow("A", fields("B", "xy"), Action.REMOVE));
  }

  @Test
  void aMessageWithANamespaceOnEveryElementReadsTheSame() {
    String plain = Sync.message("C", mail("D", "CAMP", "a@x"));
    String xmlns = " xmlns=\"http://xmlns.oracle.com/Enterprise/Tools/schemas/X.VERSION_1\"";
    String defaulted =
        plain.replace("<SCC_CONSTITUENT_SYNC>", "<SCC_CONSTITUENT_SYNC" + xmlns + ">");
    String prefixed =
        plain
            .replaceAll("<([A-Z])", "<n:$1")
            .replaceAll("</([A-Z])", "</n:$1")
            .replace("<n:SCC_CONSTITUENT_SYNC>", "<n:SCC_CONSTITUENT_SYNC xmlns:n='urn:x'>");
    assertThat(read(defaulted).rows()).isEqualTo(read(plain).rows());
    assertThat(read(prefixed).rows()).isEqualTo(read(plain).rows());
  }

  @Test
  void fieldTypesAreToleratedAnywhereAndMeanNothing() {
    String types =
        "<FieldTypes><SCC_CM_PERSON_I class=\"R\"><EMPLID>9</EMPLID></SCC_CM_PERSON_I>"
            + "<Transaction/></FieldTypes>";
    String xml =
        Sync.message("C", types, mail("D", "CAMP", "a@x"))
            .replace("</Transaction>", types + "</Transaction>" + types)
            .replace("</MsgData>", "</MsgData>" + types);
    assertThat(read(xml).rows())
        .isEqualTo(read(Sync.message("C", mail("D", "CAMP", "a@x"))).rows());
  }

  @Test
  void anyEncodingThatXmlDeclaresIsRead() {
    String children = "<A class='R'><B>Zoë Åström 李 \uD83D\uDE00</B></A>";
    String xml = Sync.message("C", children);
    SentRow utf8 = read(xml).rows().getLast();
    byte[] utf16 =
        xml.replace("\"1.0\"?", "\"1.0\" encoding=\"UTF-16\"?").getBytes(StandardCharsets.UTF_16);
    byte[] latin =
        Sync.message("C", "<A class='R'><B>Zoë</B></A>")
            .replace("\"1.0\"?", "\"1.0\" encoding=\"ISO-8859-1\"?")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(utf8.fields()).isEqualTo(fields("B", "Zoë Åström 李 \uD83D\uDE00"));
    assertThat(Readers.read(new Delivery(Sync.headers(), utf16, Sync.NOON)).rows().getLast())
        .isEqualTo(utf8);
    assertThat(
            Readers.read(new Delivery(Sync.headers(), latin, Sync.NOON)).rows().getLast().fields())
        .isEqualTo(fields("B", "Zoë"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SCC_CONSTITUENT_SYNC.v1",
        "SCC_CONSTITUENT_SYNC",
        "SCC_CONSTITUENT_SYNC.VERSION_1",
        "scc_constituent_sync.V1",
        "Scc_Constituent_Sync"
      })
  void theOperationIsKnownWithAndWithoutItsVersionInAnyCase(String operation) {
    Delivery named = delivery(Sync.message("A"), Map.of("externaloperationname", operation));
    Delivery other = delivery(Sync.message("A"), Map.of("MessageName", operation));
    assertThat(Readers.read(named).name()).startsWith("SCC_CONSTITUENT_SYNC");
    assertThat(Readers.read(other).name()).startsWith("SCC_CONSTITUENT_SYNC");
  }

  @Test
  void withoutAHeaderTheRootNamesTheMessage() {
    assertThat(Readers.read(delivery(Sync.message("A"), Map.of())).name())
        .isEqualTo("SCC_CONSTITUENT_SYNC");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:00:00.123456-0500, 2026-03-01T15:00:00.123456Z",
    "2026-03-01T10:00:00.123456+05:30, 2026-03-01T04:30:00.123456Z",
    "2026-03-01T10:00:00+0000, 2026-03-01T10:00:00Z",
    "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
    "2026-03-01T10:00:00.123456789Z, 2026-03-01T10:00:00.123456Z",
    "2026-03-01T10:00:00.5Z, 2026-03-01T10:00:00.5Z",
  })
  void theOrigTimeStampIsReadInPeopleSoftsFormAndItsNeighbours(String header, Instant expected) {
    Map<String, String> headers = Sync.headers("T1", header);
    assertThat(Readers.read(delivery(Sync.message("A"), headers)).envelope().timestamp())
        .isEqualTo(expected);
  }

  @Test
  void withoutAnOrigTimeStampTheTimeOfArrivalCounts() {
    CampusMessage message = read(Sync.message("A"));
    assertThat(message.envelope().originated()).isNull();
    assertThat(message.envelope().timestamp()).isEqualTo(Sync.NOON);
  }

  @Test
  void theAnswerCarriesTheSendersTransactionIdOrOneMadeHere() {
    Map<String, String> headers = Map.of("transactionid", "PSFT_CS.SYNC.17");
    assertThat(Readers.read(delivery(Sync.message("A"), headers)).transactionId())
        .isEqualTo("PSFT_CS.SYNC.17");
    CampusMessage anonymous = read(Sync.message("A"));
    assertThat(anonymous.transactionId())
        .isNotBlank()
        .isNotEqualTo(read(Sync.message("A")).transactionId());
    assertThat(anonymous.envelope().transactionId()).isNull();
  }

  @Test
  void credentialsAreNotAmongTheHeadersThatAreKept() {
    Map<String, String> headers =
        Map.of("Authorization", "Basic c2VjcmV0", "Location", "PSFT Campus", "From", "PSFT_CS");
    assertThat(Readers.read(delivery(Sync.message("A"), headers)).envelope().headers())
        .isEqualTo(Map.of("From", "PSFT_CS"));
  }
}
