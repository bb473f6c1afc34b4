package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.Database;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Holds.Open;
import dev.rollcall.model.Account;
import dev.rollcall.model.EventStatus;
import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A drip of deactivations, over two engines and restarts, never exceeds the limit. */
@Timeout(180)
class GuardTest {

  private static final int PEOPLE = 60;
  private static final int MOST = 7;

  private static String yaml(String guard) {
    return WholePath.YAML.replace("engine:", "engine:\n  claimSize: 3\n  claimsAtOnce: 3")
        + "    guard:\n"
        + guard.indent(6);
  }

  private static String emplid(int number) {
    return "%010d".formatted(number);
  }

  private static CampusMessages added(int number) {
    return CampusMessages.added(emplid(number))
        .name("A", "PRI", "2020-01-01", "Ada", "No. " + number)
        .affiliation("A", "STUDENT", "A", "2020-09-01", "2027-06-30");
  }

  private static long disabled(WholePath path) {
    return count(path, "select count(*) from identity where status = 'DISABLED'");
  }

  private static long count(WholePath path, String sql) {
    return path.database.jdbc().sql(sql).query(Long.class).single();
  }

  @Test
  void overTwoEnginesAndRestartsNoMoreIsDeactivatedWithinTheWindowThanTheLimit() {
    try (WholePath path = new WholePath(yaml("deactivations: {most: %d}".formatted(MOST)));
        Database another = TestDatabase.sameAs(path.database)) {
      IntStream.range(0, PEOPLE).parallel().forEach(number -> path.send(added(number)));
      path.settle();
      int gone = 0;
      for (int day = 1; day <= 3; day++) {
        for (int hour = 0; hour < 4; hour++) {
          // The second engine is another process each time, and knows nothing of the one before.
          Parts other = Parts.assemble(another, path.settings, path.clock, "other " + hour);
          other.engine().start();
          int first = gone;
          IntStream.range(first, first + 4)
              .parallel()
              .forEach(number -> path.send(CampusMessages.deleted(emplid(number))));
          gone += 4;
          path.settle();
          other.engine().close();
          assertThat(disabled(path)).isLessThanOrEqualTo((long) day * MOST);
          path.clock.advance(Duration.ofHours(5));
        }
        assertThat(disabled(path)).isEqualTo((long) day * MOST);
        path.clock.advance(Duration.ofHours(5)); // 25 in all: all of the day before are forgotten
      }
      assertThat(path.parts.holds().count("campus")).isEqualTo(gone - 3L * MOST);
      assertThat(count(path, "select count(*) from event where status = 'SUSP' and attempt = 1"))
          .isEqualTo(gone - 3L * MOST);

      List<Open> held = path.parts.holds().undecided("campus", null, 1_000);
      path.parts
          .consents()
          .decide(held.getFirst().event(), null, Decision.REJECTED, "ada", "he stays");
      path.parts
          .consents()
          .decideAll("campus", ChangeClass.DEACTIVATIONS, Decision.RELEASED, "ada", "they left");
      path.settle();
      assertThat(disabled(path)).isEqualTo(gone - 1);
      assertThat(path.parts.holds().count("campus")).isZero();
      assertThat(path.account(held.getFirst().subject().id()).orElseThrow().status())
          .isEqualTo(Account.Status.ENABLED);
    }
  }

  @Test
  void manyAtOnceInTwoEnginesDoNotExceedItTogether() {
    try (WholePath path = new WholePath(yaml("deactivations: {percent: 10, least: 2}"));
        Database another = TestDatabase.sameAs(path.database)) {
      IntStream.range(0, PEOPLE).parallel().forEach(number -> path.send(added(number)));
      path.settle();
      Parts other = Parts.assemble(another, path.settings, path.clock, "other");
      other.engine().start();
      path.parts.pauses().pause("campus", "test", null);
      IntStream.range(0, PEOPLE)
          .parallel()
          .forEach(number -> path.send(CampusMessages.deleted(emplid(number))));
      path.parts.pauses().resume("campus", "test", null);
      path.settle();
      other.engine().close();
      assertThat(disabled(path)).isEqualTo(PEOPLE / 10);
      assertThat(path.parts.holds().undecided("campus", ChangeClass.DEACTIVATIONS, 1_000))
          .hasSize(PEOPLE - PEOPLE / 10);
      assertThat(count(path, "select count(*) from identity_affiliation where enabled"))
          .as("everything else flows")
          .isZero();
    }
  }

  @Test
  void aTermEndThatTheSourceAnnouncedPassesTheUsualLimits() {
    try (WholePath path = new WholePath()) {
      IntStream.range(0, 200).parallel().forEach(number -> path.send(added(number)));
      path.settle();
      path.clock.advance(Duration.ofDays(365));
      await().until(() -> count(path, "select count(*) from event where status = 'NEW'") == 0);
      path.settle();
      assertThat(count(path, "select count(*) from identity_affiliation where enabled")).isZero();
      assertThat(path.parts.holds().count("campus")).isZero();
      assertThat(count(path, "select count(*) from event where status = 'SUSP'")).isZero();
    }
  }

  @Test
  void aMistakeInTheSourceDoesNotPassTheUsualLimits() {
    try (WholePath path = new WholePath()) {
      IntStream.range(0, 200).parallel().forEach(number -> path.send(added(number)));
      path.settle();
      IntStream.range(0, 200)
          .parallel()
          .forEach(number -> path.send(CampusMessages.deleted(emplid(number))));
      path.settle();
      assertThat(disabled(path)).isEqualTo(25);
      assertThat(path.events(emplid(0)).getLast().status())
          .isIn(EventStatus.SUSPENDED, EventStatus.COMPLETED);
      assertThat(path.parts.holds().undecided("campus", ChangeClass.DEACTIVATIONS, 1_000))
          .hasSize(175);
      assertThat(path.parts.holds().undecided("campus", ChangeClass.GROUP_REMOVALS, 1_000))
          .hasSize(150);
    }
  }
}
