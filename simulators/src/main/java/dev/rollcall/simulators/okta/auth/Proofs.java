package dev.rollcall.simulators.okta.auth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Proofs of possession (DPoP, RFC 9449): what a proof must say, and the nonce it must carry. */
final class Proofs {
  private static final Duration MAX_SKEW = Duration.ofMinutes(5);
  private static final Duration NONCE_LIFE = Duration.ofHours(24);
  private static final int MAX_SEEN = 100_000;

  private final Clock clock;
  private final Map<String, Instant> seen = new LinkedHashMap<>();
  private String nonce = "";
  private Instant nonceEnds = Instant.MIN;

  Proofs(Clock clock) {
    this.clock = clock;
  }

  /** The nonce that proofs to the token endpoint carry now; another one every 24 hours. */
  synchronized String nonce() {
    Instant now = clock.instant();
    if (!now.isBefore(nonceEnds)) {
      nonce = Digest.of(UUID.randomUUID().toString());
      nonceEnds = now.plus(NONCE_LIFE);
    }
    return nonce;
  }

  /** Makes the next proof carry another nonce. */
  synchronized void rotate() {
    nonceEnds = Instant.MIN;
  }

  /**
   * Checks a proof, but for its nonce.
   *
   * @param host of the address called, as the caller wrote it
   * @param accessToken what the proof must be bound to, if anything
   * @return the key that was proved
   * @throws IllegalArgumentException with a sentence where it proves nothing
   */
  JsonWebKey check(
      SignedToken proof, String method, String host, String path, Optional<String> accessToken) {
    if (!proof.header().path("typ").asString("").equals("dpop+jwt")) {
      throw new IllegalArgumentException("The DPoP proof JWT header 'typ' must be 'dpop+jwt'.");
    }
    JsonWebKey key = JsonWebKey.of(proof.header().path("jwk"));
    if (!proof.signedBy(key.key())) {
      throw new IllegalArgumentException("The DPoP proof JWT signature is invalid.");
    }
    if (!proof.claim("htm").equals(method)) {
      throw new IllegalArgumentException("The 'htm' claim in the DPoP proof JWT is invalid.");
    }
    if (!reaches(proof.claim("htu"), host, path)) {
      throw new IllegalArgumentException("The 'htu' claim in the DPoP proof JWT is invalid.");
    }
    Instant now = clock.instant();
    boolean fresh =
        proof
            .time("iat")
            .filter(at -> Duration.between(at, now).abs().compareTo(MAX_SKEW) <= 0)
            .isPresent();
    if (!fresh) {
      throw new IllegalArgumentException("The 'iat' claim in the DPoP proof JWT is invalid.");
    }
    if (accessToken.isPresent() && !proof.claim("ath").equals(Digest.of(accessToken.get()))) {
      throw new IllegalArgumentException("The 'ath' claim in the DPoP proof JWT is invalid.");
    }
    if (proof.claim("jti").isEmpty() || !first(proof.claim("jti"))) {
      throw new IllegalArgumentException("The DPoP proof JWT has already been used.");
    }
    return key;
  }

  /** Whether this is the first use of an identifier. */
  synchronized boolean first(String jti) {
    Instant now = clock.instant();
    boolean first = seen.putIfAbsent(jti, now) == null;
    if (seen.size() > MAX_SEEN) {
      seen.remove(seen.keySet().iterator().next());
    }
    return first;
  }

  private static boolean reaches(String htu, String host, String path) {
    try {
      URI uri = URI.create(htu);
      return host.equalsIgnoreCase(String.valueOf(uri.getRawAuthority()))
          && path.equals(uri.getRawPath());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
