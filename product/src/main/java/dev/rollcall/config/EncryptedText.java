package dev.rollcall.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * An encrypted value as it stands in the settings: {@code enc:v1:KEYID:DATA}, where the data is
 * nonce, text and tag of AES-256-GCM in base64 for addresses. The setting's path is authenticated
 * with it, so that a value that is moved to another setting is none.
 */
record EncryptedText(String keyId, String data) {

  static final String PREFIX = "enc:";

  private static final Pattern FORM = Pattern.compile("enc:v1:([0-9a-f]{8}):([A-Za-z0-9_-]+)");
  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** Whether it claims to be one. */
  static boolean isOne(String text) {
    return text.startsWith(PREFIX);
  }

  /** Reads one; empty when it is cut off, of a later version, or otherwise not of this form. */
  static Optional<EncryptedText> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new EncryptedText(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /**
   * Encrypts; each time with another nonce.
   *
   * @param setting the only one it is good for, for example {@code database.password}
   */
  static EncryptedText encrypt(EncryptionKey key, String setting, String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, setting, nonce);
      byte[] sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      byte[] data =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return new EncryptedText(
          key.id(), Base64.getUrlEncoder().withoutPadding().encodeToString(data));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /**
   * Decrypts.
   *
   * @return empty when the key is another one, the value was changed, or it belongs to another
   *     setting; which of them cannot be told
   */
  Optional<String> decrypt(EncryptionKey key, String setting) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(data);
      if (bytes.length < NONCE_BYTES + TAG_BITS / 8) {
        return Optional.empty();
      }
      byte[] nonce = new byte[NONCE_BYTES];
      ByteBuffer rest = ByteBuffer.wrap(bytes).get(nonce);
      byte[] sealed = new byte[rest.remaining()];
      rest.get(sealed);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, setting, nonce);
      return Optional.of(new String(cipher.doFinal(sealed), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException notOurs) {
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, EncryptionKey key, String setting, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key.forAes(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(("rollcall:v1:" + key.id() + ":" + setting).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  @Override
  public String toString() {
    return "enc:v1:" + keyId + ":" + data;
  }
}
