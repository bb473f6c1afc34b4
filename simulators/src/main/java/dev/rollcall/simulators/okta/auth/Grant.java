package dev.rollcall.simulators.okta.auth;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An access token, known by its digest alone.
 *
 * @param key thumbprint of the key that its holder has to prove; null for a bearer token
 */
public record Grant(
    String digest, String client, List<String> scopes, Instant expires, @Nullable String key) {}
