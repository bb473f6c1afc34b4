package dev.rollcall.event;

import static dev.rollcall.event.EventTable.CAMPUS;
import static dev.rollcall.event.EventTable.NOON;
import static dev.rollcall.event.EventTable.subject;
import static dev.rollcall.model.EventStatus.CANCELLED;
import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.ERROR;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SyncEvent;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How events end, wait again and are cancelled. */
class FinishTest {

  private final EventTable table = new EventTable();

  @ParameterizedTest
  @EnumSource(names = {"COMPLETED", "SKIPPED", "SUSPENDED", "ERROR"})
  void aFinishedRowNeverChanges(EventStatus status) {
    long id = table.message("a");
    Claim claim = table.claim(1);
    table.finish(id, status);
    SyncEvent finished = table.event(id);
    assertThat(finished.status()).isEqualTo(status);
    assertThat(finished.finished()).isEqualTo(NOON);

    table.finish(id, status == ERROR ? COMPLETED : ERROR);
    table.events.cancel(List.of(new Events.Cancellation(id, "too late")));
    table.expire(claim.token());
    table.rescue(12);
    table.message("a");

    assertThat(table.event(id)).isEqualTo(finished);
  }

  @Test
  void whatWaitsAgainIsNotClaimedBeforeItIsDue() {
    long id = table.message("a");
    table.claim(1);
    Instant due = NOON.plusSeconds(2);
    table.finish(id, NEW, due, "the other side is away");

    assertThat(table.event(id).finished()).isNull();
    assertThat(table.here.claim(CAMPUS, 1)).isEmpty();
    table.clock.set(due);
    assertThat(table.claimed(1)).containsExactly(id);
  }

  @Test
  void aWaitingEventIsNotFinishedWithoutAClaim() {
    long id = table.message("a");
    table.finish(id, COMPLETED);

    assertThat(table.status(id)).isEqualTo(NEW);
  }

  @Test
  void onlyWaitingEventsAreCancelled() {
    long worked = table.message("a");
    table.claim(1);
    long waiting = table.append("a", Cause.DUE, Priority.NORMAL);
    table.database.inTransaction(() ->
        table.events.cancel(
            List.of(
                new Events.Cancellation(worked, "moot"),
                new Events.Cancellation(waiting, "moot"))));

    assertThat(table.status(worked)).isEqualTo(QUEUED);
    assertThat(table.status(waiting)).isEqualTo(CANCELLED);
    assertThat(table.reason(waiting)).contains("moot");
  }

  @Test
  void theWaitingEventsOfASubjectAreThoseOfItsInstanceThatAreNew() {
    table.message("a");
    table.claim(1);
    long message = table.message("a");
    long due = table.append("a", Cause.DUE, Priority.NORMAL, NOON.plusSeconds(99));
    table.message("b");
    table.append(NewEvent.now("campus-b", subject("a"), Cause.DUE, Priority.NORMAL, NOON));

    assertThat(table.events.waiting(CAMPUS, List.of(subject("a"))))
        .extracting(SyncEvent::id)
        .containsExactly(message, due);
  }

  @Test
  void theBacklogTellsWhatWaitsFromWhatHasALaterDate() {
    table.message("a");
    table.claim(1);
    table.message("b");
    table.append("c", Cause.DUE, Priority.NORMAL, NOON.plusSeconds(99));
    long failed = table.message("d");
    Claim claim = table.claim(10);
    assertThat(claim.events()).hasSize(2);
    table.database.inTransaction(() ->
        table.events.finish(
            List.of(
                new Finish(failed, NEW, 1, NOON.plusSeconds(9), "away", ErrorKind.UNAVAILABLE))));

    assertThat(table.lookup.backlog())
        .extracting(EventLookup.Backlog::waiting, EventLookup.Backlog::due)
        .containsExactly(3L, 1L);
    assertThat(table.lookup.backlog("campus-b"))
        .extracting(EventLookup.Backlog::waiting, EventLookup.Backlog::due)
        .containsExactly(0L, 0L);
  }

  @Test
  void aReasonWithNulOrOfAnyLengthIsKeptAsFarAsItCanBe() {
    long id = table.message("a");
    table.claim(1);
    table.finish(id, NEW, NOON, "said \0" + "x".repeat(100_000));

    assertThat(table.reason(id).orElseThrow())
        .startsWith("said \uFFFDxxx")
        .hasSizeLessThan(5_000)
        .endsWith("(100006 characters)");
  }
}
