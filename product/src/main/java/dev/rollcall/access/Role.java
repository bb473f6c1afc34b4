package dev.rollcall.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What somebody may do; each role may do what those before it may. */
public enum Role {
  /** Looks at everything, changes nothing. */
  VIEWER,
  /** Asks Rollcall to act: retry, re-sync, load, pause, release, resolve. */
  OPERATOR,
  /** Decides who may come in and what the settings are. */
  ADMIN;

  /** As stored, shown and written on a command line. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The role of this code, in any case.
   *
   * @throws IllegalArgumentException naming the roles there are
   */
  public static Role ofCode(String code) {
    return Arrays.stream(values())
        .filter(role -> role.code().equals(code.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'"
                    + code
                    + "' is no role; there are "
                    + Arrays.stream(values()).map(Role::code).collect(Collectors.joining(", "))));
  }

  /** Whether whoever has this role may do what that one asks for. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }
}
