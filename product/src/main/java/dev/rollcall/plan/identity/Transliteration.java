package dev.rollcall.plan.identity;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a value becomes a part of a login, character by character:
 *
 * <ol>
 *   <li>Unicode NFKD; marks are dropped: {@code é → e}, {@code ﬁ → fi}, {@code Ｊ → J}.
 *   <li>Letters that do not come apart go by a table: {@code ß → ss}, {@code æ → ae}, {@code ø →
 *       o}, {@code þ → th}; Cyrillic as in passports (ICAO 9303), Greek as ELOT 743 has its single
 *       letters, and ου.
 *   <li>Digits of any script become digits; dashes become {@code -}.
 *   <li>Letters, digits, {@code . - _} stay; blanks, apostrophes and everything else that is no
 *       letter are dropped. Of several {@code . - _} in a row the first stays, none at the ends.
 *   <li>A letter that none of this covers (as of Chinese, Arabic or Hebrew) is not guessed at: the
 *       value cannot be transliterated.
 * </ol>
 *
 * Case is kept.
 */
final class Transliteration {

  /**
   * What a value came to.
   *
   * @param text of {@code A-Z a-z 0-9 . _ -}; may be empty
   * @param unknown the letters there is no rule for, none when it could be done
   */
  record Result(String text, Set<String> unknown) {}

  private static final Map<Integer, String> LETTERS = new HashMap<>();

  /** Apostrophes, and letters of Unicode that look and work as such. */
  private static final String APOSTROPHES = "'’‘‛`´ʹʺʻʼʽʾʿˈ";

  private static final String SEPARATORS = ".-_";

  private static final int LATIN_LIMIT = 128;

  static {
    table("ß ss æ ae œ oe ø o ł l đ d ð d þ th ħ h ı i ŋ n ĸ k ŧ t ƒ f ə e ǝ e ɛ e ɔ o");
    table("ɓ b ɖ d ɗ d ǥ g ɣ g ƙ k ɲ n ʒ z ƴ y ƶ z ƀ b");
    table("а a б b в v г g ґ g ғ g д d ђ d е e ж zh з z ѕ dz и i і i ј j к k л l љ lj м m н n");
    table("њ nj о o п p р r с s т t ћ c у u ф f х kh ц ts ч ch џ dz ш sh щ shch ъ ie ы y");
    table("э e є ie ю iu я ia ѣ ie ѳ f");
    table("α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t");
    table("υ y φ f χ ch ψ ps ω o");
    LETTERS.put((int) 'ь', "");
  }

  private Transliteration() {}

  private static void table(String pairs) {
    String[] words = pairs.split(" ", -1);
    for (int i = 0; i < words.length; i += 2) {
      LETTERS.put(words[i].codePointAt(0), words[i + 1]);
    }
  }

  static Result of(String value) {
    StringBuilder text = new StringBuilder();
    Set<String> unknown = new TreeSet<>();
    int before = 0;
    for (int point : Normalizer.normalize(value, Normalizer.Form.NFKD).codePoints().toArray()) {
      String written = isMark(point) ? "" : written(point, before);
      if (written == null) {
        unknown.add(Character.toString(point));
      } else {
        append(text, written);
      }
      before = isMark(point) ? before : point;
    }
    while (!text.isEmpty() && isSeparator(text.charAt(text.length() - 1))) {
      text.setLength(text.length() - 1);
    }
    return new Result(text.toString(), unknown);
  }

  private static void append(StringBuilder text, String written) {
    boolean separates = !written.isEmpty() && isSeparator(written.charAt(0));
    if (!separates || (!text.isEmpty() && !isSeparator(text.charAt(text.length() - 1)))) {
      text.append(written);
    }
  }

  /** What stands for a character; null when there is no rule for this letter. */
  private static @Nullable String written(int point, int before) {
    if (point < LATIN_LIMIT) {
      boolean stays = Character.isLetterOrDigit(point) || SEPARATORS.indexOf(point) >= 0;
      return stays ? Character.toString(point) : "";
    }
    int lower = Character.toLowerCase(point);
    String letters = LETTERS.get(lower);
    if (letters != null) {
      String latin = lower == 'υ' && Character.toLowerCase(before) == 'ο' ? "u" : letters;
      return lower == point ? latin : capital(latin);
    }
    if (APOSTROPHES.indexOf(point) >= 0) {
      return "";
    }
    if (Character.isDigit(point)) {
      return String.valueOf(Character.digit(point, 10));
    }
    if (Character.getType(point) == Character.DASH_PUNCTUATION || point == '−') {
      return "-";
    }
    return Character.isLetter(point) ? null : "";
  }

  private static String capital(String latin) {
    return latin.isEmpty()
        ? latin
        : latin.substring(0, 1).toUpperCase(Locale.ROOT) + latin.substring(1);
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isSeparator(int character) {
    return SEPARATORS.indexOf(character) >= 0;
  }
}
