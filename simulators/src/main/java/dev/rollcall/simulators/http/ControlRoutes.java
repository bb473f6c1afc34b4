package dev.rollcall.simulators.http;

import dev.rollcall.simulators.state.Json;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which control call is answered by what, whatever server it came through. Safe for threads. */
public final class ControlRoutes {
  private record Route(String method, List<String> segments, ControlServer.Handler handler) {}

  private final List<Route> routes = new CopyOnWriteArrayList<>();

  /** Adds a route; a segment such as {@code {emplid}} is handed over by that name. */
  public void route(String method, String path, ControlServer.Handler handler) {
    routes.add(new Route(method, segments(path), handler));
  }

  /** Answers one control call; whatever goes wrong becomes an answer that says so. */
  public Reply answer(String method, URI uri, byte[] body) {
    try {
      return dispatch(method, uri, body);
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
