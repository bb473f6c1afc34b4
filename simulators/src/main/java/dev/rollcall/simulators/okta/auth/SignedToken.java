package dev.rollcall.simulators.okta.auth;

import dev.rollcall.simulators.state.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A JSON web token in its compact form, read but not believed until {@link #signedBy} says so. */
record SignedToken(JsonNode header, JsonNode claims, String signed, String signature) {
  private static final Map<String, String> ALGORITHMS =
      Map.of(
          "RS256", "SHA256withRSA",
          "RS384", "SHA384withRSA",
          "RS512", "SHA512withRSA",
          "ES256", "SHA256withECDSAinP1363Format",
          "ES384", "SHA384withECDSAinP1363Format",
          "ES512", "SHA512withECDSAinP1363Format");

  /** Reads a token; empty where it is none. */
  static Optional<SignedToken> read(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    try {
      JsonNode header = Json.MAPPER.readTree(decode(parts[0]));
      JsonNode claims = Json.MAPPER.readTree(decode(parts[1]));
      return header.isObject() && claims.isObject()
          ? Optional.of(new SignedToken(header, claims, parts[0] + "." + parts[1], parts[2]))
          : Optional.empty();
    } catch (IllegalArgumentException | JacksonException e) {
      return Optional.empty();
    }
  }

  boolean signedBy(PublicKey key) {
    String name = header.path("alg").asString("");
    String algorithm = ALGORITHMS.getOrDefault(name, "");
    boolean fits = name.startsWith("RS") ? key instanceof RSAPublicKey : key instanceof ECPublicKey;
    if (algorithm.isEmpty() || !fits) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(decode(signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  String claim(String name) {
    return claims.path(name).asString("");
  }

  /** A claim that is a time in seconds since 1970; empty where there is none. */
  Optional<Instant> time(String name) {
    JsonNode value = claims.path(name);
    return value.isNumber() ? Optional.of(Instant.ofEpochSecond(value.asLong())) : Optional.empty();
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
