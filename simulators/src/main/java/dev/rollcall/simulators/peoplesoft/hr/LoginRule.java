package dev.rollcall.simulators.peoplesoft.hr;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The login of a person by the format of their identity type, in small letters, because logins are
 * compared without regard to case. There is none where a name cannot be spelled in ASCII, or the
 * part before the {@code @} is longer than 64 characters.
 */
final class LoginRule {
  private static final int LONGEST_LOCAL_PART = 64;

  private LoginRule() {}

  static Optional<String> login(IdentityType type, HrPerson person) {
    return made(type, person, "", "");
  }

  /**
   * All that somebody may be given who shares a login with others: the first of them keeps it, the
   * others have the initial of the middle name behind the first name, or a number from 2 on behind
   * the last one.
   */
  static List<String> variants(IdentityType type, HrPerson person, int sharing) {
    List<String> variants = new ArrayList<>();
    login(type, person).ifPresent(variants::add);
    if (sharing > 1 && type.loginFormat().contains("[First]")) {
      Spelling.of(person.middle())
          .filter(middle -> !middle.isEmpty() && Character.isLetter(middle.charAt(0)))
          .flatMap(middle -> made(type, person, "." + middle.charAt(0), ""))
          .ifPresent(variants::add);
      for (int number = 2; number <= sharing; number++) {
        made(type, person, "", Integer.toString(number)).ifPresent(variants::add);
      }
    }
    return variants;
  }

  private static Optional<String> made(
      IdentityType type, HrPerson person, String behindFirst, String behindLast) {
    String format = type.loginFormat();
    Optional<String> first = spelled(person.first());
    Optional<String> last = spelled(person.last());
    if (format.contains("[First]") && (first.isEmpty() || last.isEmpty())) {
      return Optional.empty();
    }
    String login =
        format
            .replace("[First]", first.orElse("") + behindFirst)
            .replace("[Last]", last.orElse("") + behindLast)
            .replace("[EMPLID]", person.emplid());
    return login.indexOf('@') > LONGEST_LOCAL_PART
        ? Optional.empty()
        : Optional.of(login.toLowerCase(Locale.ROOT));
  }

  private static Optional<String> spelled(String name) {
    return Spelling.of(name).filter(text -> !text.isEmpty());
  }
}
