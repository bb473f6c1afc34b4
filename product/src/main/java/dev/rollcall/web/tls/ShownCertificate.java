package dev.rollcall.web.tls;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.ssl.pem.PemContent;

/**
 * The certificate that is shown, with its key: read whole and known to fit together.
 *
 * @param chain first the one that is shown, then those that lead to a known authority
 */
public record ShownCertificate(PrivateKey key, List<X509Certificate> chain) {

  private static final Duration SOON = Duration.ofDays(30);
  private static final int LINE = 64;
  private static final byte[] PROBE = {1, 2, 3, 4, 5, 6, 7, 8};

  public ShownCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Reads it.
   *
   * @throws BadCertificate when a file is missing, a password is wrong, or key and certificate do
   *     not belong together
   */
  public static ShownCertificate read(TlsFiles files) {
    ShownCertificate shown =
        switch (files) {
          case TlsFiles.KeyStoreFile store -> read(store);
          case TlsFiles.PemFiles pem -> read(pem);
        };
    if (!fits(shown.key(), shown.chain().getFirst().getPublicKey())) {
      throw new BadCertificate(
          "The key does not belong to the (first) certificate in " + files, null);
    }
    return shown;
  }

  private static ShownCertificate read(TlsFiles.KeyStoreFile files) {
    Path file = files.file();
    char[] password = files.password().toCharArray();
    readable(file);
    KeyStore store;
    try {
      store = KeyStore.getInstance(file.toFile(), password); // recognizes PKCS #12 and JKS
    } catch (IOException failure) {
      throw failure.getCause() instanceof UnrecoverableKeyException
          ? new BadCertificate("The password of " + file + " is wrong: http.tls.password", failure)
          : unreadable(file, failure);
    } catch (KeyStoreException unknown) {
      throw new BadCertificate(
          file + " is no key store; 'http.tls.certificate' and 'key' take PEM files", unknown);
    } catch (GeneralSecurityException failure) {
      throw unreadable(file, failure);
    }
    try {
      for (String alias : Collections.list(store.aliases())) {
        Key key = store.isKeyEntry(alias) ? store.getKey(alias, password) : null;
        Certificate[] chain = store.getCertificateChain(alias);
        if (key instanceof PrivateKey own && chain != null && chain.length > 0) {
          return new ShownCertificate(
              own, Arrays.stream(chain).map(X509Certificate.class::cast).toList());
        }
      }
    } catch (UnrecoverableKeyException other) {
      throw new BadCertificate(
          "The key in " + file + " has another password than the file; make them the same", other);
    } catch (GeneralSecurityException failure) {
      throw unreadable(file, failure);
    }
    throw new BadCertificate(file + " holds no private key with a certificate", null);
  }

  private static ShownCertificate read(TlsFiles.PemFiles files) {
    readable(files.certificate());
    readable(files.key());
    List<X509Certificate> chain;
    try {
      chain = PemContent.load(files.certificate()).getCertificates();
    } catch (IOException | RuntimeException failure) { // Boot names no kinds of its own
      throw new BadCertificate(files.certificate() + " holds no certificate in PEM", failure);
    }
    PrivateKey key;
    try {
      key = PemContent.load(files.key()).getPrivateKey(files.password());
    } catch (IOException | RuntimeException failure) {
      throw new BadCertificate(
          files.key()
              + " holds no private key in PEM, or one with "
              + (files.password() == null
                  ? "a password: http.tls.password"
                  : "another password than http.tls.password"),
          failure);
    }
    if (key == null) {
      throw new BadCertificate(files.key() + " holds no private key in PEM", null);
    }
    return new ShownCertificate(key, chain);
  }

  private static void readable(Path file) {
    try {
      Files.readAllBytes(file);
    } catch (NoSuchFileException missing) {
      throw new BadCertificate("There is no file " + file + " for http.tls", missing);
    } catch (AccessDeniedException denied) {
      throw new BadCertificate(file + " may not be read by this user", denied);
    } catch (IOException failure) {
      throw unreadable(file, failure);
    }
  }

  private static BadCertificate unreadable(Path file, Exception failure) {
    return new BadCertificate(file + " cannot be read: " + failure.getMessage(), failure);
  }

  /** Whether what the one signs the other recognizes. */
  private static boolean fits(PrivateKey key, PublicKey certificate) {
    try {
      Signature signature = Signature.getInstance(method(key.getAlgorithm()));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certificate);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException other) {
      return false; // for example keys of two kinds
    }
  }

  private static String method(String algorithm) {
    return switch (algorithm) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> algorithm;
    };
  }

  /** What a person should know about it, in one sentence; empty when all is well. */
  public Optional<String> warning(Instant now) {
    X509Certificate shown = chain.getFirst();
    Instant end = shown.getNotAfter().toInstant();
    if (!end.isAfter(now)) {
      return Optional.of("The certificate expired at " + end + "; nobody believes it any more");
    }
    if (shown.getNotBefore().toInstant().isAfter(now)) {
      return Optional.of("The certificate is not good before " + shown.getNotBefore().toInstant());
    }
    return end.isBefore(now.plus(SOON))
        ? Optional.of(
            "The certificate expires at %s, in %d days"
                .formatted(end, Duration.between(now, end).toDays()))
        : Optional.empty();
  }

  /** Whose it is and how long it is good. */
  public String description() {
    X509Certificate shown = chain.getFirst();
    return shown.getSubjectX500Principal().getName()
        + ", good until "
        + shown.getNotAfter().toInstant();
  }

  /** The certificates, without the key, in PEM. */
  public String pem() {
    StringBuilder pem = new StringBuilder();
    Base64.Encoder lines = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    for (X509Certificate certificate : chain) {
      try {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(lines.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      } catch (CertificateEncodingException impossible) {
        throw new IllegalStateException(impossible); // it was read from its encoding
      }
    }
    return pem.toString();
  }

  /** As Java's TLS takes it. */
  KeyStore keyStore(String password) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      List<X509Certificate> all = new ArrayList<>(chain);
      store.setKeyEntry(
          "rollcall", key, password.toCharArray(), all.toArray(X509Certificate[]::new));
      return store;
    } catch (IOException | GeneralSecurityException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public String toString() {
    return "ShownCertificate[" + description() + "]";
  }
}
