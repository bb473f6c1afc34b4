package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encrypted values in a settings file, and the key from where it is kept. */
class EncryptedSettingsTest {

  private static final EncryptionKey KEY = EncryptionKey.random();
  private static final String SECRET = "planted-secret-7";

  @TempDir private Path directory;

  private static String yaml(String password) {
    return "# a comment\ndatabase:\n  url: jdbc:postgresql://db/rollcall\n  password: " + password;
  }

  private static String encrypted(String setting) {
    return SettingsSecrets.encrypt(KEY, setting, SECRET);
  }

  private static Settings read(String yaml, Map<String, String> environment) {
    return new SettingsFile(environment).parse("rollcall.yaml", yaml);
  }

  private static String refused(String yaml, Map<String, String> environment) {
    List<Problem> problems =
        assertThatExceptionOfType(InvalidSettings.class)
            .isThrownBy(() -> read(yaml, environment))
            .actual()
            .problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().line()).isEqualTo(4);
    String text = problems.getFirst().toString();
    assertThat(text)
        .startsWith("rollcall.yaml:4: 'database.password'")
        .doesNotContain(SECRET, KEY.text(), "enc:");
    return text;
  }

  private Path kept(String text, String rights) throws Exception {
    Path file = Files.writeString(directory.resolve("key"), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  @Test
  void anEncryptedValueIsReadWithTheKeyOfTheEnvironment() {
    Settings settings =
        read(yaml(encrypted("database.password")), Map.of("ROLLCALL_KEY", KEY.text()));
    assertThat(settings.database().password()).isEqualTo(new Secret(SECRET));
    assertThat(settings.toString()).doesNotContain(SECRET, KEY.text());
  }

  @Test
  void itMayStandInFlowStyleAndTheAddressMayBeEncryptedToo() {
    String url = "jdbc:postgresql://db/rollcall?password=" + SECRET;
    Settings settings =
        read(
            "database: {url: " + SettingsSecrets.encrypt(KEY, "database.url", url) + "}\n",
            Map.of("ROLLCALL_KEY", KEY.text()));
    assertThat(settings.database().url()).isEqualTo(url);
    assertThat(settings.toString()).doesNotContain(SECRET);
  }

  @Test
  void theKeyMayStandInAFileOnlyItsOwnerReads() throws Exception {
    Path file = kept(KEY.text() + "\n", "rw-------");
    Settings settings =
        read(yaml(encrypted("database.password")), Map.of("ROLLCALL_KEY_FILE", file.toString()));
    assertThat(settings.database().password()).isEqualTo(new Secret(SECRET));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-", "r--r--r--"})
  void aKeyFileThatOthersMayUseIsRefused(String rights) throws Exception {
    Path file = kept(KEY.text(), rights);
    assertThat(
            refused(
                yaml(encrypted("database.password")), Map.of("ROLLCALL_KEY_FILE", file.toString())))
        .contains("ROLLCALL_KEY_FILE", file.toString(), "chmod 600");
  }

  @Test
  void theKeyMayBePrintedByACommand() throws Exception {
    Path file = kept(KEY.text(), "rw-------");
    Settings settings =
        read(
            yaml(encrypted("database.password")),
            Map.of("ROLLCALL_KEY_COMMAND", "cat '" + file + "'; echo"));
    assertThat(settings.database().password()).isEqualTo(new Secret(SECRET));
  }

  @Test
  void aCommandThatFailsOrPrintsNoKeyIsTold() {
    String yaml = yaml(encrypted("database.password"));
    assertThat(refused(yaml, Map.of("ROLLCALL_KEY_COMMAND", "echo " + SECRET + "; exit 3")))
        .contains("the command of ROLLCALL_KEY_COMMAND ended with status 3");
    assertThat(refused(yaml, Map.of("ROLLCALL_KEY_COMMAND", "echo " + SECRET)))
        .contains("what ROLLCALL_KEY_COMMAND gives has 12 bytes");
  }

  @Test
  void aCommandThatDoesNotEndIsEnded() {
    KeySource slow =
        new KeySource(
            Map.of("ROLLCALL_KEY_COMMAND", "sleep 600"), "ROLLCALL_KEY", Duration.ofMillis(300));
    assertThatExceptionOfType(UnusableKey.class)
        .isThrownBy(slow::key)
        .withMessageContaining("did not end");
    await()
        .untilAsserted(() ->
            assertThat(ProcessHandle.current().descendants().filter(EncryptedSettingsTest::sleeps))
                .isEmpty());
  }

  private static boolean sleeps(ProcessHandle process) {
    return process.isAlive() && process.info().commandLine().orElse("").contains("sleep 600");
  }

  @Test
  void aMissingKeyIsToldWithTheSettingAndTheLine() {
    assertThat(refused(yaml(encrypted("database.password")), Map.of()))
        .contains(
            "is encrypted with key " + KEY.id(),
            "set ROLLCALL_KEY, ROLLCALL_KEY_FILE or ROLLCALL_KEY_COMMAND");
  }

  @Test
  void aWrongKeyIsToldByItsId() {
    EncryptionKey other = EncryptionKey.random();
    assertThat(refused(yaml(encrypted("database.password")), Map.of("ROLLCALL_KEY", other.text())))
        .contains("with key " + KEY.id() + ", and the key that is given is " + other.id())
        .doesNotContain(other.text());
  }

  @Test
  void twoWaysToTheKeyAreOneTooMany() throws Exception {
    Path file = kept(KEY.text(), "rw-------");
    assertThat(
            refused(
                yaml(encrypted("database.password")),
                Map.of("ROLLCALL_KEY", KEY.text(), "ROLLCALL_KEY_FILE", file.toString())))
        .contains("ROLLCALL_KEY and ROLLCALL_KEY_FILE are both set");
  }

  @Test
  void aValueOfAnotherSettingIsRefused() {
    assertThat(refused(yaml(encrypted("http.token")), Map.of("ROLLCALL_KEY", KEY.text())))
        .contains("changed, or encrypted for another setting", "rollcall secret encrypt");
  }

  @Test
  void aValueThatWasCutOffIsRefused() {
    String value = encrypted("database.password");
    Map<String, String> environment = Map.of("ROLLCALL_KEY", KEY.text());
    assertThat(refused(yaml(value.substring(0, 14)), environment)).contains("cut off");
    assertThat(refused(yaml(value.substring(0, 40)), environment)).contains("cannot be decrypted");
  }

  @Test
  void theEnvironmentsPasswordWinsAndNeedsNoKey() {
    Settings settings =
        read(
            yaml(encrypted("database.password")),
            Map.of("ROLLCALL_DATABASE_PASSWORD", "from outside"));
    assertThat(settings.database().password()).isEqualTo(new Secret("from outside"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*planted-secret-7", "!planted!secret-7 x", "'planted-secret-7"})
  void aPasswordThatYamlTakesForSomethingElseIsNotRepeated(String password) {
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> read("http:\n  token: " + password + "\n", Map.of()))
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("planted"));
  }

  @Test
  void anAddressWithAPasswordIsNeverPrinted() {
    Settings settings =
        read("database: {url: 'jdbc:postgresql://u:" + SECRET + "@db/r?password=x'}\n", Map.of());
    assertThat(settings.toString()).doesNotContain(SECRET);
    assertThat(settings.database().toString()).doesNotContain(SECRET);
    assertThatExceptionOfType(InvalidSettings.class)
        .isThrownBy(() -> read("database: {url: '" + SECRET + "'}\n", Map.of()))
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(SECRET));
  }

  @Test
  void theSecretsOfTheSchemaAreThoseThatAreReadAsSecrets() {
    Reading reading = new Reading("rollcall.yaml");
    new SettingsFile(Map.of()).parse(reading, "rollcall.yaml", SettingsTest.FULL);
    assertThat(SettingsSecrets.settings())
        .containsExactlyInAnyOrderElementsOf(
            reading.secrets().stream().map(SettingsTest::named).collect(Collectors.toSet()));
    assertThat(SettingsSecrets.isOne("database.password")).isTrue();
    assertThat(SettingsSecrets.isOne("database.name")).isFalse();
    assertThat(SettingsSecrets.isOne("databaseXpassword")).isFalse();
  }
}
