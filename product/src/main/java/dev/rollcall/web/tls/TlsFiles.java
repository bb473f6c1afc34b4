package dev.rollcall.web.tls;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the certificate that is shown lies, and its key. */
public sealed interface TlsFiles {

  /** All of them. */
  List<Path> paths();

  /**
   * One file for both.
   *
   * @param file PKCS #12 or JKS
   * @param password of the file and of the key in it
   */
  record KeyStoreFile(Path file, String password) implements TlsFiles {
    @Override
    public List<Path> paths() {
      return List.of(file);
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * A file each, in PEM.
   *
   * @param certificate first the one that is shown, then those that lead to a known authority
   * @param password null when the key has none
   */
  record PemFiles(Path certificate, Path key, @Nullable String password) implements TlsFiles {
    @Override
    public List<Path> paths() {
      return List.of(certificate, key);
    }

    @Override
    public String toString() {
      return certificate + " and " + key;
    }
  }
}
