package dev.rollcall.plan.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.Account.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of seed 000, and what cannot be configured. */
class IdentityTypeTest {

  private static String row(IdentityType type) {
    return "%s | %s | %s | %s | %s | %s"
        .formatted(
            type.code(),
            type.loginFormat(),
            String.join(" / ", type.emailTypes()),
            type.syncPhone() ? "Yes" : "No",
            type.initialStatus() == Status.ENABLED ? "ACTIVE" : "STAGED",
            String.join(", ", type.groups()));
  }

  @Test
  void theSeedsRowsAreShippedAndTheContractorsWithThem() {
    assertThat(IdentityType.shipped().stream().map(IdentityTypeTest::row))
        .containsExactlyInAnyOrder(
            "STUDENT | [EMPLID]@student.univ.edu | HOME / PREF | No | STAGED | Student Cohort",
            "STAFF | [First].[Last]@univ.edu | BUSN | Yes | ACTIVE | Staff General",
            "FACULTY | [First].[Last]@univ.edu | BUSN | Yes | ACTIVE | Faculty General",
            "ADJUNCT | [First].[Last]-ADJ@univ.edu | PERS | No | STAGED | Adjunct Pool",
            "CONTRACTOR | [First].[Last]-CTR@univ.edu | PERS | No | STAGED | Contractor Pool");
  }

  @Test
  void theWordsOfTheSeedMeanPeopleSoftsTypesOfEmail() {
    IdentityType type =
        IdentityType.of(
            "Student",
            "[EMPLID]@x.edu",
            List.of("Home", " Preferred ", "home"),
            false,
            "active",
            List.of(" A ", "A", ""));

    assertThat(type.emailTypes()).containsExactly("HOME", "PREF");
    assertThat(type.groups()).containsExactly("A");
    assertThat(type.initialStatus()).isEqualTo(Status.ENABLED);
  }

  @Test
  void aTypeThatNobodyCouldHaveAnAccountByIsRefused() {
    assertThatThrownBy(
            () -> IdentityType.of("X", "[EMPLID]@x.edu", List.of(), false, "STAGED", List.of()))
        .hasMessageContaining("names no type of e-mail");
    assertThatThrownBy(
            () -> IdentityType.of("X", "[EMPLID]@x.edu", List.of("HOME"), false, "GONE", List.of()))
        .hasMessageContaining("neither STAGED nor ACTIVE");
    assertThatThrownBy(() ->
            IdentityType.of(" ", "[EMPLID]@x.edu", List.of("HOME"), false, "STAGED", List.of()))
        .hasMessageContaining("no code");
    assertThatThrownBy(
            () -> IdentityType.of("X", "everybody", List.of("HOME"), false, "STAGED", List.of()))
        .hasMessageContaining("the login format 'everybody'");
  }

  @Test
  void settingsThatContradictThemselvesAreRefused() {
    assertThatThrownBy(() -> IdentitySettings.of(List.of()))
        .hasMessageContaining("no identity type");
    assertThatThrownBy(() ->
            IdentitySettings.of(
                List.of(
                    IdentityType.STAFF,
                    IdentityType.of(
                        "staff", "[EMPLID]@x.edu", List.of("HOME"), false, "STAGED", List.of()))))
        .hasMessageContaining("two identity types have the code");
    assertThatThrownBy(() -> mapped("login", "[EMPLID]"))
        .hasMessageContaining("login is decided by");
    assertThatThrownBy(() -> mapped("email", "[EMAIL_HOME]"))
        .hasMessageContaining("email is decided by");
    assertThatThrownBy(
            () -> Settings.of(IdentitySettings.shipped()).attributes(Map.of()).settings())
        .hasMessageContaining("no mapping for employeeNumber");
    assertThatThrownBy(
            () -> Settings.of(IdentitySettings.shipped()).leaveCodes(Set.of("i")).settings())
        .hasMessageContaining("HR_STATUS I cannot mean both");
    assertThatThrownBy(
            () -> Settings.of(IdentitySettings.shipped()).ignored(Set.of("staff")).settings())
        .hasMessageContaining("configured and ignored");
  }

  private static IdentitySettings mapped(String attribute, String template) {
    Map<String, Template> attributes = new LinkedHashMap<>(IdentitySettings.defaultAttributes());
    attributes.put(attribute, Template.parse(template));
    return Settings.of(IdentitySettings.shipped()).attributes(attributes).settings();
  }

  @Test
  void theManagedGroupsAreThoseOfAllTypesAndTheFurther() {
    assertThat(
            Settings.of(IdentitySettings.of(List.of(IdentityType.STAFF, IdentityType.STUDENT)))
                .moreGroups(Set.of("VPN"))
                .settings()
                .managedGroups())
        .containsExactlyInAnyOrder("Staff General", "Student Cohort", "VPN");
  }
}
