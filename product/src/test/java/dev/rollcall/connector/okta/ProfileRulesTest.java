package dev.rollcall.connector.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Value;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Okta takes into a profile, and what becomes of the rest. */
class ProfileRulesTest {

  private final ProfileRules rules =
      new ProfileRules(
          OktaSettings.of(
              URI.create("https://example.okta.com"),
              new OktaAuth.ApiToken("t"),
              "employeeNumber",
              Set.of()));

  private ProfileRules.Fitted fit(String attribute, String text) {
    return rules.fit(Map.of(attribute, new Value.Text(text)));
  }

  @Test
  void charactersOfFourBytesAreReplacedInNamesAndSaidSo() {
    ProfileRules.Fitted fitted = fit("firstName", "𠮷田 José\uD800");
    assertThat(fitted.profile()).containsEntry("firstName", new Value.Text("\uFFFD田 José\uFFFD"));
    assertThat(fitted.remarks())
        .containsExactly("firstName has characters that Okta cannot keep: replaced");
  }

  @Test
  void whatIdentifiesIsNeverAltered() {
    for (String attribute : Set.of("login", "email", "employeeNumber")) {
      ProfileRules.Fitted fitted = fit(attribute, "𠮷@univ.edu");
      assertThat(fitted.refused()).containsOnlyKeys(attribute);
      assertThat(fitted.profile()).isEmpty();
    }
    assertThat(fit("secondEmail", "x".repeat(101)).leftOut()).containsOnlyKeys("secondEmail");
    assertThat(fit("mobilePhone", "☎😀").leftOut()).containsOnlyKeys("mobilePhone");
  }

  @Test
  void aSecondAddressThatDoesNotLookLikeOneIsLeftOut() {
    assertThat(fit("secondEmail", "nowhere").leftOut()).containsOnlyKeys("secondEmail");
    assertThat(fit("secondEmail", "ann@home.org").profile()).containsOnlyKeys("secondEmail");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b.c",
        "o'brien+tag@sub.univ.edu",
        "josé@université.fr",
        "12345@student.univ.edu",
        "first.last-ADJ@univ.edu"
      })
  void anAddressIsTaken(String address) {
    assertThat(fit("email", address).refused()).isEmpty();
    assertThat(fit("login", address).refused()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@b",
        "ann univ",
        "ann@@univ.edu",
        "ann@univ..edu",
        "@univ.edu",
        "ann@",
        "a b@univ.edu",
        "ann@univ.edu;bob@univ.edu",
        "<ann@univ.edu>"
      })
  void anAddressThatIsNoneIsRefused(String address) {
    assertThat(fit("email", address).refused()).containsOnlyKeys("email");
  }

  @Test
  void aLoginIsOnlyAnAddressWhereTheTenantWantsIt() {
    assertThat(fit("login", "annlee").refused()).containsOnlyKeys("login");
    OktaSettings base =
        OktaSettings.of(
            URI.create("https://example.okta.com"),
            new OktaAuth.ApiToken("t"),
            "employeeNumber",
            Set.of());
    ProfileRules other =
        new ProfileRules(
            new OktaSettings(
                base.baseUrl(),
                base.auth(),
                base.correlationAttribute(),
                Set.of(),
                false,
                false,
                base.patience()));
    assertThat(other.fit(Map.of("login", new Value.Text("annlee"))).refused()).isEmpty();
    assertThat(other.fit(Map.of("login", new Value.Text("ann"))).refused())
        .containsOnlyKeys("login");
  }

  @Test
  void clearingIsLeftToOktaButForLoginAndEmail() {
    ProfileRules.Fitted fitted =
        rules.fit(Map.of("mobilePhone", new Value.Cleared(), "email", new Value.Cleared()));
    assertThat(fitted.profile()).containsOnly(Map.entry("mobilePhone", new Value.Cleared()));
    assertThat(fitted.refused()).containsOnlyKeys("email");
  }

  @Property
  void whateverANameIsWhatIsSentFits(@ForAll("anything") String name) {
    for (String attribute : Set.of("firstName", "lastName", "displayName")) {
      ProfileRules.Fitted fitted = fit(attribute, name);
      String sent =
          String.valueOf(
              fitted.profile().getOrDefault(attribute, new Value.Cleared()).textOrNull());
      assertThat(sent.getBytes(StandardCharsets.UTF_8).length)
          .isLessThanOrEqualTo(3 * sent.length());
      assertThat(sent.codePoints().max().orElse(0)).isLessThan(0x10000);
      assertThat(sent).doesNotContainPattern("[\\ud800-\\udfff]");
      if (!attribute.equals("displayName")) {
        assertThat(sent.length()).isLessThanOrEqualTo(50);
      }
      assertThat(fitted.remarks().isEmpty()).isEqualTo(sent.equals(name));
    }
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMinLength(1).ofMaxLength(120),
        Arbitraries.strings().withChars("aé田").ofMinLength(1).ofMaxLength(60),
        Arbitraries.of("😀".repeat(60), "a".repeat(49) + "😀", "\uDC00\uD83D"));
  }
}
