package dev.rollcall.plan.identity;

import static dev.rollcall.plan.identity.HrPerson.jane;
import static dev.rollcall.plan.identity.Tenant.kinds;
import static dev.rollcall.plan.identity.Tenant.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityTypePlannerTest {

  private final Tenant tenant = Tenant.shipped();

  private static String stop(Plan plan) {
    Outcome stop = plan.stop();
    return stop == null ? "none" : stop.getClass().getSimpleName() + ": " + stop.reason();
  }

  // --- the seed's rows

  @Test
  void aStudentIsStagedWithTheAddressAtHomeAndWithoutPhone() {
    assertThat(kinds(tenant.plan(jane("STUDENT")).changes()))
        .containsExactly(
            "Create 0012345@student.univ.edu",
            "Update email",
            "Update firstName",
            "Update lastName",
            "Update displayName",
            "Update employeeNumber",
            "Join Student Cohort");

    Account account = tenant.bring(jane("STUDENT"));
    assertThat(account.status()).isEqualTo(Status.STAGED);
    assertThat(text(account, "email")).isEqualTo("jane@home.example");
    assertThat(text(account, "displayName")).isEqualTo("Jane Doe");
    assertThat(text(account, "employeeNumber")).isEqualTo("0012345");
    assertThat(account.attributes()).doesNotContainKey("primaryPhone");
  }

  @Test
  void aStudentWithoutAnAddressAtHomeHasThePreferredOne() {
    assertThat(text(tenant.bring(jane("STUDENT").with("EMAIL_HOME", " ")), "email"))
        .isEqualTo("jane@pref.example");
  }

  @ParameterizedTest
  @CsvSource({"STAFF, Staff General", "FACULTY, Faculty General"})
  void whoIsEmployedIsActivatedLastWithPhoneAndTheBusinessAddress(String type, String group) {
    assertThat(kinds(tenant.plan(jane(type)).changes()))
        .startsWith("Create Jane.Doe@univ.edu")
        .contains("Update primaryPhone")
        .endsWith("Join " + group, "Activate");

    Account account = tenant.bring(jane(type));
    assertThat(account.status()).isEqualTo(Status.ENABLED);
    assertThat(account.groups()).containsExactly(group);
    assertThat(text(account, "email")).isEqualTo("jane@busn.example");
    assertThat(text(account, "primaryPhone")).isEqualTo("555-0100");
  }

  @Test
  void anAdjunctIsStagedWithThePersonalAddress() {
    Account account = tenant.bring(jane("ADJUNCT"));

    assertThat(text(account, "login")).isEqualTo("Jane.Doe-ADJ@univ.edu");
    assertThat(text(account, "email")).isEqualTo("jane@pers.example");
    assertThat(account.status()).isEqualTo(Status.STAGED);
    assertThat(account.groups()).containsExactly("Adjunct Pool");
    assertThat(account.attributes()).doesNotContainKey("primaryPhone");
  }

  @Test
  void aContractorIsOneMoreRow() {
    Account account = tenant.bring(jane("CONTRACTOR"));

    assertThat(text(account, "login")).isEqualTo("Jane.Doe-CTR@univ.edu");
    assertThat(account.groups()).containsExactly("Contractor Pool");
  }

  // --- several types

  @Test
  void ofSeveralTypesTheFirstConfiguredLeadsAndTheGroupsAreThoseOfAll() {
    Account account = tenant.bring(jane("STUDENT", "Staff"));

    assertThat(text(account, "login")).isEqualTo("Jane.Doe@univ.edu");
    assertThat(text(account, "email")).isEqualTo("jane@busn.example");
    assertThat(account.status()).isEqualTo(Status.ENABLED);
    assertThat(account.groups()).containsExactly("Staff General", "Student Cohort");
  }

  @Test
  void anotherOrderOfTheTypesIsAnotherAnswer() {
    List<IdentityType> turned = new ArrayList<>(IdentityType.shipped());
    Collections.reverse(turned);
    Tenant other = Settings.shipped().types(turned).tenant();

    Account account = other.bring(jane("STUDENT", "STAFF"));

    assertThat(text(account, "login")).isEqualTo("0012345@student.univ.edu");
    assertThat(account.status()).isEqualTo(Status.STAGED);
    assertThat(account.groups()).containsExactly("Staff General", "Student Cohort");
  }

  @Test
  void whoStillHoldsATypeKeepsTheAccountAndLeavesTheOthersGroup() {
    tenant.bring(jane("STUDENT", "STAFF"));

    assertThat(kinds(tenant.plan(jane("STUDENT")).changes()))
        .containsExactly("Update email", "Leave Staff General");
    assertThat(tenant.bring(jane("STUDENT")).status()).isEqualTo(Status.ENABLED);
  }

  @Test
  void aStagedAccountIsActivatedWhenAnotherTypeSaysSo() {
    tenant.bring(jane("STUDENT"));

    assertThat(kinds(tenant.plan(jane("STUDENT", "STAFF")).changes()))
        .startsWith("Update email")
        .endsWith("Join Staff General", "Activate")
        .doesNotContain("Update login");
  }

  @Test
  void groupsThatNoTypeNamesAreNotTouched() {
    Tenant more = Settings.shipped().moreGroups(Set.of("VPN")).tenant();
    more.bring(jane("STAFF"));
    Account account = more.own();
    more.accounts.put(
        String.valueOf(account.id()),
        new Account(
            account.id(),
            account.status(),
            account.attributes(),
            Set.of("VPN", "Chess Club", "Staff General", "Adjunct Pool"),
            List.of()));

    assertThat(kinds(more.plan(jane("STAFF")).changes())).containsExactly("Leave Adjunct Pool");
  }

  // --- leaving

  @Test
  void whoLeavesTheLastTypeIsUpdatedLeavesTheGroupsAndIsDeactivatedLast() {
    tenant.bring(jane("STAFF"));

    Plan plan = tenant.plan(jane().with("LAST_NAME", "Roe")).plan();

    assertThat(kinds(plan.changes()))
        .containsExactly(
            "Update lastName", "Update displayName", "Leave Staff General", "Deactivate");
    assertThat(plan.changes().getLast().reason()).isEqualTo("no identity type is held");
    assertThat(tenant.bring(jane()).status()).isEqualTo(Status.DISABLED);
    assertThat(tenant.plan(jane().with("LAST_NAME", "Poe")).changes()).isEmpty();
  }

  @Test
  void whoHasLeftIsDeactivatedThoughTheTypeIsStillThere() {
    tenant.bring(jane("STAFF"));

    List<Change> changes = tenant.plan(jane("STAFF").with("HR_STATUS", "I")).changes();

    assertThat(kinds(changes)).containsExactly("Leave Staff General", "Deactivate");
    assertThat(changes.getLast().reason()).isEqualTo("HR_STATUS is I, which ends STAFF");
  }

  @Test
  void aStudentWhoseJobHasEndedStaysAStudent() {
    tenant.bring(jane("STUDENT", "STAFF"));

    Account account = tenant.bring(jane("STUDENT", "STAFF").with("HR_STATUS", "I"));

    assertThat(account.status()).isEqualTo(Status.ENABLED);
    assertThat(account.groups()).containsExactly("Student Cohort");
  }

  @Test
  void nobodyIsALeaverOfWhomTooLittleIsKnown() {
    tenant.bring(jane("STAFF"));

    assertThat(stop(tenant.plan(jane().andPerhapsMore()).plan()))
        .isEqualTo("Skipped: the source tells no identity type, and not that there is none");
    assertThat(stop(tenant.plan(jane().withoutWord()).plan()))
        .isEqualTo("Skipped: the source does not tell identity types");
    assertThat(
            stop(tenant.plan(new Facts(HrPerson.SUBJECT, Facts.Standing.ADDED, Map.of())).plan()))
        .isEqualTo("Skipped: the source gives no row PERSON");
  }

  @Test
  void aTypeThatIsNotConfiguredEndsNothingUntilItIsSaidToMeanNothing() {
    tenant.bring(jane("STAFF"));

    Plan plan = tenant.plan(jane("ALUMNI")).plan();
    assertThat(stop(plan)).contains("only identity types that are not configured are held");
    assertThat(plan.remarks())
        .containsExactly(
            "identity type ALUMNI is not configured; configure it, or have it ignored");

    Tenant ignoring = Settings.shipped().ignored(Set.of("alumni")).tenant();
    ignoring.bring(jane("STAFF"));
    assertThat(kinds(ignoring.plan(jane("ALUMNI")).changes())).endsWith("Deactivate");
  }

  @Test
  void whoComesBackIsActivatedBeforeAnythingIsWritten() {
    tenant.bring(jane("STAFF"));
    tenant.bring(jane());

    List<Change> changes = tenant.plan(jane("STUDENT").with("LAST_NAME", "Roe")).changes();

    assertThat(kinds(changes))
        .containsExactly(
            "Activate",
            "Update email",
            "Update lastName",
            "Update displayName",
            "Join Student Cohort");
  }

  @Test
  void nothingIsMadeForWhoIsNotDueAnAccount() {
    assertThat(stop(tenant.plan(jane()).plan()))
        .isEqualTo("Skipped: no identity type is held, and no account is there");
    assertThat(tenant.plan(jane()).wanted().criteria()).containsOnlyKeys("employeeNumber");
  }

  // --- leaves

  @Test
  void aLeaveChangesNothingUnlessItIsSetSo() {
    tenant.bring(jane("STAFF"));

    assertThat(tenant.plan(jane("STAFF").with("HR_STATUS", "L")).changes()).isEmpty();
  }

  @Test
  void whoIsOnLeaveIsSuspendedAndCanWorkAgainAfterwards() {
    Tenant suspending = Settings.shipped().leave(LeavePolicy.SUSPEND).tenant();
    suspending.bring(jane("STAFF"));
    HrPerson onLeave = jane("STAFF").with("HR_STATUS", "L").with("LAST_NAME", "Roe");

    assertThat(kinds(suspending.plan(onLeave).changes()))
        .containsExactly("Update lastName", "Update displayName", "Suspend");
    suspending.bring(onLeave);
    assertThat(suspending.plan(onLeave).changes()).isEmpty();
    assertThat(kinds(suspending.plan(jane("STAFF")).changes()))
        .containsExactly("Unsuspend", "Update lastName", "Update displayName");
  }

  @Test
  void whoStudiesWhileOnLeaveFromAJobIsNotSuspended() {
    Tenant suspending = Settings.shipped().leave(LeavePolicy.SUSPEND).tenant();
    suspending.bring(jane("STAFF", "STUDENT"));

    assertThat(suspending.plan(jane("STAFF", "STUDENT").with("HR_STATUS", "L")).changes())
        .isEmpty();
  }

  @Test
  void aLeaveCanDeactivate() {
    Tenant strict = Settings.shipped().leave(LeavePolicy.DEACTIVATE).tenant();
    strict.bring(jane("STAFF"));

    assertThat(kinds(strict.plan(jane("STAFF").with("HR_STATUS", "L")).changes()))
        .containsExactly("Leave Staff General", "Deactivate");
    strict.bring(jane("STAFF").with("HR_STATUS", "L"));
    assertThat(kinds(strict.plan(jane("STAFF")).changes()))
        .containsExactly("Activate", "Join Staff General");
  }

  @Test
  void whoStartsWithALeaveIsNotActivatedBefore() {
    HrPerson onLeave = jane("STAFF").with("HR_STATUS", "L");
    Tenant suspending = Settings.shipped().leave(LeavePolicy.SUSPEND).tenant();

    assertThat(suspending.bring(onLeave).status()).isEqualTo(Status.STAGED);
    assertThat(suspending.plan(onLeave).changes()).isEmpty();
    assertThat(kinds(suspending.plan(jane("STAFF")).changes())).containsExactly("Activate");
    assertThat(stop(Settings.shipped().leave(LeavePolicy.DEACTIVATE).tenant().plan(onLeave).plan()))
        .isEqualTo("Skipped: on leave, and no account is there");
  }

  @Test
  void whatSomebodyElseSuspendedStaysSuspended() {
    tenant.has(
        "00u1",
        Status.SUSPENDED,
        Set.of("Staff General"),
        "login=Jane.Doe@univ.edu",
        "employeeNumber=0012345");

    Plan plan = tenant.plan(jane("STAFF")).plan();

    assertThat(kinds(plan.changes())).isNotEmpty().doesNotContain("Unsuspend");
    assertThat(plan.remarks())
        .containsExactly("the account is suspended, and not for a leave: left so");
  }

  // --- values

  @Test
  void thePreferredNameIsShownAndTheLegalOneStandsInTheLogin() {
    Account account =
        tenant.bring(jane("STAFF").with("PREF_FIRST_NAME", "Jo").with("PREF_LAST_NAME", "Poe"));

    assertThat(text(account, "login")).isEqualTo("Jane.Doe@univ.edu");
    assertThat(text(account, "firstName")).isEqualTo("Jo");
    assertThat(text(account, "displayName")).isEqualTo("Jo Poe");
  }

  @Test
  void whatIsBlankIsClearedAndWhatIsNotToldIsLeftAlone() {
    tenant.bring(jane("STAFF"));

    List<Change> changes = tenant.plan(jane("STAFF").with("PHONE", " ")).changes();
    assertThat(changes)
        .singleElement()
        .isInstanceOfSatisfying(
            Change.Update.class,
            update -> {
              assertThat(update.attribute()).isEqualTo("primaryPhone");
              assertThat(update.before()).isEqualTo("555-0100");
              assertThat(update.after()).isEqualTo(new Value.Cleared());
            });
    assertThat(tenant.plan(jane("STAFF").without("PHONE")).changes()).isEmpty();
  }

  @Test
  void thePhoneOfATypeThatDoesNotSyncItIsLeftAlone() {
    tenant.bring(jane("STAFF"));

    assertThat(kinds(tenant.plan(jane("ADJUNCT").with("PHONE", "1")).changes()))
        .doesNotContain("Update primaryPhone");
  }

  @Test
  void nobodyIsMadeWithoutWhatOktaNeeds() {
    Plan plan = tenant.plan(jane("STAFF").with("EMAIL_BUSN", " ").with("FIRST_NAME", " ")).plan();

    assertThat(stop(plan))
        .startsWith("Skipped: ")
        .contains(
            "FIRST_NAME has no value", "no email: e-mail of STAFF: BUSN: the source has none");
    assertThat(plan.missing()).containsExactly("login", "firstName", "email");
    assertThat(stop(tenant.plan(jane("STAFF").with("EMPLID", " ")).plan()))
        .contains("no employeeNumber");
    assertThat(stop(tenant.plan(jane("STAFF").without("EMAIL_BUSN")).plan()))
        .contains("no email: the source does not tell it");
  }

  @Test
  void whatOktaNeedsIsNotClearedAndWaitsForAPerson() {
    tenant.bring(jane("STAFF"));

    Plan plan = tenant.plan(jane("STAFF").with("EMAIL_BUSN", " ").with("LAST_NAME", "Roe")).plan();

    assertThat(kinds(plan.changes())).containsExactly("Update lastName", "Update displayName");
    assertThat(plan.missing()).containsExactly("email");
  }

  @Test
  void anAddressThatIsNoneIsPassedOver() {
    Plan plan = tenant.plan(jane("STUDENT").with("EMAIL_HOME", "jane at home")).plan();

    assertThat(plan.wanted().attributes())
        .containsEntry("email", new Value.Text("jane@pref.example"));
    assertThat(plan.remarks())
        .containsExactly("EMAIL_HOME 'jane at home' is not an e-mail address that Okta takes");
  }

  @Test
  void whatOktaCannotKeepIsMadeToFitOnce() {
    HrPerson person =
        jane("STAFF").with("PREF_FIRST_NAME", "𠮷" + "x".repeat(60)).with("EMAIL_BUSN", "j@x.edu");

    Plan plan = tenant.plan(person).plan();
    assertThat(plan.remarks())
        .contains(
            "firstName has characters that Okta cannot keep: replaced",
            "firstName has 61 characters: shortened to 50");
    assertThat(text(tenant.bring(person), "firstName")).isEqualTo("\uFFFD" + "x".repeat(49));
    assertThat(tenant.plan(person).changes()).isEmpty();
  }

  @Test
  void anAttributeWithoutARuleIsNotWritten() {
    Map<String, Template> less = new LinkedHashMap<>(IdentitySettings.defaultAttributes());
    less.remove("displayName");
    Tenant other = Settings.shipped().attributes(less).tenant();

    assertThat(kinds(other.plan(jane("STAFF")).changes())).doesNotContain("Update displayName");
  }

  @Test
  void everyColumnOfTheQueryAndTheLeadingTypeCanBeMapped() {
    Map<String, Template> more = new LinkedHashMap<>(IdentitySettings.defaultAttributes());
    more.put("department", Template.parse("[DEPTID]"));
    more.put("userType", Template.parse("[IDENTITY_TYPE]"));
    Tenant other = Settings.shipped().attributes(more).tenant();

    Account account = other.bring(jane("STUDENT", "STAFF").with("DEPTID", "10100"));

    assertThat(text(account, "department")).isEqualTo("10100");
    assertThat(text(account, "userType")).isEqualTo("STAFF");
  }

  @Test
  void everyValueSaysWhereItComesFrom() {
    Plan plan = tenant.plan(jane("STUDENT").with("EMAIL_HOME", " ")).plan();

    assertThat(plan.origins().get("login"))
        .isNotNull()
        .satisfies(origin -> {
          assertThat(origin.rule()).isEqualTo("[EMPLID]@student.univ.edu");
          assertThat(origin.field()).isEqualTo("EMPLID");
        });
    assertThat(plan.origins().get("email"))
        .isNotNull()
        .satisfies(origin -> {
          assertThat(origin.rule()).isEqualTo("e-mail of STUDENT: HOME, PREF");
          assertThat(origin.record()).isEqualTo("PERSON");
          assertThat(origin.field()).isEqualTo("EMAIL_PREF");
        });
  }

  // --- logins

  @Test
  void aNewNameLeavesTheLoginUnlessItIsToFollow() {
    HrPerson married = jane("STAFF").with("LAST_NAME", "Roe");
    tenant.bring(jane("STAFF"));
    assertThat(text(tenant.bring(married), "login")).isEqualTo("Jane.Doe@univ.edu");

    Tenant renaming = Settings.shipped().renaming().tenant();
    renaming.bring(jane("STAFF"));
    assertThat(kinds(renaming.plan(married).changes())).contains("Update login");
    assertThat(text(renaming.bring(married), "login")).isEqualTo("Jane.Roe@univ.edu");
    assertThat(renaming.plan(married).changes()).isEmpty();
  }

  @Test
  void aLoginThatDiffersInCaseOnlyOrHasANumberIsNotRenamed() {
    for (String login : List.of("jane.doe@univ.edu", "Jane.Doe2@univ.edu", "JANE.Q.DOE@univ.edu")) {
      Tenant renaming = Settings.shipped().renaming().tenant();
      renaming.has("00u1", Status.ENABLED, Set.of(), "login=" + login, "employeeNumber=0012345");

      assertThat(kinds(renaming.plan(jane("STAFF")).changes())).doesNotContain("Update login");
    }
  }

  @Test
  void aLoginThatFollowsTheNameGoesAroundThoseThatAreTaken() {
    HrPerson married = jane("STAFF").with("LAST_NAME", "Roe");
    Tenant renaming = Settings.shipped().renaming().tenant();
    renaming.bring(jane("STAFF"));
    renaming.has("00u7", Status.ENABLED, Set.of(), "login=jane.roe@univ.edu", "employeeNumber=7");

    assertThat(text(renaming.bring(married), "login")).isEqualTo("Jane.Q.Roe@univ.edu");
    assertThat(renaming.plan(married).changes()).isEmpty();
  }

  @Test
  void aLoginIsNotMadeOfANameInAnUnknownScript() {
    Plan plan = tenant.plan(jane("STAFF").with("LAST_NAME", "王")).plan();

    assertThat(stop(plan)).startsWith("Skipped: no login by [First].[Last]@univ.edu");
    assertThat(plan.missing()).containsExactly("login");
  }
}
