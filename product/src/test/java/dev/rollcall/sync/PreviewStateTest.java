package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.event.Claim;
import dev.rollcall.event.NewEvent;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Change;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Application;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * An instance in preview goes the real path and writes nothing; switched on, it makes up for it.
 */
class PreviewStateTest {

  private final WorkerRoom room = new WorkerRoom();
  private final RecordingTarget target = new RecordingTarget(room.repository);
  private final Worker previewing = room.worker(room.instance(InstanceState.PREVIEW, target));

  PreviewStateTest() {
    room.states.start(WorkerRoom.CAMPUS, InstanceState.PREVIEW);
  }

  private void preview() {
    room.claims.claim(WorkerRoom.CAMPUS, InstanceState.PREVIEW, 500).ifPresent(previewing::work);
  }

  private SyncEvent last(SubjectKey subject) {
    return room.of(subject).getLast();
  }

  @Test
  void nothingIsWrittenAndThePlanIsKept() {
    SubjectKey zoe = room.student("zoe", "2027-06-30");
    long event = room.message(zoe);
    preview();

    assertThat(target.written).isEmpty();
    assertThat(room.identities()).isZero();
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(zoe))).isEmpty();
    assertThat(room.event(event).status()).isEqualTo(EventStatus.SKIPPED);
    assertThat(room.event(event).reason()).isEqualTo("preview");
    Map<String, Object> entry = room.audit.ofEvent(event).getLast().entry();
    assertThat(entry.get("match")).asString().contains("none");
    assertThat(entry.get("changes")).asString().contains("Create", "PutAffiliation");
    assertThat(room.dates(zoe)).containsExactly(Instant.parse("2027-07-01T00:00:00Z"));
  }

  @Test
  void anAccountThatWouldBeLinkedIsNotLinked() {
    SubjectKey zoe = room.person("zoe");
    room.repository.apply(List.of(created(zoe)));
    long event = room.message(zoe);
    preview();

    assertThat(target.written).isEmpty();
    assertThat(room.event(event).reason()).isEqualTo("preview");
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(zoe))).isEmpty();
  }

  private static Application created(SubjectKey subject) {
    return new Application(
        subject,
        null,
        new Account(null, Account.Status.ENABLED, Map.of(), List.of()),
        List.of(new Change.Create(subject.id(), "test")));
  }

  @Test
  void whereNothingWouldBeWrittenThereIsNothingToMakeUpFor() {
    SubjectKey zoe = room.person("zoe");
    room.message(zoe);
    on();
    room.work();
    room.states.start(WorkerRoom.CAMPUS, InstanceState.PREVIEW);
    long again = room.message(zoe);
    preview();
    assertThat(room.event(again).status()).isEqualTo(EventStatus.COMPLETED);
    assertThat(room.event(again).reason()).isEqualTo("unchanged");
    on();
    assertThat(last(zoe).id()).isEqualTo(again);
  }

  private void on() {
    room.states.start(WorkerRoom.CAMPUS, InstanceState.ON);
  }

  @Test
  void switchedOnItLooksAgainAtThoseWhoseLastEventWasAPreview() {
    SubjectKey zoe = room.person("zoe");
    SubjectKey kevin = room.person("kevin");
    long preview = room.message(zoe);
    preview();
    on();
    SyncEvent resync = last(zoe);
    assertThat(resync.cause()).isEqualTo(Cause.RESYNC);
    assertThat(resync.priority()).isEqualTo(Priority.BULK);
    assertThat(resync.reason()).contains("event " + preview);
    assertThat(room.of(kevin)).isEmpty();

    room.work();
    assertThat(room.account(zoe)).isPresent();
    room.states.start(WorkerRoom.CAMPUS, InstanceState.PREVIEW);
    on();
    assertThat(last(zoe).id()).isEqualTo(resync.id());
  }

  @Test
  void whatWasDecidedOnArrivalOrFailedAfterThePreviewHasNotLookedAtThePerson() {
    SubjectKey older = room.person("older");
    SubjectKey failing = room.person("failing");
    room.message(older);
    room.message(failing);
    preview();
    room.database.inTransaction(() ->
        room.events.append(
            new NewEvent(
                WorkerRoom.CAMPUS,
                older,
                Cause.MESSAGE,
                Priority.NORMAL,
                room.clock.instant(),
                null,
                EventStatus.SKIPPED,
                "older: told before")));
    room.message(failing);
    room.source.broken.add(failing);
    preview();
    assertThat(last(failing).status()).isEqualTo(EventStatus.ERROR);

    on();
    assertThat(last(older).cause()).isEqualTo(Cause.RESYNC);
    assertThat(last(failing).cause()).isEqualTo(Cause.RESYNC);
  }

  @Test
  void twoProcessesThatAreStartedTogetherAskOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      room.message(room.person("p" + i));
    }
    preview();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      Callable<Void> start =
          () -> {
            on();
            return null;
          };
      for (Future<Void> one : threads.invokeAll(List.of(start, start, start, start))) {
        one.get();
      }
    }
    assertThat(
            room.database
                .jdbc()
                .sql("select count(*) from event where cause = 'RESYNC'")
                .query(Long.class)
                .single())
        .isEqualTo(50);
  }

  @Test
  void aProcessThatStillPreviewsWhenAnotherSwitchedOnWritesNothingMoreAtAll() {
    SubjectKey zoe = room.person("zoe");
    long event = room.message(zoe);
    Claim claim = room.claims.claim(WorkerRoom.CAMPUS, InstanceState.PREVIEW, 500).orElseThrow();
    on();
    previewing.work(claim);

    assertThat(room.event(event).status()).isEqualTo(EventStatus.NEW);
    assertThat(room.event(event).attempt()).isZero();
    assertThat(room.claims.claim(WorkerRoom.CAMPUS, InstanceState.PREVIEW, 500)).isEmpty();
    room.work();
    assertThat(room.account(zoe)).isPresent();
    assertThat(target.written).isEmpty();
  }
}
