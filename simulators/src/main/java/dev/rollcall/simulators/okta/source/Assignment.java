package dev.rollcall.simulators.okta.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody whom a source knows.
 *
 * @param appUser the id of the application's own record of them
 * @param user whom they are linked to; none while nobody has confirmed it
 * @param active whether the assignment holds; it ends with a bulk-delete
 * @param profile of the application, by attribute; one without a value is not in it
 */
public record Assignment(
    String externalId,
    String appUser,
    @Nullable String user,
    boolean active,
    Map<String, JsonNode> profile) {}
