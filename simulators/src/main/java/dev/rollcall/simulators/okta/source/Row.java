package dev.rollcall.simulators.okta.source;

import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * One person of a bulk request.
 *
 * @param profile as it was sent, nulls included, everything else as text; empty for a deletion
 */
public record Row(String externalId, Map<String, JsonNode> profile) {
  private static final int MAX_EXTERNAL_ID = 512;

  /**
   * Reads the people of a body.
   *
   * @throws Refusal E0000001 where there are none or too many, or one has no id; E0000003 where one
   *     is no object
   */
  static List<Row> of(JsonNode body, Upload.Kind kind) {
    JsonNode entity = body.path("entityType");
    if (!entity.isString() || !entity.asString().equals("USERS")) {
      throw Refusal.invalid(
          "entityType", List.of("entityType: The field entityType is not valid."));
    }
    JsonNode profiles = body.path("profiles");
    if (profiles.isMissingNode() || profiles.isNull() || profiles.isEmpty()) {
      throw Refusal.invalid("profiles", List.of("profiles: The field cannot be left blank"));
    }
    if (!profiles.isArray()) {
      throw Refusal.of(ErrorCode.E0000003);
    }
    // What Okta says to more than 200 is unpublished, as is what it says to a person without an id.
    if (profiles.size() > Sources.MAX_ROWS) {
      throw Refusal.invalid(
          "profiles", List.of("profiles: At most " + Sources.MAX_ROWS + " profiles are allowed"));
    }
    List<Row> rows = new ArrayList<>(profiles.size());
    for (JsonNode one : profiles) {
      if (!one.isObject()) {
        throw Refusal.of(ErrorCode.E0000003);
      }
      JsonNode id = one.path("externalId");
      if (!id.isString() || id.asString().isBlank() || id.asString().length() > MAX_EXTERNAL_ID) {
        throw Refusal.invalid("externalId", List.of("externalId: The field is not valid"));
      }
      rows.add(
          new Row(
              id.asString(), kind == Upload.Kind.UPSERT ? profile(one.path("profile")) : Map.of()));
    }
    return List.copyOf(rows);
  }

  /** All attributes are strings, whatever they were sent as; lists and objects are not taken. */
  private static Map<String, JsonNode> profile(JsonNode sent) {
    if (!sent.isObject()) {
      throw Refusal.invalid("profile", List.of("profile: The field cannot be left blank"));
    }
    Map<String, JsonNode> profile = new LinkedHashMap<>();
    sent.forEachEntry((name, value) -> {
      if (value.isContainer()) {
        throw Refusal.invalid("profile", List.of(name + ": The field is not a string"));
      }
      profile.put(
          name, value.isNull() || value.isString() ? value : StringNode.valueOf(value.asString()));
    });
    return profile;
  }
}
