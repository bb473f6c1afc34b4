package dev.rollcall.sync;

import static dev.rollcall.model.EventStatus.CANCELLED;
import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.ERROR;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** There is one pending date for each subject, and no failure loses it. */
class PendingDateTest {

  private static final Instant END = Instant.parse("2027-07-01T00:00:00Z");

  private final WorkerRoom room = new WorkerRoom();
  private final SubjectKey kevin = room.student("kevin", "2027-06-30");

  private static ConnectorException refused() {
    return new ConnectorException(ErrorKind.INVALID, "refused", null);
  }

  private void worked() {
    room.message(kevin);
    room.work();
  }

  private boolean counts(SubjectKey subject) {
    return room.account(subject).orElseThrow().affiliations().stream()
        .anyMatch(HeldAffiliation::enabled);
  }

  @Test
  void theNextDateIsAppendedWithItsReasonAndItsParent() {
    worked();

    assertThat(room.dates(kevin)).containsExactly(END);
    SyncEvent date = room.of(kevin).getLast();
    assertThat(date.parent()).isEqualTo(room.of(kevin).getFirst().id());
    assertThat(date.reason()).isEqualTo("affiliation STUDENT at PSUNV ends on 2027-06-30");
  }

  @Test
  void theSameDateStaysAsItIs() {
    worked();
    long date = room.of(kevin).getLast().id();
    worked();

    assertThat(room.event(date).status()).isEqualTo(NEW);
    assertThat(room.dates(kevin)).hasSize(1);
  }

  @Test
  void anotherDateReplacesTheOneThatWaits() {
    worked();
    room.student("kevin", "2027-12-31");
    worked();

    assertThat(room.dates(kevin)).containsExactly(Instant.parse("2028-01-01T00:00:00Z"));
  }

  @Test
  void anAnswerThatNeverChangesLeavesNoDate() {
    worked();
    room.person("kevin");
    room.student("kevin", "");
    worked();

    assertThat(room.dates(kevin)).isEmpty();
  }

  @Test
  void whenTheDateHasComeItIsWorkedAndLeavesTheNext() {
    room.student("kevin", "2027-06-30");
    worked();
    room.clock.set(END);
    room.work();

    assertThat(counts(kevin)).isFalse();
    assertThat(room.of(kevin).getLast().status()).isEqualTo(COMPLETED);
    assertThat(room.dates(kevin)).isEmpty();
  }

  @Test
  void aFailedEventKeepsThePendingDate() {
    worked();
    room.source.failure = refused();
    long failed = room.message(kevin);
    room.work();

    assertThat(room.event(failed).status()).isEqualTo(ERROR);
    assertThat(room.dates(kevin)).containsExactly(END);
  }

  @Test
  void anEventWhoseChangeIsRefusedKeepsADateThatHasComeMeanwhile() {
    room.student("kevin", "2027-06-30");
    worked();
    long date = room.of(kevin).getLast().id();
    room.clock.set(END);
    // Now its date is due, and another event of the same subject is worked first and refused.
    room.person(
        "kevin",
        Map.of(
            "SCC_AFL_PERSON", WorkerRoom.rows(WorkerRoom.affiliation("2020-09-01", "2027-08-31"))));
    room.target.refusals.put(kevin, refused());
    long refused = room.append(kevin, Cause.REQUEST, END.minusSeconds(1));
    room.workOnce();

    assertThat(room.event(refused).status()).isEqualTo(ERROR);
    assertThat(room.event(date).status()).isEqualTo(NEW);
  }

  @Test
  void aNewPersonWhoseAccountIsRefusedIsLookedAtAgainOnTheNextDate() {
    room.target.refusals.put(kevin, refused());
    worked();

    assertThat(room.of(kevin).getFirst().status()).isEqualTo(ERROR);
    assertThat(room.dates(kevin)).containsExactly(END);
  }

  @Test
  void anEarlierDateFoundByAFailedEventTakesThePlaceOfALaterOne() {
    worked();
    room.student("kevin", "2027-01-31");
    room.target.refusals.put(kevin, refused());
    worked();

    assertThat(room.dates(kevin)).containsExactly(Instant.parse("2027-02-01T00:00:00Z"));
  }

  @Test
  void aLaterDateFoundByAFailedEventDoesNotTakeThePlaceOfAnEarlierOne() {
    worked();
    room.student("kevin", "2027-12-31");
    room.target.refusals.put(kevin, refused());
    worked();

    assertThat(room.dates(kevin)).containsExactly(END);
  }

  @Test
  void aDateWhoseEventFailsComesAgainTheNextDay() {
    worked();
    room.source.failure = refused();
    room.clock.set(END.plusSeconds(60));
    room.work();

    long failed = room.of(kevin).get(1).id();
    assertThat(room.event(failed).status()).isEqualTo(ERROR);
    assertThat(room.dates(kevin)).containsExactly(END.plus(Duration.ofDays(1)));
    assertThat(room.of(kevin).getLast().parent()).isEqualTo(failed);
    assertThat(room.of(kevin).getLast().reason()).contains("event " + failed, "failed");
    room.source.failure = null;
    room.clock.set(END.plus(Duration.ofDays(1)));
    room.work();
    assertThat(counts(kevin)).isFalse();
  }

  @Test
  void aDateThatIsTriedAgainIsStillTheOnePendingDate() {
    worked();
    room.source.failure = new ConnectorException(ErrorKind.UNAVAILABLE, "away", null);
    room.clock.set(END);
    room.workOnce();

    assertThat(room.dates(kevin)).containsExactly(END.plusSeconds(2));
    room.source.failure = null;
    room.clock.advance(Duration.ofSeconds(2));
    room.work();
    assertThat(counts(kevin)).isFalse();
    assertThat(room.dates(kevin)).isEmpty();
  }

  @Test
  void aDateThatIsDueIsCancelledByAnEventThatSawTheSameDay() {
    worked();
    long date = room.of(kevin).getLast().id();
    room.clock.set(END);
    long request = room.append(kevin, Cause.REQUEST, END.minusSeconds(1));
    room.workOnce();

    assertThat(room.event(request).status()).isEqualTo(COMPLETED);
    assertThat(room.event(date).status()).isEqualTo(CANCELLED);
    assertThat(counts(kevin)).isFalse();
  }

  @Test
  void aSuspendedEventKeepsThePendingDate() {
    worked();
    room.database.jdbc().sql("update link set account_id = '999999'").update();
    long suspended = room.message(kevin);
    room.work();

    assertThat(room.event(suspended).status()).isEqualTo(SUSPENDED);
    assertThat(room.dates(kevin)).containsExactly(END);
  }

  @Test
  void whomTheSourceDoesNotKnowAnyMoreKeepsThePendingDate() {
    worked();
    room.source.people.clear();
    worked();

    assertThat(room.dates(kevin)).containsExactly(END);
  }

  @Test
  void aDateWhoseClaimIsLostOnceTooOftenComesAgainTheNextDay() {
    worked();
    room.clock.set(END);
    Rescuer rescuer =
        new Rescuer(
            room.database,
            room.claims,
            room.events,
            room.audit,
            room.findings,
            new OutcomeCounts(),
            room.clock,
            () -> {});
    for (int i = 0; i < RetryPolicy.MAX_ATTEMPTS; i++) {
      assertThat(room.claims.claim(WorkerRoom.CAMPUS, 1)).isPresent();
      room.database.jdbc().sql("update claim set lease_until = '2000-01-01'").update();
      rescuer.rescue();
    }

    assertThat(room.of(kevin).get(1).status()).isEqualTo(ERROR);
    assertThat(room.dates(kevin)).containsExactly(END.plus(Duration.ofDays(1)));
    assertThat(room.audit.ofEvent(room.of(kevin).get(1).id())).hasSize(12);
  }

  /** A day begins when the institution says so; in some zones some days have no midnight. */
  @ParameterizedTest
  @CsvSource({
    "America/Chicago, 2027-03-13, 2027-03-14T06:00:00Z",
    "America/Chicago, 2027-03-14, 2027-03-15T05:00:00Z",
    "America/Chicago, 2027-11-06, 2027-11-07T05:00:00Z",
    "Africa/Cairo, 2027-04-29, 2027-04-29T22:00:00Z",
    "Pacific/Kiritimati, 2027-06-30, 2027-06-30T10:00:00Z"
  })
  void aDateComesAtTheFirstInstantOfItsDayInTheZoneOfTheInstance(
      String zone, String until, Instant due) {
    WorkerRoom there = new WorkerRoom(ZoneId.of(zone));
    SubjectKey subject = there.student("s", until);
    there.message(subject);
    there.work();
    assertThat(there.dates(subject)).containsExactly(due);
    there.clock.set(due.minusSeconds(1));
    assertThat(there.workOnce()).isFalse();
    there.clock.set(due);
    there.work();

    Account account = there.account(subject).orElseThrow();
    assertThat(account.affiliations()).extracting(HeldAffiliation::enabled).containsExactly(false);
    assertThat(there.dates(subject)).isEmpty();
  }

  /** The same moment is another day elsewhere; the first and the last day count whole. */
  @ParameterizedTest
  @CsvSource({
    "UTC,              2026-11-20T23:30:00Z, 2026-11-21, 2027-06-30, false",
    "Pacific/Auckland, 2026-11-20T23:30:00Z, 2026-11-21, 2027-06-30, true",
    "Pacific/Auckland, 2026-11-20T10:59:59Z, 2026-11-21, 2027-06-30, false",
    "Pacific/Auckland, 2026-11-20T11:00:00Z, 2026-11-21, 2027-06-30, true",
    "UTC,              2026-11-20T23:30:00Z, 2020-09-01, 2026-11-20, true",
    "Pacific/Auckland, 2026-11-20T23:30:00Z, 2020-09-01, 2026-11-20, false",
    "America/New_York, 2026-11-21T04:59:59Z, 2020-09-01, 2026-11-20, true",
    "America/New_York, 2026-11-21T05:00:00Z, 2020-09-01, 2026-11-20, false",
    "America/New_York, 2027-03-15T03:59:59Z, 2020-09-01, 2027-03-14, true",
    "America/New_York, 2027-03-15T04:00:00Z, 2020-09-01, 2027-03-14, false"
  })
  void whatDayItIsIsDecidedWhereTheInstitutionIs(
      String zone, Instant now, String from, String until, boolean counts) {
    WorkerRoom there = new WorkerRoom(ZoneId.of(zone));
    there.clock.set(now);
    SubjectKey subject =
        there.person(
            "s", Map.of("SCC_AFL_PERSON", WorkerRoom.rows(WorkerRoom.affiliation(from, until))));
    there.message(subject);
    there.work();

    Account account = there.account(subject).orElseThrow();
    assertThat(account.affiliations()).extracting(HeldAffiliation::enabled).containsExactly(counts);
    assertThat(account.groups()).hasSize(counts ? 1 : 0);
  }

  @Test
  void aClockThatIsMovedBackBetweenClaimAndWorkAppendsTheDateAgain() {
    worked();
    room.clock.set(END);
    room.source.beforeRead = () -> {};
    var claim = room.claims.claim(WorkerRoom.CAMPUS, 1).orElseThrow();
    room.clock.set(END.minusSeconds(90));
    room.worker.work(claim);

    assertThat(room.dates(kevin)).isEqualTo(List.of(END));
  }
}
