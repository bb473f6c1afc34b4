package dev.rollcall.simulators.okta.auth;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A service application.
 *
 * @param keys its public keys, RFC 7517
 * @param scopes what an administrator granted
 * @param dpop whether it has to prove that it holds a key
 * @param role whether an administrator's role is assigned to it; without one it may do nothing
 * @param share of each rate limit that it may use, in percent; null for the tenant's default
 */
public record Client(
    String clientId,
    JsonNode keys,
    List<String> scopes,
    boolean dpop,
    boolean role,
    boolean active,
    @Nullable Integer share) {}
