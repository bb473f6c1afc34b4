package dev.rollcall.connector.okta;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Proofs that who calls has the key a token was given to (RFC 9449). The key is this process's own
 * and is never stored: a token in other hands is worth nothing.
 */
final class DpopProofs {

  private final SigningKey.Fresh key = SigningKey.fresh();
  private final Clock clock;

  DpopProofs(Clock clock) {
    this.clock = clock;
  }

  /**
   * A proof for one request; each has an id of its own and is good once.
   *
   * @param accessToken with which the request is made; null for one that asks for a token
   * @param nonce as the other side gave it; null when it asked for none
   */
  String proof(String method, URI address, @Nullable String accessToken, @Nullable String nonce) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", method);
    claims.put("htu", withoutQuery(address));
    claims.put("iat", Instant.now(clock).getEpochSecond());
    if (accessToken != null) {
      claims.put("ath", hash(accessToken));
    }
    if (nonce != null) {
      claims.put("nonce", nonce);
    }
    return key.key().sign(Map.of("typ", "dpop+jwt", "jwk", key.shownAs()), claims);
  }

  private static String withoutQuery(URI address) {
    String whole = address.toString();
    int query = whole.indexOf('?');
    return query < 0 ? whole : whole.substring(0, query);
  }

  private static String hash(String token) {
    try {
      return SigningKey.text(
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
