package dev.rollcall.simulators.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Serves the control API of one simulator as JSON, each call on a virtual thread. */
public final class ControlServer implements AutoCloseable {
  private record Route(String method, List<String> segments, Handler handler) {}

  /** Answers one control call; a {@link BadCall} becomes a 4xx with its sentence. */
  @FunctionalInterface
  public interface Handler {
    Reply handle(Call call);
  }

  private final HttpServer server;
  private final List<Route> routes = new CopyOnWriteArrayList<>();

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
    routes.add(new Route(method, segments(path), handler));
  }

  @Override
  public void close() {
    server.stop(1);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      byte[] json = Json.MAPPER.writeValueAsBytes(reply.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(reply.status(), json.length);
      exchange.getResponseBody().write(json);
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    try {
      return dispatch(exchange.getRequestMethod(), exchange.getRequestURI(), body);
    } catch (BadCall e) {
      return new Reply(e.status(), Map.of("error", String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      return new Reply(500, Map.of("error", e.toString()));
    }
  }

  private Reply dispatch(String method, URI uri, byte[] body) {
    List<String> asked = segments(uri.getRawPath());
    boolean pathKnown = false;
    for (Route route : routes) {
      Optional<Map<String, String>> bound = bind(route.segments(), asked);
      if (bound.isPresent()) {
        pathKnown = true;
        if (route.method().equals(method)) {
          return route.handler().handle(new Call(bound.get(), query(uri), parse(body)));
        }
      }
    }
    throw pathKnown
        ? new BadCall(405, method + " is not possible on " + uri.getPath())
        : new BadCall(404, "there is no " + uri.getPath());
  }

  private static ObjectNode parse(byte[] body) {
    if (body.length == 0) {
      return Json.MAPPER.createObjectNode();
    }
    try {
      JsonNode node = Json.MAPPER.readTree(body);
      if (node instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new BadCall("the body is not JSON: " + e.getOriginalMessage());
    }
    throw new BadCall("the body must be a JSON object");
  }

  private static Optional<Map<String, String>> bind(List<String> pattern, List<String> asked) {
    if (pattern.size() != asked.size()) {
      return Optional.empty();
    }
    Map<String, String> bound = new HashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String segment = pattern.get(i);
      if (segment.startsWith("{")) {
        bound.put(segment.substring(1, segment.length() - 1), decode(asked.get(i)));
      } else if (!segment.equals(asked.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(bound);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    @Nullable String raw = uri.getRawQuery();
    if (raw != null && !raw.isEmpty()) {
      for (String pair : List.of(raw.split("&", -1))) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return query;
  }

  private static List<String> segments(String path) {
    return List.of(path.replaceAll("^/+|/+$", "").split("/", -1));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
