package dev.rollcall.event;

import static dev.rollcall.event.EventTable.CAMPUS;
import static dev.rollcall.event.EventTable.NOON;
import static dev.rollcall.event.EventTable.subject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is claimed, in which order, and what becomes of claims that nobody finishes. */
class ClaimTest {

  private final EventTable table = new EventTable();

  @Test
  void nothingDueIsNoClaim() {
    table.append("a", Cause.DUE, Priority.NORMAL, NOON.plusSeconds(1));

    assertThat(table.here.claim(CAMPUS, 10)).isEmpty();
    assertThat(table.claims()).isZero();
  }

  @Test
  void anEventIsDueAtItsVeryInstant() {
    long id = table.append("a", Cause.DUE, Priority.NORMAL, NOON);

    assertThat(table.claimed(10)).containsExactly(id);
  }

  @Test
  void theMoreUrgentIsClaimedFirstWhateverItsSubjectIsCalled() {
    List<Long> bulk = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      bulk.add(table.append("a" + i, Cause.RESYNC, Priority.BULK));
    }
    long normal = table.append("m", Cause.MESSAGE, Priority.NORMAL);
    long interactive = table.append("y", Cause.RESYNC, Priority.INTERACTIVE);
    long leaver = table.append("z", Cause.MESSAGE, Priority.LEAVER);

    assertThat(table.claimed(1)).containsExactly(leaver);
    assertThat(table.claimed(2)).containsExactlyInAnyOrder(interactive, normal);
    assertThat(table.claimed(3)).containsExactlyElementsOf(bulk.subList(0, 3));
  }

  @Test
  void oneClaimTakesSeveralPrioritiesWhenThereIsRoom() {
    long bulk = table.append("a", Cause.RESYNC, Priority.BULK);
    long leaver = table.append("b", Cause.MESSAGE, Priority.LEAVER);

    assertThat(table.claimed(10)).containsExactlyInAnyOrder(bulk, leaver);
  }

  @Test
  void ofOnePriorityTheOldestDueIsClaimedFirst() {
    long second = table.append("a", Cause.CHANGE, Priority.NORMAL, NOON.minusSeconds(1));
    long first = table.append("b", Cause.CHANGE, Priority.NORMAL, NOON.minusSeconds(2));

    assertThat(table.claimed(1)).containsExactly(first);
    assertThat(table.claimed(1)).containsExactly(second);
  }

  @Test
  void ofOneSubjectOnlyTheMostUrgentIsClaimedAndTheOthersWaitBehindIt() {
    long due = table.append("a", Cause.DUE, Priority.NORMAL);
    long request = table.append("a", Cause.REQUEST, Priority.INTERACTIVE);
    long message = table.message("a");

    Claim claim = table.claim(10);

    assertThat(claim.events()).extracting(SyncEvent::id).containsExactly(request);
    assertThat(table.here.claim(CAMPUS, 10)).isEmpty();
    table.finish(request, EventStatus.COMPLETED);
    assertThat(table.claimed(10)).containsExactly(due);
    table.finish(due, EventStatus.COMPLETED);
    assertThat(table.claimed(10)).containsExactly(message);
  }

  @Test
  void twoSourcesAndTwoInstancesMayCallDifferentPeopleTheSame() {
    long campus = table.message("a");
    long human =
        table.append(
            NewEvent.now(CAMPUS, new SubjectKey("hr", "a"), Cause.MESSAGE, Priority.NORMAL, NOON));
    long other =
        table.append(NewEvent.now("campus-b", subject("a"), Cause.MESSAGE, Priority.NORMAL, NOON));

    assertThat(table.claimed(10)).containsExactlyInAnyOrder(campus, human);
    assertThat(table.there.claim("campus-b", 10).orElseThrow().events())
        .extracting(SyncEvent::id)
        .containsExactly(other);
  }

  @Test
  void aLimitCountsAndTheRestIsLeftForOthers() {
    long first = table.message("a");
    long second = table.message("b");
    long third = table.message("c");

    assertThat(table.claimed(2)).containsExactly(first, second);
    assertThat(table.there.claim(CAMPUS, 2).orElseThrow().events())
        .extracting(SyncEvent::id)
        .containsExactly(third);
  }

  @Test
  void whatIsHeldIsExactlyWhatTheClaimStillOwns() {
    long first = table.message("a");
    long second = table.message("b");
    Claim claim = table.claim(10);
    table.finish(first, EventStatus.COMPLETED);

    assertThat(table.database.inTransaction(() -> table.here.hold(claim.token())))
        .containsExactly(second);
  }

  @Test
  void aLostClaimWaitsAgainWithItsAttemptCountedAndTheReason() {
    long id = table.message("a");
    Claim claim = table.claim(10);
    assertThat(table.rescue(12)).isEmpty();
    table.expire(claim.token());

    List<SyncEvent> rescued = table.rescue(12);

    assertThat(rescued).extracting(SyncEvent::id).containsExactly(id);
    SyncEvent event = table.event(id);
    assertThat(event.status()).isEqualTo(EventStatus.NEW);
    assertThat(event.attempt()).isEqualTo(1);
    assertThat(event.error()).isEqualTo(ErrorKind.UNAVAILABLE);
    assertThat(event.reason()).isEqualTo("claim lost: here did not finish within its lease");
    assertThat(table.claims()).isZero();
    assertThat(table.rescue(12)).isEmpty();
  }

  @Test
  void anEventWhoseClaimsAreAlwaysLostEndsAsAnError() {
    long id = table.message("a");
    for (int attempt = 0; attempt < 3; attempt++) {
      table.expire(table.claim(10).token());
      table.rescue(3);
    }

    SyncEvent event = table.event(id);
    assertThat(event.status()).isEqualTo(EventStatus.ERROR);
    assertThat(event.attempt()).isEqualTo(3);
    assertThat(event.finished()).isEqualTo(NOON);
    assertThat(table.here.claim(CAMPUS, 10)).isEmpty();
  }

  @Test
  void whoLostAClaimHoldsNothingAlsoAfterSomebodyElseTookTheEvent() {
    long id = table.message("a");
    Claim lost = table.claim(10);
    table.expire(lost.token());
    table.rescue(12);
    Claim mine = table.there.claim(CAMPUS, 10).orElseThrow();

    assertThat(table.database.inTransaction(() -> table.here.hold(lost.token()))).isEmpty();
    assertThat(table.database.inTransaction(() -> table.there.hold(mine.token())))
        .containsExactly(id);
  }

  @Test
  void aRenewedClaimIsNotTakenAway() {
    table.message("a");
    Claim claim = table.claim(10);
    table.expire(claim.token());
    table.here.renew(List.of(claim.token()));

    assertThat(table.rescue(12)).isEmpty();
  }

  @Test
  void aLeaseRunsOnTheClockOfPostgresAndNotOnOurs() {
    table.message("a");
    table.claim(10);
    table.clock.advance(Duration.ofDays(40));

    assertThat(table.rescue(12)).isEmpty();
  }

  /** What kills its worker must not take its neighbours with it, attempt after attempt. */
  @Test
  void aClaimGetsSmallerWithEachAttemptUntilWhatKillsItStandsAlone() {
    int people = 100;
    for (int i = 0; i < people; i++) {
      table.message("p" + i);
    }
    SubjectKey deadly = subject("p37");
    int lost = 0;
    for (Optional<Claim> next = table.here.claim(CAMPUS, people);
        next.isPresent();
        next = table.here.claim(CAMPUS, people)) {
      Claim claim = next.get();
      if (claim.subjects().contains(deadly)) {
        lost++;
        table.expire(claim.token());
        table.rescue(12);
      } else {
        claim.events().forEach(event -> table.finish(event.id(), EventStatus.COMPLETED));
      }
    }

    assertThat(lost).isEqualTo(12);
    assertThat(table.lookup.find(new EventLookup.Filter(null, EventStatus.ERROR, null, 1000)))
        .extracting(SyncEvent::subject)
        .containsExactly(deadly);
    assertThat(table.lookup.find(new EventLookup.Filter(null, EventStatus.COMPLETED, null, 1000)))
        .hasSize(people - 1);
  }
}
