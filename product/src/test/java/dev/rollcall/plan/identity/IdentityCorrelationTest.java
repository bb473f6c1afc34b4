package dev.rollcall.plan.identity;

import static dev.rollcall.plan.identity.HrPerson.jane;
import static dev.rollcall.plan.identity.Tenant.kinds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Correlation;
import dev.rollcall.plan.Matcher.Hit;
import dev.rollcall.plan.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose an account is, and what a taken login means. */
class IdentityCorrelationTest {

  private final Tenant tenant = Tenant.shipped();

  private void account(String id, String... attributes) {
    tenant.has(id, Status.ENABLED, Set.of(), attributes);
  }

  private void suspended(HrPerson person, String reason, String... candidates) {
    Tenant.Planned planned = tenant.plan(person);
    assertThat(planned.plan().stop()).isInstanceOf(Outcome.Suspended.class);
    assertThat(planned.match().reason()).contains(reason);
    assertThat(planned.match())
        .isInstanceOfSatisfying(
            Match.Ambiguous.class,
            unclear ->
                assertThat(unclear.candidates())
                    .extracting(candidate -> candidate.id())
                    .containsExactlyInAnyOrder(candidates));
    assertThat(planned.changes()).isEmpty();
  }

  @Test
  void anAccountWithTheRightNumberIsAdoptedWhateverItsLogin() {
    account("00u1", "login=jd@univ.edu", "employeeNumber=0012345");

    Tenant.Planned planned = tenant.plan(jane("STAFF"));

    assertThat(planned.match())
        .isEqualTo(new Match.Unique("00u1", "only account 00u1 has employeeNumber 0012345"));
    assertThat(kinds(planned.changes())).doesNotContain("Update login").contains("Update email");
  }

  @Test
  void aLoginOfSomebodyElseMeansTheNextOne() {
    account("00u1", "login=JANE.doe@univ.edu", "employeeNumber=1");
    assertThat(kinds(tenant.plan(jane("STAFF")).changes()))
        .startsWith("Create Jane.Q.Doe@univ.edu");

    account("00u2", "login=Jane.Q.Doe@univ.edu", "employeeNumber=2");
    account("00u3", "login=Jane.Doe2@univ.edu", "employeeNumber=3");
    Tenant.Planned planned = tenant.plan(jane("STAFF"));

    assertThat(kinds(planned.changes())).startsWith("Create Jane.Doe3@univ.edu");
    assertThat(planned.changes().getFirst().reason())
        .contains("because Jane.Doe@univ.edu is another person's");
    tenant.apply(planned);
    assertThat(tenant.plan(jane("STAFF")).changes()).isEmpty();
  }

  @Test
  void aLoginThatIsTakenByALinkedAccountWithoutANumberMeansTheNextOneToo() {
    account("00u1", "login=Jane.Doe@univ.edu");
    tenant.links.put("00u1", new SubjectKey("hr", "JDOE2"));

    assertThat(kinds(tenant.plan(jane("STAFF")).changes()))
        .startsWith("Create Jane.Q.Doe@univ.edu");
  }

  @Test
  void anAccountThatSaysNothingIsForAPersonToDecide() {
    account("00u1", "login=Jane.Doe@univ.edu");
    suspended(jane("STAFF"), "account 00u1 has login and no employeeNumber", "00u1");
  }

  @Test
  void anAddressAloneIsNoProof() {
    account("00u1", "login=jd@univ.edu", "email=JANE@busn.example");
    suspended(jane("STAFF"), "account 00u1 has email and no employeeNumber", "00u1");
  }

  @Test
  void theSameAddressWithAnotherNumberMayBeOnePersonWhoIsThereTwice() {
    account("00u1", "login=jd@univ.edu", "email=jane@busn.example", "employeeNumber=9");
    suspended(jane("STAFF"), "account 00u1 has email and employeeNumber 9", "00u1");
  }

  @Test
  void anAddressThatIsSharedWithSomebodyWhoIsKnownDisturbsNobody() {
    account("00u1", "login=9@student.univ.edu", "email=jane@home.example", "employeeNumber=9");
    tenant.links.put("00u1", new SubjectKey("hr", "SISTER"));

    assertThat(kinds(tenant.plan(jane("STUDENT")).changes()))
        .startsWith("Create 0012345@student.univ.edu");
  }

  @Test
  void twoWithTheSameNumberAreForAPersonToDecide() {
    account("00u1", "login=a@univ.edu", "employeeNumber=0012345");
    account("00u2", "login=b@univ.edu", "employeeNumber=0012345");
    suspended(jane("STAFF"), "00u2", "00u1", "00u2");
  }

  @Test
  void theRightNumberBesideAnAccountThatSaysNothingIsForAPersonToDecide() {
    account("00u1", "login=Jane.Doe@univ.edu");
    account("00u2", "login=b@univ.edu", "employeeNumber=0012345");
    suspended(jane("STAFF"), "no employeeNumber", "00u1", "00u2");
  }

  @Test
  void theRightNumberBesideATakenLoginIsTheirs() {
    account("00u1", "login=Jane.Doe@univ.edu", "employeeNumber=1");
    account("00u2", "login=b@univ.edu", "employeeNumber=0012345");

    assertThat(tenant.plan(jane("STAFF")).match()).isInstanceOf(Match.Unique.class);
  }

  @Test
  void anAccountOfTheirsThatIsLinkedToAnotherContradicts() {
    account("00u1", "login=a@univ.edu", "employeeNumber=0012345");
    tenant.links.put("00u1", new SubjectKey("hr", "OTHER"));
    suspended(jane("STAFF"), "and is linked to hr:OTHER", "00u1");
  }

  @Test
  void aLinkedAccountThatNamesAnotherContradicts() {
    account("00u1", "login=Jane.Doe@univ.edu", "employeeNumber=9");
    tenant.links.put("00u1", HrPerson.SUBJECT);
    suspended(
        jane("STAFF"), "linked to account 00u1, whose employeeNumber is 9 and not 0012345", "00u1");
  }

  @Test
  void aNumberThatIsTakenLeavesNothingToTry() {
    account("00u1", "login=0012345@student.univ.edu", "employeeNumber=9");
    suspended(jane("STUDENT"), "there is no other login to try", "00u1");
  }

  @Test
  void whenAllLoginsAreTakenAPersonDecides() {
    account("00u0", "login=Jane.Doe@univ.edu", "employeeNumber=x");
    account("00u1", "login=Jane.Q.Doe@univ.edu", "employeeNumber=x1");
    for (int number = 2; number <= 99; number++) {
      account("00u" + number, "login=Jane.Doe" + number + "@univ.edu", "employeeNumber=y" + number);
    }
    suspended(jane("STAFF"), "there is no other login to try", "00u99");
  }

  @Test
  void whenAllLoginsAreTakenARenamedAccountKeepsIts() {
    Tenant renaming = Settings.shipped().renaming().tenant();
    renaming.bring(jane("STAFF").with("LAST_NAME", "Roe"));
    renaming.has("a", Status.ENABLED, Set.of(), "login=Jane.Doe@univ.edu", "employeeNumber=x");
    renaming.has("b", Status.ENABLED, Set.of(), "login=Jane.Q.Doe@univ.edu", "employeeNumber=x");
    for (int number = 2; number <= 99; number++) {
      renaming.has("n" + number, Status.ENABLED, Set.of(), "login=Jane.Doe" + number + "@univ.edu");
    }

    Tenant.Planned planned = renaming.plan(jane("STAFF"));

    assertThat(kinds(planned.changes())).containsExactly("Update lastName", "Update displayName");
    assertThat(planned.plan().remarks())
        .containsExactly("the login stays: Jane.Doe99@univ.edu and all others to try are taken");
  }

  @Test
  void whoeverIsToBeMadeByDecisionIsGivenALoginThatIsFree() {
    account("00u1", "login=Jane.Doe@univ.edu");
    Wanted wanted = tenant.planner.want(jane("STAFF").facts(), Tenant.TODAY);
    Correlation correlation = tenant.planner.correlation();
    Correlation.Searched searched =
        new Correlation.Searched(
            HrPerson.SUBJECT,
            wanted,
            null,
            List.of(new Hit("00u1", null, Set.of("login"), null)),
            Map.copyOf(tenant.accounts));

    assertThat(correlation.instead(searched, false)).isEmpty();
    assertThat(correlation.instead(searched, true).map(Wanted::criteria))
        .isEqualTo(
            Optional.of(
                Map.of(
                    "login", "Jane.Q.Doe@univ.edu",
                    "employeeNumber", "0012345",
                    "email", "jane@busn.example")));
  }

  @Test
  void whatAPersonDecidedAboutALinkIsNotDoubtedAgain() {
    account("00u1", "login=Jane.Doe@univ.edu", "employeeNumber=9");
    Wanted wanted = tenant.planner.want(jane("STAFF").facts(), Tenant.TODAY);

    assertThat(
            tenant
                .planner
                .correlation()
                .byLink(wanted, "00u1", tenant.accounts.get("00u1"), decision("00u1")))
        .isInstanceOf(Match.Linked.class);
  }

  private static Decision decision(String account) {
    return new Decision(
        1, 2, "hr-to-okta@x", HrPerson.SUBJECT, account, "ada", Instant.EPOCH, "the same person");
  }
}
