package dev.rollcall.connector.okta;

import dev.rollcall.http.Exchange;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Okta's JSON. What is not known here is passed over, and a null that is read means the same as
 * nothing; a null that is written stays one ({@code facts/okta.md §1, §2.3}).
 */
public final class OktaJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private OktaJson() {}

  /**
   * An answer as it is.
   *
   * @param named the call, for the message
   * @throws ConnectorException UNREADABLE when it is not whole
   */
  public static JsonNode tree(Exchange answer, String named) {
    try {
      JsonNode tree = MAPPER.readTree(answer.body());
      if (tree.isObject() || tree.isArray()) {
        return tree;
      }
      throw unreadable(named, "neither an object nor a list", null);
    } catch (JacksonException broken) {
      throw unreadable(named, broken.getOriginalMessage(), broken);
    }
  }

  static OktaUser user(Exchange answer, String named) {
    return user(tree(answer, named), named);
  }

  static List<OktaUser> users(Exchange answer, String named) {
    List<OktaUser> users = new ArrayList<>();
    for (JsonNode user : list(answer, named)) {
      users.add(user(user, named));
    }
    return users;
  }

  static List<OktaGroup> groups(Exchange answer, String named) {
    List<OktaGroup> groups = new ArrayList<>();
    for (JsonNode group : list(answer, named)) {
      groups.add(
          new OktaGroup(
              needed(group, "id", named),
              needed(group.path("profile"), "name", named),
              needed(group, "type", named)));
    }
    return groups;
  }

  private static JsonNode list(Exchange answer, String named) {
    JsonNode list = tree(answer, named);
    if (!list.isArray()) {
      throw unreadable(named, "an object where a list was asked for", null);
    }
    return list;
  }

  private static OktaUser user(JsonNode user, String named) {
    JsonNode profile = user.path("profile");
    if (!profile.isObject()) {
      throw unreadable(named, "a user without a profile", null);
    }
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> property : profile.properties()) {
      JsonNode value = property.getValue();
      String text = value.isNull() ? "" : value.isValueNode() ? value.asString() : value.toString();
      if (!text.isBlank()) {
        attributes.put(property.getKey(), text);
      }
    }
    String towards = user.path("transitioningToStatus").asString("");
    return new OktaUser(
        needed(user, "id", named),
        towards.isEmpty() ? needed(user, "status", named) : towards,
        attributes);
  }

  private static String needed(JsonNode object, String name, String named) {
    String text = object.path(name).asString("");
    if (text.isEmpty()) {
      throw unreadable(named, "no '" + name + "' where there is always one", null);
    }
    return text;
  }

  private static ConnectorException unreadable(
      String named, String what, @Nullable Throwable cause) {
    return new ConnectorException(
        ErrorKind.UNREADABLE,
        "Okta's answer to %s cannot be understood: %s".formatted(named, what),
        cause);
  }

  /** The body that sets and clears; what is not in the profile is left alone. */
  static String profile(Map<String, Value> profile) {
    return MAPPER.writeValueAsString(Map.of("profile", texts(profile)));
  }

  /** The body that makes a user who is at once in some groups. */
  static String newUser(Map<String, Value> profile, List<String> groupIds) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("profile", texts(profile));
    if (!groupIds.isEmpty()) {
      body.put("groupIds", groupIds);
    }
    return MAPPER.writeValueAsString(body);
  }

  private static Map<String, @Nullable String> texts(Map<String, Value> profile) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    profile.forEach((name, value) -> texts.put(name, value.textOrNull()));
    return texts;
  }
}
