package dev.rollcall.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An encrypted value is good for one key and one setting, and says nothing to anybody else. */
class EncryptedTextTest {

  private static final String SETTING = "database.password";

  private final EncryptionKey key = EncryptionKey.random();

  @Property(tries = 200)
  void whatIsEncryptedComesBack(@ForAll String secret) {
    // A lone half of a pair is no text that a file in UTF-8 could hold.
    String text = secret.replaceAll("[\\ud800-\\udfff]", "?");
    String written = EncryptedText.encrypt(key, SETTING, text).toString();
    assertThat(read(written).decrypt(key, SETTING)).contains(text);
  }

  private static EncryptedText read(String written) {
    return EncryptedText.parse(written).orElseThrow();
  }

  @Test
  void theSameSecretIsWrittenDifferentlyEachTime() {
    assertThat(EncryptedText.encrypt(key, SETTING, "pw"))
        .isNotEqualTo(EncryptedText.encrypt(key, SETTING, "pw"));
  }

  @Test
  void itIsGoodForNoOtherSettingAndNoOtherKey() {
    EncryptedText value = EncryptedText.encrypt(key, SETTING, "pw");
    assertThat(value.decrypt(key, "http.token")).isEmpty();
    assertThat(value.decrypt(key, SETTING + " ")).isEmpty();
    assertThat(value.decrypt(EncryptionKey.random(), SETTING)).isEmpty();
  }

  @Test
  void aChangeOfAnyLetterIsNoticed() {
    String written = EncryptedText.encrypt(key, SETTING, "a password").toString();
    // The last letter holds bits that base64 does not use.
    for (int i = 0; i < written.length() - 1; i++) {
      char other = written.charAt(i) == 'A' ? 'B' : 'A';
      String changed = written.substring(0, i) + other + written.substring(i + 1);
      Optional<String> read =
          EncryptedText.parse(changed).flatMap(value -> value.decrypt(key, SETTING));
      assertThat(read).as(changed).isEmpty();
    }
  }

  @Test
  void anotherIdOfTheKeyIsNoticedToo() {
    EncryptedText value = EncryptedText.encrypt(key, SETTING, "pw");
    EncryptionKey other = EncryptionKey.random();
    assertThat(new EncryptedText(other.id(), value.data()).decrypt(other, SETTING)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enc:",
        "enc:v2:00000000:AAAA",
        "enc:v1:0000:AAAA",
        "enc:v1:00000000:",
        "enc:v1:x"
      })
  void whatIsNotOfThisFormIsNone(String text) {
    assertThat(EncryptedText.isOne(text)).isTrue();
    assertThat(EncryptedText.parse(text)).isEmpty();
  }

  @Test
  void whatIsCutOffCannotBeDecrypted() {
    assertThat(new EncryptedText(key.id(), "AAAA").decrypt(key, SETTING)).isEmpty();
    assertThat(new EncryptedText(key.id(), "A").decrypt(key, SETTING)).isEmpty();
  }

  @Test
  void aKeyIsWrittenAndReadAndNeverPrintedByAccident() {
    assertThat(EncryptionKey.parse(key.text() + "\n")).isEqualTo(key);
    assertThat(key.toString()).isEqualTo("key " + key.id()).doesNotContain(key.text());
    assertThat(key.text()).doesNotContain(key.id());
    assertThat(EncryptionKey.random()).isNotEqualTo(key);
    String standard = key.text().replace('-', '+').replace('_', '/') + "=";
    assertThat(EncryptionKey.parse(standard)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hunter2", "not base64!", "aHVudGVyMg"})
  void whatIsNoKeyIsRefusedWithoutBeingRepeated(String text) {
    assertThatExceptionOfType(UnusableKey.class)
        .isThrownBy(() -> EncryptionKey.parse(text))
        .satisfies(failure ->
            assertThat(failure.getMessage() + failure.getCause())
                .doesNotContain("hunter", "aHVudGVyMg", "base64!"));
  }
}
