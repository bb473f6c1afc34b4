package dev.rollcall.app;

import static dev.rollcall.model.EventStatus.CANCELLED;
import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Cause;
import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From a message to an identity, through the real engine. */
class MessageToIdentityTest {

  private static final String KEVIN = "0000012345";

  private static CampusMessages kevin() {
    return CampusMessages.added(KEVIN)
        .name("A", "PRI", "2013-08-20", "Kevin", "Anderson")
        .email("A", "CAMP", "kevin@campus.example")
        .affiliation("A", "STUDENT", "A", "2020-09-01", "2027-06-30");
  }

  @Test
  void anAddedPersonBecomesAnIdentityWithLeadingZeros() {
    try (WholePath path = new WholePath()) {
      assertThat(path.send(kevin()).status()).isEqualTo(200);
      path.settle();
      assertThat(path.value(KEVIN, "login")).isEqualTo(KEVIN);
      assertThat(path.value(KEVIN, "first_name")).isEqualTo("Kevin");
      assertThat(path.value(KEVIN, "email")).isEqualTo("kevin@campus.example");
      assertThat(path.value(KEVIN, "start_date")).isEqualTo("2013-08-20");
      Account account = path.account(KEVIN).orElseThrow();
      assertThat(account.status()).isEqualTo(Account.Status.ENABLED);
      assertThat(account.affiliations()).extracting(HeldAffiliation::enabled).containsExactly(true);
    }
  }

  @Test
  void aChangeOfAPersonNeverAddedIsKeptAndSkippedAlsoWhenResynced() {
    try (WholePath path = new WholePath()) {
      path.send(CampusMessages.changed(KEVIN).email("A", "CAMP", "k@campus.example"));
      path.settle();
      SyncEvent event = path.events(KEVIN).getFirst();
      assertThat(event.status()).isEqualTo(SKIPPED);
      assertThat(event.reason()).startsWith("unmatched-change");
      path.parts.requests().retry(event.id(), "test");
      path.settle();
      assertThat(path.events(KEVIN).getLast().status()).isEqualTo(SKIPPED);
      assertThat(path.events(KEVIN).getLast().parent()).isEqualTo(event.id());
      path.send(CampusMessages.added(KEVIN).name("A", "PRI", "2020-01-01", "Kevin", "A"));
      path.settle();
      assertThat(path.value(KEVIN, "email")).isEqualTo("k@campus.example");
    }
  }

  @Test
  void anAffiliationEndsOnItsDayAndTheDayBeforeItStillCounts() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      path.clock.set(Instant.parse("2027-06-30T23:59:00Z"));
      path.parts.engine().wakeUp();
      path.settle();
      assertThat(path.account(KEVIN).orElseThrow().affiliations().getFirst().enabled()).isTrue();
      path.clock.advance(Duration.ofMinutes(2));
      path.settle();
      assertThat(path.account(KEVIN).orElseThrow().affiliations().getFirst().enabled()).isFalse();
      assertThat(path.events(KEVIN).getLast().cause()).isEqualTo(Cause.DUE);
    }
  }

  @Test
  void aLaterMessageThatMovesADateReplacesThePendingOne() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      path.send(
          CampusMessages.changed(KEVIN)
              .affiliation("C", "STUDENT", "A", "2020-09-01", "2027-12-31"));
      path.settle();
      assertThat(path.events(KEVIN))
          .filteredOn(event -> event.cause() == Cause.DUE)
          .extracting(SyncEvent::status)
          .containsExactly(CANCELLED, NEW);
      assertThat(path.events(KEVIN).getLast().due()).isEqualTo("2028-01-01T00:00:00Z");
    }
  }

  @Test
  void anOlderMessageIsKeptAndAnsweredButNotApplied() {
    try (WholePath path = new WholePath()) {
      path.send(kevin(), Map.of("OrigTimeStamp", "2026-11-20T10:00:00.000000+0000"));
      path.settle();
      int status =
          path.send(
                  CampusMessages.changed(KEVIN).email("C", "CAMP", "old@campus.example"),
                  Map.of("OrigTimeStamp", "2026-11-20T09:00:00.000000+0000"))
              .status();
      path.settle();
      assertThat(status).isEqualTo(200);
      assertThat(path.value(KEVIN, "email")).isEqualTo("kevin@campus.example");
      SyncEvent last = path.events(KEVIN).getLast();
      assertThat(last.status()).isEqualTo(SKIPPED);
      assertThat(last.reason()).startsWith("older");
    }
  }

  @Test
  void aRepeatHasNoSecondEffect() {
    try (WholePath path = new WholePath()) {
      Map<String, String> id = Map.of("TransactionID", "PSFT_CS.SCC_CONSTITUENT_SYNC.1");
      assertThat(path.send(kevin(), id).status()).isEqualTo(200);
      assertThat(path.send(kevin(), id).status()).isEqualTo(200);
      path.settle();
      assertThat(path.events(KEVIN))
          .filteredOn(event -> event.cause() == Cause.MESSAGE)
          .extracting(SyncEvent::status)
          .containsExactly(COMPLETED);
    }
  }

  @Test
  void aDeletedPersonIsDisabledAndComesBackWhenAddedAgain() {
    try (WholePath path = new WholePath()) {
      path.send(kevin());
      path.settle();
      path.send(CampusMessages.deleted(KEVIN));
      path.settle();
      Account gone = path.account(KEVIN).orElseThrow();
      assertThat(gone.status()).isEqualTo(Account.Status.DISABLED);
      assertThat(gone.affiliations()).extracting(HeldAffiliation::enabled).containsExactly(false);
      path.clock.advance(Duration.ofSeconds(1));
      path.send(kevin());
      path.settle();
      assertThat(path.account(KEVIN).orElseThrow().status()).isEqualTo(Account.Status.ENABLED);
      assertThat(path.account(KEVIN).orElseThrow().affiliations().getFirst().enabled()).isTrue();
    }
  }

  @Test
  void aWrongItResourceIsRefusedAndNothingIsStored() {
    try (WholePath path = new WholePath()) {
      assertThat(path.send(kevin(), Map.of("Location", "PSFT HRMS")).status()).isEqualTo(403);
      path.settle();
      assertThat(path.events(KEVIN)).isEmpty();
    }
  }
}
