package dev.rollcall.plan.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares logins and e-mail addresses as Okta does: without case and marks. */
final class Logins {

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Logins() {}

  static boolean same(@Nullable String one, @Nullable String other) {
    return one != null && other != null && folded(one).equals(folded(other));
  }

  private static String folded(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
