package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.LocalPostgres;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** PostgreSQL dies under a single service, and nobody else is there to bring it back. */
@Timeout(300)
class PostgresKilledTest {

  private static final int TIMES = 5;
  private static final int DELIVERED_BETWEEN = 60;

  @Test
  void aServiceThatIsAloneBringsItsServerBackAndSaysYesOnlyToWhatIsStored() throws IOException {
    try (SurvivalHome home = SurvivalHome.fresh("lease: 2s")) {
      Node node = home.node("node");
      node.url();
      try (Load load = new Load(24, 11, 100, () -> List.of(node.url()))) {
        load.introduceEverybody(home.tables());
        for (int i = 0; i < TIMES; i++) {
          load.awaitDelivered(DELIVERED_BETWEEN);
          assertThat(Signals.kill(home.server().orElseThrow().pid())).isTrue();
        }
        load.awaitDelivered(DELIVERED_BETWEEN);
        load.finish();
        System.out.println("PostgresKilledTest: answers " + load.broker().answers());
        assertThat(load.broker().answers().keySet())
            .as("the service itself was always there to answer")
            .isSubsetOf("200", "503");
        assertThat(node.urlNow()).isPresent();
        home.tables().awaitIdle(Duration.ofMinutes(1));
        new EndState(home.tables(), load.people()).check(load.broker().acknowledged());
      }
    }
  }

  @Test
  void aMessageIsRefusedWhileTheServerCannotComeBackAndTakenAfterwards()
      throws IOException, InterruptedException {
    try (SurvivalHome home = SurvivalHome.fresh("lease: 2s");
        People people = new People(3)) {
      Node node = home.node("node");
      node.url();
      people.change(node);
      home.tables().awaitIdle(Duration.ofSeconds(30));
      SyncMessage message = people.get(0).next();
      long start = System.nanoTime();
      try (FileChannel lock = nobodyMayStartAServer(home)) {
        assertThat(Signals.kill(home.server().orElseThrow().pid())).isTrue();
        assertThat(people.broker().send(node.url(), message)).isEqualTo(503);
        assertThat(lock.isOpen()).isTrue();
      }
      System.out.println(
          "PostgresKilledTest: 503 after " + Duration.ofNanos(System.nanoTime() - start));
      await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> home.server().map(LocalPostgres.Server::pid).isPresent());
      assertThat(
              home.tables()
                  .count(
                      "select count(*) from campus_message where transaction_id = ?",
                      message.transactionId()))
          .isZero();
      people.broker().tell(node, message);
      people.change(node);
      home.tables().awaitIdle(Duration.ofMinutes(1));
      people.check(home.tables());
    }
  }

  /** The lock under which Rollcall starts its server. */
  private static FileChannel nobodyMayStartAServer(SurvivalHome home) throws IOException {
    Path file = home.directory().resolve("postgres").resolve("lock");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    channel.lock();
    return channel;
  }
}
