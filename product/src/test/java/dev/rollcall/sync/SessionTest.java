package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.event.Claim;
import dev.rollcall.event.SessionSweep;
import dev.rollcall.event.Sessions;
import dev.rollcall.link.Decisions;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.BulkTarget.State;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.ConnectorException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many people given together, step by step, and killed anywhere. */
final class SessionTest {

  private static final String TARGET = "okta/0oa1";

  private final WorkerRoom room = new WorkerRoom();
  private final FakeSessions okta = new FakeSessions(room.clock);
  private final Sessions sessions = new Sessions(room.database.jdbc(), room.clock);
  private boolean gathering;

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final CallBudget budget =
      new CallBudget() {
        @Override
        public void acquire(String bucket, Priority priority) {}

        @Override
        public void unused(String bucket) {}

        @Override
        public void learn(Call call) {}
      };

  private Instance instance(InstanceState state) {
    return Instance.bulk(
        WorkerRoom.CAMPUS,
        "campus",
        room.source,
        new CurrentPlanner(room.instance(state, room.target).planner()),
        new Bulk(okta, budget, "okta", 10, Duration.ofMinutes(5), () -> gathering),
        TARGET,
        state,
        room.zone);
  }

  private Settlement settlement() {
    return new Settlement(
        room.database,
        room.states,
        room.claims,
        room.events,
        room.audit,
        new Safeguard(room.guard, room.links, room.clock),
        room.findings,
        new Applier(room.database, room.links),
        new AccountLinks(room.database, room.links),
        new RetryPolicy(),
        new OutcomeCounts(),
        room.clock);
  }

  private BulkWorker worker(InstanceState state) {
    Instance instance = instance(state);
    return new BulkWorker(
        instance,
        bulk(instance),
        room.events,
        sessions,
        room.claims,
        room.links,
        new Decisions(room.database.jdbc()),
        new AccountFinder(room.links),
        settlement(),
        room.audit,
        room.clock);
  }

  private SessionSteps steps(InstanceState state) {
    Instance instance = instance(state);
    Bulk bulk = bulk(instance);
    SessionEnd end =
        new SessionEnd(
            room.database, room.claims, sessions, room.links, settlement(), instance, bulk);
    return new SessionSteps(
        instance, bulk, sessions, room.states, room.gate, end, room.audit, room.clock);
  }

  private static Bulk bulk(Instance instance) {
    Bulk bulk = instance.bulk();
    if (bulk == null) {
      throw new AssertionError("no bulk");
    }
    return bulk;
  }

  /** What a dispatcher does in one round. */
  private void plan() {
    BulkWorker worker = worker(InstanceState.ON);
    if (worker.ready()) {
      Optional<Claim> claim = room.claims.claim(WorkerRoom.CAMPUS, 10);
      claim.ifPresent(worker::work);
    }
  }

  /** Plans and takes steps, letting time pass and the other side work, until nothing waits. */
  private void settle() {
    SessionSteps steps = steps(InstanceState.ON);
    for (int round = 0; round < 400; round++) {
      plan();
      steps.run(() -> false);
      okta.work();
      if (sessions.open(TARGET).isEmpty() && room.events.due(WorkerRoom.CAMPUS, 1) == 0) {
        return;
      }
      room.clock.advance(Duration.ofSeconds(10));
    }
    throw new AssertionError("there is no end to it: " + okta.called);
  }

  private SyncEvent last(SubjectKey subject) {
    return room.of(subject).getLast();
  }

  @Test
  void peopleAreGivenTogetherLinkedAndNotGivenAgain() {
    SubjectKey jane = room.person("0001");
    SubjectKey john = room.person("0002");
    SubjectKey jim = room.person("0003");
    List.of(jane, john, jim).forEach(room::message);

    settle();

    assertThat(okta.imported).containsExactly("UPSERT 0001,0002", "UPSERT 0003");
    assertThat(last(jane).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(last(jane).reason()).isEqualTo("created in session aps1");
    assertThat(room.links.find(TARGET, List.of(jane))).containsEntry(jane, "0001");
    assertThat(room.audit.outcomes(List.of(last(jane).id())).get(last(jane).id()))
        .containsEntry("status", "COMP")
        .containsEntry("session", "aps1")
        .containsKey("changes");
    room.message(jane);
    settle();
    assertThat(last(jane).reason()).isEqualTo("unchanged");
    assertThat(okta.sessions).hasSize(1);
  }

  @Test
  void theNextSessionWaitsFiveMinutesAndSoDoesWhatItWillBeAbout() {
    room.message(room.person("0001"));
    settle();
    SubjectKey john = room.person("0002");
    room.message(john);

    plan();

    assertThat(last(john).status()).isEqualTo(EventStatus.NEW);
    assertThat(sessions.open(TARGET)).isEmpty();
    room.clock.advance(Duration.ofMinutes(6));
    settle();
    assertThat(last(john).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(okta.imported).containsExactly("UPSERT 0001", "UPSERT 0002");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoeverIsKilledAnywhereGivesNobodyTwiceAndLosesNobody(boolean afterTheEffect) {
    int calls = Integer.MAX_VALUE;
    for (int kill = 0; kill < calls; kill++) {
      Trial trial = new Trial(kill, afterTheEffect);
      trial.run();
      calls = trial.calls;
    }
    assertThat(calls).isGreaterThanOrEqualTo(8);
  }

  /** One run with one kill, on people of its own. */
  private final class Trial {
    private final int kill;
    private final boolean afterTheEffect;
    private int calls;
    private boolean killed;

    private Trial(int kill, boolean afterTheEffect) {
      this.kill = kill;
      this.afterTheEffect = afterTheEffect;
    }

    private void run() {
      String mark = (afterTheEffect ? "A" : "B") + kill + "-";
      List<SubjectKey> people =
          List.of(room.person(mark + 1), room.person(mark + 2), room.person(mark + 3));
      people.forEach(room::message);
      okta.imported.clear();
      Consumer<String> counting =
          what -> {
            if (!"taken".equals(what) && calls++ == kill && !killed) {
              killed = true;
              throw new Killed();
            }
          };
      if (afterTheEffect) {
        okta.after = counting;
      } else {
        okta.before = counting;
      }
      while (true) {
        try {
          settle();
          break;
        } catch (Killed gone) {
          room.clock.advance(Duration.ofSeconds(30));
        }
      }
      assertThat(people)
          .allSatisfy(one ->
              assertThat(last(one).status()).as("kill %d", kill).isEqualTo(EventStatus.COMPLETED));
      assertThat(okta.imported)
          .as("kill %d", kill)
          .containsExactly("UPSERT %s1,%s2".formatted(mark, mark), "UPSERT " + mark + 3);
      assertThat(okta.sessions.values())
          .noneMatch(one -> one.state == State.CREATED || one.state == State.IN_PROGRESS);
      room.clock.advance(Duration.ofMinutes(6));
    }
  }

  @Test
  void anAnswerThatNeverCameIsNotTakenForARefusal() {
    SubjectKey jane = room.person("0001");
    room.message(jane);
    okta.after =
        once(
            "give UPSERT 0001",
            () -> {
              throw new ConnectorException(ErrorKind.UNAVAILABLE, "no answer", null);
            });

    settle();

    assertThat(last(jane).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(last(jane).attempt()).isEqualTo(1);
    assertThat(okta.imported).containsExactly("UPSERT 0001");
    assertThat(okta.called).contains("cancel");
  }

  private Consumer<String> once(String call, Runnable thrower) {
    boolean[] done = {false};
    return what -> {
      if (what.equals(call) && !done[0]) {
        done[0] = true;
        thrower.run();
      }
    };
  }

  @Test
  void aRequestThatIsNotTakenFailsThoseInItAndNobodyElse() {
    SubjectKey jane = room.person("0001");
    SubjectKey john = room.person("0002");
    SubjectKey jim = room.person("0003");
    List.of(jane, john, jim).forEach(room::message);
    okta.before =
        what -> {
          if (what.equals("give UPSERT 0003")) {
            throw new ConnectorException(ErrorKind.INVALID, "E0000001 profiles", null);
          }
        };

    settle();

    assertThat(last(jane).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(last(john).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(last(jim).status()).isEqualTo(EventStatus.ERROR);
    assertThat(last(jim).reason()).contains("E0000001 profiles");
    assertThat(okta.imported).containsExactly("UPSERT 0001,0002");
  }

  @Test
  void whomTheLogNamesFailsWithItsTextAndIsGivenAgainNextTime() {
    SubjectKey jane = room.person("0001");
    SubjectKey john = room.person("0002");
    room.message(jane);
    room.message(john);
    okta.failing.put("0002", "login: already exists");

    settle();

    assertThat(last(jane).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(last(john).status()).isEqualTo(EventStatus.ERROR);
    assertThat(last(john).reason()).isEqualTo("login: already exists");
    assertThat(room.links.find(TARGET, List.of(john))).isEmpty();
    okta.failing.clear();
    room.clock.advance(Duration.ofMinutes(6));
    room.message(john);
    settle();
    assertThat(last(john).status()).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void aLogThatCannotBeReadLeavesPeopleDoneAndSaysSo() {
    SubjectKey jane = room.person("0001");
    room.message(jane);
    okta.before =
        what -> {
          if (what.equals("verdicts")) {
            throw new ConnectorException(ErrorKind.UNREADABLE, "the log is away", null);
          }
        };

    settle();

    assertThat(last(jane).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(last(jane).reason()).endsWith("unverified: the log is away");
  }

  @Test
  void aSessionThatFailsThereIsTriedAgain() {
    SubjectKey jane = room.person("0001");
    long event = room.message(jane);
    okta.ends = State.ERROR;
    SessionSteps steps = steps(InstanceState.ON);
    plan();
    steps.run(() -> false);
    okta.work();
    room.clock.advance(Duration.ofSeconds(10));
    steps.run(() -> false);

    assertThat(room.event(event).status()).isEqualTo(EventStatus.NEW);
    assertThat(room.event(event).attempt()).isEqualTo(1);
    okta.ends = State.COMPLETED;
    room.clock.advance(Duration.ofMinutes(6));
    settle();
    assertThat(room.event(event).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(okta.imported).containsExactly("UPSERT 0001");
  }

  @Test
  void whoLeftIsDeletedAndComesBackByBeingGivenAgain() {
    SubjectKey jane = room.student("0001", "2026-12-31");
    room.message(jane);
    settle();
    room.deleted("0001");
    room.clock.advance(Duration.ofMinutes(6));
    room.message(jane);
    settle();
    assertThat(okta.imported).containsExactly("UPSERT 0001", "DELETE 0001");
    assertThat(last(jane).reason()).isEqualTo("deactivated in session aps2");

    room.message(jane);
    settle();

    assertThat(okta.sessions).hasSize(2);
  }

  @Test
  void whatTheOtherSideWouldStopIsNotEvenBegun() {
    SubjectKey jane = room.student("0001", "2026-12-31");
    room.message(jane);
    settle();
    room.deleted("0001");
    room.clock.advance(Duration.ofMinutes(6));
    okta.objection = "Okta would stop the import";
    okta.called.clear();
    room.message(jane);

    settle();

    assertThat(last(jane).status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(last(jane).reason()).isEqualTo("Okta would stop the import");
    assertThat(okta.called).isEmpty();
  }

  @Test
  void nobodyIsGivenWhoseLoginIsKeptByAnotherRoute() {
    SubjectKey jane = room.person("0001");
    SubjectKey other = new SubjectKey("hr", "JANE");
    room.database.inTransaction(
        () -> room.links.put("okta", List.of(new Links.Applied(other, "00u1", 1, Map.of()))));
    okta.taken.put("0001", "00u1");
    room.message(jane);

    settle();

    assertThat(last(jane).status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(last(jane).reason()).contains("00u1").contains("hr");
    assertThat(okta.sessions).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"CREATED,0,aps0", "IN_PROGRESS,60,aps2"})
  void whatSomebodyLeftBehindIsTakenOverOrGivenUp(State state, long minutes, String used) {
    FakeSessions.Kept stray =
        new FakeSessions.Kept("aps0", room.clock.instant().minus(Duration.ofMinutes(minutes)));
    stray.state = state;
    okta.sessions.put("aps0", stray);
    SubjectKey jane = room.person("0001");
    room.message(jane);

    settle();

    assertThat(last(jane).reason()).isEqualTo("created in session " + used);
  }

  @Test
  void aSessionThatSomebodyElseIsFillingIsLeftAlone() {
    FakeSessions.Kept other = new FakeSessions.Kept("aps0", room.clock.instant());
    other.state = State.IN_PROGRESS;
    okta.sessions.put("aps0", other);
    SubjectKey jane = room.person("0001");
    room.message(jane);
    plan();

    String said = steps(InstanceState.ON).run(() -> false);

    assertThat(said).contains("somebody else").contains("aps0");
    assertThat(other.state).isEqualTo(State.IN_PROGRESS);
    assertThat(last(jane).status()).isEqualTo(EventStatus.QUEUED);
  }

  @Test
  void inAPauseNothingIsGivenAndItGoesOnAfterwards() {
    SubjectKey jane = room.person("0001");
    room.message(jane);
    plan();
    room.states.start(WorkerRoom.CAMPUS, InstanceState.ON);
    room.database.inTransaction(() -> room.states.pause(WorkerRoom.CAMPUS, "ann", "later"));

    steps(InstanceState.ON).run(() -> false);

    assertThat(okta.sessions).isEmpty();
    room.database.inTransaction(() -> room.states.resume(WorkerRoom.CAMPUS));
    settle();
    assertThat(last(jane).status()).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void anInstanceThatIsSwitchedOffGivesItsEventsBack() {
    SubjectKey jane = room.person("0001");
    room.message(jane);
    plan();

    steps(InstanceState.PREVIEW).run(() -> false);

    assertThat(last(jane).status()).isEqualTo(EventStatus.NEW);
    assertThat(last(jane).attempt()).isZero();
    assertThat(sessions.open(TARGET)).isEmpty();
    assertThat(okta.sessions).isEmpty();
  }

  @Test
  void aPreviewPlansAndGivesNothing() {
    SubjectKey jane = room.person("0001");
    room.message(jane);

    worker(InstanceState.PREVIEW).work(room.claims.claim(WorkerRoom.CAMPUS, 10).orElseThrow());

    assertThat(last(jane).status()).isEqualTo(EventStatus.SKIPPED);
    assertThat(okta.called).isEmpty();
  }

  @Test
  void whileTheSourceIsReadOnlyAFullSessionIsBegun() {
    gathering = true;
    for (int i = 0; i < 9; i++) {
      room.message(room.person("00" + i));
    }
    assertThat(worker(InstanceState.ON).ready()).isFalse();

    room.message(room.person("009"));

    assertThat(worker(InstanceState.ON).ready()).isTrue();
  }

  @Test
  void whoDoesNotFitIsInTheNextOne() {
    for (int i = 0; i < 8; i++) {
      room.message(room.person("00" + i));
    }

    settle();

    assertThat(okta.imported)
        .containsExactly("UPSERT 000,001", "UPSERT 002,003", "UPSERT 004,005", "UPSERT 006,007");
    assertThat(okta.sessions).hasSize(2);
  }

  @Test
  void whatCameBehindItIsMootOnlyWhenItCompleted() {
    SubjectKey jane = room.person("0001");
    long first = room.message(jane);
    Claim claim = room.claims.claim(WorkerRoom.CAMPUS, 10).orElseThrow();
    long behind = room.append(jane, Cause.MESSAGE, room.clock.instant());
    worker(InstanceState.ON).work(claim);
    assertThat(room.event(behind).status()).isEqualTo(EventStatus.NEW);

    settle();

    assertThat(room.event(first).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(room.event(behind).status()).isEqualTo(EventStatus.CANCELLED);
  }

  @Test
  void nobodyTakesTheEventsOfASessionAway() {
    SubjectKey jane = room.person("0001");
    long event = room.message(jane);
    plan();

    assertThat(room.database.inTransaction(() -> room.claims.rescue(12))).isEmpty();

    assertThat(room.event(event).status()).isEqualTo(EventStatus.QUEUED);
  }

  @Test
  void oneProcessAtATimeTakesSteps() {
    room.message(room.person("0001"));
    plan();
    long id = sessions.open(TARGET).orElseThrow().id();
    assertThat(sessions.hold(id, UUID.randomUUID(), Duration.ofMinutes(1))).isTrue();

    String said = steps(InstanceState.ON).run(() -> false);

    assertThat(said).contains("another process");
    assertThat(okta.called).containsOnly("taken");
  }

  @Test
  void whatASessionWasGivenIsForgottenAtItsEndAndItsRowWhenItIsOld() {
    SubjectKey jane = room.person("0001");
    SubjectKey john = room.person("0002");
    room.message(jane);
    room.message(john);
    okta.failing.put("0002", "login: jane.doe@univ.edu already exists");
    settle();
    long id = sessions.list(WorkerRoom.CAMPUS, null, 10).getFirst().session().id();

    assertThat(sessions.requests(id)).allSatisfy(one -> assertThat(one.body()).isEmpty());
    assertThat(sessions.byId(id).orElseThrow())
        .returns(1, Sessions.Listed::requests)
        .returns(2, Sessions.Listed::profiles)
        .returns(16, Sessions.Listed::maxBytes)
        .returns(1, Sessions.Listed::failed);
    assertThat(sessions.people(id, null, 10))
        .extracting(Sessions.Person::subject)
        .containsExactly(john, jane);
    assertThat(sessions.eraseTexts(john)).isEqualTo(1);
    assertThat(sessions.people(id, 1, 10).getFirst().failed()).isEqualTo("erased");
    assertThat(
            new SessionSweep(room.database.jdbc(), room.clock.instant().plusSeconds(1), true)
                .next())
        .hasValueSatisfying(swept -> assertThat(swept.gone()).isEqualTo(1));
    assertThat(sessions.list(null, null, 10)).isEmpty();
  }
}
