package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.event.Claim;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.LinkCopy;
import dev.rollcall.spi.NotNow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** One event at a time, whose account is in another system. */
final class OutsideWorkerTest {

  private final WorkerRoom room = new WorkerRoom();
  private final FakeOutside okta = new FakeOutside();
  private final List<String> asked = new ArrayList<>();
  private RuntimeException noRoom = new RuntimeException();
  private boolean full;
  private Runnable learn = () -> {};

  /** The source's own copy of the links: each row is written as it is told. */
  private final Map<String, String> copied = new HashMap<>();

  private boolean copyFails;

  private final LinkCopy copy =
      new LinkCopy() {
        @Override
        public void each(Consumer<Copied> consumer) {
          throw new AssertionError("a worker does not read it");
        }

        @Override
        public void write(Copied row) {
          if (copyFails) {
            throw new ConnectorException(ErrorKind.UNAVAILABLE, "PeopleSoft is away", null);
          }
          copied.put(row.subject().id(), row.accountId() + " " + row.login());
        }
      };

  private final CallBudget budget =
      new CallBudget() {
        @Override
        public void acquire(String bucket, Priority priority) {
          if (full) {
            throw noRoom;
          }
          asked.add(bucket + " " + priority);
        }

        @Override
        public void unused(String bucket) {}

        @Override
        public void learn(Call call) {
          learn.run();
        }
      };

  private Instance instance(InstanceState state) {
    return Instance.outside(
        WorkerRoom.CAMPUS,
        "campus",
        room.source,
        new CurrentPlanner(room.instance(state, room.target).planner()),
        new Outside(okta, budget, 4, null, copy),
        "okta",
        state,
        room.zone);
  }

  private OutsideWorker worker(InstanceState state) {
    return room.outsideWorker(instance(state));
  }

  private SyncEvent work(OutsideWorker worker, long event) {
    Optional<Claim> claim = room.claims.claim(WorkerRoom.CAMPUS, 1);
    worker.work(claim.orElseThrow());
    return room.event(event);
  }

  private SyncEvent work(long event) {
    return work(worker(InstanceState.ON), event);
  }

  private Map<SubjectKey, String> linked(SubjectKey subject) {
    return room.links.find("okta", List.of(subject));
  }

  @Test
  void anAccountIsMadeLinkedAndNothingIsCalledTheSecondTime() {
    SubjectKey jane = room.person("0001");

    assertThat(work(room.message(jane)).status()).isEqualTo(EventStatus.COMPLETED);

    assertThat(okta.accounts).hasSize(1);
    assertThat(linked(jane)).containsEntry(jane, "00u1");
    okta.called.clear();
    SyncEvent again = work(room.message(jane));
    assertThat(again.reason()).isEqualTo("unchanged");
    assertThat(okta.called).containsExactly("read 00u1");
  }

  @Test
  void theSourcesOwnCopyOfTheLinksIsToldAndAlsoWhenThatFailedAtFirst() {
    SubjectKey jane = room.person("0001");
    long event = room.message(jane);
    copyFails = true;
    assertThat(work(event).status()).isEqualTo(EventStatus.NEW);
    assertThat(okta.accounts).hasSize(1);
    assertThat(copied).isEmpty();

    copyFails = false;
    room.clock.advance(Duration.ofMinutes(1));
    assertThat(work(event).status()).isEqualTo(EventStatus.COMPLETED);

    assertThat(copied).containsEntry("0001", "00u1 0001");
    assertThat(okta.accounts).hasSize(1);
  }

  @Test
  void whoLooksAgainAtOnceIsToldTheSameWithoutAnotherCall() {
    work(room.message(room.person("0001")));
    okta.called.clear();
    Instance shown = instance(InstanceState.ON);

    assertThat(shown.target().read(List.of("00u1", "00u7"))).containsOnlyKeys("00u1");
    assertThat(shown.target().read(List.of("00u1", "00u7"))).containsOnlyKeys("00u1");

    assertThat(okta.called).containsExactly("read 00u1", "read 00u7");
  }

  @Test
  void whoLooksWhileThereIsNoRoomIsToldSoAndDoesNotWait() {
    full = true;
    noRoom = new NotNow(room.clock.instant().plusSeconds(40), "users: no room until later");

    assertThatThrownBy(() -> instance(InstanceState.ON).target().read(List.of("00u1")))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("no room");
  }

  @Test
  void eachCallIsPaidForWithThePriorityOfItsEvent() {
    room.message(room.person("0001"));

    work(room.append(room.person("0001"), Cause.RESYNC, room.clock.instant()));

    assertThat(asked).isNotEmpty().allMatch(one -> one.equals("users NORMAL"));
  }

  @Test
  void whatWasCalledToChangeSomethingIsInTheAuditWithItsRequestId() {
    long event = room.message(room.person("0001"));

    work(event);

    assertThat(room.audit.ofEvent(event))
        .filteredOn(entry -> entry.kind().equals("call"))
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.entry()).containsEntry("requestId", "r1"));
  }

  @Test
  void whatWasCalledIsInTheAuditAlsoWhenTheBudgetLearnsNothingOfIt() {
    long event = room.message(room.person("0001"));
    okta.after =
        what -> {
          if (what.startsWith("Create")) {
            learn =
                () -> {
                  throw new IllegalStateException("no database");
                };
          }
        };

    work(event);

    assertThat(okta.accounts).hasSize(1);
    assertThat(room.audit.ofEvent(event))
        .filteredOn(entry -> entry.kind().equals("call"))
        .hasSize(1);
  }

  @Test
  void anAccountWhoseAnswerWasLostIsFoundAgainAndNotMadeTwice() {
    SubjectKey jane = room.person("0001");
    long event = room.message(jane);
    okta.after =
        what -> {
          if (what.startsWith("Create")) {
            okta.after = _ -> {};
            throw new ConnectorException(ErrorKind.UNAVAILABLE, "the answer was cut off", null);
          }
        };

    SyncEvent first = work(event);
    assertThat(first.status()).isEqualTo(EventStatus.NEW);
    room.clock.advance(Duration.ofMinutes(1));
    SyncEvent second = work(event);

    assertThat(second.status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(okta.accounts).hasSize(1);
    assertThat(okta.called).filteredOn(what -> what.startsWith("Create")).hasSize(1);
  }

  @Test
  void aCallThatFailsInTheMiddleLeavesAnEventThatFindsWhatWasDone() {
    SubjectKey jane = room.person("0001");
    room.mailed("0001", "jane@univ.example");
    long event = room.message(jane);
    okta.before =
        what -> {
          if (what.startsWith("Update")) {
            okta.before = _ -> {};
            throw new ConnectorException(ErrorKind.UNREADABLE, "half an answer", null);
          }
        };

    assertThat(work(event).status()).isEqualTo(EventStatus.NEW);
    assertThat(linked(jane)).containsEntry(jane, "00u1");
    room.clock.advance(Duration.ofMinutes(1));

    assertThat(work(event).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(okta.called).filteredOn(what -> what.startsWith("Create")).hasSize(1);
  }

  @Test
  void withoutRoomInTheBudgetAnEventWaitsAndUsesNoAttempt() {
    long event = room.message(room.person("0001"));
    full = true;
    noRoom = new NotNow(room.clock.instant().plusSeconds(40), "users: no room until later");

    SyncEvent waiting = work(event);

    assertThat(waiting.status()).isEqualTo(EventStatus.NEW);
    assertThat(waiting.attempt()).isZero();
    assertThat(waiting.due()).isEqualTo(room.clock.instant().plusSeconds(40));
    assertThat(okta.called).isEmpty();
  }

  @Test
  void whileTheOtherSideIsAwayNobodysAttemptsAreUsedUp() {
    OutsideWorker worker = worker(InstanceState.ON);
    long event = room.message(room.person("0001"));
    okta.before =
        _ -> {
          throw new ConnectorException(ErrorKind.UNAVAILABLE, "no route to host", null);
        };

    for (int hour = 0; hour < 40; hour++) {
      assertThat(work(worker, event).status()).isEqualTo(EventStatus.NEW);
      room.clock.advance(Duration.ofHours(1));
    }
    assertThat(room.event(event).attempt()).isLessThanOrEqualTo(1);
    okta.before = _ -> {};

    assertThat(work(worker, event).status()).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void whileTheOtherSideOnlyAnswersReadsNobodysAttemptsAreUsedUp() {
    OutsideWorker worker = worker(InstanceState.ON);
    long event = room.message(room.person("0001"));
    okta.before =
        what -> {
          if (what.startsWith("Create")) {
            throw new ConnectorException(
                ErrorKind.UNAVAILABLE, "503 E0000010 read only mode", null);
          }
        };

    for (int hour = 0; hour < 40; hour++) {
      assertThat(work(worker, event).status()).isEqualTo(EventStatus.NEW);
      room.clock.advance(Duration.ofHours(1));
    }

    assertThat(room.event(event).attempt()).isLessThanOrEqualTo(1);
    okta.before = _ -> {};
    assertThat(work(worker, event).status()).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void whileTheOtherSideIsAwayNothingMoreIsClaimed() {
    OutsideWorker worker = worker(InstanceState.ON);
    okta.before =
        _ -> {
          throw new ConnectorException(ErrorKind.REFUSED_CREDENTIALS, "401 E0000011", null);
        };
    assertThat(worker.ready()).isTrue();

    work(worker, room.message(room.person("0001")));

    assertThat(worker.ready()).isFalse();
    room.clock.advance(Duration.ofMinutes(16));
    assertThat(worker.ready()).isTrue();
  }

  @Test
  void onePersonWhomTheOtherSideAlwaysFailsForEndsAsAnErrorWhileOthersAreWorked() {
    OutsideWorker worker = worker(InstanceState.ON);
    long poison = room.message(room.person("0001"));
    okta.before =
        what -> {
          if (what.contains("0001")) {
            throw new ConnectorException(ErrorKind.UNAVAILABLE, "500", null);
          }
        };

    for (int hour = 0; hour < 40; hour++) {
      room.message(room.person("1" + hour));
      workAll(worker);
      room.clock.advance(Duration.ofHours(1));
    }

    assertThat(room.event(poison).status()).isEqualTo(EventStatus.ERROR);
    assertThat(okta.accounts).hasSize(40);
  }

  private void workAll(OutsideWorker worker) {
    Optional<Claim> claim = room.claims.claim(WorkerRoom.CAMPUS, 1);
    while (claim.isPresent()) {
      worker.work(claim.get());
      claim = room.claims.claim(WorkerRoom.CAMPUS, 1);
    }
  }

  @Test
  void inPreviewNothingIsChanged() {
    long event = room.message(room.person("0001"));

    room.states.start(WorkerRoom.CAMPUS, InstanceState.PREVIEW);
    Optional<Claim> claim = room.claims.claim(WorkerRoom.CAMPUS, InstanceState.PREVIEW, 1);
    worker(InstanceState.PREVIEW).work(claim.orElseThrow());

    assertThat(room.event(event).status()).isEqualTo(EventStatus.SKIPPED);
    assertThat(okta.accounts).isEmpty();
    assertThat(okta.called).allMatch(what -> what.startsWith("search"));
  }

  @Test
  void fromThePauseOnNothingMoreIsCalledAndTheEventIsGivenBackAsItWas() {
    long event = room.message(room.person("0001"));
    room.mailed("0001", "jane@univ.example");
    room.states.start(WorkerRoom.CAMPUS, InstanceState.ON);
    okta.after =
        what -> {
          if (what.startsWith("Create")) {
            room.states.pause(WorkerRoom.CAMPUS, "ann", "stop");
          }
        };

    SyncEvent back = work(event);

    assertThat(okta.called).last().asString().startsWith("Create");
    assertThat(back.status()).isEqualTo(EventStatus.NEW);
    assertThat(back.attempt()).isZero();
    room.states.resume(WorkerRoom.CAMPUS);
    okta.after = _ -> {};
    assertThat(work(event).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(okta.accounts).hasSize(1);
  }

  @Test
  void whoeverLostTheClaimCallsNothingMore() {
    long event = room.message(room.person("0001"));
    okta.before =
        what -> {
          if (what.startsWith("search")) {
            room.database.jdbc().sql("update event set status = 'NEW', token = null").update();
          }
        };

    SyncEvent after = work(event);

    assertThat(okta.called).containsExactly("search [0001]");
    assertThat(after.status()).isEqualTo(EventStatus.NEW);
    assertThat(okta.accounts).isEmpty();
  }

  @Test
  void anAccountThatWasRemovedOverThereIsSearchedAgainAndMadeAnew() {
    SubjectKey jane = room.person("0001");
    work(room.message(jane));
    okta.accounts.clear();
    okta.accounts.put("00u9", new Account("00u9", Account.Status.ENABLED, Map.of(), List.of()));

    SyncEvent healed = work(room.message(jane));

    assertThat(healed.status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(linked(jane)).containsEntry(jane, "00u2");
  }
}
