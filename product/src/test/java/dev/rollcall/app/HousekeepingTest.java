package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.audit.AuditKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.schedule.JobState;
import dev.rollcall.schedule.JobState.Outcome;
import dev.rollcall.sync.Tidied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is past is let go of; what still says something is not. */
class HousekeepingTest {

  private static final String ADA = "0000000001";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Map<String, String> dated(String transaction, String moment) {
    return Map.of("TransactionID", transaction, "OrigTimeStamp", moment);
  }

  private static CampusMessages mail(String address) {
    return CampusMessages.changed(ADA).email("C", "CAMP", address);
  }

  /** Ada, added and then changed twice in one value; nothing of the first change is left. */
  private static void twoChanges(WholePath path) {
    path.send(
        CampusMessages.added(ADA).name("A", "PRI", "2020-01-01", "Ada", "Lee"),
        dated("T1", "2026-11-01T10:00:00Z"));
    path.settle();
    path.send(mail("first@x"), dated("T2", "2026-11-02T10:00:00Z"));
    path.settle();
    path.send(mail("second@x"), dated("T3", "2026-11-03T10:00:00Z"));
    path.settle();
  }

  private static JobState job(WholePath path) {
    return path.parts.schedule().jobs().stream()
        .filter(one -> one.job().equals("tidy"))
        .findFirst()
        .orElseThrow();
  }

  private static long number(WholePath path, String sql) {
    return path.database.jdbc().sql(sql).query(Long.class).single();
  }

  @Test
  void theJobOfTheNightRemovesWhatIsOldOnceHoweverManyNightsHavePassed() {
    try (WholePath path = new WholePath()) {
      twoChanges(path);
      List<Long> events = path.events(ADA).stream().map(SyncEvent::id).toList();
      assertThat(events).hasSize(3);
      path.parts.scheduler().start();
      await().atMost(PATIENCE).until(() -> path.parts.schedule().jobs().size() == 2);
      assertThat(job(path).due()).isEqualTo("2026-11-21T03:00:00Z");

      path.clock.advance(Duration.ofDays(500));
      await().atMost(PATIENCE).until(() -> job(path).outcome() == Outcome.DONE);

      assertThat(job(path).said())
          .isEqualTo(
              "Removed 1 events, 0 lines, 0 sessions, 3 messages, 2 messageRows, 0 hcmRuns,"
                  + " 0 deletedProfiles, 0 held, 0 audit");
      assertThat(job(path).due()).isEqualTo("2028-04-04T03:00:00Z");
      assertThat(path.events(ADA))
          .extracting(SyncEvent::id)
          .as("the one that made the account, and the last")
          .containsExactly(events.getFirst(), events.getLast());
      assertThat(number(path, "select count(*) from audit where kind = 'tidied'")).isOne();
      assertThat(path.value(ADA, "email")).isEqualTo("second@x");
    }
  }

  @Test
  void aMessageThatComesAgainAfterItsRowWentIsOlderAndOneThatIsInForceIsARepeat() {
    try (WholePath path = new WholePath()) {
      twoChanges(path);
      path.clock.advance(Duration.ofDays(500));
      path.parts.housekeeping().tidy("test", () -> false);
      assertThat(number(path, "select count(*) from campus_message")).isOne();
      assertThat(number(path, "select count(*) from campus_message where raw is not null"))
          .isZero();

      assertThat(path.send(mail("first@x"), dated("T2", "2026-11-02T10:00:00Z")).text())
          .contains("is newer");
      assertThat(path.send(mail("second@x"), dated("T3", "2026-11-03T10:00:00Z")).text())
          .contains("Already stored");
      path.settle();
      assertThat(path.value(ADA, "email")).isEqualTo("second@x");
      assertThat(path.events(ADA).getLast().status()).isEqualTo(EventStatus.SKIPPED);

      path.send(mail("third@x"), dated("T4", "2028-01-01T10:00:00Z"));
      path.settle();
      assertThat(path.value(ADA, "email")).isEqualTo("third@x");
      assertThat(path.value(ADA, "first_name")).isEqualTo("Ada");
    }
  }

  @Test
  void theAuditOfAnEventOutlivesItAndGoesByItsOwnTime() {
    try (WholePath path = new WholePath()) {
      twoChanges(path);
      long second = path.events(ADA).get(1).id();
      path.clock.advance(Duration.ofDays(500));
      path.parts.housekeeping().tidy("test", () -> false);
      assertThat(path.parts.lookup().byId(second)).isEmpty();
      assertThat(path.parts.audit().ofEvent(second)).isNotEmpty();

      path.clock.advance(Duration.ofDays(2_557));
      Tidied tidied = path.parts.housekeeping().tidy("test", () -> false);

      assertThat(tidied.told()).containsEntry("audit", 4L);
      assertThat(path.parts.audit().ofEvent(second)).isEmpty();
      assertThat(
              number(
                  path,
                  "select count(*) from audit where kind = '" + AuditKind.TIDIED.code() + "'"))
          .as("the first of them is as old as the rest")
          .isOne();
    }
  }

  @Test
  void lookingSaysWhatTidyDoesAndChangesNothing() {
    try (WholePath path = new WholePath()) {
      twoChanges(path);
      path.clock.advance(Duration.ofDays(500));
      String everything =
          """
          select (select count(*) from event) || ' ' || (select count(*) from audit) || ' '
            || (select count(*) || ' ' || count(raw) from campus_message)
          """;
      String before = path.database.jdbc().sql(everything).query(String.class).single();

      Tidied looked = path.parts.housekeeping().look();

      assertThat(path.database.jdbc().sql(everything).query(String.class).single())
          .isEqualTo(before);
      Tidied tidied = path.parts.housekeeping().tidy("test", () -> false);
      assertThat(looked.dryRun()).isTrue();
      assertThat(tidied.dryRun()).isFalse();
      assertThat(looked.swept()).isEqualTo(tidied.swept());
      assertThat(looked.before()).isEqualTo(tidied.before());
      assertThat(tidied.before())
          .containsEntry("events", path.clock.instant().minus(Duration.ofDays(400)))
          .containsEntry("messages", path.clock.instant().minus(Duration.ofDays(90)));
      assertThat(path.parts.housekeeping().tidy("test", () -> false).told())
          .containsEntry("events", 0L)
          .containsEntry("messages", 0L)
          .containsEntry("messageRows", 0L);
    }
  }

  @Test
  void whoIsToldToStopSaysThatItIsNotAll() {
    try (WholePath path = new WholePath()) {
      twoChanges(path);
      path.clock.advance(Duration.ofDays(500));

      Tidied tidied = path.parts.housekeeping().tidy("test", () -> true);

      assertThat(tidied.complete()).isFalse();
      assertThat(tidied.told()).containsKeys("events", "messages", "messageRows", "audit");
      assertThat(tidied.sentence()).contains("stopped");
      assertThat(path.events(ADA)).hasSize(3);
    }
  }

  @Test
  void changedSettingsAreInForceAtOnce() {
    try (WholePath path = new WholePath()) {
      twoChanges(path);
      path.clock.advance(Duration.ofDays(10));
      assertThat(path.parts.housekeeping().look().told()).containsEntry("events", 0L);
      Instant soon = path.clock.instant();
      new Reload(
              () -> WholePath.settings("keep: {events: 5d, messages: 5d}\n" + WholePath.YAML),
              path.settings,
              path.parts)
          .reload();
      assertThat(path.parts.housekeeping().look().told())
          .containsEntry("events", 1L)
          .containsEntry("messages", 3L);
      assertThat(path.parts.housekeeping().look().before())
          .containsEntry("events", soon.minus(Duration.ofDays(5)));
    }
  }
}
