package dev.rollcall.plan.rule;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What names and numbers need that CEL does not bring. */
final class Texts {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");
  private static final Pattern NO_DIGITS = Pattern.compile("[^0-9]+");

  private Texts() {}

  /** {@code Zoë Müller} becomes {@code Zoe Muller}; letters that are none with a mark too. */
  static String withoutAccents(String text) {
    return MARKS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .replace("ß", "ss")
        .replace("ø", "o")
        .replace("Ø", "O")
        .replace("ł", "l")
        .replace("Ł", "L")
        .replace("æ", "ae")
        .replace("Æ", "AE")
        .replace("œ", "oe")
        .replace("Œ", "OE")
        .replace("đ", "d")
        .replace("Đ", "D");
  }

  /**
   * {@code ANNE-MARIE O'NEIL} becomes {@code Anne-Marie O'Neil}: each run of letters for itself.
   */
  static String nameCase(String text) {
    return WORD.matcher(text)
        .replaceAll(word -> {
          String letters = word.group();
          int first = letters.offsetByCodePoints(0, 1);
          return letters.substring(0, first).toUpperCase(Locale.ROOT)
              + letters.substring(first).toLowerCase(Locale.ROOT);
        });
  }

  /** {@code +1 (555) 010-0} becomes {@code 15550100}. */
  static String digits(String text) {
    return NO_DIGITS.matcher(text).replaceAll("");
  }
}
