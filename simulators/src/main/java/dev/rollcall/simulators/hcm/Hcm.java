package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.http.ControlRoutes;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.http.WireAnswer;
import dev.rollcall.simulators.http.WireAnswer.Delivery;
import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.http.WireRequest;
import dev.rollcall.simulators.http.WireServer;
import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.state.SimulatedClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The simulator of Oracle HCM Cloud as a whole: a tenant that can be reset, its API, and beside it,
 * on the same port, the control API below {@code /_control} and a page at {@code /}. Safe for many
 * threads.
 */
public final class Hcm implements AutoCloseable {
  /**
   * What it is started with.
   *
   * @param port 0 takes a free one
   * @param state the directory of its ledger; what an earlier life left there holds
   * @param zone of what the clock calls today
   * @param seed used where a control call names none
   * @param user who may sign in with Basic
   * @param clientId the application that may ask for access tokens
   */
  public record Setup(
      int port,
      Path state,
      ZoneId zone,
      long seed,
      String user,
      String password,
      String clientId,
      String clientSecret) {}

  private record Running(Tenant tenant, Gate gate) {}

  private final Setup setup;
  private final SimulatedClock clock;
  private final Door door;
  private final ControlRoutes control = new ControlRoutes();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final WireServer server;
  private volatile Running running;

  private Hcm(Setup setup) throws IOException {
    this.setup = setup;
    clock = new SimulatedClock(setup.zone());
    door =
        new Door(
            new Door.Keys(setup.user(), setup.password(), setup.clientId(), setup.clientSecret()),
            clock);
    running = open();
    new ControlApi(this).routes(control);
    server = WireServer.start(setup.port(), this::serve);
  }

  /**
   * Starts it.
   *
   * @throws IOException when the port is taken
   */
  public static Hcm start(Setup setup) throws IOException {
    return new Hcm(setup);
  }

  /** Where it listens: the tenant's own address, and that of the control API. */
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
    running.tenant().close();
  }

  Tenant tenant() {
    return running.tenant();
  }

  Door door() {
    return door;
  }

  void stop() {
    stopped.countDown();
  }

  /** Forgets people, locations and faults; settings, clock and tokens stay. */
  synchronized void reset() {
    Tenant old = running.tenant();
    old.close();
    Tenant.setAside(setup.state());
    Tenant fresh = Tenant.open(setup.state(), clock, setup.seed());
    fresh.clockSet();
    fresh.settle(old.settings());
    running = new Running(fresh, new Gate(fresh, door));
  }

  private Running open() {
    Tenant tenant = Tenant.open(setup.state(), clock, setup.seed());
    return new Running(tenant, new Gate(tenant, door));
  }

  private WireAnswer serve(WireRequest request) {
    String path = request.path();
    if (path.startsWith("/_control/")) {
      Reply reply =
          control.answer(
              request.method(),
              URI.create(request.target()),
              request.body().getBytes(StandardCharsets.UTF_8));
      return answer(
          reply.status(), "application/json", Json.MAPPER.writeValueAsString(reply.body()));
    }
    if (path.equals("/") && request.method().equals("GET")) {
      return answer(200, "text/html; charset=utf-8", StatePage.of(running.tenant()));
    }
    return running.gate().handle(request);
  }

  private static WireAnswer answer(int status, String type, String body) {
    return new WireAnswer(status, List.of(new Header("content-type", type)), body, Delivery.WHOLE);
  }
}
