package dev.rollcall.testing;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates that sign themselves, made by the JDK's own keytool. */
public final class TestCertificates {

  public static final String PASSWORD = "changeit-please";
  private static final String ALIAS = "rollcall";

  private TestCertificates() {}

  /**
   * Makes a key store.
   *
   * @param file what must not be there yet
   * @param name the common name
   * @param more for keytool, for example {@code -validity 5}
   */
  public static Path keyStore(Path file, String name, String... more) {
    return make(file, ALIAS, name, more);
  }

  /**
   * Makes a key store whose certificate an authority has signed.
   *
   * @return the authority's certificate, in PEM
   */
  public static String signed(Path file, String name, String... more) {
    String authority = "authority";
    make(file, authority, authority, "-ext", "bc:c");
    List<String> signed = new ArrayList<>(List.of("-signer", authority));
    signed.addAll(List.of(more));
    make(file, ALIAS, name, signed.toArray(String[]::new));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      KeyStore store = open(file);
      byte[] certificate = store.getCertificate(authority).getEncoded();
      store.deleteEntry(authority);
      store.store(out, PASSWORD.toCharArray());
      Files.write(file, out.toByteArray());
      return pem("CERTIFICATE", certificate);
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path make(Path file, String alias, String name, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-keypass",
                PASSWORD));
    command.addAll(List.of(more));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Process process =
          new ProcessBuilder(command)
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
      return file;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    }
  }

  /** The certificate of a key store, in PEM. */
  public static String certificate(Path keyStore) {
    try {
      return pem("CERTIFICATE", open(keyStore).getCertificate(ALIAS).getEncoded());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** The key of a key store, in PEM. */
  public static String key(Path keyStore) {
    try {
      Key key = open(keyStore).getKey(ALIAS, PASSWORD.toCharArray());
      return pem("PRIVATE KEY", key.getEncoded());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static KeyStore open(Path file) {
    try {
      return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), kind);
  }
}
