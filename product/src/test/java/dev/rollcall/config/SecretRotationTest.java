package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new key for a whole file: every value, and nothing but the values. */
class SecretRotationTest {

  private static final EncryptionKey OLD = EncryptionKey.random();
  private static final EncryptionKey NEW = EncryptionKey.random();

  @TempDir private Path directory;
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = directory.resolve("rollcall.yaml");
  }

  private static String encrypted(EncryptionKey key, String setting, String secret) {
    return SettingsSecrets.encrypt(key, setting, secret);
  }

  private Settings readWith(EncryptionKey key) {
    return new SettingsFile(Map.of("ROLLCALL_KEY", key.text())).read(file);
  }

  private static String layout(String password, String token) {
    return """
    \ufeff# 🔑 a comment with a face, before everything
    database:   {url: "jdbc:postgresql://db/r",  password: "PASSWORD"}   # why: TICKET-1\r
    http:
        token:    &here TOKEN# no comment
    # the end, without a line of its own\
    """
        .replace("PASSWORD", password)
        .replace("TOKEN", token + " ");
  }

  @Test
  void everyValueIsRewrittenAndEverythingElseStaysAsItWas() throws Exception {
    Files.writeString(
        file,
        layout(encrypted(OLD, "database.password", "pw ü"), encrypted(OLD, "http.token", "tok")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    String before = Files.readString(file);

    SettingsSecrets.Rotated done = SettingsSecrets.rotate(file, OLD, NEW);

    assertThat(done.rotated()).containsExactly("database.password", "http.token");
    assertThat(done.before()).isEmpty();
    String after = Files.readString(file);
    assertThat(after).doesNotContain(OLD.id()).isNotEqualTo(before);
    assertThat(withoutValues(after)).isEqualTo(withoutValues(before));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(readWith(NEW).database().password()).isEqualTo(new Secret("pw ü"));
    assertThat(readWith(NEW).http().token()).isEqualTo(new Secret("tok"));
    assertThat(directory).isDirectoryNotContaining(left -> !left.equals(file));
  }

  private static String withoutValues(String text) {
    return text.replaceAll("enc:v1:[\\w:-]+", "VALUE");
  }

  @Test
  void aFileWithOneValueOfAStrangeKeyStaysAsItWas() throws Exception {
    EncryptionKey strange = EncryptionKey.random();
    String before =
        layout(
            encrypted(OLD, "database.password", "pw"), encrypted(strange, "http.token", "planted"));
    Files.writeString(file, before);

    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> SettingsSecrets.rotate(file, OLD, NEW))
        .withMessageContaining(file + ":4: 'http.token' cannot be decrypted")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("planted", "enc:"));

    assertThat(Files.readString(file)).isEqualTo(before);
    assertThat(directory).isDirectoryNotContaining(left -> !left.equals(file));
  }

  @Test
  void aRotationThatIsRepeatedChangesNothing() throws Exception {
    Files.writeString(
        file, layout(encrypted(OLD, "database.password", "a"), encrypted(NEW, "http.token", "b")));
    assertThat(SettingsSecrets.rotate(file, OLD, NEW))
        .isEqualTo(
            new SettingsSecrets.Rotated(List.of("database.password"), List.of("http.token")));
    String once = Files.readString(file);
    assertThat(SettingsSecrets.rotate(file, OLD, NEW).rotated()).isEmpty();
    assertThat(Files.readString(file)).isEqualTo(once);
  }

  @Test
  void aLinkStaysALinkAndItsFileIsRewritten() throws Exception {
    Path real = directory.resolve("real.yaml");
    Files.writeString(real, "http: {token: " + encrypted(OLD, "http.token", "tok") + "}\n");
    Files.createSymbolicLink(file, real);

    SettingsSecrets.rotate(file, OLD, NEW);

    assertThat(file).isSymbolicLink();
    assertThat(readWith(NEW).http().token()).isEqualTo(new Secret("tok"));
  }

  @Test
  void aValueThatIsFoldedOverLinesIsTold() throws Exception {
    String value = encrypted(OLD, "http.token", "tok");
    String folded = value.substring(0, 20) + "\\\n    " + value.substring(20);
    String before = "http:\n  token: \"" + folded + "\"\n";
    Files.writeString(file, before);
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> SettingsSecrets.rotate(file, OLD, NEW))
        .withMessageContaining("on one line");
    assertThat(Files.readString(file)).isEqualTo(before);
  }

  @Test
  void aFileThatIsNotThereOrNotYamlIsTold() throws Exception {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> SettingsSecrets.rotate(file, OLD, NEW))
        .withMessageContaining("there is no such file");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> SettingsSecrets.rotate(file, OLD, NEW))
        .withMessageContaining("UTF-8");
  }
}
