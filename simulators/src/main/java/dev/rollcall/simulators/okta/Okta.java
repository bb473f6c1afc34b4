package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.ControlRoutes;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.http.WireAnswer;
import dev.rollcall.simulators.http.WireAnswer.Delivery;
import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.http.WireRequest;
import dev.rollcall.simulators.http.WireServer;
import dev.rollcall.simulators.okta.auth.Client;
import dev.rollcall.simulators.okta.source.Source;
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
 * The Okta simulator as a whole: a tenant that can be reset, its API, and beside it, on the same
 * port, the control API below {@code /_control} and a page at {@code /}. Safe for many threads.
 */
public final class Okta implements AutoCloseable {
  /**
   * What it is started with.
   *
   * @param port 0 takes a free one
   * @param state the directory of its ledger; what an earlier life left there holds
   * @param zone of what the clock calls today
   * @param token an API token that is good from the start, called {@code default}
   */
  public record Setup(int port, Path state, ZoneId zone, String token) {}

  private record Running(Tenant tenant, Gate gate) {}

  private final Setup setup;
  private final SimulatedClock clock;
  private final ControlRoutes control = new ControlRoutes();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final WireServer server;
  private volatile Running running;

  private Okta(Setup setup) throws IOException {
    this.setup = setup;
    clock = new SimulatedClock(setup.zone());
    running = open();
    new ControlApi(this).routes(control);
    server = WireServer.start(setup.port(), this::serve);
  }

  /**
   * Starts it.
   *
   * @throws IOException when the port is taken
   */
  public static Okta start(Setup setup) throws IOException {
    return new Okta(setup);
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

  void stop() {
    stopped.countDown();
  }

  /**
   * Forgets users, groups, mails, sessions, assignments, windows and faults; settings, clock,
   * access and identity sources stay.
   */
  synchronized void reset() {
    Tenant old = running.tenant();
    List<Source> sources = old.sources().all();
    old.close();
    Tenant.setAside(setup.state());
    Tenant fresh = Tenant.open(setup.state(), clock);
    fresh.clockSet();
    fresh.settle(old.settings());
    old.doorkeeper().tokens().forEach(fresh.doorkeeper()::keep);
    sources.forEach(fresh.sources()::keep);
    for (Client client : old.doorkeeper().clients()) {
      fresh.doorkeeper().keep(client);
    }
    running = new Running(fresh, new Gate(fresh));
  }

  private Running open() {
    Tenant tenant = Tenant.open(setup.state(), clock);
    tenant.doorkeeper().keepUnlessKnown(setup.token(), "default");
    return new Running(tenant, new Gate(tenant));
  }

  private WireAnswer serve(WireRequest request) {
    String path = request.path();
    if (path.startsWith("/_control/")) {
      running.tenant().sources();
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
