package dev.rollcall.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.model.InstanceState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever stops an instance waits for those who write, and for nobody who comes later. */
@Timeout(120)
class InstanceStatesTest {

  private final EventTable table = new EventTable();
  private final InstanceStates states =
      new InstanceStates(table.database, table.events, table.clock);

  private boolean mayWrite() {
    return table.database.inTransaction(
        () -> states.enter(EventTable.CAMPUS, InstanceState.ON).open());
  }

  @Test
  void anInstanceThatWasNeverStartedIsOpen() {
    assertThat(mayWrite()).isTrue();
    assertThat(states.all()).isEmpty();
  }

  @Test
  void theLastToStartDecides() {
    states.start(EventTable.CAMPUS, InstanceState.ON);
    assertThat(mayWrite()).isTrue();
    states.start(EventTable.CAMPUS, InstanceState.OFF);
    assertThat(mayWrite()).isFalse();
    table.message("zoe");
    assertThat(table.claimed(10)).isEmpty();
    states.start(EventTable.CAMPUS, InstanceState.ON);
    assertThat(table.claimed(10)).hasSize(1);
  }

  @Test
  void aPauseIsAFlagOfItsOwnBesideTheState() {
    states.start(EventTable.CAMPUS, InstanceState.ON);
    states.pause(EventTable.CAMPUS, "ada", "because");
    assertThat(states.pause(EventTable.CAMPUS, "bob", null)).isFalse();
    states.start(EventTable.CAMPUS, InstanceState.PREVIEW);
    states.start(EventTable.CAMPUS, InstanceState.ON);
    assertThat(mayWrite()).isFalse();
    assertThat(states.all())
        .containsExactly(
            new InstanceStates.Standing(
                EventTable.CAMPUS,
                InstanceState.ON,
                EventTable.NOON,
                new InstanceStates.Pause(EventTable.NOON, "ada", "because")));
    assertThat(states.resume(EventTable.CAMPUS)).isTrue();
    assertThat(states.resume(EventTable.CAMPUS)).isFalse();
    assertThat(mayWrite()).isTrue();
  }

  @Test
  void aPauseReturnsOnlyWhenNobodyIsWritingAnyMore() throws Exception {
    states.start(EventTable.CAMPUS, InstanceState.ON);
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    var writer =
        CompletableFuture.runAsync(() ->
            table.database.inTransaction(() -> {
              assertThat(states.enter(EventTable.CAMPUS, InstanceState.ON).open()).isTrue();
              writing.countDown();
              await().until(() -> go.getCount() == 0);
            }));
    writing.await();
    states.pause(EventTable.CAMPUS, "test", null);
    assertThat(mayWrite()).as("from here on").isFalse();
    var pause = CompletableFuture.supplyAsync(() -> states.awaitWriters(EventTable.CAMPUS));
    assertThatThrownBy(() -> pause.get(500, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    go.countDown();
    assertThat(pause.get(10, TimeUnit.SECONDS)).isTrue();
    writer.get(10, TimeUnit.SECONDS);
  }

  @Test
  void manyWhoWriteOneAfterTheOtherDoNotKeepAPauseWaiting() throws Exception {
    states.start(EventTable.CAMPUS, InstanceState.ON);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger allowed = new AtomicInteger();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          CompletableFuture.runAsync(() -> {
            while (!over.get()) {
              table.database.inTransaction(() -> {
                if (states.enter(EventTable.CAMPUS, InstanceState.ON).open()) {
                  allowed.incrementAndGet();
                  table.database.jdbc().sql("select pg_sleep(0.02)").query((row, n) -> n).list();
                }
              });
            }
          }));
    }
    await().until(() -> allowed.get() > 20);
    long asked = System.nanoTime();
    states.pause(EventTable.CAMPUS, "test", null);
    assertThat(states.awaitWriters(EventTable.CAMPUS)).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
    int until = allowed.get();
    await()
        .during(Duration.ofMillis(300))
        .atMost(Duration.ofSeconds(5))
        .until(() -> allowed.get() == until);
    over.set(true);
    for (CompletableFuture<Void> writer : writers) {
      writer.get(10, TimeUnit.SECONDS);
    }
  }
}
