package dev.rollcall.simulators.okta.auth;

import org.jspecify.annotations.Nullable;

/**
 * An SSWS token, known by its digest alone.
 *
 * @param share of each rate limit that it may use, in percent; null for the tenant's default
 * @param owner the administrator it was made by: it ends with them; null for nobody in particular
 */
public record ApiToken(
    String name, String digest, boolean active, @Nullable Integer share, @Nullable String owner) {}
