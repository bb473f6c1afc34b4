package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.event.Claim;
import dev.rollcall.event.Lines;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Limit;
import dev.rollcall.guard.Limits;
import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Facts;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.LinePlan;
import dev.rollcall.plan.LinePlanner;
import dev.rollcall.plan.Mapping;
import dev.rollcall.plan.MessagePlanner;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.PlanSettings;
import dev.rollcall.plan.Planner;
import dev.rollcall.plan.Wanted;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.LineSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines of one person, one after the other, whatever fails in between. */
final class LineWorkTest {

  private final WorkerRoom room = new WorkerRoom();
  private final FakeOutside okta = new FakeOutside();
  private final Queue queue = new Queue();
  private final Lines lines = new Lines(room.database.jdbc(), room.clock);

  private static final CallBudget ROOMY =
      new CallBudget() {
        @Override
        public void acquire(String bucket, Priority priority) {}

        @Override
        public void unused(String bucket) {}

        @Override
        public void learn(Call call) {}
      };

  /** What the source was told. */
  private final class Queue implements LineSource {
    final Set<Line.Key> unmarked = new HashSet<>();
    final List<Result> results = new ArrayList<>();

    @Override
    public List<Line> open(int limit) {
      throw new AssertionError("a worker reads our own");
    }

    @Override
    public Set<Line.Key> stillNew(Collection<Line.Key> keys) {
      Set<Line.Key> still = new HashSet<>(unmarked);
      still.retainAll(Set.copyOf(keys));
      return still;
    }

    @Override
    public void begun(Collection<Line.Key> keys) {
      unmarked.removeAll(Set.copyOf(keys));
    }

    @Override
    public void report(List<Result> told) {
      results.addAll(told);
    }

    @Override
    public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
      return room.source.fetch(subjects);
    }

    @Override
    public List<SubjectKey> known(@Nullable String after, int limit) {
      return room.source.known(after, limit);
    }

    List<LineStatus> statuses() {
      return results.stream().map(Result::status).toList();
    }
  }

  /** Lines whose actions are the changes themselves, by their first letters: A, D, L, U. */
  private static final class Letters implements LinePlanner {
    private final Planner whole =
        new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));

    @Override
    public Set<String> nationalIds() {
      return whole.nationalIds();
    }

    @Override
    public Wanted want(Facts facts, LocalDate today) {
      return whole.want(facts, today);
    }

    @Override
    public Plan plan(
        Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today) {
      return whole.plan(facts, wanted, match, found, today);
    }

    @Override
    public LinePlan plan(
        Line line,
        Facts facts,
        Wanted wanted,
        Match match,
        @Nullable Account found,
        LocalDate today) {
      Account account = Objects.requireNonNull(found);
      List<Change> changes = new ArrayList<>();
      for (char letter : line.action().toCharArray()) {
        if (letter == 'A' && account.status() != Status.ENABLED) {
          changes.add(new Change.Activate("asked"));
        } else if (letter == 'D' && account.status() != Status.DISABLED) {
          changes.add(new Change.Deactivate("asked"));
        } else if (letter == 'L') {
          changes.add(new Change.LeaveGroup("Staff", "asked"));
        } else if (letter == 'U') {
          changes.add(
              new Change.Update(
                  "primaryPhone",
                  null,
                  new Value.Text("555"),
                  new Origin("phone", "PHONE", "PHONE", null),
                  "asked"));
        }
      }
      return new LinePlan(
          new Plan(match, account, changes, Map.of(), null, null), LineStatus.COMP, null);
    }

    @Override
    public Account after(@Nullable Account found, String id, List<Change> changes) {
      Status status = found == null ? Status.STAGED : found.status();
      for (Change change : changes) {
        status =
            switch (change) {
              case Change.Activate _ -> Status.ENABLED;
              case Change.Deactivate _ -> Status.DISABLED;
              default -> status;
            };
      }
      return new Account(id, status, found == null ? Map.of() : found.attributes(), List.of());
    }
  }

  private OutsideWorker worker(InstanceState state) {
    return room.outsideWorker(
        Instance.outside(
            WorkerRoom.CAMPUS,
            "campus",
            room.source,
            new CurrentPlanner(new Letters()),
            new Outside(okta, ROOMY, 4, queue, null),
            "okta",
            state,
            room.zone));
  }

  /** Somebody whose account is switched off. */
  private SubjectKey jane() {
    SubjectKey jane = room.person("0001");
    room.message(jane);
    work();
    status(Status.DISABLED);
    okta.called.clear();
    return jane;
  }

  private void status(Status status) {
    okta.accounts.computeIfPresent(
        "00u1", (id, own) -> new Account(id, status, own.attributes(), List.of()));
  }

  private long request(SubjectKey subject, String... actions) {
    long event = room.append(subject, Cause.REQUEST, room.clock.instant());
    List<Lines.Fresh> fresh = new ArrayList<>();
    Arrays.asList(actions)
        .forEach(action ->
            fresh.add(
                new Lines.Fresh(
                    new Line(
                        new Line.Key("B" + event, fresh.size() + 1), subject, action, null, null),
                    1,
                    event)));
    lines.append(WorkerRoom.CAMPUS, fresh);
    return event;
  }

  private void work() {
    while (workOnce(InstanceState.ON)) {
      assertThat(okta.called).as("it comes to an end").hasSizeLessThan(100);
    }
  }

  private boolean workOnce(InstanceState state) {
    Claim claim = room.claims.claim(WorkerRoom.CAMPUS, state, 1).orElse(null);
    if (claim != null) {
      worker(state).work(claim);
    }
    return claim != null;
  }

  private Status status() {
    return Objects.requireNonNull(okta.accounts.get("00u1")).status();
  }

  private void failUpdates() {
    okta.before =
        what -> {
          if (what.startsWith("Update")) {
            throw new ConnectorException(ErrorKind.INVALID, "400 E0000001", null);
          }
        };
  }

  @Test
  void theLineBehindOneThatFailedHalfwayFindsTheAccountAsItIs() {
    SubjectKey jane = jane();
    failUpdates();

    request(jane, "AU", "D");
    work();

    assertThat(queue.statuses()).containsExactly(LineStatus.ERR, LineStatus.COMP);
    assertThat(okta.called).contains("Activate 00u1", "Deactivate 00u1");
    assertThat(status()).isEqualTo(Status.DISABLED);
  }

  @Test
  void whoLostTheClaimInTheMiddleOfALineTellsTheSourceNothingOfIt() {
    SubjectKey jane = jane();
    okta.after =
        what -> {
          if (what.startsWith("Activate")) {
            room.database.jdbc().sql("update event set status = 'NEW', token = null").update();
          }
        };
    long event = request(jane, "A");

    workOnce(InstanceState.ON);

    assertThat(status()).isEqualTo(Status.ENABLED);
    assertThat(queue.results).isEmpty();
    assertThat(lines.open(WorkerRoom.CAMPUS, jane)).hasSize(1);

    okta.after = _ -> {};
    work();
    assertThat(queue.statuses()).containsExactly(LineStatus.COMP);
    assertThat(room.event(event).status()).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void aLineThatWasStoredAndNotMarkedIsMarkedBeforeItIsWorked() {
    SubjectKey jane = jane();
    long event = request(jane, "A");
    queue.unmarked.add(new Line.Key("B" + event, 1));
    okta.before = _ -> assertThat(queue.unmarked).isEmpty();

    work();

    assertThat(queue.statuses()).containsExactly(LineStatus.COMP);
  }

  @Test
  void aLineOfWhichAPersonRejectedAPartSaysSo() {
    SubjectKey jane = jane();
    status(Status.ENABLED);
    room.guard.replace(
        Map.of(
            WorkerRoom.CAMPUS,
            new Limits(
                Limits.USUAL_WINDOW,
                Map.of(ChangeClass.DEACTIVATIONS, new Limit(0, null, 0, false)))));
    long held = request(jane, "UD");
    work();
    assertThat(room.event(held).status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(queue.results).isEmpty();

    room.consents.decide(held, null, Decision.REJECTED, "ann", "she stays");
    room.append(jane, Cause.REQUEST, room.clock.instant());
    work();

    assertThat(status()).isEqualTo(Status.ENABLED);
    assertThat(queue.results)
        .singleElement()
        .satisfies(result -> {
          assertThat(result.status()).isEqualTo(LineStatus.WARN);
          assertThat(result.text()).contains("deactivations: rejected by ann", "she stays");
        });
  }

  @Test
  void aGroupThatIsLeftToBeSureIsNoRemovalForTheGuard() {
    SubjectKey jane = jane();
    room.guard.replace(
        Map.of(
            WorkerRoom.CAMPUS,
            new Limits(
                Limits.USUAL_WINDOW,
                Map.of(ChangeClass.GROUP_REMOVALS, new Limit(0, null, 0, false)))));

    request(jane, "L");
    work();
    assertThat(queue.statuses()).containsExactly(LineStatus.COMP);
    assertThat(okta.called).contains("LeaveGroup 00u1");

    okta.accounts.computeIfPresent(
        "00u1",
        (id, own) -> new Account(id, own.status(), own.attributes(), Set.of("Staff"), List.of()));
    long held = request(jane, "L");
    work();
    assertThat(room.event(held).reason()).startsWith("held: groupRemovals");
  }

  @Test
  void theLinesOfSomebodyUnknownStayOpenInAPreview() {
    SubjectKey nobody = WorkerRoom.subject("0404");
    room.states.start(WorkerRoom.CAMPUS, InstanceState.PREVIEW);
    long event = request(nobody, "A");

    workOnce(InstanceState.PREVIEW);

    assertThat(queue.results).isEmpty();
    assertThat(lines.open(WorkerRoom.CAMPUS, nobody)).hasSize(1);
    assertThat(room.event(event).status()).isEqualTo(EventStatus.SKIPPED);
  }

  @Test
  void theLinesOfSomebodyUnknownWaitWhenTheInstanceIsPaused() {
    SubjectKey nobody = WorkerRoom.subject("0404");
    room.states.start(WorkerRoom.CAMPUS, InstanceState.ON);
    long event = request(nobody, "A", "D");
    room.source.beforeRead = () -> room.states.pause(WorkerRoom.CAMPUS, "ann", "stop");

    workOnce(InstanceState.ON);

    assertThat(queue.results).isEmpty();
    assertThat(room.event(event).status()).isEqualTo(EventStatus.NEW);

    room.source.beforeRead = () -> {};
    room.states.resume(WorkerRoom.CAMPUS);
    work();
    assertThat(queue.statuses()).containsExactly(LineStatus.ERR, LineStatus.ERR);
    assertThat(room.event(event).status()).isEqualTo(EventStatus.ERROR);
  }
}
