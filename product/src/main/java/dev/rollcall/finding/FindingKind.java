package dev.rollcall.finding;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a finding is about. */
public enum FindingKind {
  /** Somebody lacks an attribute that people are expected to have. */
  MISSING_ATTRIBUTE("missing-attribute"),
  /** Something in the facts cannot be used. */
  UNUSABLE_FACT("unusable-fact"),
  /** A message was published in the far future: what is told until then is taken for older. */
  FUTURE_MESSAGE("future-message"),
  /** A role was not given because it does not exist. */
  MISSING_ROLE("missing-role"),
  /** What was to be done on a date failed. */
  FAILED_DATE("failed-date"),
  /** Two people would have one login. */
  LOGIN_CLASH("login-clash"),
  /** A source does not name somebody any more, and does not say that they left. */
  VANISHED("vanished"),
  /** Another system decides about the account's attributes, so they cannot be changed. */
  MASTERED_ELSEWHERE("mastered-elsewhere");

  private final String code;

  FindingKind(String code) {
    this.code = code;
  }

  /** As stored and shown. */
  public String code() {
    return code;
  }

  /**
   * The kind with this code.
   *
   * @throws IllegalArgumentException naming the codes there are
   */
  public static FindingKind ofCode(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code.equals(code))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Unknown kind of finding '%s'; one of %s"
                    .formatted(
                        code,
                        Arrays.stream(values())
                            .map(FindingKind::code)
                            .collect(Collectors.joining(", ")))));
  }
}
