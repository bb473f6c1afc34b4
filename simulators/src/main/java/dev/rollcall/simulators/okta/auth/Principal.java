package dev.rollcall.simulators.okta.auth;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param share of each rate limit, in percent; null for the tenant's default
 * @param scopes what an access token is good for; empty for a token that may do all
 */
public record Principal(
    String name, @Nullable Integer share, Optional<List<String>> scopes, boolean role) {}
