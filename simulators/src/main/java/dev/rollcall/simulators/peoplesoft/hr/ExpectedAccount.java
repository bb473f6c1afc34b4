package dev.rollcall.simulators.peoplesoft.hr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a correct receiver shows for one person in the end.
 *
 * @param logins any of these: the name at the time when the account was made decides, and of
 *     several people who would have the same one the first has it, the others one with a number
 * @param status STAGED, ACTIVE, SUSPENDED (on leave, where the receiver does that) or DEPROVISIONED
 * @param email null when the types of e-mail that count are blank
 * @param phone null when there is none, or the identity type does not have it
 * @param groups of which the account is a member
 */
record ExpectedAccount(
    String oprid,
    String emplid,
    List<String> logins,
    String status,
    String firstName,
    String lastName,
    @Nullable String preferredFirstName,
    @Nullable String preferredLastName,
    @Nullable String email,
    @Nullable String phone,
    String hrStatus,
    List<String> identityTypes,
    Set<String> groups) {

  /**
   * Everybody's, from the truth alone.
   *
   * @param leaveSuspends whether an account is suspended while its owner is on leave
   */
  static List<ExpectedAccount> of(List<HrTruth> everybody, boolean leaveSuspends) {
    Map<String, Integer> wanting = new HashMap<>();
    for (HrTruth truth : everybody) {
      for (String login : new HashSet<>(truth.logins())) {
        wanting.merge(login, 1, Integer::sum);
      }
    }
    List<ExpectedAccount> expected = new ArrayList<>();
    for (HrTruth truth : everybody) {
      expected.add(of(truth, wanting, leaveSuspends));
    }
    return expected;
  }

  private static ExpectedAccount of(
      HrTruth truth, Map<String, Integer> wanting, boolean leaveSuspends) {
    HrPerson person = truth.person();
    List<String> logins = new ArrayList<>();
    for (String login : truth.logins()) {
      logins.addAll(LoginRule.variants(login, wanting.getOrDefault(login, 1)));
    }
    boolean suspended =
        leaveSuspends
            && person.job().equals("L")
            && truth.state().equals(IdentityType.ACTIVE)
            && !person.types().isEmpty();
    @Nullable IdentityType leading = IdentityType.leading(person.types()).orElse(null);
    Set<String> groups = new TreeSet<>();
    person.types().forEach(type -> groups.add(IdentityType.of(type).group()));
    return new ExpectedAccount(
        person.oprid(),
        person.emplid(),
        logins,
        suspended ? "SUSPENDED" : truth.state(),
        person.first(),
        person.last(),
        text(person.preferredFirst()),
        text(person.preferredLast()),
        leading == null ? null : text(person.email(leading.emailTypes())),
        leading == null || !leading.phone() ? null : text(person.phone()),
        person.job().strip(),
        List.copyOf(person.types()),
        groups);
  }

  private static @Nullable String text(String value) {
    return value.isBlank() ? null : value.strip();
  }
}
