package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.EventStatus;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.SubjectKey;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;

/** A dispatcher comes to its end, whatever it is doing. */
@Timeout(60)
class DispatcherTest {

  private final WorkerRoom room = new WorkerRoom();

  @RepeatedTest(5)
  void itEndsWhileItWaitsForASlot() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    room.source.beforeRead =
        () -> {
          reading.countDown();
          try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
          }
        };
    SubjectKey kevin = room.person("kevin");
    long event = room.message(kevin);
    Dispatcher dispatcher =
        new Dispatcher(
            room.instance(InstanceState.ON, room.target),
            room.claims,
            room.gate,
            room.worker,
            new InFlight(),
            new EngineSettings(10, 1, Duration.ofSeconds(15), Duration.ofMillis(10)));
    Thread claiming = Thread.ofPlatform().daemon().start(dispatcher);
    assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
    Thread stopping =
        Thread.ofVirtual()
            .start(() -> {
              try {
                dispatcher.stop(Duration.ofSeconds(10));
              } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
              }
            });
    go.countDown();

    assertThat(stopping.join(Duration.ofSeconds(30))).isTrue();
    assertThat(claiming.join(Duration.ofSeconds(30))).isTrue();
    assertThat(room.event(event).status()).isEqualTo(EventStatus.COMPLETED);
  }
}
