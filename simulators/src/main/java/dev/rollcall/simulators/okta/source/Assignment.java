package dev.rollcall.simulators.okta.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody whom a source knows.
 *
 * @param appUser the id of the application's own record of them
 * @param user whom they are linked to; none while nobody has confirmed it
 * @param active whether the source has them still; it ends with a bulk-delete
 * @param profile of the application, by attribute; one without a value is not in it
 */
public record Assignment(
    String externalId,
    String appUser,
    @Nullable String user,
    boolean active,
    Map<String, JsonNode> profile) {

  /** Whether somebody is assigned; who waits for confirmation is not yet. */
  public boolean assigned() {
    return active && user != null;
  }
}
