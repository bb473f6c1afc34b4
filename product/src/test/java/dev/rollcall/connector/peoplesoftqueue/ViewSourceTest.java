package dev.rollcall.connector.peoplesoftqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.PolledSource.Changed;
import dev.rollcall.spi.PolledSource.Changes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewSourceTest {
  private static final String CHANGES =
      "select OPRID, CHANGED, LEAVER from VIEWED where CHANGED >= :since or CHANGED is null";

  private final PeopleSoftTables tables = PeopleSoftTables.ofTheDocumentation();
  private @Nullable String checkpoint;
  private Duration overlap = ChangeQuery.OVERLAP;

  @BeforeEach
  void makeView() {
    tables.run("create table VIEWED (OPRID varchar(30), CHANGED timestamp, LEAVER varchar(1))");
  }

  @AfterEach
  void close() {
    tables.close();
  }

  private ViewSource source(String changes) {
    PersonQuery query =
        new PersonQuery(
            "select OPRID from VIEWED where OPRID in (:oprids)",
            null,
            "select distinct OPRID from VIEWED");
    return new ViewSource(
        tables.database,
        new People(tables.database, query, "hr", tables.clock),
        new ChangeQuery(changes, overlap, ChangeQuery.VANISHED_EVERY),
        new CrossReference(tables.database, QueueTables.ofTheSeed()),
        tables.clock);
  }

  private Changes next(int limit) {
    Changes changes = source(CHANGES).changes(checkpoint, limit);
    checkpoint = changes.checkpoint();
    return changes;
  }

  /** All pages of a round, as the ids that were told. */
  private List<String> round(int limit) {
    List<String> told = new ArrayList<>();
    Changes changes;
    do {
      changes = next(limit);
      changes.changed().forEach(one -> told.add(one.subject().id()));
    } while (changes.more());
    return told;
  }

  /** Somebody with a stamp that lies some seconds before the database's present. */
  private void changed(String oprid, int secondsAgo) {
    tables.run(
        "insert into VIEWED values ('%s', now() at time zone 'UTC' - interval '%d seconds', 'N')"
            .formatted(oprid, secondsAgo));
  }

  @Test
  void theFirstRoundTellsEverybodyInPagesAndTheNextOneNobody() {
    for (int number = 0; number < 7; number++) {
      changed("P" + number, 100_000 - number);
    }

    Changes first = next(3);
    assertThat(first.changed())
        .extracting(one -> one.subject().id())
        .containsExactly("P0", "P1", "P2");
    assertThat(first.more()).isTrue();
    assertThat(round(3)).containsExactly("P3", "P4", "P5", "P6");
    assertThat(round(3)).isEmpty();
  }

  @Test
  void manyWithOneStampAreToldOverSeveralPages() {
    tables.run(
        "insert into VIEWED select 'P' || n, timestamp '2026-01-01 00:00', 'N' from generate_series(1, 25) n");

    assertThat(round(10)).hasSize(25).doesNotHaveDuplicates();
    assertThat(round(10)).isEmpty();
  }

  @Test
  void whoeverChangesAgainIsToldAgain() {
    changed("ANN", 60);
    assertThat(round(10)).containsExactly("ANN");

    tables.run("update VIEWED set CHANGED = CHANGED + interval '10 seconds'");
    assertThat(round(10)).containsExactly("ANN");
  }

  @Test
  void whatBecomesVisibleLateIsToldAlthoughNewerChangesWereToldBefore() throws SQLException {
    changed("OLD", 1_000_000);
    try (Connection slow = tables.administrator.dataSource().getConnection()) {
      slow.setAutoCommit(false);
      try (Statement statement = slow.createStatement()) {
        statement.execute(
            "insert into VIEWED values ('LATE', now() at time zone 'UTC' - interval '500 seconds', 'N')");
        changed("NEW", 1);
        assertThat(round(10)).containsExactly("OLD", "NEW");
      }
      slow.commit();
      slow.setAutoCommit(true);
    }

    assertThat(round(10)).containsExactly("LATE");
    assertThat(round(10)).isEmpty();
  }

  @Test
  void whatBecomesVisibleBehindTheReaderOfALongRoundIsMetInTheNextOne() {
    overlap = Duration.ofMinutes(1);
    for (int number = 0; number < 20; number++) {
      changed("P" + number, -300 - number);
    }
    next(10);
    // The round goes on far behind this stamp, which is within the overlap of when it began.
    changed("LATE", 30);

    assertThat(round(10)).hasSize(10).doesNotContain("LATE");
    assertThat(round(10)).containsExactly("LATE");
  }

  @Test
  void aStampInTheFarFutureHoldsUpNobody() {
    changed("ODD", -100_000_000);
    assertThat(round(10)).containsExactly("ODD");

    changed("ANN", 1);
    assertThat(round(10)).containsExactly("ANN");
    assertThat(round(10)).isEmpty();
  }

  @Test
  void everybodyIsToldWhateverTheSizeOfThePagesAndTheMomentOfTheirCommit() {
    Random random = new Random(33);
    Set<String> wanted = new HashSet<>();
    Set<String> told = new HashSet<>();
    for (int number = 0; number < 150; number++) {
      String oprid = "P" + number;
      wanted.add(oprid);
      changed(oprid, random.nextInt(800));
      if (random.nextInt(3) == 0) {
        next(1 + random.nextInt(7)).changed().forEach(one -> told.add(one.subject().id()));
      }
    }
    told.addAll(round(5));
    told.addAll(round(5));

    assertThat(told).isEqualTo(wanted);
  }

  @Test
  void theSameCheckpointGivesTheSameAnswerSoThatNothingIsLostWithAFailedAppend() {
    changed("ANN", 10);
    Changes first = source(CHANGES).changes(null, 10);
    Changes again = source(CHANGES).changes(null, 10);

    assertThat(again.changed()).isEqualTo(first.changed()).hasSize(1);
  }

  @Test
  void leaversAreToldAsSuch() {
    tables.run(
        "insert into VIEWED values ('ANN', '2026-01-01', 'Y'), ('BOB', '2026-01-02', 'N'), ('BOB', '2026-01-03', 'y'), ('CAT', '2026-01-04', null)");

    assertThat(next(10).changed())
        .containsExactly(
            new Changed(new SubjectKey("hr", "ANN"), true),
            new Changed(new SubjectKey("hr", "BOB"), true),
            new Changed(new SubjectKey("hr", "CAT"), false));
  }

  @Test
  void whoeverTheCrossReferenceKnowsAndThePeopleDoNotHasVanishedAndIsNoLeaver() {
    changed("ANN", 100);
    tables.run(
        "insert into PS_CHG_OPR_OKTA_ID values ('ANN', ' ', '00u1', ' ', null), ('GONE', ' ', '00u2', ' ', null), ('NEVER', ' ', ' ', ' ', null)");

    Changes first = next(10);

    assertThat(first.vanished()).containsExactly(new SubjectKey("hr", "GONE"));
    assertThat(first.changed()).extracting(one -> one.subject().id()).containsExactly("ANN");
    assertThat(next(10).vanished()).as("not looked again at once").isEmpty();
    tables.clock.advance(Duration.ofHours(2));
    assertThat(next(10).vanished()).hasSize(1);
  }

  @Test
  void anEmptyListOfPeopleIsNoProofThatEverybodyVanished() {
    tables.run("insert into PS_CHG_OPR_OKTA_ID values ('ANN', ' ', '00u1', ' ', null)");

    assertThatThrownBy(() -> next(10))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.UNREADABLE))
        .hasMessageContaining("names nobody");
  }

  @Test
  void aQueryWithFewerColumnsConcludesNothing() {
    changed("ANN", 10);

    assertThatThrownBy(() ->
            source("select OPRID, LEAVER from VIEWED where CHANGED >= :since").changes(null, 10))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID))
        .hasMessageContaining("changed");
  }

  @Test
  void aRowWithoutAStampIsNamedInsteadOfBeingPassedBy() {
    tables.run("insert into VIEWED values ('ANN', null, 'N')");

    assertThatThrownBy(() -> next(10)).hasMessageContaining("ANN").hasMessageContaining("CHANGED");
  }

  @Test
  void aForeignCheckpointIsRefused() {
    assertThatThrownBy(() -> source(CHANGES).changes("17", 10))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("checkpoint");
  }
}
