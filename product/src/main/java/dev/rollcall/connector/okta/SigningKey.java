package dev.rollcall.connector.okta;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A private key that signs JSON (JWS, compact form) with RS256 or ES256. Never shown. */
final class SigningKey {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int COORDINATE = 32;

  private final PrivateKey key;
  private final @Nullable String keyId;

  /**
   * @param key RSA, or elliptic on P-256
   * @param keyId under which the other side knows it; null when it does not
   */
  SigningKey(PrivateKey key, @Nullable String keyId) {
    this.key = key;
    this.keyId = keyId;
  }

  /** A new key on P-256, and what others may know of it. */
  record Fresh(SigningKey key, Map<String, String> shownAs) {}

  static Fresh fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      ECPublicKey shown = (ECPublicKey) pair.getPublic();
      Map<String, String> jwk = new LinkedHashMap<>();
      jwk.put("kty", "EC");
      jwk.put("crv", "P-256");
      jwk.put("x", coordinate(shown.getW().getAffineX()));
      jwk.put("y", coordinate(shown.getW().getAffineY()));
      return new Fresh(new SigningKey(pair.getPrivate(), null), jwk);
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("this Java cannot make keys on P-256", missing);
    }
  }

  /**
   * Signs.
   *
   * @param header without algorithm and key id
   */
  String sign(Map<String, ?> header, Map<String, ?> claims) {
    boolean elliptic = key.getAlgorithm().equals("EC");
    Map<String, Object> whole = new LinkedHashMap<>(header);
    whole.put("alg", elliptic ? "ES256" : "RS256");
    if (keyId != null) {
      whole.put("kid", keyId);
    }
    String signed =
        text(JSON.writeValueAsBytes(whole)) + "." + text(JSON.writeValueAsBytes(claims));
    try {
      Signature signature =
          Signature.getInstance(elliptic ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + text(signature.sign());
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("the private key cannot sign: " + unusable, unusable);
    }
  }

  /** Bytes as they stand in a JWS. */
  static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A coordinate always has the full length, zeros in front included (RFC 7518 §6.2.1.2). */
  private static String coordinate(BigInteger number) {
    byte[] given = number.toByteArray();
    byte[] full = new byte[COORDINATE];
    int length = Math.min(given.length, COORDINATE);
    System.arraycopy(given, given.length - length, full, COORDINATE - length, length);
    return text(full);
  }
}
