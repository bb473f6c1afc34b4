package dev.rollcall.connector.okta;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads a private key as people have it: PEM, or the JWK that Okta's console shows once. */
final class KeyText {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final int SHORTEST_RSA = 2048;

  private KeyText() {}

  /**
   * Reads it.
   *
   * @param keyId under which Okta knows it; null to take the one of the JWK
   * @throws IllegalArgumentException when it is no key that can be used; the message shows nothing
   *     of it
   */
  static SigningKey read(String text, @Nullable String keyId) {
    String stripped = text.strip();
    return stripped.startsWith("{")
        ? ofJwk(stripped, keyId)
        : new SigningKey(usable(ofPem(stripped)), keyId);
  }

  private static PrivateKey ofPem(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw unusable(
          "is neither a JWK nor a PEM with 'BEGIN PRIVATE KEY'; 'openssl pkcs8 -topk8 -nocrypt -in FILE' makes one of other PEM files");
    }
    PKCS8EncodedKeySpec spec;
    try {
      spec =
          new PKCS8EncodedKeySpec(
              Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)));
    } catch (IllegalArgumentException broken) {
      throw unusable("is a PEM with something else than base64 in it");
    }
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException notRsa) {
      return elliptic(spec);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static PrivateKey elliptic(PKCS8EncodedKeySpec spec) {
    try {
      return KeyFactory.getInstance("EC").generatePrivate(spec);
    } catch (InvalidKeySpecException neither) {
      throw unusable("is a PEM with neither an RSA nor an elliptic key in it");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static SigningKey ofJwk(String text, @Nullable String keyId) {
    JsonNode jwk;
    try {
      jwk = JsonMapper.shared().readTree(text);
    } catch (JacksonException broken) {
      // What the parser says may quote the text.
      throw unusable("begins like a JWK and is no JSON");
    }
    String id = keyId == null ? jwk.path("kid").asString("") : keyId;
    PrivateKey key =
        switch (jwk.path("kty").asString("")) {
          case "RSA" -> rsa(jwk);
          case "EC" -> elliptic(jwk);
          default -> throw unusable("is a JWK of another kind than RSA and EC");
        };
    return new SigningKey(usable(key), id.isBlank() ? null : id);
  }

  private static PrivateKey rsa(JsonNode jwk) {
    RSAPrivateCrtKeySpec spec =
        new RSAPrivateCrtKeySpec(
            number(jwk, "n"),
            number(jwk, "e"),
            number(jwk, "d"),
            number(jwk, "p"),
            number(jwk, "q"),
            number(jwk, "dp"),
            number(jwk, "dq"),
            number(jwk, "qi"));
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(spec);
    } catch (InvalidKeySpecException broken) {
      throw unusable("is a JWK whose numbers make no RSA key");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static PrivateKey elliptic(JsonNode jwk) {
    if (!jwk.path("crv").asString("").equals("P-256")) {
      throw unusable("is on another curve than P-256");
    }
    try {
      return KeyFactory.getInstance("EC")
          .generatePrivate(new ECPrivateKeySpec(number(jwk, "d"), p256()));
    } catch (InvalidKeySpecException broken) {
      throw unusable("is a JWK whose numbers make no elliptic key");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }

  private static BigInteger number(JsonNode jwk, String name) {
    String text = jwk.path(name).asString("");
    if (text.isEmpty()) {
      throw unusable("is a JWK without '" + name + "': only the private form of it can sign");
    }
    try {
      return new BigInteger(1, Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException broken) {
      throw unusable("is a JWK whose '" + name + "' is no base64url");
    }
  }

  private static PrivateKey usable(PrivateKey key) {
    return switch (key) {
      case RSAPrivateKey rsa when rsa.getModulus().bitLength() < SHORTEST_RSA ->
          throw unusable(
              "has %d bits; Okta takes 2048 and more".formatted(rsa.getModulus().bitLength()));
      case ECPrivateKey elliptic when !elliptic.getParams().getCurve().equals(p256().getCurve()) ->
          throw unusable("is on another curve than P-256");
      default -> key;
    };
  }

  private static ECParameterSpec p256() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java does not know P-256", missing);
    }
  }

  private static IllegalArgumentException unusable(String why) {
    return new IllegalArgumentException("the private key " + why);
  }
}
