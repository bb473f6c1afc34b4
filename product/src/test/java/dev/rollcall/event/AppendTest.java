package dev.rollcall.event;

import static dev.rollcall.event.EventTable.CAMPUS;
import static dev.rollcall.event.EventTable.NOON;
import static dev.rollcall.event.EventTable.subject;
import static dev.rollcall.model.EventStatus.CANCELLED;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.QUEUED;
import static dev.rollcall.model.EventStatus.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which waiting events an appended one makes redundant, and which never. */
class AppendTest {

  private static final Instant LATER = NOON.plus(Duration.ofHours(1));

  private final EventTable table = new EventTable();

  @Test
  void idsComeBackInTheOrderGiven() {
    List<NewEvent> wanted =
        List.of(
            NewEvent.now(CAMPUS, subject("b"), Cause.MESSAGE, Priority.NORMAL, NOON),
            NewEvent.now(CAMPUS, subject("a"), Cause.MESSAGE, Priority.NORMAL, NOON),
            NewEvent.now(CAMPUS, subject("c"), Cause.MESSAGE, Priority.NORMAL, NOON));

    List<Long> ids = table.database.inTransaction(() -> table.events.append(wanted));

    assertThat(ids).isSorted();
    assertThat(ids.stream().map(id -> table.event(id).subject().id()))
        .containsExactly("b", "a", "c");
  }

  @ParameterizedTest
  @EnumSource(names = {"CHANGE", "MESSAGE", "RECONCILE", "RESYNC", "RETRY"})
  void aNewerEventMakesAnOlderWaitingOneRedundant(Cause cause) {
    long older = table.append("a", cause, Priority.NORMAL);
    long newer = table.message("a");

    assertThat(table.status(older)).isEqualTo(CANCELLED);
    assertThat(table.reason(older)).contains("superseded by event " + newer);
    assertThat(table.event(older).finished()).isEqualTo(NOON);
    assertThat(table.status(newer)).isEqualTo(NEW);
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "RESOLVED", "WRITE_BACK", "DUE"})
  void whatSaysMoreThanLookAgainIsNeverCancelledByAnother(Cause cause) {
    long older = table.append("a", cause, Priority.NORMAL);
    table.message("a");

    assertThat(table.status(older)).isEqualTo(NEW);
  }

  @ParameterizedTest
  @EnumSource(names = {"REQUEST", "RESOLVED", "WRITE_BACK", "DUE"})
  void whatSaysMoreThanLookAgainCancelsNothing(Cause cause) {
    long older = table.message("a");
    table.append("a", cause, Priority.NORMAL);

    assertThat(table.status(older)).isEqualTo(NEW);
  }

  @Test
  void anOlderEventThatIsDueSoonerStays() {
    long older = table.message("a");
    long newer = table.append("a", Cause.RESYNC, Priority.NORMAL, LATER);

    assertThat(table.status(older)).isEqualTo(NEW);
    assertThat(table.status(newer)).isEqualTo(NEW);
  }

  @Test
  void anOlderEventThatIsDueLaterIsRedundantAndDoesNotDelayTheNewer() {
    long older = table.append("a", Cause.RESYNC, Priority.NORMAL, LATER);
    long newer = table.message("a");

    assertThat(table.status(older)).isEqualTo(CANCELLED);
    assertThat(table.event(newer).due()).isEqualTo(NOON);
  }

  @Test
  void theSurvivorInheritsTheHighestPriorityAndNeverALowerOne() {
    table.append("a", Cause.MESSAGE, Priority.LEAVER);
    long low = table.append("a", Cause.RESYNC, Priority.BULK);
    assertThat(table.event(low).priority()).isEqualTo(Priority.LEAVER);

    table.append("b", Cause.MESSAGE, Priority.BULK);
    long high = table.append("b", Cause.MESSAGE, Priority.NORMAL);
    assertThat(table.event(high).priority()).isEqualTo(Priority.NORMAL);
  }

  @Test
  void theSurvivorKeepsThePlaceInTheQueue() {
    table.message("often");
    table.clock.advance(Duration.ofSeconds(1));
    table.message("other");
    table.clock.advance(Duration.ofSeconds(1));
    long again = table.message("often");

    assertThat(table.claimed(1)).containsExactly(again);
    assertThat(table.event(again).appended()).isEqualTo(NOON.plusSeconds(2));
  }

  @Test
  void severalOfOneSubjectAppendedTogetherLeaveTheLastWithTheHighestPriority() {
    long standing = table.append("a", Cause.MESSAGE, Priority.INTERACTIVE);
    List<Long> ids =
        table.database.inTransaction(() ->
            table.events.append(
                List.of(
                    NewEvent.now(CAMPUS, subject("a"), Cause.CHANGE, Priority.LEAVER, NOON),
                    NewEvent.now(CAMPUS, subject("a"), Cause.RESYNC, Priority.BULK, NOON))));

    assertThat(table.status(standing)).isEqualTo(CANCELLED);
    assertThat(table.status(ids.getFirst())).isEqualTo(CANCELLED);
    assertThat(table.reason(standing)).contains("superseded by event " + ids.getLast());
    assertThat(table.status(ids.getLast())).isEqualTo(NEW);
    assertThat(table.event(ids.getLast()).priority()).isEqualTo(Priority.LEAVER);
  }

  @Test
  void oneThatIsBeingWorkedIsLeftAloneAndTheNewerWaitsBehindIt() {
    long worked = table.message("a");
    table.claim(10);
    long newer = table.message("a");

    assertThat(table.status(worked)).isEqualTo(QUEUED);
    assertThat(table.status(newer)).isEqualTo(NEW);
    assertThat(table.here.claim(CAMPUS, 10)).isEmpty();
  }

  @Test
  void otherSubjectsSourcesAndInstancesAreLeftAlone() {
    long other = table.message("b");
    long human =
        table.append(
            NewEvent.now(CAMPUS, new SubjectKey("hr", "a"), Cause.MESSAGE, Priority.NORMAL, NOON));
    long elsewhere =
        table.append(NewEvent.now("campus-b", subject("a"), Cause.MESSAGE, Priority.NORMAL, NOON));
    table.message("a");

    assertThat(List.of(other, human, elsewhere)).allMatch(id -> table.status(id) == NEW);
  }

  @Test
  void whatIsDecidedOnArrivalIsNeverWorkedAndCancelsNothing() {
    long waiting = table.message("a");
    NewEvent older = NewEvent.now(CAMPUS, subject("a"), Cause.MESSAGE, Priority.NORMAL, NOON);
    long decided = table.append(older.decided(SKIPPED, "older: told before"));

    SyncEvent event = table.event(decided);
    assertThat(event.status()).isEqualTo(SKIPPED);
    assertThat(event.finished()).isEqualTo(NOON);
    assertThat(event.reason()).isEqualTo("older: told before");
    assertThat(table.status(waiting)).isEqualTo(NEW);
    assertThat(table.claimed(10)).containsExactly(waiting);
  }

  @Test
  void aClockThatIsMovedBackLosesNothing() {
    long before = table.message("a");
    table.clock.set(NOON.minus(Duration.ofDays(1)));
    assertThat(table.here.claim(CAMPUS, 10)).isEmpty();

    long after = table.message("a");

    assertThat(table.status(before)).isEqualTo(CANCELLED);
    assertThat(table.claimed(10)).containsExactly(after);
  }

  @Test
  void anAppendThatIsRolledBackLeavesNothingAndCancelsNothing() {
    long waiting = table.message("a");
    try {
      table.database.inTransaction(() -> {
        table.events.append(
            NewEvent.now(CAMPUS, subject("a"), Cause.MESSAGE, Priority.NORMAL, NOON));
        throw new IllegalStateException("the message could not be stored");
      });
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessageContaining("stored");
    }

    assertThat(table.claimed(10)).containsExactly(waiting);
  }
}
