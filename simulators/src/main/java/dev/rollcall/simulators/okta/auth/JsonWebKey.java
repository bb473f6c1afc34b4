package dev.rollcall.simulators.okta.auth;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A public RSA or EC key as RFC 7517 writes it.
 *
 * @param thumbprint RFC 7638
 */
record JsonWebKey(String kid, PublicKey key, String thumbprint) {
  private static final Map<String, String> CURVES =
      Map.of("P-256", "secp256r1", "P-384", "secp384r1", "P-521", "secp521r1");

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException where it is not a public RSA or EC key, or a private one
   */
  static JsonWebKey of(JsonNode jwk) {
    if (jwk.has("d")) {
      throw new IllegalArgumentException("the key is a private one");
    }
    String type = jwk.path("kty").asString("");
    try {
      return switch (type) {
        case "RSA" -> rsa(jwk);
        case "EC" -> ec(jwk);
        default -> throw new IllegalArgumentException("the key type is RSA or EC, not " + type);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key cannot be read: " + e.getMessage(), e);
    }
  }

  private static JsonWebKey rsa(JsonNode jwk) throws GeneralSecurityException {
    String n = text(jwk, "n");
    String e = text(jwk, "e");
    PublicKey key =
        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(n), number(e)));
    return new JsonWebKey(
        jwk.path("kid").asString(""),
        key,
        Digest.of("{\"e\":\"" + e + "\",\"kty\":\"RSA\",\"n\":\"" + n + "\"}"));
  }

  private static JsonWebKey ec(JsonNode jwk) throws GeneralSecurityException {
    String curve = text(jwk, "crv");
    String x = text(jwk, "x");
    String y = text(jwk, "y");
    String name = CURVES.getOrDefault(curve, "");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("the curve is one of " + CURVES.keySet());
    }
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(name));
    PublicKey key =
        KeyFactory.getInstance("EC")
            .generatePublic(
                new ECPublicKeySpec(
                    new ECPoint(number(x), number(y)),
                    parameters.getParameterSpec(ECParameterSpec.class)));
    String canonical =
        "{\"crv\":\"%s\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(curve, x, y);
    return new JsonWebKey(jwk.path("kid").asString(""), key, Digest.of(canonical));
  }

  private static String text(JsonNode jwk, String name) {
    String text = jwk.path(name).asString("");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the key has no '" + name + "'");
    }
    return text;
  }

  private static BigInteger number(String text) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(text));
  }
}
