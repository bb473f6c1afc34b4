package dev.rollcall.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A key for encrypted values of the settings: 32 random bytes. It is never printed by accident. */
public final class EncryptionKey {

  private static final int BYTES = 32;
  private static final int ID_BYTES = 4;

  private final byte[] bytes;
  private final String id;

  private EncryptionKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = idOf(bytes);
  }

  /** A new one, of the system's random numbers. */
  public static EncryptionKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new EncryptionKey(bytes);
  }

  /**
   * Reads a key as {@link #text} writes it; what {@code openssl rand -base64 32} prints is one too.
   *
   * @throws UnusableKey when it is none; the message does not repeat it
   */
  public static EncryptionKey parse(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.strip().replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException noBase64) {
      throw new UnusableKey("is no key: 32 bytes in base64, as 'rollcall secret key' makes them");
    }
    if (bytes.length != BYTES) {
      throw new UnusableKey("has " + bytes.length + " bytes in base64, and a key has " + BYTES);
    }
    return new EncryptionKey(bytes);
  }

  /** By which values tell what they were encrypted with; says nothing of the key itself. */
  public String id() {
    return id;
  }

  /** The key itself. */
  public String text() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  SecretKey forAes() {
    return new SecretKeySpec(bytes, "AES");
  }

  private static String idOf(byte[] bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("rollcall key id".getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(bytes), 0, ID_BYTES);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncryptionKey key && MessageDigest.isEqual(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
