package dev.rollcall.app;

import static dev.rollcall.app.FullSync.file;
import static dev.rollcall.app.FullSync.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.rollcall.intake.LoadTally;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Cause;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Full publications through the real engine. */
class FullLoadTest {

  private static final Instant AS_OF = Instant.parse("2026-11-20T08:00:00Z");

  private static LoadTally load(WholePath path, String file, Instant asOf) throws IOException {
    LoadTally tally = new LoadTally();
    path.parts
        .fullLoad()
        .load(
            path.parts.fullLoad().publisher("campus").orElseThrow(),
            "test.xml",
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            asOf,
            tally);
    path.settle();
    return tally;
  }

  @Test
  void everybodyInTheFileBecomesAnIdentity() throws IOException {
    try (WholePath path = new WholePath()) {
      LoadTally.Numbers numbers =
          load(path, file(person("001", "A", "a@x"), person("002", "B", "b@x", "STUDENT")), AS_OF)
              .numbers();
      assertThat(numbers).isEqualTo(new LoadTally.Numbers(2, 2, 0, 0, 0, true));
      assertThat(path.value("001", "last_name")).isEqualTo("A");
      assertThat(path.account("002").orElseThrow().affiliations())
          .extracting(HeldAffiliation::enabled)
          .containsExactly(true);
    }
  }

  @Test
  void theSameFileAgainAddsNoEvent() throws IOException {
    try (WholePath path = new WholePath()) {
      String file = file(person("001", "A", "a@x", "STUDENT"));
      load(path, file, AS_OF);
      LoadTally.Numbers again = load(path, file, AS_OF.plusSeconds(60)).numbers();
      assertThat(again).isEqualTo(new LoadTally.Numbers(1, 0, 1, 0, 0, true));
      assertThat(path.events("001")).filteredOn(event -> event.cause() == Cause.MESSAGE).hasSize(1);
    }
  }

  @Test
  void anImageIsComplete() throws IOException {
    try (WholePath path = new WholePath()) {
      load(path, file(person("001", "A", "a@x", "STUDENT", "EMPLOYEE")), AS_OF);
      load(path, file(person("001", "A", " ", "EMPLOYEE")), AS_OF.plusSeconds(60));
      assertThat(path.value("001", "email")).isEmpty();
      assertThat(path.account("001").orElseThrow().affiliations())
          .extracting(held -> held.affiliation().code(), HeldAffiliation::enabled)
          .containsExactly(tuple("EMPLOYEE", true), tuple("STUDENT", false));
      assertThat(path.account("001").orElseThrow().groups()).containsExactly("EMPLOYEE");
    }
  }

  @Test
  void whatAnImageLacksIsKeptWhereThatIsSet() throws IOException {
    String yaml = WholePath.YAML + "    messages: {fullSync: {absentAffiliations: keep}}\n";
    String both = file(person("001", "A", "a@x", "STUDENT", "EMPLOYEE"));
    try (WholePath path = new WholePath(yaml)) {
      load(path, both, AS_OF);
      load(path, file(person("001", "A", "a@x", "EMPLOYEE")), AS_OF.plusSeconds(60));
      load(path, file(person("001", "B", "a@x")), AS_OF.plusSeconds(120));
      assertThat(path.value("001", "last_name")).isEqualTo("B");
      assertThat(path.account("001").orElseThrow().groups()).containsExactly("EMPLOYEE", "STUDENT");
    }
  }

  @Test
  void aFirstDayThatMovesInTheFileIsStillOneAffiliation() throws IOException {
    try (WholePath path = new WholePath()) {
      String file = file(person("001", "A", "a@x", "STUDENT"));
      load(path, file, AS_OF);
      load(path, file.replace("2020-09-01", "2026-11-21"), AS_OF.plusSeconds(60));
      assertThat(path.account("001").orElseThrow().affiliations())
          .extracting(held -> held.affiliation().from(), HeldAffiliation::enabled)
          .containsExactly(tuple(LocalDate.parse("2026-11-21"), false));
      assertThat(path.account("001").orElseThrow().groups()).isEmpty();
      path.clock.set(Instant.parse("2026-11-21T00:00:00Z"));
      path.settle();
      assertThat(path.account("001").orElseThrow().groups()).containsExactly("STUDENT");
    }
  }

  @Test
  void whoeverIsNotInTheFileIsLeftAlone() throws IOException {
    try (WholePath path = new WholePath()) {
      load(path, file(person("001", "A", "a@x"), person("002", "B", "b@x")), AS_OF);
      load(path, file(person("001", "A", "new@x")), AS_OF.plusSeconds(60));
      assertThat(path.value("002", "email")).isEqualTo("b@x");
      assertThat(path.account("002").orElseThrow().status().label()).isEqualTo("Enabled");
    }
  }

  @Test
  void aNewerMessageWinsOverAnOlderFile() throws IOException {
    try (WholePath path = new WholePath()) {
      load(path, file(person("001", "A", "a@x")), AS_OF);
      path.clock.advance(Duration.ofMinutes(1));
      path.send(
          CampusMessages.changed("001").email("C", "CAMP", "sync@x"),
          Map.of("OrigTimeStamp", "2026-11-20T10:00:00.000000+0000"));
      path.settle();
      LoadTally.Numbers older =
          load(path, file(person("001", "Z", "z@x")), AS_OF.plusSeconds(9)).numbers();
      assertThat(older).isEqualTo(new LoadTally.Numbers(1, 0, 0, 1, 0, true));
      assertThat(path.value("001", "email")).isEqualTo("sync@x");
    }
  }

  @Test
  void aMessageOlderThanTheFileThatConfirmedThePersonIsNotApplied() throws IOException {
    try (WholePath path = new WholePath()) {
      String file = file(person("001", "A", "a@x"));
      load(path, file, AS_OF);
      load(path, file, AS_OF.plusSeconds(3600));
      path.send(
          CampusMessages.changed("001").email("C", "CAMP", "late@x"),
          Map.of("OrigTimeStamp", "2026-11-20T08:30:00.000000+0000"));
      path.settle();
      assertThat(path.value("001", "email")).isEqualTo("a@x");
    }
  }

  @Test
  void aBadTransactionIsRejectedByItselfWithItsLine() throws IOException {
    try (WholePath path = new WholePath()) {
      String broken = person("002", "B", "b@x").replace("</LAST_NAME>", "</LAST>");
      String nameless = person("", "C", "c@x");
      LoadTally tally =
          load(
              path,
              file(person("001", "A", "a@x"), broken, nameless, person("003", "D", "d@x")),
              AS_OF);
      assertThat(tally.numbers()).isEqualTo(new LoadTally.Numbers(4, 2, 0, 0, 2, true));
      assertThat(tally.rejects())
          .extracting(LoadTally.Reject::line, LoadTally.Reject::emplid)
          .containsExactly(tuple(18, "002"), tuple(25, null));
      assertThat(path.value("003", "last_name")).isEqualTo("D");
    }
  }

  @Test
  void aCutFileGivesWhatItHoldsAndSaysThatItWasCut() throws IOException {
    try (WholePath path = new WholePath()) {
      String whole = file(person("001", "A", "a@x"), person("002", "B", "b@x"));
      LoadTally cut = load(path, whole.substring(0, whole.indexOf("002") + 40), AS_OF);
      assertThat(cut.numbers().whole()).isFalse();
      assertThat(cut.numbers().accepted()).isEqualTo(1);
      assertThat(cut.rejects()).hasSize(1);
      LoadTally repeated = load(path, whole, AS_OF);
      assertThat(repeated.numbers()).isEqualTo(new LoadTally.Numbers(2, 1, 1, 0, 0, true));
    }
  }

  @Test
  void aFileWithNothingButAHeaderIsAboutNobody() throws IOException {
    try (WholePath path = new WholePath()) {
      String header =
          "<Transaction><PSCAMA class=\"R\"><AUDIT_ACTN/><MSG_SEQ_FLG>H</MSG_SEQ_FLG></PSCAMA>"
              + "</Transaction>";
      assertThat(load(path, file(header), AS_OF).numbers())
          .isEqualTo(new LoadTally.Numbers(0, 0, 0, 0, 0, true));
    }
  }

  @Test
  void anUnchangedImageOfSomebodyWhoseEventFailedIsWorkedAgain() throws IOException {
    try (WholePath path = new WholePath()) {
      String file = file(person("001", "A", "a@x"));
      load(path, file, AS_OF);
      path.database.jdbc().sql("update event set status = 'ERR' where cause = 'MESSAGE'").update();
      assertThat(load(path, file, AS_OF).numbers().unchanged()).isEqualTo(1);
      assertThat(path.events("001")).filteredOn(event -> event.cause() == Cause.MESSAGE).hasSize(2);
    }
  }

  @Test
  void theSamePersonTwiceInAFileEndsAsTheLaterOne() throws IOException {
    try (WholePath path = new WholePath()) {
      load(path, file(person("001", "A", "a@x"), person("001", "B", "b@x")), AS_OF);
      assertThat(path.value("001", "last_name")).isEqualTo("B");
    }
  }

  @Test
  void aNamespacedFileIsReadToo() throws IOException {
    try (WholePath path = new WholePath()) {
      String file =
          file(person("001", "A", "a@x"))
              .replace(
                  "<SCC_CONSTITUENT_FULLSYNC>", "<p:SCC_CONSTITUENT_FULLSYNC xmlns:p=\"urn:x\">")
              .replace("</SCC_CONSTITUENT_FULLSYNC>", "</p:SCC_CONSTITUENT_FULLSYNC>")
              .replace("<MsgData>", "<p:MsgData>")
              .replace("</MsgData>", "</p:MsgData>")
              .replace("<Transaction>", "<p:Transaction>")
              .replace("</Transaction>", "</p:Transaction>");
      assertThat(load(path, file, AS_OF).numbers().accepted()).isEqualTo(1);
    }
  }

  @Test
  void theTablesOfThePublicationAreInForceForWhomItToldOfLast() throws IOException {
    String yaml =
        WholePath.YAML
            + """
            messages:
              fullSync:
                attributes:
                  Email: None
            """
                .indent(4);
    try (WholePath path = new WholePath(yaml)) {
      load(path, file(person("001", "A", "a@x")), AS_OF);
      assertThat(path.account("001").orElseThrow().attributes()).doesNotContainKey("email");
      path.send(
          CampusMessages.changed("001").email("C", "CAMP", "sync@x"),
          Map.of("OrigTimeStamp", "2026-11-20T10:00:00.000000+0000"));
      path.settle();
      assertThat(path.value("001", "email")).isEqualTo("sync@x");
    }
  }

  @Test
  void aPublicationIsKnownByItsSetNamesAndNode() throws IOException {
    String yaml =
        WholePath.YAML
            + """
            messages:
              fullSync:
                names: [SITE_PEOPLE.v2]
                dataNodeName: Person
                attributes:
                  Email: None
            """
                .indent(4);
    try (WholePath path = new WholePath(yaml)) {
      String file = file(person("001", "A", "a@x"));
      assertThatThrownBy(() -> load(path, file, AS_OF))
          .hasMessageContaining("not a SITE_PEOPLE.v2");
      String site =
          file.replace("SCC_CONSTITUENT_FULLSYNC", "SITE_PEOPLE").replace("Transaction", "Person");
      assertThat(load(path, site, AS_OF).numbers().accepted()).isEqualTo(1);
      assertThat(path.account("001").orElseThrow().attributes())
          .containsKey("last_name")
          .doesNotContainKey("email");
    }
  }
}
