package dev.rollcall.web.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testing.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from the files, and how it is told that they are wrong. */
class ShownCertificateTest {

  @TempDir private static Path shared;

  private static Path store = Path.of("");
  private static Path other = Path.of("");

  @TempDir private Path directory;

  @BeforeEach
  void make() {
    if (!Files.exists(shared.resolve("store.p12"))) {
      store = TestCertificates.keyStore(shared.resolve("store.p12"), "one", "-validity", "90");
      other = TestCertificates.keyStore(shared.resolve("other.p12"), "other", "-keyalg", "RSA");
    }
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static ShownCertificate read(Path store, String password) {
    return ShownCertificate.read(new TlsFiles.KeyStoreFile(store, password));
  }

  private static ShownCertificate read(Path certificate, Path key) {
    return ShownCertificate.read(new TlsFiles.PemFiles(certificate, key, null));
  }

  @Test
  void aKeyStoreAndItsTwoPemFilesAreTheSame() {
    ShownCertificate fromStore = read(store, TestCertificates.PASSWORD);
    Path certificate = file("c.pem", TestCertificates.certificate(store));
    Path key = file("k.pem", TestCertificates.key(store));
    ShownCertificate fromPem = read(certificate, key);
    assertThat(fromPem.chain()).isEqualTo(fromStore.chain());
    assertThat(fromPem.key()).isEqualTo(fromStore.key());
    assertThat(fromStore.pem()).isEqualTo(TestCertificates.certificate(store));
    assertThat(fromStore.toString()).contains("CN=one");
  }

  @Test
  void anOldKeyStoreIsRecognized() {
    Path jks = TestCertificates.keyStore(directory.resolve("old.jks"), "old", "-storetype", "JKS");
    assertThat(read(jks, TestCertificates.PASSWORD).description()).startsWith("CN=old, good until");
  }

  @Test
  void aWrongPasswordIsSaidToBeOne() {
    assertThatThrownBy(() -> read(store, "guessed"))
        .isInstanceOf(BadCertificate.class)
        .hasMessage("The password of " + store + " is wrong: http.tls.password")
        .hasMessageNotContaining("guessed");
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    Path missing = directory.resolve("missing");
    assertThatThrownBy(() -> read(missing, "x"))
        .hasMessage("There is no file " + missing + " for http.tls");
    Path certificate = file("c.pem", TestCertificates.certificate(store));
    assertThatThrownBy(() -> read(certificate, missing))
        .hasMessage("There is no file " + missing + " for http.tls");
  }

  @Test
  void whatIsSomethingElseIsSaidToBe() {
    Path pem = file("c.pem", TestCertificates.certificate(store));
    assertThatThrownBy(() -> read(pem, "x"))
        .hasMessageStartingWith(pem + " is no key store; 'http.tls.certificate'");
    Path text = file("text", "hello");
    assertThatThrownBy(() -> read(text, pem)).hasMessage(text + " holds no certificate in PEM");
    assertThatThrownBy(() -> read(pem, text))
        .hasMessageStartingWith(text + " holds no private key");
    assertThatThrownBy(() -> read(pem, pem)).hasMessageStartingWith(pem + " holds no private key");
  }

  @Test
  void aKeyOfAnotherCertificateDoesNotFit() {
    Path certificate = file("c.pem", TestCertificates.certificate(store));
    Path key = file("k.pem", TestCertificates.key(other));
    assertThatThrownBy(() -> read(certificate, key))
        .hasMessage(
            "The key does not belong to the (first) certificate in " + certificate + " and " + key);
  }

  @Test
  void ofAChainTheFirstIsShown() {
    Path wrongOrder =
        file("c.pem", TestCertificates.certificate(other) + TestCertificates.certificate(store));
    Path key = file("k.pem", TestCertificates.key(store));
    assertThatThrownBy(() -> read(wrongOrder, key))
        .hasMessageStartingWith("The key does not belong to the (first) certificate");
    Path chain =
        file(
            "chain.pem", TestCertificates.certificate(store) + TestCertificates.certificate(other));
    assertThat(read(chain, key).chain()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "0,   ''",
    "59,  ''",
    "61,  The certificate expires at",
    "91,  The certificate expired at",
    "-1,  The certificate is not good before"
  })
  void aCertificateThatEndsSoonIsWarnedOf(int days, String warning) {
    Instant then = Instant.now().plusSeconds(days * 86_400L);
    assertThat(read(store, TestCertificates.PASSWORD).warning(then).orElse("")).startsWith(warning);
  }
}
