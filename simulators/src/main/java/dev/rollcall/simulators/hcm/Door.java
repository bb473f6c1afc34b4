package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.http.WireRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may come in: a user by name and password, and whoever holds an access token that is not over.
 * Tokens are forgotten with the process. Safe for many threads.
 */
final class Door {
  /**
   * What opens it.
   *
   * @param clientId of the application that may ask for tokens
   */
  record Keys(String user, String password, String clientId, String clientSecret) {}

  private final Keys keys;
  private final Clock clock;
  private final Map<String, Instant> tokens = new HashMap<>();

  Door(Keys keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** Who calls; empty for nobody who is known. */
  synchronized Optional<String> admit(WireRequest wire, boolean basic) {
    String said = wire.header("authorization").orElse("");
    if (said.regionMatches(true, 0, "Basic ", 0, 6)) {
      return basic && same(said, keys.user(), keys.password())
          ? Optional.of(keys.user())
          : Optional.empty();
    }
    if (said.regionMatches(true, 0, "Bearer ", 0, 7)) {
      Instant ends = tokens.getOrDefault(said.substring(7).strip(), Instant.MIN);
      return clock.instant().isBefore(ends) ? Optional.of(keys.clientId()) : Optional.empty();
    }
    return Optional.empty();
  }

  /** A token for an application that says who it is; empty for any other. */
  synchronized Optional<String> token(WireRequest wire, Map<String, String> form, int seconds) {
    String said = wire.header("authorization").orElse("");
    boolean known =
        said.isEmpty()
            ? equal(
                form.getOrDefault("client_id", "") + ":" + form.getOrDefault("client_secret", ""),
                keys.clientId() + ":" + keys.clientSecret())
            : same(said, keys.clientId(), keys.clientSecret());
    if (!known) {
      return Optional.empty();
    }
    String token = "hcm." + UUID.randomUUID();
    tokens.values().removeIf(ends -> !ends.isAfter(clock.instant()));
    tokens.put(token, clock.instant().plusSeconds(seconds));
    return Optional.of(token);
  }

  /** Ends every token at once. */
  synchronized void expire() {
    tokens.clear();
  }

  private static boolean same(String header, String name, String secret) {
    if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return false;
    }
    try {
      String said =
          new String(
              Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
      return equal(said, name + ":" + secret);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean equal(String said, String wanted) {
    return MessageDigest.isEqual(
        said.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
  }
}
