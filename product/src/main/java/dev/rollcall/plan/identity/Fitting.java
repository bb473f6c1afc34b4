package dev.rollcall.plan.identity;

import dev.rollcall.model.Value;
import dev.rollcall.plan.Mapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as Okta can keep them ({@code facts/okta.md §1}): no characters of four bytes, and not too
 * long. Done before anything is compared, so that what was shortened once is found as wanted.
 */
final class Fitting {

  /** Stands for what cannot be kept, as everywhere in Unicode. */
  private static final String REPLACEMENT = "\uFFFD";

  private Fitting() {}

  /**
   * @param longest the most characters; null when there is no limit
   * @param remarks takes what was altered
   */
  static Mapped fit(
      String attribute, Mapped mapped, @Nullable Integer longest, List<String> remarks) {
    if (!(mapped.value() instanceof Value.Text(String text))) {
      return mapped;
    }
    String kept = text;
    if (!isKept(text)) {
      StringBuilder replaced = new StringBuilder();
      text.codePoints()
          .forEach(point ->
              replaced.append(
                  Character.isBmpCodePoint(point) && !isHalf(point)
                      ? Character.toString(point)
                      : REPLACEMENT));
      kept = replaced.toString();
      remarks.add("%s has characters that Okta cannot keep: replaced".formatted(attribute));
    }
    if (longest != null && kept.length() > longest) {
      remarks.add(
          "%s has %d characters: shortened to %d".formatted(attribute, kept.length(), longest));
      kept = kept.substring(0, longest).stripTrailing();
    }
    return kept.equals(text)
        ? mapped
        : new Mapped(new Value.Text(kept), mapped.origin(), "made to fit Okta");
  }

  /** Whether all of it can be kept. */
  static boolean isKept(String text) {
    return text.chars().noneMatch(Fitting::isHalf);
  }

  private static boolean isHalf(int unit) {
    return unit >= Character.MIN_SURROGATE && unit <= Character.MAX_SURROGATE;
  }
}
