package dev.rollcall.simulators.peoplesoft.hr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a correct receiver shows for one person in the end.
 *
 * @param logins any of these, without regard to case: the name at the time when the account is made
 *     decides, and who shares a login with others may have another one
 * @param status STAGED, ACTIVE, SUSPENDED (on leave, where the receiver does that) or
 *     DEPROVISIONED; NONE when no account can have been made
 * @param certain whether it makes no difference when requests are worked; if not, status and groups
 *     are those of requests that are worked at once
 * @param firstName as shown: the preferred one, else the legal one
 * @param email null when the types of e-mail that count are blank: then an account keeps what it
 *     has
 * @param phone null when there is none, or the identity type does not have it
 * @param groups of which the account is a member
 */
record ExpectedAccount(
    String oprid,
    String emplid,
    List<String> logins,
    String status,
    boolean certain,
    String firstName,
    String lastName,
    String legalFirstName,
    String legalLastName,
    @Nullable String email,
    @Nullable String phone,
    String hrStatus,
    List<String> identityTypes,
    Set<String> groups) {

  private static final int LONGEST_NAME = 50;

  /**
   * Everybody's, from the truth alone.
   *
   * @param leaveSuspends whether an account is suspended while its owner is on leave
   */
  static List<ExpectedAccount> of(List<HrTruth> everybody, boolean leaveSuspends) {
    Map<String, Integer> wanting = new HashMap<>();
    for (HrTruth truth : everybody) {
      for (String login : plainLogins(truth)) {
        wanting.merge(login, 1, Integer::sum);
      }
    }
    List<ExpectedAccount> expected = new ArrayList<>();
    for (HrTruth truth : everybody) {
      expected.add(of(truth, wanting, leaveSuspends));
    }
    return expected;
  }

  private static Set<String> plainLogins(HrTruth truth) {
    Set<String> logins = new HashSet<>();
    for (HrPerson then : truth.history()) {
      IdentityType.leading(then.types())
          .flatMap(type -> LoginRule.login(type, then))
          .ifPresent(logins::add);
    }
    return logins;
  }

  private static ExpectedAccount of(
      HrTruth truth, Map<String, Integer> wanting, boolean leaveSuspends) {
    HrPerson person = truth.person();
    @Nullable IdentityType leading = IdentityType.leading(person.types()).orElse(null);
    Set<String> groups = new TreeSet<>();
    if (!truth.state().equals(HrTruth.NONE)) {
      person.types().forEach(type -> groups.add(IdentityType.of(type).group()));
    }
    return new ExpectedAccount(
        person.oprid(),
        person.emplid(),
        logins(truth, wanting),
        leaveSuspends && isSuspended(truth) ? "SUSPENDED" : status(truth.state()),
        truth.certain(),
        shown(person.preferredFirst(), person.first()),
        shown(person.preferredLast(), person.last()),
        person.first(),
        person.last(),
        leading == null ? null : text(person.email(leading.emailTypes())),
        leading == null || !leading.phone() ? null : text(person.phone()),
        person.job().strip(),
        List.copyOf(person.types()),
        groups);
  }

  private static String status(String state) {
    return state.equals(HrTruth.NONE) ? "NONE" : state;
  }

  /** Of a student a job says nothing. */
  private static boolean isSuspended(HrTruth truth) {
    return truth.person().job().equals("L")
        && truth.state().equals(IdentityType.ACTIVE)
        && !truth.person().types().contains(IdentityType.STUDENT);
  }

  private static List<String> logins(HrTruth truth, Map<String, Integer> wanting) {
    Set<String> logins = new LinkedHashSet<>();
    for (HrPerson then : truth.history()) {
      IdentityType.leading(then.types())
          .ifPresent(type ->
              LoginRule.login(type, then)
                  .ifPresent(login ->
                      logins.addAll(
                          LoginRule.variants(type, then, wanting.getOrDefault(login, 1)))));
    }
    return List.copyOf(logins);
  }

  /** Characters of four bytes become the replacement character, and 50 characters are kept. */
  private static String shown(String preferred, String legal) {
    StringBuilder name = new StringBuilder();
    (preferred.isBlank() ? legal : preferred)
        .strip()
        .codePoints()
        .forEach(
            letter -> name.appendCodePoint(Character.isBmpCodePoint(letter) ? letter : 0xFFFD));
    return name.length() <= LONGEST_NAME
        ? name.toString()
        : name.substring(0, LONGEST_NAME).stripTrailing();
  }

  private static @Nullable String text(String value) {
    return value.isBlank() ? null : value.strip();
  }
}
