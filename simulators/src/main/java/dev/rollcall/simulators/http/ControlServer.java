package dev.rollcall.simulators.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Executors;

/** Serves the control API of one simulator as JSON, each call on a virtual thread. */
public final class ControlServer implements AutoCloseable {
  /** Answers one control call; a {@link BadCall} becomes a 4xx with its sentence. */
  @FunctionalInterface
  public interface Handler {
    Reply handle(Call call);
  }

  private final HttpServer server;
  private final ControlRoutes routes = new ControlRoutes();

  private ControlServer(HttpServer server) {
    this.server = server;
  }

  /** Listens on the loopback address; port 0 takes a free one. */
  public static ControlServer start(int port) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
    ControlServer control = new ControlServer(http);
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/", control::serve);
    http.start();
    return control;
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Adds a route; a segment such as {@code {emplid}} is handed over by that name. */
  public void route(String method, String path, Handler handler) {
    routes.route(method, path, handler);
  }

  @Override
  public void close() {
    server.stop(1);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Reply reply = routes.answer(exchange.getRequestMethod(), exchange.getRequestURI(), body);
      byte[] json = Json.MAPPER.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), json.length);
      exchange.getResponseBody().write(json);
    }
  }
}
