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
        "U1", "00000700001", first, " ", last, " ", " ", Map.of(), " ", " ", "A", Set.of("Staff"));
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
    "美穂, Nakamura, 00000700001",
    "Kevin, 𠮷田, 00000700001",
  })
  void aNameIsWrittenInSmallLettersOfAscii(String first, String last, String local) {
    assertThat(LoginRule.login(IdentityType.of("Staff"), person(first, last)))
        .isEqualTo(local + "@univ.edu");
  }

  @Test
  void theFormatsAreThoseOfTheSourceDocument() {
    HrPerson person = person("Ann", "Ng");

    assertThat(LoginRule.login(IdentityType.of("Student"), person))
        .isEqualTo("00000700001@student.univ.edu");
    assertThat(LoginRule.login(IdentityType.of("Faculty"), person)).isEqualTo("ann.ng@univ.edu");
    assertThat(LoginRule.login(IdentityType.of("Adjunct"), person))
        .isEqualTo("ann.ng-adj@univ.edu");
  }

  @Test
  void aLongNameIsCutAndKeepsWhatComesBehindIt() {
    String login = LoginRule.login(IdentityType.of("Adjunct"), person("Ann", "X".repeat(100)));

    assertThat(login).endsWith("xx-adj@univ.edu");
    assertThat(login.indexOf('@')).isEqualTo(64);
  }

  @Test
  void whoWouldHaveTheSameGetsANumber() {
    assertThat(LoginRule.variants("a.b@univ.edu", 3))
        .containsExactly("a.b@univ.edu", "a.b2@univ.edu", "a.b3@univ.edu");
  }
}
