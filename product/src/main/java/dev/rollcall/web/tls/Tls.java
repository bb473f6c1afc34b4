package dev.rollcall.web.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * Shows the certificate and looks whether its files were replaced. What cannot be shown is not
 * taken: the one before stays, and the log says why.
 */
public final class Tls implements AutoCloseable {

  /** The name under which the web server knows it. */
  public static final String BUNDLE = "rollcall";

  private static final Logger log = LoggerFactory.getLogger(Tls.class);
  private static final Duration TURN = Duration.ofSeconds(1);

  /** Inside this process: a key store has to have one. */
  private static final String INNER_PASSWORD = "inside";

  private final TlsFiles files;
  private final Clock clock;
  private final Consumer<ShownCertificate> renewed;
  private final ShownCertificate first;
  private @Nullable Thread watcher;

  private Tls(
      TlsFiles files, Clock clock, Consumer<ShownCertificate> renewed, ShownCertificate first) {
    this.files = files;
    this.clock = clock;
    this.renewed = renewed;
    this.first = first;
  }

  /**
   * Reads the certificate.
   *
   * @param clock decides whether it is still good
   * @param renewed told the certificate, now and each time it was replaced
   * @throws BadCertificate when it cannot be shown
   */
  public static Tls read(TlsFiles files, Clock clock, Consumer<ShownCertificate> renewed) {
    ShownCertificate first = ShownCertificate.read(files);
    Tls tls = new Tls(files, clock, renewed, first);
    tls.tell(first);
    return tls;
  }

  /** Gives the certificate to a web server that is being started. */
  public void register(SslBundleRegistry registry) {
    registry.registerBundle(BUNDLE, bundle(first));
    watcher = Thread.ofVirtual().name("certificate").start(() -> watch(registry));
  }

  private static SslBundle bundle(ShownCertificate certificate) {
    return SslBundle.of(
        SslStoreBundle.of(certificate.keyStore(INNER_PASSWORD), INNER_PASSWORD, null),
        SslBundleKey.of(INNER_PASSWORD));
  }

  /** When a file was written and how long it is; -1 for one that is not there. */
  private record Seen(Path file, long modified, long size) {
    private static Seen of(Path file) {
      try {
        return new Seen(file, Files.getLastModifiedTime(file).toMillis(), Files.size(file));
      } catch (IOException absent) {
        return new Seen(file, -1, -1);
      }
    }
  }

  private List<Seen> look() {
    List<Seen> seen = new ArrayList<>();
    files.paths().forEach(file -> seen.add(Seen.of(file)));
    return seen;
  }

  /** Of two files one is written after the other: taken is what stayed the same for a turn. */
  private void watch(SslBundleRegistry registry) {
    List<Seen> taken = look();
    List<Seen> before = taken;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        Thread.sleep(TURN);
      } catch (InterruptedException stop) {
        return;
      }
      List<Seen> now = look();
      if (now.equals(before) && !now.equals(taken)) {
        taken = now;
        renew(registry);
      }
      before = now;
    }
  }

  private void renew(SslBundleRegistry registry) {
    try {
      ShownCertificate certificate = ShownCertificate.read(files);
      registry.updateBundle(BUNDLE, bundle(certificate));
      log.info("Another certificate is shown: {}", certificate.description());
      tell(certificate);
    } catch (RuntimeException failure) { // whatever it is, the one before goes on being shown
      log.error("The new certificate is not taken: {}", failure.getMessage());
    }
  }

  private void tell(ShownCertificate certificate) {
    certificate.warning(clock.instant()).ifPresent(log::warn);
    renewed.accept(certificate);
  }

  @Override
  public void close() {
    Thread running = watcher;
    if (running != null) {
      running.interrupt();
    }
  }
}
