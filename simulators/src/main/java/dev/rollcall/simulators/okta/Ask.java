package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.WireRequest;
import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.state.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One call of the API as its handler sees it.
 *
 * @param number of the call in the ledger
 * @param base scheme and host as the caller wrote them, for links
 * @param path the named segments, decoded
 * @param fault what was scripted for it
 */
record Ask(
    long number,
    WireRequest wire,
    String base,
    Map<String, String> path,
    Map<String, String> query,
    Optional<Fault> fault) {

  String named(String segment) {
    String value = path.getOrDefault(segment, "");
    if (value.contains("/")) {
      throw Refusal.notFound(value, segment.equals("groupId") ? "UserGroup" : "User");
    }
    return value;
  }

  boolean flag(String name, boolean fallback) {
    return Optional.ofNullable(query.get(name)).map(Boolean::parseBoolean).orElse(fallback);
  }

  boolean later() {
    return wire.header("prefer").filter("respond-async"::equals).isPresent();
  }

  /**
   * The size of a page.
   *
   * @throws Refusal E0000001 where it is not a number above 0
   */
  int limit(int fallback, int most) {
    String limit = query.getOrDefault("limit", String.valueOf(fallback));
    if (!limit.matches("\\d{1,9}") || Integer.parseInt(limit) == 0) {
      throw Refusal.invalid("limit", List.of("limit: Must be a number greater than 0"));
    }
    return Math.min(Integer.parseInt(limit), most);
  }

  /**
   * The body as a JSON object.
   *
   * @throws Refusal E0000003 where it is none, or has a key that is not one of these
   */
  ObjectNode body(String... known) {
    JsonNode body;
    try {
      body = Json.MAPPER.readTree(wire.body());
    } catch (JacksonException e) {
      throw Refusal.of(ErrorCode.E0000003);
    }
    if (!(body instanceof ObjectNode object)
        || !List.of(known).containsAll(new ArrayList<>(object.propertyNames()))) {
      throw Refusal.of(ErrorCode.E0000003);
    }
    return object;
  }

  /** The properties of an object inside a body; none where it is missing or null. */
  static Map<String, JsonNode> properties(JsonNode object) {
    if (object.isMissingNode() || object.isNull()) {
      return Map.of();
    }
    if (!object.isObject()) {
      throw Refusal.of(ErrorCode.E0000003);
    }
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    object.forEachEntry(properties::put);
    return properties;
  }
}
