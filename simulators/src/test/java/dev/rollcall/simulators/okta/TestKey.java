package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.state.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/** A key of a caller, which signs tokens with it. */
record TestKey(String algorithm, String kid, KeyPair pair) {
  static TestKey rsa(String kid) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new TestKey("RS256", kid, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static TestKey ec(String kid) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new TestKey("ES256", kid, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  ObjectNode jwk() {
    ObjectNode jwk = Json.MAPPER.createObjectNode();
    switch (pair.getPublic()) {
      case RSAPublicKey rsa ->
          jwk.put("kty", "RSA")
              .put("n", encode(unsigned(rsa.getModulus(), 256)))
              .put("e", encode(rsa.getPublicExponent().toByteArray()));
      case ECPublicKey ec ->
          jwk.put("kty", "EC")
              .put("crv", "P-256")
              .put("x", encode(unsigned(ec.getW().getAffineX(), 32)))
              .put("y", encode(unsigned(ec.getW().getAffineY(), 32)));
      default -> throw new IllegalStateException();
    }
    return jwk.put("kid", kid);
  }

  String sign(ObjectNode header, ObjectNode claims) {
    header.put("alg", algorithm);
    String signed =
        encode(Json.MAPPER.writeValueAsBytes(header))
            + "."
            + encode(Json.MAPPER.writeValueAsBytes(claims));
    try {
      Signature signer =
          Signature.getInstance(
              algorithm.equals("RS256") ? "SHA256withRSA" : "SHA256withECDSAinP1363Format");
      signer.initSign(pair.getPrivate());
      signer.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encode(signer.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] unsigned(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] fitted = new byte[length];
    byte[] tail = Arrays.copyOfRange(bytes, Math.max(0, bytes.length - length), bytes.length);
    System.arraycopy(tail, 0, fitted, length - tail.length, tail.length);
    return fitted;
  }
}
