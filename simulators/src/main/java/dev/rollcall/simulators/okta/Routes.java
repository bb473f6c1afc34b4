package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which call of the API is answered by what, and which scope it needs. */
final class Routes {
  /** Answers one call; a refusal becomes Okta's envelope. */
  @FunctionalInterface
  interface Handler {
    Said handle(Ask ask);
  }

  /** A call that is known, with the named segments of its path. */
  record Found(Handler handler, String scope, Map<String, String> path) {}

  private record Route(String method, List<String> pattern, String scope, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  void add(String method, String path, String scope, Handler handler) {
    routes.add(new Route(method, List.of(path.substring(1).split("/", -1)), scope, handler));
  }

  /**
   * Finds who answers.
   *
   * @throws Refusal E0000022 where the address takes other methods, E0000008 where there is none
   */
  Found find(String method, List<String> segments) {
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> bound = bind(route.pattern(), segments);
      if (bound.isPresent()) {
        known = true;
        if (route.method().equals(method)) {
          return new Found(route.handler(), route.scope(), bound.get());
        }
      }
    }
    throw Refusal.of(known ? ErrorCode.E0000022 : ErrorCode.E0000008);
  }

  private static Optional<Map<String, String>> bind(List<String> pattern, List<String> segments) {
    if (pattern.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> bound = new LinkedHashMap<>();
    for (int i = 0; i < pattern.size(); i++) {
      String part = pattern.get(i);
      if (part.startsWith("{")) {
        bound.put(part.substring(1, part.length() - 1), segments.get(i));
      } else if (!part.equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(bound);
  }
}
