package dev.rollcall.simulators.peoplesoft.hr;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The login of a person by the format of their identity type, worked out the slow way. A name is
 * written in small letters of ASCII: letters that are no letter with a mark have a spelling of
 * their own, marks go, and of the rest only letters, digits and hyphens stay. Who has no letter
 * left of first or last name has the EMPLID instead of both.
 */
final class LoginRule {
  private static final int LONGEST_LOCAL_PART = 64;

  private static final Map<Integer, String> SPELLED =
      Map.ofEntries(
          Map.entry((int) 'ß', "ss"),
          Map.entry((int) 'æ', "ae"),
          Map.entry((int) 'œ', "oe"),
          Map.entry((int) 'ø', "o"),
          Map.entry((int) 'đ', "d"),
          Map.entry((int) 'ð', "d"),
          Map.entry((int) 'þ', "th"),
          Map.entry((int) 'ł', "l"),
          Map.entry((int) 'ı', "i"),
          Map.entry((int) 'ħ', "h"),
          Map.entry((int) 'ŋ', "n"));

  private LoginRule() {}

  static String login(IdentityType type, HrPerson person) {
    String format = type.loginFormat();
    String domain = format.substring(format.indexOf('@'));
    String local = format.substring(0, format.indexOf('@'));
    if (local.contains("[First]")) {
      String first = ascii(person.first());
      String last = ascii(person.last());
      if (first.isEmpty() || last.isEmpty()) {
        local = local.replace("[First].[Last]", ascii(person.emplid()));
      } else {
        int room = LONGEST_LOCAL_PART - (local.length() - "[First].[Last]".length());
        String name = first + "." + last;
        local = local.replace("[First].[Last]", cut(name, room));
      }
    }
    return (local.replace("[EMPLID]", person.emplid()) + domain).toLowerCase(Locale.ROOT);
  }

  /** What the n-th of those gets who would have the same login: a number before the domain. */
  static List<String> variants(String login, int count) {
    List<String> variants = new ArrayList<>(List.of(login));
    for (int number = 2; number <= count; number++) {
      variants.add(login.replaceFirst("@", number + "@"));
    }
    return variants;
  }

  private static String cut(String name, int room) {
    return name.length() <= room ? name : name.substring(0, room);
  }

  static String ascii(String name) {
    StringBuilder letters = new StringBuilder();
    Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC)
        .codePoints()
        .forEach(
            letter -> letters.append(SPELLED.getOrDefault(letter, Character.toString(letter))));
    StringBuilder plain = new StringBuilder();
    Normalizer.normalize(letters, Normalizer.Form.NFKD)
        .codePoints()
        .filter(letter ->
            (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-')
        .forEach(plain::appendCodePoint);
    return plain.toString().replaceAll("^-+|-+$", "");
  }
}
