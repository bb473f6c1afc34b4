package dev.rollcall.intake;

import static dev.rollcall.intake.FakeInbox.KEVIN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.Audit;
import dev.rollcall.db.Database;
import dev.rollcall.db.Servers;
import dev.rollcall.event.EventLookup;
import dev.rollcall.event.Events;
import dev.rollcall.finding.Findings;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.SourceLock;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Delivery;
import dev.rollcall.spi.Inbox.Stored;
import dev.rollcall.spi.RefusedDelivery;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.SharedDatabase;
import dev.rollcall.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What the sender of a message is told, and what is stored by then. */
class MessageIntakeTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final Database database = SharedDatabase.emptied();
  private final SettableClock clock = new SettableClock(NOON);
  private final EventLookup lookup = new EventLookup(database.jdbc(), clock);
  private final FakeInbox inbox = new FakeInbox();
  private final AtomicInteger wokenUp = new AtomicInteger();
  private MessageIntake intake = over(database);

  private MessageIntake over(Database where) {
    return new MessageIntake(
        where,
        new Events(where.jdbc(), clock),
        new Audit(where.jdbc(), clock, new JsonMapper()),
        new Findings(where.jdbc(), clock),
        new EnvironmentLock(where, clock, "test", Servers.none()),
        new SourceLock(where.jdbc(), clock, Map.of()),
        clock,
        "Location",
        List.of(
            new Receiver("campus", "PSFT Campus", true, inbox),
            new Receiver("closed", "PSFT Closed", false, inbox)),
        wokenUp::incrementAndGet);
  }

  @Test
  void aCopyOfTheDatabaseTakesNothingAndAcknowledgesNothing() {
    assertThat(receive().status()).isEqualTo(200);
    database.jdbc().sql("update environment set value = 'other' where fact = 'system'").update();
    intake = over(database); // as if started anew: an answer is believed for two seconds

    Answer answer = receive(Map.of("Location", "PSFT Campus", "TransactionID", "T2"));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text())
        .contains("copied, restored or moved", "system identifier", "until somebody adopts it");
    assertThat(inbox.stored).containsExactly("T1");
    assertThat(receive(Map.of("Location", "PSFT Campus", "OperationType", "ping")).status())
        .as("or the node would be marked as up")
        .isEqualTo(503);
    assertThat(receive(Map.of("Location", "nobody's")).status()).isEqualTo(403);
  }

  @Test
  void aMessageFromAnotherNodeThanTheFirstIsRefusedAndAudited() {
    assertThat(receive(from("PSFT_CS", "T1")).status()).isEqualTo(200);

    Answer answer = receive(from("PSFT_CS_TST", "T2"));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text())
        .contains("PSFT_CS_TST", "PSFT_CS alone", "instances.campus.environment");
    assertThat(inbox.stored).containsExactly("T1");
    assertThat(audited("message-refused")).isOne();
    assertThat(receive(from("psft_cs", "T3")).status()).isEqualTo(200);
    assertThat(receive(from("ops@example.edu", "T4")).status())
        .as("HTTP has its own header From")
        .isEqualTo(200);
    assertThat(receive(Map.of("Location", "PSFT Campus", "TransactionID", "T5")).status())
        .isEqualTo(200);
  }

  @Test
  void theSenderOfARefusedMessageIsNotRemembered() {
    inbox.refusal = new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, "no XML");
    assertThat(receive(from("PSFT_CS_TST", "T1")).status()).isEqualTo(400);
    inbox.refusal = null;
    inbox.decision =
        () -> {
          throw new IllegalStateException("a defect");
        };
    assertThat(receive(from("PSFT_CS_TST", "T1")).status()).isEqualTo(503);
    inbox.decision = () -> new Stored.New(KEVIN, false);
    assertThat(receive(from("PSFT_CS", "T2")).status()).isEqualTo(200);
  }

  private static Map<String, String> from(String node, String transaction) {
    return Map.of("Location", "PSFT Campus", "From", node, "TransactionID", transaction);
  }

  private Answer receive(Map<String, String> headers) {
    return intake.receive(new Delivery(headers, new byte[0], NOON));
  }

  private Answer receive() {
    return receive(Map.of("location", " PSFT Campus ", "TransactionID", "T1"));
  }

  private List<SyncEvent> events() {
    return lookup.find(new EventLookup.Filter(null, null, null, 10));
  }

  private long audited(String kind) {
    return database
        .jdbc()
        .sql("select count(*) from audit where kind = :kind")
        .param("kind", kind)
        .query(Long.class)
        .single();
  }

  @Test
  void aMessageIsAnsweredWithSuccessWhenItsEventIsStored() {
    assertThat(receive()).isEqualTo(new Answer(200, "Stored as event 1", "T1"));

    SyncEvent event = events().getFirst();
    assertThat(event.subject()).isEqualTo(KEVIN);
    assertThat(event.cause()).isEqualTo(Cause.MESSAGE);
    assertThat(event.priority()).isEqualTo(Priority.NORMAL);
    assertThat(event.instance()).isEqualTo("campus");
    assertThat(wokenUp).hasValue(1);
  }

  @Test
  void aLeaverIsUrgent() {
    inbox.decision = () -> new Stored.New(KEVIN, true);
    receive();

    assertThat(events()).extracting(SyncEvent::priority).containsExactly(Priority.LEAVER);
  }

  @Test
  void anOlderMessageIsASkippedEvent() {
    inbox.decision = () -> new Stored.Older(KEVIN, "a newer one is stored");

    assertThat(receive().success()).isTrue();
    assertThat(events()).extracting(SyncEvent::status).containsExactly(EventStatus.SKIPPED);
    assertThat(events())
        .extracting(SyncEvent::reason)
        .containsExactly("older: a newer one is stored");
  }

  @Test
  void aRepeatIsAnsweredWithSuccessAndIsNoEvent() {
    inbox.decision = () -> new Stored.Repeat(KEVIN, "stored before");

    assertThat(receive()).isEqualTo(new Answer(200, "Already stored: stored before", "T1"));
    assertThat(events()).isEmpty();
    assertThat(audited("message-repeated")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"MALFORMED, 400", "UNKNOWN_MESSAGE, 404", "TOO_LARGE, 413"})
  void whatIsRefusedIsAnsweredWithItsStatusAndAudited(RefusedDelivery.Kind kind, int status) {
    inbox.refusal = new RefusedDelivery(kind, "line 3 is wrong");

    assertThat(receive()).isEqualTo(new Answer(status, "line 3 is wrong", ""));
    assertThat(events()).isEmpty();
    assertThat(audited("message-refused")).isEqualTo(1);
    assertThat(inbox.stored).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "location, PSFT HRMS, unknown IT resource",
    "location, psft campus, unknown IT resource",
    "location, PSFT Closed, not active",
    "location, '  ', is missing",
    "other, PSFT Campus, is missing"
  })
  void theWrongItResourceIsForbidden(String header, String value, String why) {
    Answer answer = receive(Map.of(header, value));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).startsWith("Target authentication failed").contains(why);
    assertThat(inbox.stored).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', 200", "PSFT Campus, 200", "PSFT Closed, 403", "PSFT HRMS, 403"})
  void aPingTellsWhetherTheItResourceIsTaken(String itResource, int status) {
    assertThat(receive(Map.of("OperationType", "PING", "Location", itResource)).status())
        .isEqualTo(status);
    assertThat(inbox.stored).isEmpty();
  }

  @Test
  void whatCannotBeStoredIsRolledBackAndAnsweredSo() {
    inbox.decision =
        () -> {
          database.jdbc().sql("insert into clock_offset values (false, 1)").update();
          return new Stored.New(KEVIN, false);
        };

    assertThat(receive().status()).isEqualTo(503);
    assertThat(events()).isEmpty();
    assertThat(inbox.stored).hasSize(1);
  }

  @Test
  void aLostRaceIsTriedAgainAndStoredOnce() {
    inbox.decision =
        () -> {
          if (inbox.stored.size() < 3) {
            database
                .jdbc()
                .sql("do $$ begin raise exception using errcode = '40P01'; end $$")
                .update();
          }
          return new Stored.New(KEVIN, false);
        };

    assertThat(receive().status()).isEqualTo(200);
    assertThat(inbox.stored).hasSize(3);
    assertThat(events()).hasSize(1);
  }

  @Test
  void aDefectIsAnsweredWithAStatusThatKeepsTheMessageWithItsSender() {
    inbox.decision =
        () -> {
          throw new IllegalStateException("a defect");
        };

    assertThat(receive().status()).isEqualTo(503);
    assertThat(events()).isEmpty();
  }

  @Test
  void withoutADatabaseNothingIsPromised() {
    Database gone = TestDatabase.fresh(1);
    intake = over(gone);
    gone.close();

    Answer answer = receive();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.success()).isFalse();
    inbox.refusal = new RefusedDelivery(RefusedDelivery.Kind.MALFORMED, "no XML");
    assertThat(receive().status()).isEqualTo(400);
  }
}
