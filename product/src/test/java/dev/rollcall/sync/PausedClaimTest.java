package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.event.Claim;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a pause finds claimed goes back as it was. */
class PausedClaimTest {

  private final WorkerRoom room = new WorkerRoom();

  @BeforeEach
  void start() {
    room.states.start(WorkerRoom.CAMPUS, InstanceState.ON);
  }

  private void pause() {
    assertThat(room.states.pause(WorkerRoom.CAMPUS, "test", null)).isTrue();
    assertThat(room.states.awaitWriters(WorkerRoom.CAMPUS)).isTrue();
  }

  @Test
  void nothingIsAppliedAndNoAttemptIsUsed() {
    SubjectKey zoe = room.person("zoe");
    long date = room.append(zoe, Cause.DUE, room.clock.instant());
    SyncEvent before = room.event(date);
    Claim claim = room.claims.claim(WorkerRoom.CAMPUS, 500).orElseThrow();
    pause();
    room.worker.work(claim);

    assertThat(room.event(date)).isEqualTo(before);
    assertThat(room.target.applied).isEmpty();
    assertThat(room.audit.ofEvent(date)).isEmpty();
    assertThat(room.workOnce()).isFalse();
    assertThat(room.database.jdbc().sql("select count(*) from claim").query(Long.class).single())
        .isZero();
    room.states.resume(WorkerRoom.CAMPUS);
    room.work();
    assertThat(room.event(date).status()).isEqualTo(EventStatus.COMPLETED);
  }

  @Test
  void alsoWhatFailedMeanwhileUsesNoAttempt() {
    SubjectKey zoe = room.person("zoe");
    long event = room.message(zoe);
    Claim claim = room.claims.claim(WorkerRoom.CAMPUS, 500).orElseThrow();
    pause();
    room.source.failure = new IllegalStateException("broken");
    room.source.poisonous.add(zoe);
    room.worker.work(claim);
    assertThat(room.event(event).status()).isEqualTo(EventStatus.NEW);
    assertThat(room.event(event).attempt()).isZero();
  }

  @Test
  void anotherInstanceGoesOn() {
    room.states.start("other", InstanceState.ON);
    room.states.pause("other", "test", null);
    SubjectKey zoe = room.person("zoe");
    room.message(zoe);
    room.work();
    assertThat(room.account(zoe)).isPresent();
    assertThat(room.links.find(WorkerRoom.TARGET, List.of(zoe))).hasSize(1);
  }
}
