package dev.rollcall.app;

import dev.rollcall.config.Secret;
import dev.rollcall.config.Settings;
import dev.rollcall.config.Settings.TlsSettings;
import dev.rollcall.web.tls.ShownCertificate;
import dev.rollcall.web.tls.Tls;
import dev.rollcall.web.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HTTPS as the settings ask for it. */
public final class Https {

  private static final Logger log = LoggerFactory.getLogger(Https.class);

  private Https() {}

  /** {@code https} or {@code http}. */
  public static String scheme(Settings settings) {
    return settings.http().tls() == null ? "http" : "https";
  }

  /** Where the commands on this machine find the certificate that the service shows. */
  public static Path certificate(Home home) {
    return home.directory().resolve("certificate.pem");
  }

  /**
   * The certificate to show, also kept in the home without its key; empty for plain HTTP.
   *
   * @throws dev.rollcall.web.tls.BadCertificate when it cannot be shown
   */
  static Optional<Tls> of(Settings settings, Home home) {
    return files(settings)
        .map(files -> Tls.read(files, Clock.systemUTC(), shown -> keep(shown, home)));
  }

  /** The files that are named; empty for plain HTTP. */
  static Optional<TlsFiles> files(Settings settings) {
    TlsSettings tls = settings.http().tls();
    if (tls == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (tls) {
          case TlsSettings.KeyStoreFile(Path file, Secret password) ->
              new TlsFiles.KeyStoreFile(file, password.reveal());
          case TlsSettings.PemFiles(Path certificate, Path key, var password) ->
              new TlsFiles.PemFiles(certificate, key, password == null ? null : password.reveal());
        });
  }

  private static void keep(ShownCertificate shown, Home home) {
    try {
      Home.writePrivately(certificate(home), shown.pem());
    } catch (IOException failure) {
      log.warn(
          "The certificate cannot be kept in {}; commands need --ca: {}",
          certificate(home),
          failure.getMessage());
    }
  }
}
