package dev.rollcall.sync;

import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.ERROR;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.SKIPPED;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One person with whom something is wrong does not keep the others of the claim from theirs. */
class WorkerIsolationTest {

  private static final int PEOPLE = 9;

  private final WorkerRoom room = new WorkerRoom();
  private final List<Long> others = new ArrayList<>();
  private SubjectKey odd = WorkerRoom.subject("p4");
  private long event;

  @BeforeEach
  void everybodyHasAMessage() {
    for (int i = 0; i < PEOPLE; i++) {
      SubjectKey subject = room.person("p" + i);
      long id = room.message(subject);
      if (subject.equals(odd)) {
        odd = subject;
        event = id;
      } else {
        others.add(id);
      }
    }
  }

  private void othersAreDone() {
    assertThat(others).allMatch(id -> room.event(id).status() == COMPLETED);
    assertThat(room.identities()).isEqualTo(PEOPLE - 1);
  }

  @Test
  void whenNothingIsWrongEverybodyGetsAnAccountInOneClaim() {
    room.work();

    assertThat(room.identities()).isEqualTo(PEOPLE);
    assertThat(room.source.reads).containsExactly(PEOPLE);
    assertThat(room.target.applied).containsExactly(PEOPLE);
    assertThat(room.event(event).reason()).isEqualTo("created");
  }

  @Test
  void whomTheSourceDoesNotKnowIsSkipped() {
    room.source.people.remove(odd);
    room.work();

    assertThat(room.event(event).status()).isEqualTo(SKIPPED);
    assertThat(room.event(event).reason()).isEqualTo("unknown to the source");
    othersAreDone();
  }

  @Test
  void factsThatBreakTheThinkingEndAsAnErrorOfThatPersonAlone() {
    room.source.broken.add(odd);
    room.work();

    SyncEvent failed = room.event(event);
    assertThat(failed.status()).isEqualTo(ERROR);
    assertThat(failed.reason()).contains("NullPointerException").contains("dev.rollcall.plan.");
    assertThat(failed.attempt()).isEqualTo(1);
    othersAreDone();
  }

  @Test
  @SuppressWarnings("NullAway") // a broken target breaks the contract
  void anAccountThatBreaksThePlanningEndsAsAnErrorOfThatPersonAlone() {
    HeldAffiliation nothing = new HeldAffiliation(null, true);
    Account broken = new Account("1", Account.Status.ENABLED, Map.of(), List.of(nothing));
    room.target.foundInstead.put(odd, List.of(broken));
    room.work();

    assertThat(room.event(event).status()).isEqualTo(ERROR);
    assertThat(room.event(event).reason()).contains("NullPointerException");
    othersAreDone();
  }

  @Test
  void aReadThatFailsForOnePersonIsHalvedUntilThePersonStandsAlone() {
    room.source.poisonous.add(odd);
    room.source.failure =
        new ConnectorException(ErrorKind.UNREADABLE, "the facts are not understood", null);
    room.workOnce();

    othersAreDone();
    SyncEvent failed = room.event(event);
    assertThat(failed.status()).isEqualTo(NEW);
    assertThat(failed.error()).isEqualTo(ErrorKind.UNREADABLE);
    assertThat(failed.due()).isEqualTo(WorkerRoom.NOON.plusSeconds(2));
    assertThat(room.source.reads).hasSizeLessThan(10);
  }

  @Test
  void aReadThatBreaksForOnePersonEndsAsAnErrorOfThatPersonAlone() {
    room.source.poisonous.add(odd);
    room.source.failure = new IllegalStateException("index 7 out of bounds");
    room.work();

    assertThat(room.event(event).status()).isEqualTo(ERROR);
    assertThat(room.event(event).reason())
        .contains("IllegalStateException at ")
        .doesNotContain("index 7 out of bounds");
    othersAreDone();
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "UNAVAILABLE", "REFUSED_CREDENTIALS"})
  void aReadThatFailsForAllIsNotTriedForEachOfThem(ErrorKind kind) {
    room.source.failure = new ConnectorException(kind, "not now", null);
    room.workOnce();

    assertThat(room.source.reads).containsExactly(PEOPLE);
    assertThat(room.of(odd)).extracting(SyncEvent::status).containsExactly(NEW);
    assertThat(room.of(odd)).extracting(SyncEvent::reason).containsExactly("not now");
    assertThat(room.of(odd)).extracting(SyncEvent::attempt).containsExactly(1);
    assertThat(room.identities()).isZero();
    room.source.failure = null;
    room.clock.advance(Duration.ofMinutes(15));
    room.work();
    assertThat(room.identities()).isEqualTo(PEOPLE);
  }

  @Test
  void aSearchThatFailsConcludesNothing() {
    room.target.searchFailure = new ConnectorException(ErrorKind.UNAVAILABLE, "away", null);
    room.workOnce();

    assertThat(room.identities()).isZero();
    assertThat(room.event(event).status()).isEqualTo(NEW);
  }

  @ParameterizedTest
  @EnumSource
  void anApplyThatIsRefusedForOneIsAppliedForTheOthers(ErrorKind kind) {
    room.target.refusals.put(odd, new ConnectorException(kind, "refused: " + kind, null));
    room.workOnce();

    othersAreDone();
    SyncEvent failed = room.event(event);
    assertThat(failed.reason()).isEqualTo("refused: " + kind);
    assertThat(failed.error()).isEqualTo(kind);
    assertThat(failed.attempt()).isEqualTo(1);
    assertThat(failed.status())
        .isEqualTo(
            switch (kind) {
              case NOT_FOUND, INVALID -> ERROR;
              case RATE_LIMITED, UNAVAILABLE, UNREADABLE, CONFLICT, REFUSED_CREDENTIALS -> NEW;
            });
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(odd))).isEmpty();
  }

  @Test
  void anApplyThatBreaksForOneIsAppliedForTheOthers() {
    room.target.refusals.put(odd, new IllegalArgumentException("a defect"));
    room.work();

    othersAreDone();
    assertThat(room.event(event).status()).isEqualTo(ERROR);
    assertThat(room.event(event).reason())
        .contains("IllegalArgumentException at ")
        .doesNotContain("a defect");
  }

  @Test
  void aValueThatCannotBeStoredEndsAsAnErrorOfThatPersonAlone() {
    room.mailed("p4", "nul\0@campus.example");
    room.work();

    othersAreDone();
    assertThat(room.event(event).status()).isEqualTo(ERROR);
    assertThat(room.event(event).error()).isEqualTo(ErrorKind.INVALID);
  }

  @Test
  void aLoginThatCannotBeSearchedForEndsAsAnErrorOfThatPersonAlone() {
    room.person("p4", Map.of("SCC_CM_PERSON_I", WorkerRoom.rows(Map.of("EMPLID", "x\0y"))));
    room.work();

    othersAreDone();
    assertThat(room.event(event).status()).isEqualTo(ERROR);
  }

  @Test
  void aLoginTooLongForTheIndexEndsAsAnErrorOfThatPersonAlone() {
    StringBuilder login = new StringBuilder();
    new java.util.Random(7).ints(9_000, 'a', 'z').forEach(c -> login.append((char) c));
    room.person(
        "p4", Map.of("SCC_CM_PERSON_I", WorkerRoom.rows(Map.of("EMPLID", login.toString()))));
    room.work();

    othersAreDone();
    assertThat(room.event(event).status()).isEqualTo(ERROR);
  }

  @Test
  void twoPeopleWithOneLoginAreSuspendedForAPersonToDecide() {
    room.person("p4", Map.of("SCC_CM_PERSON_I", WorkerRoom.rows(Map.of("EMPLID", "p3"))));
    room.work();

    List<EventStatus> both =
        List.of(room.of(WorkerRoom.subject("p3")).getFirst().status(), room.event(event).status());
    assertThat(both).containsExactlyInAnyOrder(COMPLETED, SUSPENDED);
    assertThat(room.identities()).isEqualTo(PEOPLE - 1);
  }

  @Test
  void aLinkThatSomebodyElseMadeMeanwhileIsAConflictAndIsDecidedAnew() {
    room.work();
    String taken = room.links.find(WorkerRoom.TARGET, List.of(odd)).getOrDefault(odd, "");
    SubjectKey late = room.person("late");
    Account stale =
        new Account(
            taken, Account.Status.ENABLED, Map.of("login", new Value.Text("late")), List.of());
    long conflict = room.message(late);
    // Links are looked up after the search; a stale search cannot be told from a race.
    room.target.foundInstead.put(late, List.of(stale));
    room.work();

    assertThat(room.event(conflict).status()).isEqualTo(SUSPENDED);
    assertThat(room.event(conflict).reason()).contains("is linked to campus:p4");
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(late))).isEmpty();
  }

  @Test
  void aReasonWithNulEndsTheEventAsAnyOther() {
    room.target.refusals.put(odd, new ConnectorException(ErrorKind.INVALID, "said \0", null));
    room.work();

    othersAreDone();
    assertThat(room.event(event).reason()).isEqualTo("said \uFFFD");
    assertThat(room.audit.ofEvent(event).getFirst().entry()).containsEntry("reason", "said \uFFFD");
  }

  @Test
  void aClaimThatWasLostWritesNothing() {
    room.source.beforeRead =
        () -> {
          room.database.jdbc().sql("update claim set lease_until = '2000-01-01'").update();
          room.database.inTransaction(() -> room.claims.rescue(12));
        };
    room.workOnce();

    assertThat(room.identities()).isZero();
    assertThat(room.event(event).status()).isEqualTo(NEW);
    assertThat(room.event(event).reason()).startsWith("claim lost");
    assertThat(room.audit.ofEvent(event)).isEmpty();
    room.source.beforeRead = () -> {};
    room.work();
    assertThat(room.identities()).isEqualTo(PEOPLE);
  }

  @Test
  void exactlyTheEventsReadBeforeTheFetchAreCancelledByItsCompletion() {
    room.workOnce();
    long worked = room.append(odd, Cause.REQUEST, WorkerRoom.NOON);
    long before = room.message(odd);
    long request = room.append(odd, Cause.REQUEST, WorkerRoom.NOON.plusSeconds(1));
    List<Long> during = new ArrayList<>();
    room.source.beforeRead =
        () -> during.add(room.append(odd, Cause.CHANGE, WorkerRoom.NOON.plusSeconds(9)));
    room.workOnce();

    assertThat(room.event(worked).status()).isEqualTo(COMPLETED);
    assertThat(room.event(before).status()).isEqualTo(EventStatus.CANCELLED);
    assertThat(room.event(before).reason())
        .contains("event " + worked + " has seen the same facts");
    assertThat(room.event(request).status()).isEqualTo(NEW);
    assertThat(room.event(during.getFirst()).status()).isEqualTo(NEW);
  }

  @Test
  void anEventThatFailsCancelsNothing() {
    room.source.failure = new ConnectorException(ErrorKind.INVALID, "refused", null);
    long request = room.append(odd, Cause.REQUEST, WorkerRoom.NOON.minusSeconds(1));
    room.workOnce();

    assertThat(room.event(request).status()).isEqualTo(ERROR);
    assertThat(room.event(event).status()).isEqualTo(NEW);
  }

  @Test
  void aTableThatIsAwayIsNobodysFault() {
    room.database.jdbc().sql("alter table link rename to gone").update();
    try {
      room.workOnce();
    } finally {
      room.database.jdbc().sql("alter table gone rename to link").update();
    }

    assertThat(room.identities()).isZero();
    assertThat(room.event(event).status()).isEqualTo(NEW);
    room.clock.advance(Duration.ofSeconds(2));
    room.work();
    assertThat(room.identities()).isEqualTo(PEOPLE);
  }
}
