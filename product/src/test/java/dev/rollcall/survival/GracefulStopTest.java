package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service that is asked to end (SIGTERM) hands everything over in order. */
@Timeout(300)
class GracefulStopTest {

  private static final int ROUNDS = 4;
  private static final int DELIVERED_BETWEEN = 80;

  @Test
  void servicesThatAreAskedToEndUnderLoadLeaveNothingHalfDone() throws IOException {
    // A lease much longer than the test: nobody but they themselves can have given anything back.
    try (SurvivalHome home = SurvivalHome.fresh("lease: 10m\nclaimSize: 10")) {
      AtomicReference<Node> leaving = new AtomicReference<>(home.node("node0"));
      AtomicReference<Node> staying = new AtomicReference<>(home.node("node1"));
      leaving.get().url();
      staying.get().url();
      try (Load load = new Load(24, 13, 120, () -> up(leaving.get(), staying.get()))) {
        Tables tables = home.tables();
        load.introduceEverybody(tables);
        for (int round = 0; round < ROUNDS; round++) {
          load.awaitDelivered(DELIVERED_BETWEEN);
          Node ended = leaving.get();
          Duration took = ended.terminate();
          System.out.println("GracefulStopTest: ended after " + took);
          assertThat(took).isLessThan(Duration.ofSeconds(15));
          assertThat(tables.count("select count(*) from claim where node = ?", ended.nodeName()))
              .as("claims it left behind")
              .isZero();
          leaving.set(staying.get());
          staying.set(home.node("node" + (round + 2)));
          staying.get().url();
        }
        load.finish();
        assertThat(load.broker().unexpected()).isEmpty();
        leaving.get().terminate();
        staying.get().terminate();
        assertThat(tables.count("select count(*) from event where status = 'QUE'")).isZero();
        assertThat(tables.count("select count(*) from audit where kind = 'claim-lost'")).isZero();
        home.node("last").url();
        tables.awaitIdle(Duration.ofSeconds(30));
        new EndState(tables, load.people()).check(load.broker().acknowledged());
      }
    }
  }

  @Test
  void aServiceThatCannotFinishGivesBackWhatItWorksAtOnce() throws IOException, SQLException {
    try (SurvivalHome home = SurvivalHome.fresh("lease: 10m\nclaimsAtOnce: 1");
        People people = new People(1)) {
      Node ending = home.node("ending");
      URI address = ending.url();
      Tables tables = home.tables();
      try (Roadblock planning = Roadblock.beforeReading(tables, "identity")) {
        people.change(ending);
        planning.awaitSomebody();
        assertThat(tables.count("select count(*) from event where status = 'QUE'")).isEqualTo(1);

        assertThat(ending.terminate()).isLessThan(Duration.ofSeconds(30));

        assertThat(
                tables.count(
                    "select count(*) from event where status = 'NEW' and attempt = 0"
                        + " and token is null"))
            .as("it waits again, as if nobody had taken it")
            .isEqualTo(1);
        assertThat(tables.count("select count(*) from claim")).isZero();
      }
      try (Socket late = new Socket()) {
        assertThatThrownBy(() ->
                late.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort()),
                    5_000))
            .as("no sender is told anything any more")
            .isInstanceOf(ConnectException.class);
      }
      home.node("next").url();
      tables.awaitIdle(Duration.ofSeconds(30));
      people.check(tables);
      assertThat(tables.count("select count(*) from audit where kind = 'claim-lost'")).isZero();
    }
  }

  private static List<URI> up(Node... nodes) {
    return Stream.of(nodes).flatMap(node -> node.urlNow().stream()).toList();
  }
}
