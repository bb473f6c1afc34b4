package dev.rollcall.plan.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.plan.identity.LoginFormat.Logins;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFormatTest {

  private static final LoginFormat BY_NAME = LoginFormat.parse("[First].[Last]@univ.edu");

  private static PersonFields fields(HrPerson person) {
    PersonFields fields = PersonFields.of(person.facts());
    if (fields == null) {
      throw new AssertionError("no row");
    }
    return fields;
  }

  private static List<String> logins(String format, HrPerson person) {
    return logins(LoginFormat.parse(format), person, NameKind.LEGAL);
  }

  private static List<String> logins(LoginFormat format, HrPerson person, NameKind names) {
    return switch (format.logins(fields(person), names)) {
      case Logins.Candidates(var all) ->
          all.stream().map(one -> String.valueOf(one.value().textOrNull())).toList();
      case Logins.None(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String refusal(String format, HrPerson person) {
    return LoginFormat.parse(format).logins(fields(person), NameKind.LEGAL)
            instanceof Logins.None(String reason)
        ? reason
        : "none";
  }

  @Test
  void aNumberIsOnePersonsSoThereIsNothingElseToTry() {
    assertThat(logins("[EMPLID]@student.univ.edu", HrPerson.jane()))
        .containsExactly("0012345@student.univ.edu");
    assertThat(logins("[OPRID]@univ.edu", HrPerson.jane())).containsExactly("JDOE@univ.edu");
    assertThat(logins("[First].[EMPLID]@univ.edu", HrPerson.jane()))
        .containsExactly("Jane.0012345@univ.edu");
  }

  @Test
  void afterTheNameComesTheMiddleInitialAndThenNumbers() {
    List<String> logins = logins("[First].[Last]@univ.edu", HrPerson.jane());

    assertThat(logins)
        .startsWith(
            "Jane.Doe@univ.edu", "Jane.Q.Doe@univ.edu", "Jane.Doe2@univ.edu", "Jane.Doe3@univ.edu")
        .endsWith("Jane.Doe99@univ.edu")
        .doesNotHaveDuplicates()
        .hasSize(100);
  }

  @Test
  void aNumberStandsBehindTheNameAndNotBehindWhatFollowsIt() {
    assertThat(logins("[First].[Last]-ADJ@univ.edu", HrPerson.jane().with("MIDDLE_NAME", " ")))
        .startsWith("Jane.Doe-ADJ@univ.edu", "Jane.Doe2-ADJ@univ.edu");
  }

  @Test
  void theLegalNameStandsInALoginUnlessThePreferredOneIsToo() {
    HrPerson person = HrPerson.jane().with("PREF_FIRST_NAME", "Jo");

    assertThat(logins(BY_NAME, person, NameKind.LEGAL)).startsWith("Jane.Doe@univ.edu");
    assertThat(logins(BY_NAME, person, NameKind.PREFERRED)).startsWith("Jo.Doe@univ.edu");
    assertThat(logins("[PREF_FIRST_NAME].[Last]@univ.edu", person))
        .startsWith("Jo.Doe@univ.edu", "Jo.Doe2@univ.edu");
  }

  @Test
  void theDomainIsInSmallLetters() {
    assertThat(logins("[First]@Univ.EDU", HrPerson.jane())).startsWith("Jane@univ.edu");
  }

  @Test
  void aNameThatCannotBeWrittenIsNoLogin() {
    assertThat(refusal("[First].[Last]@univ.edu", HrPerson.jane().with("LAST_NAME", "王")))
        .isEqualTo("no login by [First].[Last]@univ.edu: there is no rule for 王 in LAST_NAME '王'");
    assertThat(refusal("[First].[Last]@univ.edu", HrPerson.jane().with("FIRST_NAME", " ")))
        .contains("FIRST_NAME has no value");
    assertThat(refusal("[First].[Last]@univ.edu", HrPerson.jane().with("FIRST_NAME", "'-'")))
        .contains("nothing can stand in one");
    assertThat(refusal("[DEPTID]@univ.edu", HrPerson.jane())).contains("DEPTID has no value");
  }

  @Test
  void aLoginHasAHundredCharactersAtMost() {
    assertThat(
            refusal("[EMPLID]@" + "univ.".repeat(18) + "edu", HrPerson.jane().with("EMPLID", "1")))
        .isEqualTo("none");
    assertThat(refusal("[EMPLID]@" + "univ.".repeat(19) + "edu", HrPerson.jane()))
        .contains("characters; a login has 5 to 100");
    assertThat(refusal("[First]@univ.edu", HrPerson.jane().with("FIRST_NAME", "x".repeat(65))))
        .contains("more than 64 characters before the @");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[First].[Last]",
        "[First].[Last]@",
        "[First].[Last]@univ",
        "[First@univ.edu",
        "First]@univ.edu",
        "[]@univ.edu",
        "[First Name]@univ.edu",
        "[first_name]@univ.edu",
        "[Frist].[Last]@univ.edu",
        "[First] [Last]@univ.edu",
        "[First]@[Last]@univ.edu",
        "everybody@univ.edu",
        "[First]..[Last]@univ.edu",
        ".[First]@univ.edu",
        "[First].@univ.edu",
        "[SSN]@univ.edu",
        "[First]'s@univ.edu",
        "[First]@uni_v.edu",
      })
  void whatCannotBeReadIsRefusedWithWhatIsAllowed(String format) {
    assertThatThrownBy(() -> LoginFormat.parse(format))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(format)
        .satisfies(refused ->
            assertThat(refused.getMessage())
                .satisfiesAnyOf(
                    message -> assertThat(message).contains("write [First], [Middle], [Last]"),
                    message -> assertThat(message).contains("every ["),
                    message -> assertThat(message).contains("a ] has no [")));
  }

  @Property(tries = 1000)
  void whateverTheNamesALoginIsOneOrThereIsAReason(
      @ForAll("names") String first, @ForAll("names") String last) {
    HrPerson person = HrPerson.jane().with("FIRST_NAME", first).with("LAST_NAME", last);
    Logins logins = BY_NAME.logins(fields(person), NameKind.LEGAL);

    assertThat(BY_NAME.logins(fields(person), NameKind.LEGAL)).isEqualTo(logins);
    switch (logins) {
      case Logins.None(String reason) -> assertThat(reason).startsWith("no login by");
      case Logins.Candidates(var all) ->
          assertThat(all)
              .extracting(one -> one.value().textOrNull())
              .doesNotHaveDuplicates()
              .allMatch(login -> login != null && login.length() <= 100)
              .allMatch(login ->
                  login != null && login.matches("[A-Za-z0-9]+([._-][A-Za-z0-9]+)*@univ\\.edu"));
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(60),
        Arbitraries.of(
            Stream.of("José", "Ngô Đình", "O'Neil-Smith", "Иван", "Μαρία", "李", "علي", "de la Cruz")
                .toList()));
  }
}
