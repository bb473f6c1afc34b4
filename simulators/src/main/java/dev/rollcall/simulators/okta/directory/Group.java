package dev.rollcall.simulators.okta.directory;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One group; who is in it is kept beside it.
 *
 * @param order rises with each creation; lists come in this order
 * @param profile by property name: {@code name}, {@code description} and whatever else was given
 */
public record Group(
    String id,
    long order,
    Type type,
    Instant created,
    Instant lastUpdated,
    Instant lastMembershipUpdated,
    Map<String, JsonNode> profile) {

  /** Who decides on its members: Okta's administrators, another system, or Okta itself. */
  public enum Type {
    OKTA_GROUP,
    APP_GROUP,
    BUILT_IN
  }

  public Optional<String> text(String property) {
    return Optional.ofNullable(profile.get(property))
        .filter(value -> !value.isNull())
        .map(JsonNode::asString);
  }

  public String name() {
    return text("name").orElse("");
  }

  Group with(Map<String, JsonNode> otherProfile, Instant when) {
    return new Group(id, order, type, created, when, lastMembershipUpdated, otherProfile);
  }

  Group withMembersChanged(Instant when) {
    return new Group(id, order, type, created, lastUpdated, when, profile);
  }
}
