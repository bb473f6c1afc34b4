package dev.rollcall.plan.identity;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What an instance may decide about planning by identity types.
 *
 * @param types the identity types; of those a person holds the first one leads: it decides login,
 *     e-mail, phone and how the account begins, while the groups are those of all of them
 * @param attributes how the other attributes are made, by the target's names
 * @param correlation the attribute that says whose an account is; one of {@code attributes}
 * @param loginNames which names stand in logins
 * @param renameLogin whether a login follows the name; otherwise an account keeps the one it has
 * @param leave what becomes of accounts of people on leave
 * @param leaveCodes the values of HR_STATUS of people on leave
 * @param inactiveCodes the values of HR_STATUS of people who have left
 * @param withoutJob codes of identity types to which HR_STATUS, which tells of a job, says nothing:
 *     who is a student stays one
 * @param ignoredTypes codes of identity types that nobody has an account by, as alumni; any other
 *     that is not configured is a reason not to decide anything
 * @param longest how many characters an attribute can have; what is longer is shortened
 * @param moreGroups groups that single lines may name beside those of the identity types
 */
public record IdentitySettings(
    List<IdentityType> types,
    Map<String, Template> attributes,
    String correlation,
    NameKind loginNames,
    boolean renameLogin,
    LeavePolicy leave,
    Set<String> leaveCodes,
    Set<String> inactiveCodes,
    Set<String> withoutJob,
    Set<String> ignoredTypes,
    Map<String, Integer> longest,
    Set<String> moreGroups) {

  static final String LOGIN = "login";
  static final String EMAIL = "email";

  /** What Okta has no account without, beside the login ({@code facts/okta.md §2.3}). */
  static final List<String> REQUIRED = List.of("firstName", "lastName", EMAIL);

  private static final Map<String, Integer> OKTA_LIMITS =
      Map.of(
          "firstName", 50,
          "lastName", 50,
          "city", 128,
          "state", 128,
          "streetAddress", 1024,
          "postalAddress", 4096);

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when nobody could be given an account by it
   */
  public IdentitySettings {
    types = List.copyOf(types);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    leaveCodes = upper(leaveCodes);
    inactiveCodes = upper(inactiveCodes);
    withoutJob = upper(withoutJob);
    ignoredTypes = upper(ignoredTypes);
    longest = Map.copyOf(longest);
    moreGroups = Set.copyOf(moreGroups);
    if (types.isEmpty()) {
      throw new IllegalArgumentException("there is no identity type");
    }
    Set<String> codes = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (IdentityType type : types) {
      if (!codes.add(type.code())) {
        throw new IllegalArgumentException("two identity types have the code " + type.code());
      }
      if (ignoredTypes.contains(type.code().toUpperCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "identity type %s is configured and ignored; decide on one".formatted(type.code()));
      }
    }
    for (String own : List.of(LOGIN, EMAIL)) {
      if (attributes.containsKey(own)) {
        throw new IllegalArgumentException(
            "the attribute %s is decided by the identity type and cannot be mapped".formatted(own));
      }
    }
    if (!attributes.containsKey(correlation)) {
      throw new IllegalArgumentException(
          "no mapping for %s, by which accounts are told apart".formatted(correlation));
    }
    for (String code : leaveCodes) {
      if (inactiveCodes.contains(code)) {
        throw new IllegalArgumentException(
            "HR_STATUS %s cannot mean both a leave and having left".formatted(code));
      }
    }
  }

  /** What is used where a site says nothing, with these identity types. */
  public static IdentitySettings of(List<IdentityType> types) {
    return new IdentitySettings(
        types,
        defaultAttributes(),
        "employeeNumber",
        NameKind.LEGAL,
        false,
        LeavePolicy.KEEP,
        Set.of("L"),
        Set.of("I"),
        Set.of("STUDENT"),
        Set.of(),
        OKTA_LIMITS,
        Set.of());
  }

  /** Everything as it is shipped. */
  public static IdentitySettings shipped() {
    return of(IdentityType.shipped());
  }

  /** Preferred names for display; the number by which accounts are told apart; the phone. */
  public static Map<String, Template> defaultAttributes() {
    Map<String, Template> attributes = new LinkedHashMap<>();
    attributes.put("firstName", Template.parse("[PREF_FIRST_NAME|FIRST_NAME]"));
    attributes.put("lastName", Template.parse("[PREF_LAST_NAME|LAST_NAME]"));
    attributes.put(
        "displayName", Template.parse("[PREF_FIRST_NAME|FIRST_NAME] [PREF_LAST_NAME|LAST_NAME]"));
    attributes.put("employeeNumber", Template.parse("[EMPLID]"));
    attributes.put("primaryPhone", Template.parse("[PHONE]"));
    return attributes;
  }

  /** The groups that Rollcall decides about: all that an identity type names, and the further. */
  public Set<String> managedGroups() {
    Set<String> groups =
        types.stream()
            .flatMap(type -> type.groups().stream())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    groups.addAll(moreGroups);
    return Collections.unmodifiableSet(groups);
  }

  private static Set<String> upper(Set<String> codes) {
    return codes.stream()
        .map(code -> code.strip().toUpperCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
