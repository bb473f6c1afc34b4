package dev.rollcall.plan.identity;

import dev.rollcall.model.Account.Status;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What holds for the people of one population, a row of {@code PS_CHG_IDP_UTYPE} (seed 000).
 *
 * @param code as it stands in the source; compared without regard to case
 * @param loginFormat how their logins are made
 * @param emailTypes from which of the source's types of e-mail theirs is taken, the first that is
 *     there; as they stand in the names of the columns {@code EMAIL_...}
 * @param syncPhone whether their phone is passed on
 * @param initialStatus how a new account begins: staged, or enabled
 * @param groups of which they are members, in order
 */
public record IdentityType(
    String code,
    LoginFormat loginFormat,
    List<String> emailTypes,
    boolean syncPhone,
    Status initialStatus,
    List<String> groups) {

  /** The seed's words for types of e-mail, beside PeopleSoft's own. */
  private static final Map<String, String> EMAIL_TYPES =
      Map.of(
          "PREFERRED", "PREF",
          "BUSINESS", "BUSN",
          "PERSONAL", "PERS",
          "CAMPUS", "CAMP");

  /** Logins by number, the e-mail address at home or else the preferred one. */
  public static final IdentityType STUDENT =
      of(
          "STUDENT",
          "[EMPLID]@student.univ.edu",
          List.of("HOME", "PREF"),
          false,
          "STAGED",
          List.of("Student Cohort"));

  /** Logins by name, phone, enabled at once. */
  public static final IdentityType STAFF =
      of(
          "STAFF",
          "[First].[Last]@univ.edu",
          List.of("BUSN"),
          true,
          "ACTIVE",
          List.of("Staff General"));

  /** As staff, in their own group. */
  public static final IdentityType FACULTY =
      of(
          "FACULTY",
          "[First].[Last]@univ.edu",
          List.of("BUSN"),
          true,
          "ACTIVE",
          List.of("Faculty General"));

  /** Logins that tell them from staff, the personal e-mail address. */
  public static final IdentityType ADJUNCT =
      of(
          "ADJUNCT",
          "[First].[Last]-ADJ@univ.edu",
          List.of("PERS"),
          false,
          "STAGED",
          List.of("Adjunct Pool"));

  /** Not in the seed's table, but named in its text: one more row of the same kind. */
  public static final IdentityType CONTRACTOR =
      of(
          "CONTRACTOR",
          "[First].[Last]-CTR@univ.edu",
          List.of("PERS"),
          false,
          "STAGED",
          List.of("Contractor Pool"));

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException when nobody could be given an account by it
   */
  public IdentityType {
    code = code.strip();
    if (code.isEmpty()) {
      throw new IllegalArgumentException("an identity type has no code");
    }
    if (initialStatus != Status.STAGED && initialStatus != Status.ENABLED) {
      throw new IllegalArgumentException(
          "a new account of identity type %s would be %s; it can be STAGED or ACTIVE"
              .formatted(code, initialStatus));
    }
    emailTypes = words(emailTypes, true);
    if (emailTypes.isEmpty()) {
      throw new IllegalArgumentException(
          "identity type %s names no type of e-mail; name at least one, as HOME or BUSN"
              .formatted(code));
    }
    groups = words(groups, false);
  }

  /**
   * As it is written in a table or in settings.
   *
   * @param loginFormat see {@link LoginFormat}
   * @param initialState {@code STAGED} or {@code ACTIVE}
   * @throws IllegalArgumentException when it says something that cannot be followed
   */
  public static IdentityType of(
      String code,
      String loginFormat,
      List<String> emailTypes,
      boolean syncPhone,
      String initialState,
      List<String> groups) {
    Status status =
        switch (initialState.strip().toUpperCase(Locale.ROOT)) {
          case "STAGED" -> Status.STAGED;
          case "ACTIVE", "ENABLED" -> Status.ENABLED;
          default ->
              throw new IllegalArgumentException(
                  "the initial state '%s' of identity type %s is neither STAGED nor ACTIVE"
                      .formatted(initialState, code));
        };
    return new IdentityType(
        code, LoginFormat.parse(loginFormat), emailTypes, syncPhone, status, groups);
  }

  /**
   * Those that are shipped, the leading ones first: who is employed for good before who is not, and
   * students last.
   */
  public static List<IdentityType> shipped() {
    return List.of(FACULTY, STAFF, ADJUNCT, CONTRACTOR, STUDENT);
  }

  boolean is(String otherCode) {
    return code.equalsIgnoreCase(otherCode.strip());
  }

  private static List<String> words(List<String> words, boolean emailTypes) {
    LinkedHashSet<String> kept = new LinkedHashSet<>();
    for (String word : words) {
      String stripped = word.strip();
      if (!stripped.isEmpty()) {
        String upper = stripped.toUpperCase(Locale.ROOT);
        kept.add(emailTypes ? EMAIL_TYPES.getOrDefault(upper, upper) : stripped);
      }
    }
    return List.copyOf(new ArrayList<>(kept));
  }
}
