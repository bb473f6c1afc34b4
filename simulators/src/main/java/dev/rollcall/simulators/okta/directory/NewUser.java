package dev.rollcall.simulators.okta.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Somebody to be created.
 *
 * @param profile as it was sent, nulls included
 * @param password whether one was sent, as text or as a hash
 * @param provider {@code OKTA}, {@code FEDERATION}, {@code IMPORT} or another provider's type
 * @param realm the part of the tenant to put them into
 * @param expire whether the password has to be changed with the first login
 */
public record NewUser(
    Map<String, JsonNode> profile,
    boolean password,
    String provider,
    boolean activate,
    boolean expire,
    List<String> groups,
    Optional<String> realm) {}
