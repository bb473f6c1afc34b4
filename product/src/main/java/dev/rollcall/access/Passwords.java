package dev.rollcall.access;

import dev.rollcall.access.RefusedAccess.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** How passwords are kept and compared. The method stands before each hash, so it can change. */
final class Passwords {

  private static final String METHOD = "bcrypt";
  private static final int STRENGTH = 10;
  private static final int SHORTEST = 12;

  /** bcrypt looks no further. */
  private static final int MOST_BYTES = 72;

  private final PasswordEncoder encoder =
      new DelegatingPasswordEncoder(METHOD, Map.of(METHOD, new BCryptPasswordEncoder(STRENGTH)));

  /** Of a password nobody has: comparing with it takes as long as with any other. */
  private final String nobodys = encoder.encode(RandomText.password());

  String hash(String password) {
    return encoder.encode(password);
  }

  /**
   * Whether it is this one; takes the same time for somebody who does not exist.
   *
   * @param hash null for nobody, and for somebody without a password
   */
  boolean matches(String password, @Nullable String hash) {
    boolean same = encoder.matches(password, hash == null ? nobodys : hash);
    return same && hash != null;
  }

  /** Whether the hash was made in a way that is no longer good enough. */
  boolean isOld(String hash) {
    return encoder.upgradeEncoding(hash);
  }

  /**
   * Checks a password somebody chose.
   *
   * @throws RefusedAccess saying what is wrong with it
   */
  static void check(String user, String password) {
    if (password.codePointCount(0, password.length()) < SHORTEST) {
      throw unfit("The password needs at least " + SHORTEST + " characters");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw unfit("The password is longer than " + MOST_BYTES + " bytes");
    }
    if (password.toLowerCase(Locale.ROOT).contains(user)) {
      throw unfit("The password must not contain the user's name");
    }
    if (password.chars().distinct().count() < SHORTEST / 2) {
      throw unfit("The password needs at least " + SHORTEST / 2 + " different characters");
    }
  }

  private static RefusedAccess unfit(String why) {
    return new RefusedAccess(Kind.UNFIT, why);
  }
}
