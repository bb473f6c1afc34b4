package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.Database;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** After {@code pause} has returned nothing is written, whoever was in the middle of what. */
@Timeout(120)
class PauseTest {

  private static final int PEOPLE = 800;

  /** Claims of a few, many of them at once, so that somebody is always settling. */
  private static final String BUSY =
      WholePath.YAML.replace("engine:", "engine:\n  claimSize: 5\n  claimsAtOnce: 4");

  private static String emplid(int number) {
    return "%010d".formatted(number);
  }

  private static CampusMessages person(int number) {
    return CampusMessages.added(emplid(number))
        .name("A", "PRI", "2020-01-01", "Ada", "No. " + number);
  }

  /** Every version of every row that an engine writes. */
  private static List<String> written(Database database) {
    List<String> rows = new ArrayList<>();
    for (String table : List.of("identity", "link", "audit", "claim", "event")) {
      rows.addAll(
          database
              .jdbc()
              .sql("select '%s ' || xmin || ' ' || ctid from %s".formatted(table, table))
              .query((row, number) -> row.getString(1))
              .list());
    }
    rows.sort(null);
    return rows;
  }

  private static long finished(Database database) {
    return database
        .jdbc()
        .sql("select count(*) from event where finished_at is not null")
        .query(Long.class)
        .single();
  }

  @Test
  void underLoadWithTwoEnginesNothingIsWrittenOnceItHasReturned() {
    try (WholePath path = new WholePath(BUSY);
        Database another = TestDatabase.sameAs(path.database)) {
      path.parts.pauses().pause("campus", "test", "loading");
      IntStream.range(0, PEOPLE).parallel().forEach(number -> path.send(person(number)));
      Parts other = Parts.assemble(another, path.settings, path.clock, "other");
      other.engine().start();
      try {
        for (int stop = 1; stop <= 6; stop++) {
          long before = finished(path.database);
          path.parts.pauses().resume("campus", "test", null);
          await()
              .pollInterval(Duration.ofMillis(5))
              .until(() -> finished(path.database) > before + 30);
          long asked = System.nanoTime();
          (stop % 2 == 0 ? path.parts : other).pauses().pause("campus", "test", null);
          assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
          List<String> rows = accountRows(path.database);
          staysSo(Duration.ofMillis(300), () -> accountRows(path.database).equals(rows));
          assertThat(finished(path.database)).isLessThan(PEOPLE);
          await().until(() -> open(path.database) == 0);
        }
        assertThat(path.send(person(PEOPLE)).status()).isEqualTo(200);
        List<String> stopped = written(path.database);
        staysSo(Duration.ofSeconds(1), () -> written(path.database).equals(stopped));

        path.parts.pauses().resume("campus", "test", null);
        path.settle();
      } finally {
        other.engine().close();
      }
      assertThat(
              path.database.jdbc().sql("select count(*) from identity").query(Long.class).single())
          .isEqualTo(PEOPLE + 1);
      assertThat(
              path.database
                  .jdbc()
                  .sql("select count(*) from event where status = 'COMP' and attempt = 1")
                  .query(Long.class)
                  .single())
          .as("what was given back has used no attempt")
          .isEqualTo(PEOPLE + 1);
    }
  }

  /** Without events and claims, which go back to waiting after the pause. */
  private static List<String> accountRows(Database database) {
    return written(database).stream()
        .filter(row -> !row.startsWith("event ") && !row.startsWith("claim "))
        .toList();
  }

  private static void staysSo(Duration during, Callable<Boolean> condition) {
    await()
        .during(during)
        .atMost(during.multipliedBy(10))
        .pollInterval(Duration.ofMillis(50))
        .until(condition);
  }

  private static long open(Database database) {
    return database
        .jdbc()
        .sql("select count(*) from event where status = 'QUE'")
        .query(Long.class)
        .single();
  }

  @Test
  void itSurvivesARestartAndMessagesAreStoredMeanwhile() {
    try (WholePath path = new WholePath()) {
      path.parts.pauses().pause("campus", "ada", "term end looks wrong");
      path.parts.pauses().pause("campus", "bob", "the same");
      path.parts.engine().close();
      Parts restarted = Parts.assemble(path.database, path.settings, path.clock, "restarted");
      restarted.engine().start();
      try {
        assertThat(path.send(person(1)).status()).isEqualTo(200);
        assertThat(restarted.states().all().getFirst().pause())
            .satisfies(pause -> {
              assertThat(pause.by()).isEqualTo("ada");
              assertThat(pause.why()).isEqualTo("term end looks wrong");
            });
        assertThat(path.events(emplid(1)))
            .extracting(SyncEvent::status)
            .containsExactly(EventStatus.NEW);
        restarted.pauses().resume("campus", "ada", null);
        path.settle();
        assertThat(path.account(emplid(1))).isPresent();
      } finally {
        restarted.engine().close();
      }
    }
  }
}
