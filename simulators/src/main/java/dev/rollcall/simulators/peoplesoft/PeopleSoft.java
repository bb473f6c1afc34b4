package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.http.ControlServer;
import dev.rollcall.simulators.peoplesoft.broker.BrokerSettings;
import dev.rollcall.simulators.peoplesoft.broker.Node;
import dev.rollcall.simulators.peoplesoft.hr.Hr;
import dev.rollcall.simulators.state.SimulatedClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The PeopleSoft simulator as a whole: a Campus that can be reset, behind its control API. Safe for
 * many threads.
 */
public final class PeopleSoft implements AutoCloseable {
  /**
   * What it is started with.
   *
   * @param state the directory of its files
   * @param listener where to send; what an earlier life knew holds while this is empty
   * @param seed used where a call names none
   */
  public record Setup(
      int port,
      Path state,
      Optional<URI> listener,
      String itResource,
      String itResourceHeader,
      long seed,
      ZoneId zone) {}

  private final Setup setup;
  private final SimulatedClock clock;
  private final ControlServer server;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Campus campus;
  private volatile @Nullable Hr hr;

  private PeopleSoft(Setup setup, ControlServer server) {
    this.setup = setup;
    this.server = server;
    clock = new SimulatedClock(setup.zone());
    Node node =
        new Node(
            setup.listener().orElse(null), setup.itResource(), setup.itResourceHeader(), Map.of());
    campus = Campus.open(setup.state(), clock, node, BrokerSettings.DEFAULTS);
  }

  public static PeopleSoft start(Setup setup) throws IOException {
    PeopleSoft simulator = new PeopleSoft(setup, ControlServer.start(setup.port()));
    setup
        .listener()
        .ifPresent(url -> {
          Node known = simulator.campus.broker().node();
          simulator.campus.point(
              new Node(url, setup.itResource(), setup.itResourceHeader(), known.headers()));
        });
    new PeopleApi(simulator).routes(simulator.server);
    new BrokerApi(simulator).routes(simulator.server);
    return simulator;
  }

  /**
   * Adds HR, in a PostgreSQL database that is there.
   *
   * @param user null when the address names it
   * @param password null when there is none
   */
  public void serveHr(String jdbcUrl, @Nullable String user, @Nullable String password) {
    Hr added = Hr.in(jdbcUrl, user, password, clock, setup.seed());
    added.routes(server);
    hr = added;
  }

  public URI address() {
    return server.address();
  }

  /** Returns when somebody asked for the end. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  @Override
  public void close() {
    server.close();
    @Nullable Hr served = hr;
    if (served != null) {
      served.close();
    }
    campus.close();
  }

  Campus campus() {
    return campus;
  }

  long seed() {
    return setup.seed();
  }

  /** Lets whoever awaits the end go on. */
  public void stop() {
    stopped.countDown();
  }

  /** Forgets people, contracts and faults; where to send, how, and the clock stay as they are. */
  synchronized void reset() {
    Campus old = campus;
    Node node = old.broker().node();
    BrokerSettings settings = old.broker().settings();
    old.close();
    Campus.setAside(setup.state());
    Campus fresh = Campus.open(setup.state(), clock, node, settings);
    fresh.point(node);
    fresh.settle(settings);
    fresh.moveClock(clock.offset());
    campus = fresh;
  }
}
