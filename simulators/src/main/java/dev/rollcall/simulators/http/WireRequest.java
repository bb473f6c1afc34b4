package dev.rollcall.simulators.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request as it came over the wire.
 *
 * @param target path and query, still encoded
 * @param headers by lower-case name, each line on its own
 * @param body empty where none came
 */
public record WireRequest(
    String method, String target, Map<String, List<String>> headers, String body) {

  /** The first line of this name, if there is any. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** The path, still encoded. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  /** The query, still encoded; empty where there is none. */
  public String query() {
    int query = target.indexOf('?');
    return query < 0 ? "" : target.substring(query + 1);
  }
}
