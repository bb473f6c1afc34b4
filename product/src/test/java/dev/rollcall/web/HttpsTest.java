package dev.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.Exchange;
import dev.rollcall.http.HttpSender;
import dev.rollcall.http.Trust;
import dev.rollcall.testing.TestCertificates;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service over TLS: who believes it, what a browser is told, and a certificate renewed. */
class HttpsTest {

  @TempDir private Path directory;

  private static Exchange ask(RunningService service, Trust trust, String path) throws IOException {
    try (HttpSender sender = new HttpSender(Duration.ofSeconds(10), trust)) {
      return sender.send(
          "GET",
          URI.create("https://127.0.0.1:" + service.service().port() + path),
          Map.of("Accept", "text/html, */*"),
          null);
    }
  }

  private Trust pinned(Path store) throws IOException {
    return Trust.of(
        Files.writeString(directory.resolve("pinned.pem"), TestCertificates.certificate(store)));
  }

  private static RunningService service(Path store) {
    return RunningService.start(
        "  tls: {keyStore: '%s', password: %s}".formatted(store, TestCertificates.PASSWORD), "");
  }

  @Test
  void whoKnowsTheCertificateIsAnsweredAndABrowserIsToldToStay() throws IOException {
    Path store = TestCertificates.keyStore(directory.resolve("a.p12"), "rollcall.example.edu");
    Path other = TestCertificates.keyStore(directory.resolve("b.p12"), "rollcall.example.edu");
    try (RunningService service = service(store)) {
      Exchange page = ask(service, pinned(store), "/sign-in");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.headers().get("strict-transport-security")).startsWith("max-age=");
      assertThat(page.headers().get("set-cookie"))
          .startsWith("__Host-rollcall-visit=")
          .contains("; Secure;");
      assertThatThrownBy(() -> ask(service, Trust.machine(), "/health"))
          .isInstanceOf(SSLException.class);
      Trust another = pinned(other);
      assertThatThrownBy(() -> ask(service, another, "/health")).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void anAuthorityVouchesOnlyForTheHostThatIsNamed() throws IOException {
    Path here = directory.resolve("here.p12");
    String ofHere = TestCertificates.signed(here, "x", "-ext", "san=ip:127.0.0.1");
    try (RunningService service = service(here)) {
      assertThat(ask(service, authority(ofHere), "/health").status()).isEqualTo(200);
    }
    Path elsewhere = directory.resolve("elsewhere.p12");
    String ofElsewhere =
        TestCertificates.signed(elsewhere, "x", "-ext", "san=dns:other.example.edu");
    try (RunningService service = service(elsewhere)) {
      Trust trust = authority(ofElsewhere);
      assertThatThrownBy(() -> ask(service, trust, "/health")).isInstanceOf(SSLException.class);
    }
  }

  private Trust authority(String pem) throws IOException {
    return Trust.of(Files.writeString(directory.resolve("authority.pem"), pem));
  }

  @Test
  void aCertificateThatIsReplacedIsShownWithoutARestart() throws IOException {
    Path first = TestCertificates.keyStore(directory.resolve("first.p12"), "first");
    Path second = TestCertificates.keyStore(directory.resolve("second.p12"), "second");
    Path certificate = directory.resolve("c.pem");
    Path key = directory.resolve("k.pem");
    Files.writeString(certificate, TestCertificates.certificate(first));
    Files.writeString(key, TestCertificates.key(first));
    try (RunningService service =
        RunningService.start(
            "  tls: {certificate: '%s', key: '%s'}".formatted(certificate, key), "")) {
      assertThat(ask(service, pinned(first), "/health").status()).isEqualTo(200);

      Files.writeString(certificate, "half a file");
      replace(certificate, TestCertificates.certificate(second));
      replace(key, TestCertificates.key(second));
      Trust trusted = pinned(second);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> ask(service, trusted, "/health").success());
      assertThat(service.kept("certificate.pem")).isEqualTo(TestCertificates.certificate(second));
    }
  }

  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
