package dev.rollcall.simulators.peoplesoft.hr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginRuleTest {
  private static HrPerson person(String first, String last) {
    return new HrPerson(
        "U1", "00000700001", first, " ", last, " ", " ", Map.of(), " ", " ", "A", Set.of("STAFF"));
  }

  @ParameterizedTest
  @CsvSource({
    "Kevin, Anderson, kevin.anderson",
    "Zoë, Müller, zoe.muller",
    "Łukasz, Ødegård, lukasz.odegard",
    "İbrahim, Öztürk, ibrahim.ozturk",
    "Đặng, Nguyễn, dang.nguyen",
    "Jean-Luc, Smith-Jones, jean-luc.smith-jones",
    "D’Angelo, O’Brien, dangelo.obrien",
    "José María, van der Berg, josemaria.vanderberg",
    "Björk, Þórsdóttir, bjork.thorsdottir",
    "Groß, Straße, gross.strasse",
    "Юлия, Иванова, iuliia.ivanova",
    "Ελένη, Παπαδόπουλος, eleni.papadopoulos",
    "Noʻeau, Mary & Joseph, noeau.maryjoseph",
    "-A--B., C, a-b.c",
  })
  void aNameIsWrittenInSmallLettersOfAscii(String first, String last, String local) {
    assertThat(LoginRule.login(IdentityType.of("STAFF"), person(first, last)))
        .contains(local + "@univ.edu");
  }

  @ParameterizedTest
  @CsvSource({"美穂, Nakamura", "Kevin, 𠮷田", "محمد, Ng", "Neha, शर्मा", "&, Ng"})
  void aNameThatCannotBeSpelledHasNoLoginButOneByNumber(String first, String last) {
    assertThat(LoginRule.login(IdentityType.of("STAFF"), person(first, last))).isEmpty();
    assertThat(LoginRule.login(IdentityType.of("STUDENT"), person(first, last)))
        .contains("00000700001@student.univ.edu");
  }

  @Test
  void theFormatsAreThoseOfTheSourceDocument() {
    HrPerson person = person("Ann", "Ng");

    assertThat(LoginRule.login(IdentityType.of("FACULTY"), person)).contains("ann.ng@univ.edu");
    assertThat(LoginRule.login(IdentityType.of("ADJUNCT"), person)).contains("ann.ng-adj@univ.edu");
  }

  @Test
  void aLongNameHasNoLogin() {
    assertThat(LoginRule.login(IdentityType.of("STAFF"), person("Ann", "X".repeat(60))))
        .isPresent();
    assertThat(LoginRule.login(IdentityType.of("STAFF"), person("Ann", "X".repeat(61)))).isEmpty();
  }

  @Test
  void whoSharesALoginHasOthersToHave() {
    HrPerson person =
        new HrPerson(
            "U1", "00000700001", "Ann", "Zoë", "Ng", " ", " ", Map.of(), " ", " ", "A", Set.of());

    assertThat(LoginRule.variants(IdentityType.of("ADJUNCT"), person, 3))
        .containsExactly(
            "ann.ng-adj@univ.edu",
            "ann.z.ng-adj@univ.edu",
            "ann.ng2-adj@univ.edu",
            "ann.ng3-adj@univ.edu");
    assertThat(LoginRule.variants(IdentityType.of("STUDENT"), person, 3)).hasSize(1);
  }
}
