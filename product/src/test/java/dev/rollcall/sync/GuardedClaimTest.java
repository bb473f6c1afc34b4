package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Guard;
import dev.rollcall.guard.Holds;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Holds.Open;
import dev.rollcall.guard.Judgement;
import dev.rollcall.guard.Limit;
import dev.rollcall.guard.Limits;
import dev.rollcall.guard.Wish;
import dev.rollcall.intake.Consents;
import dev.rollcall.intake.Requests.RefusedRequest;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is beyond a limit is held, and everything else flows. */
class GuardedClaimTest {

  private final WorkerRoom room = new WorkerRoom();

  private void limit(ChangeClass one, Limit limit) {
    room.guard.replace(
        Map.of(WorkerRoom.CAMPUS, new Limits(Limits.USUAL_WINDOW, Map.of(one, limit))));
  }

  private static Limit most(int number) {
    return new Limit(number, null, 0, false);
  }

  /** People with an account. */
  private List<SubjectKey> people(int count) {
    List<SubjectKey> people =
        IntStream.range(0, count)
            .mapToObj(i -> room.student("p%03d".formatted(i), "2027-06-30"))
            .toList();
    people.forEach(room::message);
    room.work();
    return people;
  }

  private List<Long> delete(List<SubjectKey> people) {
    List<Long> events = people.stream().map(one -> room.message(room.deleted(one.id()))).toList();
    room.work();
    return events;
  }

  private long disabled(List<SubjectKey> people) {
    return people.stream()
        .filter(one -> room.account(one).orElseThrow().status() == Status.DISABLED)
        .count();
  }

  private List<Open> undecided() {
    return room.holds.undecided(WorkerRoom.CAMPUS, null, 1_000);
  }

  private SyncEvent last(SubjectKey subject) {
    return room.of(subject).stream()
        .filter(event -> event.status() != EventStatus.NEW)
        .toList()
        .getLast();
  }

  @Test
  void theFirstOnesPassAndOfTheOthersEverythingElseIsApplied() {
    limit(ChangeClass.DEACTIVATIONS, most(3));
    List<SubjectKey> people = people(5);
    List<Long> events = delete(people);

    assertThat(disabled(people)).isEqualTo(3);
    assertThat(events)
        .extracting(id -> room.event(id).status())
        .containsExactly(
            EventStatus.COMPLETED,
            EventStatus.COMPLETED,
            EventStatus.COMPLETED,
            EventStatus.SUSPENDED,
            EventStatus.SUSPENDED);
    long held = events.getLast();
    assertThat(room.event(held).reason())
        .startsWith("held: deactivations: 4 within 24h would be more than 3; ")
        .contains("'rollcall release " + held + " --why TEXT'", "'rollcall reject " + held);
    assertThat(room.account(people.getLast()).orElseThrow().affiliations())
        .as("the rest is applied")
        .allMatch(affiliation -> !affiliation.enabled());
    assertThat(room.account(people.getLast()).orElseThrow().groups()).isEmpty();
    Map<String, Object> entry = room.audit.ofEvent(held).getLast().entry();
    assertThat(entry.get("withheld")).asString().contains("Deactivate").doesNotContain("Leave");
    assertThat(entry.get("changes")).asString().contains("LeaveGroup").doesNotContain("Deactivate");
    assertThat(undecided()).extracting(Open::event).containsExactly(events.get(3), held);
    assertThat(undecided().getLast().changes()).hasSize(1);
    assertThat(room.holds.count(WorkerRoom.CAMPUS)).isEqualTo(2);
  }

  @Test
  void aSlowDripReachesTheLimitAndTheWindowRolls() {
    limit(ChangeClass.DEACTIVATIONS, most(3));
    List<SubjectKey> people = people(8);
    for (int i = 0; i < 5; i++) {
      delete(people.subList(i, i + 1));
      room.clock.advance(Duration.ofHours(5));
    }
    assertThat(disabled(people)).isEqualTo(3);
    room.clock.advance(Duration.ofHours(5)); // 30 hours after the first, 25 after the second
    delete(people.subList(5, 8));
    assertThat(disabled(people)).isEqualTo(5);
    assertThat(undecided()).hasSize(3);
  }

  @Test
  void aSmallPopulationIsNotHeldByThePercentageAtOnce() {
    limit(ChangeClass.DEACTIVATIONS, new Limit(null, 5, 2, false));
    List<SubjectKey> people = people(10);
    delete(people.subList(0, 3));
    assertThat(disabled(people)).isEqualTo(2);
    assertThat(undecided().getFirst().reason())
        .isEqualTo(
            "deactivations: 3 within 24h would be more than 2, which always pass, and than 5 % of"
                + " 10 linked accounts");
  }

  @Test
  void aReleaseIsAnEventThatPlansAnewAndPasses() {
    limit(ChangeClass.DEACTIVATIONS, most(0));
    List<SubjectKey> people = people(1);
    long held = delete(people).getFirst();
    SubjectKey zoe = people.getFirst();
    Consents.Decided decided =
        room.consents.decide(held, null, Decision.RELEASED, "ada", "she left");
    SyncEvent resolved = room.event(decided.event());
    assertThat(resolved.cause()).isEqualTo(Cause.RESOLVED);
    assertThat(resolved.parent()).isEqualTo(held);
    assertThat(resolved.reason()).isEqualTo("released by ada: she left");
    assertThat(room.event(held).status()).isEqualTo(EventStatus.SUSPENDED);
    assertThat(room.audit.ofEvent(decided.event()).getFirst().entry())
        .containsEntry("action", "released")
        .containsEntry("by", "ada")
        .containsEntry("why", "she left");
    room.work();

    assertThat(disabled(people)).isEqualTo(1);
    assertThat(room.event(decided.event()).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(undecided()).isEmpty();
    assertThat(closed(zoe)).containsExactly("made");
    assertThat(count("guard_change")).as("what a person decided is not counted").isZero();
    assertThatThrownBy(() -> room.consents.decide(held, null, Decision.RELEASED, "bob", "again"))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("Nothing is held");
  }

  private List<String> closed(SubjectKey subject) {
    return room.database
        .jdbc()
        .sql("select closed_how from held where subject = :s and closed_at is not null order by id")
        .param("s", subject.id())
        .query((row, number) -> row.getString(1))
        .list();
  }

  private long count(String table) {
    return room.database.jdbc().sql("select count(*) from " + table).query(Long.class).single();
  }

  @Test
  void whatIsReleasedPassesOnceAndWhatIsAskedTwiceIsToldWhoDecided() {
    limit(ChangeClass.DEACTIVATIONS, most(0));
    List<SubjectKey> people = people(1);
    long held = delete(people).getFirst();
    room.consents.decide(held, null, Decision.RELEASED, "ada", "she left");
    assertThatThrownBy(() -> room.consents.decide(held, null, Decision.REJECTED, "bob", "no"))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("released by ada")
        .hasMessageContaining("she left");
    room.work();
    // Back and gone again.
    room.student(people.getFirst().id(), "2027-06-30");
    room.message(people.getFirst());
    room.work();
    assertThat(disabled(people)).isZero();
    delete(people);
    assertThat(disabled(people)).isZero();
    assertThat(undecided()).hasSize(1);
  }

  @Test
  void aReleaseIsAboutThatChangeAndNoOther() {
    limit(ChangeClass.EMAIL_CHANGES, most(0));
    SubjectKey zoe = WorkerRoom.subject("zoe");
    long held = mailHeld("zoe.new@campus.example");
    room.consents.decide(held, null, Decision.RELEASED, "ada", "she married");
    // Before it is worked, the source says something else.
    room.mailed("zoe", "mallory@elsewhere.example");
    room.work();
    assertThat(email(zoe)).isEqualTo("zoe@campus.example");
    assertThat(undecided()).hasSize(1);
    assertThat(closed(zoe)).containsExactly("moot");

    room.consents.decide(
        undecided().getFirst().event(), null, Decision.RELEASED, "ada", "it is hers");
    room.work();
    assertThat(email(zoe)).isEqualTo("mallory@elsewhere.example");
  }

  @Test
  void whoNamesAnEventDecidesWhatThatEventFoundAndNothingThatCameSince() {
    limit(ChangeClass.EMAIL_CHANGES, most(0));
    SubjectKey zoe = WorkerRoom.subject("zoe");
    long first = mailHeld("zoe.new@campus.example");
    long again = room.message(zoe);
    room.work();
    assertThat(undecided()).extracting(Open::event).containsExactly(again);
    room.mailed("zoe", "mallory@elsewhere.example");
    long other = room.message(zoe);
    room.work();

    for (long seen : List.of(first, again)) {
      assertThatThrownBy(() -> room.consents.decide(seen, null, Decision.RELEASED, "ada", "hers"))
          .isInstanceOf(RefusedRequest.class)
          .hasMessageContaining("is not what event " + seen + " found any more")
          .hasMessageContaining("look at event " + other);
    }
    room.mailed("zoe", "zoe.new@campus.example");
    room.message(zoe);
    room.work();
    room.consents.decide(first, null, Decision.RELEASED, "ada", "it is the same again");
    room.work();
    assertThat(email(zoe)).isEqualTo("zoe.new@campus.example");
  }

  @Test
  void whoWantsAPartSaysNothingAboutWhatElseIsHeld() {
    limit(ChangeClass.EMAIL_CHANGES, most(0));
    SubjectKey zoe = WorkerRoom.subject("zoe");
    long held = mailHeld("zoe.new@campus.example");
    room.consents.decide(held, null, Decision.REJECTED, "ada", "not hers");

    wantNothing(held, zoe, false);
    assertThat(closed(zoe)).as("the rejection stands").isEmpty();
    wantNothing(held, zoe, true);
    assertThat(closed(zoe)).containsExactly("moot");
  }

  private void wantNothing(long event, SubjectKey subject, boolean whole) {
    room.database.inTransaction(() -> {
      Judgement judgement =
          room.guard.judge(
              WorkerRoom.CAMPUS,
              List.of(new Wish(event, subject, false, whole, Map.of())),
              true,
              () -> 1);
      room.guard.keep(judgement, Set.of(event), changes -> List.of());
    });
  }

  /** Zoe has an address, and this other one is held. */
  private long mailHeld(String address) {
    SubjectKey zoe = WorkerRoom.subject("zoe");
    room.mailed("zoe", "zoe@campus.example");
    room.message(zoe);
    room.work();
    room.mailed("zoe", address);
    long held = room.message(zoe);
    room.work();
    assertThat(email(zoe)).isEqualTo("zoe@campus.example");
    return held;
  }

  @Test
  void aRejectedChangeIsNeitherMadeNorHeldAgain() {
    limit(ChangeClass.DEACTIVATIONS, most(0));
    List<SubjectKey> people = people(1);
    SubjectKey zoe = people.getFirst();
    long held = delete(people).getFirst();
    Consents.Decided decided =
        room.consents.decide(held, null, Decision.REJECTED, "ada", "HR made a mistake");
    assertThat(room.event(decided.event()).status()).isEqualTo(EventStatus.SKIPPED);
    assertThat(room.event(decided.event()).parent()).isEqualTo(held);
    assertThat(undecided()).isEmpty();

    room.clock.advance(Duration.ofDays(30));
    long again = room.message(zoe);
    room.work();
    assertThat(disabled(people)).isZero();
    assertThat(room.event(again).status()).isEqualTo(EventStatus.SKIPPED);
    assertThat(room.event(again).reason())
        .contains("deactivations: rejected by ada on 2026-11-20", "HR made a mistake");
    assertThat(undecided()).isEmpty();

    room.consents.decide(held, null, Decision.RELEASED, "bob", "it was none");
    room.work();
    assertThat(disabled(people)).isEqualTo(1);
  }

  @Test
  void aRejectionIsAboutThatChangeAndNoOther() {
    limit(ChangeClass.EMAIL_CHANGES, most(0));
    room.mailed("zoe", "zoe@campus.example");
    SubjectKey zoe = WorkerRoom.subject("zoe");
    room.message(zoe);
    room.work();
    assertThat(email(zoe))
        .as("the first one takes nothing from her")
        .isEqualTo("zoe@campus.example");

    room.mailed("zoe", "mallory@elsewhere.example");
    long held = room.message(zoe);
    room.work();
    assertThat(email(zoe)).isEqualTo("zoe@campus.example");
    room.consents.decide(held, null, Decision.REJECTED, "ada", "not hers");
    room.message(zoe);
    room.work();
    assertThat(undecided()).isEmpty();

    room.mailed("zoe", "zoe.new@campus.example");
    long other = room.message(zoe);
    room.work();
    assertThat(email(zoe)).isEqualTo("zoe@campus.example");
    assertThat(undecided()).extracting(Open::event).containsExactly(other);
    assertThat(closed(zoe)).containsExactly("moot");
  }

  private String email(SubjectKey subject) {
    Value value = room.account(subject).orElseThrow().attributes().get("email");
    return value == null ? "" : String.valueOf(value.textOrNull());
  }

  @Test
  void whatIsNotPlannedAnyMoreIsMoot() {
    limit(ChangeClass.DEACTIVATIONS, most(0));
    List<SubjectKey> people = people(1);
    SubjectKey zoe = people.getFirst();
    delete(people);
    room.student(zoe.id(), "2027-06-30");
    room.message(zoe);
    room.work();
    assertThat(undecided()).isEmpty();
    assertThat(closed(zoe)).containsExactly("moot");
    assertThat(room.account(zoe).orElseThrow().status()).isEqualTo(Status.ENABLED);
  }

  @Test
  void whatIsHeldAgainStaysOneAndCanBeNamedByEitherEvent() {
    limit(ChangeClass.DEACTIVATIONS, most(0));
    List<SubjectKey> people = people(1);
    long first = delete(people).getFirst();
    room.clock.advance(Duration.ofHours(1));
    long second = room.message(people.getFirst());
    room.work();
    assertThat(undecided()).hasSize(1);
    assertThat(undecided().getFirst().event()).isEqualTo(second);
    assertThat(undecided().getFirst().since()).isEqualTo(WorkerRoom.NOON);
    assertThat(room.consents.decide(first, null, Decision.RELEASED, "ada", "yes").parent())
        .isEqualTo(second);
    room.work();
    assertThat(disabled(people)).isEqualTo(1);
  }

  @Test
  void whatFitsIntoTheWindowLaterIsMadeByTheNextEventAndNotHeldAnyMore() {
    limit(ChangeClass.DEACTIVATIONS, most(1));
    List<SubjectKey> people = people(2);
    delete(people);
    assertThat(undecided()).hasSize(1);
    room.clock.advance(Duration.ofHours(24));
    room.message(people.getLast());
    room.work();
    assertThat(disabled(people)).isEqualTo(2);
    assertThat(undecided()).isEmpty();
    assertThat(closed(people.getLast())).containsExactly("made");
  }

  @Test
  void aHeldCreationHoldsThePerson() {
    limit(ChangeClass.CREATIONS, most(1));
    List<SubjectKey> people = people(2);
    assertThat(room.account(people.getFirst())).isPresent();
    assertThat(room.account(people.getLast())).isEmpty();
    assertThat(room.identities()).isEqualTo(1);
    long held = last(people.getLast()).id();
    assertThat(room.event(held).status()).isEqualTo(EventStatus.SUSPENDED);
    room.consents.decide(held, ChangeClass.CREATIONS, Decision.RELEASED, "ada", "a real one");
    room.work();
    assertThat(room.account(people.getLast())).isPresent();
  }

  @Test
  void allOfAClassAreDecidedAtOnce() {
    limit(ChangeClass.DEACTIVATIONS, most(0));
    List<SubjectKey> people = people(7);
    delete(people);
    assertThat(
            room.consents.decideAll(
                WorkerRoom.CAMPUS, ChangeClass.GROUP_REMOVALS, Decision.RELEASED, "ada", "no"))
        .isEmpty();
    List<Consents.Decided> decided =
        room.consents.decideAll(
            WorkerRoom.CAMPUS,
            ChangeClass.DEACTIVATIONS,
            Decision.RELEASED,
            "ada",
            "closed campus");
    assertThat(decided).hasSize(7).allMatch(one -> one.classes().equals(List.of("deactivations")));
    room.work();
    assertThat(disabled(people)).isEqualTo(7);
    assertThat(undecided()).isEmpty();
  }

  @Test
  void onlyTheClassThatIsNamedIsDecided() {
    room.guard.replace(
        Map.of(
            WorkerRoom.CAMPUS,
            new Limits(
                Limits.USUAL_WINDOW,
                Map.of(ChangeClass.DEACTIVATIONS, most(0), ChangeClass.GROUP_REMOVALS, most(0)))));
    List<SubjectKey> people = people(1);
    SubjectKey zoe = people.getFirst();
    long held = delete(people).getFirst();
    assertThat(undecided()).hasSize(2);
    assertThat(room.event(held).reason()).contains("deactivations: 1", "; groupRemovals: 1");
    room.consents.decide(held, ChangeClass.DEACTIVATIONS, Decision.RELEASED, "ada", "left");
    room.work();
    assertThat(room.account(zoe).orElseThrow().status()).isEqualTo(Status.DISABLED);
    assertThat(room.account(zoe).orElseThrow().groups()).isNotEmpty();
    assertThat(undecided())
        .extracting(Open::changeClass)
        .containsExactly(ChangeClass.GROUP_REMOVALS);
    assertThat(undecided().getFirst().event()).isNotEqualTo(held);
  }

  @Test
  void aTermEndThatWasAnnouncedPassesAndIsNotCounted() {
    limit(ChangeClass.GROUP_REMOVALS, new Limit(0, null, 0, true));
    List<SubjectKey> people = people(30);
    room.clock.advance(Duration.ofDays(365));
    room.work();
    assertThat(people)
        .allMatch(one -> room.account(one).orElseThrow().groups().isEmpty())
        .allMatch(one -> last(one).cause() == Cause.DUE);
    assertThat(undecided()).isEmpty();
    assertThat(count("guard_change")).isZero();
  }

  @Test
  void aDateThatWaitsBehindAnotherEventIsAnnouncedToo() {
    limit(ChangeClass.GROUP_REMOVALS, new Limit(0, null, 0, true));
    List<SubjectKey> people = people(1);
    room.clock.advance(Duration.ofDays(365));
    long message = room.append(people.getFirst(), Cause.RESYNC, WorkerRoom.NOON);
    assertThat(room.workOnce()).isTrue();
    assertThat(room.event(message).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(room.account(people.getFirst()).orElseThrow().groups()).isEmpty();
  }

  @Test
  void whatWasNotAnnouncedIsHeldAndSoIsAnAnnouncedOneWhereItCounts() {
    limit(ChangeClass.GROUP_REMOVALS, new Limit(0, null, 0, true));
    SubjectKey zoe = people(1).getFirst();
    room.student(zoe.id(), "2020-12-31");
    room.message(zoe);
    room.work();
    assertThat(room.account(zoe).orElseThrow().groups()).isNotEmpty();
    assertThat(last(zoe).status()).isEqualTo(EventStatus.SUSPENDED);

    limit(ChangeClass.GROUP_REMOVALS, most(0));
    SubjectKey kevin = room.student("kevin", "2027-06-30");
    room.message(kevin);
    room.work();
    room.clock.advance(Duration.ofDays(365));
    room.work();
    assertThat(room.account(kevin).orElseThrow().groups()).isNotEmpty();
    assertThat(last(kevin).cause()).isEqualTo(Cause.DUE);
    assertThat(last(kevin).status()).isEqualTo(EventStatus.SUSPENDED);
  }

  @Test
  void whatCannotBeAppliedIsNotCounted() {
    limit(ChangeClass.DEACTIVATIONS, most(2));
    List<SubjectKey> people = people(3);
    room.target.refusals.put(
        people.getFirst(), new ConnectorException(ErrorKind.INVALID, "refused", null));
    delete(people.subList(0, 2));
    assertThat(disabled(people)).isEqualTo(1);
    delete(people.subList(2, 3));
    assertThat(disabled(people)).isEqualTo(2);
    assertThat(undecided()).isEmpty();
  }

  @Test
  void aCrashBetweenJudgingAndCommittingCountsAndHoldsNothing() {
    limit(ChangeClass.DEACTIVATIONS, most(1));
    List<SubjectKey> people = people(2);
    // A failure that takes the whole transaction with it, after everything was written.
    people.forEach(one ->
        room.target.refusals.put(
            one,
            new CannotAcquireLockException(
                "the node dies", new SQLException("the connection is lost", "08006"))));
    people.forEach(one -> room.message(room.deleted(one.id())));
    assertThat(room.workOnce()).isTrue();
    assertThat(disabled(people)).isZero();
    assertThat(count("guard_change")).isZero();
    assertThat(count("held")).isZero();

    room.target.refusals.clear();
    room.clock.advance(Duration.ofMinutes(5));
    room.work();
    assertThat(disabled(people)).isEqualTo(1);
    assertThat(undecided()).hasSize(1);
  }

  @Test
  void nothingAtAllIsAskedWhereNothingIsGuarded() {
    JdbcClient broken = JdbcClient.create(new DriverManagerDataSource("jdbc:none:"));
    Map<ChangeClass, Limit> limits = new HashMap<>();
    for (ChangeClass one : List.of(ChangeClass.DEACTIVATIONS, ChangeClass.GROUP_REMOVALS)) {
      limits.put(one, most(0));
    }
    Guard guard =
        new Guard(
            broken,
            room.clock,
            new Holds(broken, room.clock, room.json),
            Map.of(WorkerRoom.CAMPUS, new Limits(Limits.USUAL_WINDOW, limits)));
    Worker worker = room.worker(room.instance(InstanceState.ON, room.target), guard);
    List<SubjectKey> people = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      people.add(room.student("p" + i, "2027-06-30"));
    }
    people.forEach(room::message);
    room.claims.claim(WorkerRoom.CAMPUS, 500).ifPresent(worker::work);
    assertThat(people).allMatch(one -> room.account(one).isPresent());
  }
}
