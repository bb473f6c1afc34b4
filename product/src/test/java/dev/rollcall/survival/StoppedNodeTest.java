package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A service is stopped (SIGSTOP) in the middle of its work and wakes up long after its lease: the
 * other one has done the work, and what the first still has in hand must not be written.
 */
@Timeout(300)
class StoppedNodeTest {

  private static final int PEOPLE = 12;
  private static final int KNOWN = 6;
  private static final int HELD = 8;
  private static final int UNANSWERED = 9;

  /** One claim at a time: who works another one has come to the end of the one before. */
  private static final String ENGINE = "lease: 2s\nclaimsAtOnce: 1";

  @Test
  void aServiceThatWakesUpAfterItsLeaseWritesNothingThatIsStale() throws IOException, SQLException {
    try (SurvivalHome home = SurvivalHome.fresh(ENGINE);
        People people = new People(PEOPLE)) {
      Node sleeper = home.node("sleeper");
      Node other = home.node("other");
      sleeper.url();
      other.url();
      Tables tables = home.tables();
      people.change(sleeper, 0, KNOWN);
      tables.awaitIdle(Duration.ofSeconds(30));

      other.pause();
      try (Roadblock planning = Roadblock.beforeReading(tables, "identity")) {
        try (Roadblock claims = Roadblock.beforeClaims(tables)) {
          claims.awaitSomebody(); // with a time before all of what comes now: takes none of it
          people.change(sleeper);
        }
        planning.awaitSomebody();
        sleeper.pause();
      }
      assertThat(tables.count("select count(*) from event where status = 'QUE'")).isEqualTo(PEOPLE);
      other.resume();
      people.change(other);
      tables.awaitIdle(Duration.ofSeconds(30));

      assertThat(tables.count("select count(*) from audit where kind = 'claim-lost'"))
          .isEqualTo(PEOPLE);
      people.check(tables);
      wakesUpAndDoesNoHarm(tables, sleeper, other, people);
    }
  }

  @Test
  void aServiceStoppedInsideATransactionHoldsUpTheOthersForHalfAMinuteAtMost()
      throws IOException, SQLException {
    try (SurvivalHome home = SurvivalHome.fresh(ENGINE);
        People people = new People(PEOPLE)) {
      Node sleeper = home.node("sleeper");
      Node other = home.node("other");
      sleeper.url();
      other.url();
      Tables tables = home.tables();
      people.change(sleeper, 0, KNOWN);
      tables.awaitIdle(Duration.ofSeconds(30));

      other.pause();
      SyncMessage unanswered = people.get(UNANSWERED).next();
      try (Roadblock settling = Roadblock.beforeWriting(tables, "link")) {
        try (Roadblock claims = Roadblock.beforeClaims(tables)) {
          claims.awaitSomebody();
          people.change(sleeper, 0, HELD);
        }
        settling.awaitSomebody();
        try (Roadblock storing = Roadblock.beforeWriting(tables, "campus_message")) {
          var _ = CompletableFuture.runAsync(() -> people.broker().tell(sleeper, unanswered));
          storing.awaitSomebody();
          sleeper.pause();
        }
      }
      Instant stopped = Instant.now();
      other.resume();
      people.change(other, 0, HELD);
      people.change(other, PEOPLE - 1, PEOPLE);
      String free = people.get(PEOPLE - 1).emplid();
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> tables.count("select count(*) from identity where login = ?", free) == 1);
      assertThat(tables.count("select count(*) from event where status = 'QUE'"))
          .as("what the sleeper holds is its own still")
          .isEqualTo(HELD);
      people.broker().tell(other, unanswered);
      tables.awaitIdle(Duration.ofMinutes(1));
      assertThat(Duration.between(stopped, Instant.now())).isLessThan(Duration.ofSeconds(45));
      people.change(other);
      tables.awaitIdle(Duration.ofSeconds(30));
      people.check(tables);
      wakesUpAndDoesNoHarm(tables, sleeper, other, people);
    }
  }

  private static void wakesUpAndDoesNoHarm(Tables tables, Node sleeper, Node other, People people) {
    Map<String, Set<String>> before = tables.everything();
    long lastEvent = tables.count("select max(id) from event");
    long lastEntry = tables.count("select max(id) from audit");
    sleeper.resume();
    await()
        .during(Duration.ofSeconds(4))
        .atMost(Duration.ofSeconds(8))
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(() -> assertThat(tables.everything()).isEqualTo(before));

    other.pause();
    people.change(sleeper);
    tables.awaitIdle(Duration.ofSeconds(30));
    people.check(tables);
    assertThat(
            tables.texts(
                "select entry::text from audit where id > ? and event <= ?", lastEntry, lastEvent))
        .as("entries about events that had been finished before it woke up")
        .isEmpty();
  }
}
