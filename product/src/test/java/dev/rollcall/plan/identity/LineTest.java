package dev.rollcall.plan.identity;

import static dev.rollcall.plan.identity.HrPerson.jane;
import static dev.rollcall.plan.identity.Tenant.kinds;
import static dev.rollcall.plan.identity.Tenant.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.Match;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import dev.rollcall.plan.LinePlan;
import dev.rollcall.plan.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each action of a request comes to. */
class LineTest {

  private final Tenant tenant = Settings.shipped().moreGroups(Set.of("VPN")).tenant();

  private static Line line(String action, @Nullable String group) {
    return new Line(new Line.Key("B1", 7), HrPerson.SUBJECT, action, group, null);
  }

  private LinePlan plan(String action, HrPerson person) {
    return plan(action, null, person);
  }

  private LinePlan plan(String action, @Nullable String group, HrPerson person) {
    Tenant.Sought sought = tenant.seek(person.facts());
    return tenant.planner.plan(
        line(action, group),
        person.facts(),
        sought.wanted(),
        sought.match(),
        sought.found(),
        Tenant.TODAY);
  }

  private void status(Status status) {
    Account own = tenant.own();
    tenant.accounts.put(
        String.valueOf(own.id()),
        new Account(own.id(), status, own.attributes(), own.groups(), List.of()));
  }

  private void leaveGroups() {
    Account own = tenant.own();
    tenant.accounts.put(
        String.valueOf(own.id()),
        new Account(own.id(), own.status(), own.attributes(), Set.of(), List.of()));
  }

  private static void done(LinePlan plan, String... kinds) {
    assertThat(plan.text()).isNull();
    assertThat(plan.status()).isEqualTo(LineStatus.COMP);
    assertThat(plan.plan().stop()).isNull();
    assertThat(kinds(plan.plan().changes())).containsExactly(kinds);
  }

  private static void warned(LinePlan plan, String text, String... kinds) {
    assertThat(plan.text()).contains(text);
    assertThat(plan.status()).isEqualTo(LineStatus.WARN);
    assertThat(plan.plan().stop()).isNull();
    assertThat(kinds(plan.plan().changes())).containsExactly(kinds);
  }

  private static void failed(LinePlan plan, String text) {
    assertThat(plan.text()).contains(text);
    assertThat(plan.status()).isEqualTo(LineStatus.ERR);
    assertThat(plan.plan().stop()).isNotNull();
    assertThat(plan.plan().changes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GRPA", "GRPR", "USAU", "USRA", "USRD"})
  void whateverIsDoneThePlanSaysWhichLoginTheAccountKeeps(String action) {
    tenant.bring(jane("STAFF"));
    HrPerson renamed = jane("STAFF").with("LAST_NAME", "Roe");
    assertThat(plan(action, renamed).plan().wanted().attributes())
        .containsEntry("login", new Value.Text("Jane.Doe@univ.edu"));
  }

  // --- CR8I, CR8A

  @Test
  void createInactiveMakesAStagedAccountAndNothingElse() {
    done(
        plan("CR8I", jane("STAFF")),
        "Create Jane.Doe@univ.edu",
        "Update email",
        "Update firstName",
        "Update lastName",
        "Update displayName",
        "Update employeeNumber",
        "Update primaryPhone");
  }

  @Test
  void createActiveActivatesLastWhateverTheTypeSays() {
    assertThat(kinds(plan("CR8A", jane("STUDENT")).plan().changes()))
        .startsWith("Create 0012345@student.univ.edu")
        .endsWith("Update employeeNumber", "Activate");
  }

  @Test
  void whoIsThereAlreadyAsAskedNeedsNothing() {
    tenant.bring(jane("STUDENT"));
    done(plan("CR8I", jane("STUDENT")));

    status(Status.ENABLED);
    done(plan("CR8A", jane("STUDENT")));
  }

  @Test
  void whoIsThereIsBroughtUpToDateAndActivated() {
    tenant.bring(jane("STUDENT"));
    done(
        plan("CR8A", jane("STUDENT").with("LAST_NAME", "Roe")),
        "Update lastName",
        "Update displayName",
        "Activate");

    status(Status.DISABLED);
    done(
        plan("CR8A", jane("STUDENT").with("LAST_NAME", "Roe")),
        "Activate",
        "Update lastName",
        "Update displayName");

    status(Status.SUSPENDED);
    done(plan("CR8A", jane("STUDENT")), "Unsuspend");
  }

  @Test
  void anActiveAccountIsNotMadeInactiveByACreate() {
    tenant.bring(jane("STAFF"));
    warned(plan("CR8I", jane("STAFF")), "was there and is active: it stays so");

    status(Status.DISABLED);
    warned(
        plan("CR8I", jane("STAFF").with("LAST_NAME", "Roe")), "is deactivated: inactive as asked");
  }

  @Test
  void anAccountThatIsFoundIsAdoptedWithAWarning() {
    tenant.has("00u1", Status.STAGED, Set.of(), "login=x@univ.edu", "employeeNumber=0012345");
    LinePlan plan = plan("CR8I", jane("STAFF"));

    assertThat(plan.status()).isEqualTo(LineStatus.WARN);
    assertThat(plan.text())
        .isEqualTo("adopted account 00u1: only account 00u1 has employeeNumber 0012345");
    assertThat(kinds(plan.plan().changes())).contains("Update email").doesNotContain("Activate");
  }

  @Test
  void whatWasShortenedIsSaid() {
    LinePlan plan = plan("CR8I", jane("STAFF").with("PREF_LAST_NAME", "x".repeat(51)));

    assertThat(plan.status()).isEqualTo(LineStatus.WARN);
    assertThat(plan.text()).isEqualTo("lastName has 51 characters: shortened to 50");
  }

  @Test
  void whoIsNotDueAnAccountIsMadeNone() {
    failed(
        plan("CR8A", jane()), "no identity type to make an account by: no identity type is held");
    failed(plan("CR8A", jane("STAFF").with("HR_STATUS", "I")), "HR_STATUS is I, which ends STAFF");
    failed(plan("CR8I", jane().withoutWord()), "the source does not tell identity types");
    failed(plan("CR8I", jane("STAFF").with("EMAIL_BUSN", " ")), "no email");
    failed(plan("CR8I", jane("STAFF").with("LAST_NAME", "王")), "there is no rule for 王");
  }

  @Test
  void whoIsOnLeaveIsActivatedAsAskedWithAWarning() {
    LinePlan plan = plan("CR8A", jane("STAFF").with("HR_STATUS", "L"));

    assertThat(plan.status()).isEqualTo(LineStatus.WARN);
    assertThat(plan.text()).isEqualTo("active as asked, but on leave: HR_STATUS is L");
  }

  // --- USAU, USRA, USRD

  @Test
  void updateWritesTheDifferenceAndNothingElse() {
    tenant.bring(jane("STUDENT"));
    leaveGroups();

    done(
        plan("USAU", jane("STUDENT").with("PREF_FIRST_NAME", "Jo")),
        "Update firstName",
        "Update displayName");
    done(plan("USAU", jane("STUDENT")));
  }

  @Test
  void updateDoesNotActivateOrDeactivate() {
    tenant.bring(jane("STUDENT"));

    warned(
        plan("USAU", jane()), "no identity type that counts, so login, e-mail and phone are left");
    done(
        plan("USAU", jane("STUDENT", "STAFF").with("EMAIL_BUSN", "jane@home.example")),
        "Update primaryPhone");
    status(Status.DISABLED);
    failed(plan("USAU", jane("STUDENT")), "is deactivated, and its values cannot be changed");
  }

  @Test
  void anEmptyAddressIsLeftAndSaid() {
    tenant.bring(jane("STAFF"));

    warned(
        plan("USAU", jane("STAFF").with("EMAIL_BUSN", " ")),
        "email is empty in the source and is left as it is");
  }

  @Test
  void activateSwitchesOnAndNothingElse() {
    tenant.bring(jane("STUDENT"));
    done(plan("USRA", jane("STUDENT").with("LAST_NAME", "Roe")), "Activate");

    status(Status.DISABLED);
    done(plan("USRA", jane("STUDENT")), "Activate");
    status(Status.SUSPENDED);
    done(plan("USRA", jane("STUDENT")), "Unsuspend");
    status(Status.ENABLED);
    done(plan("USRA", jane("STUDENT")));
    status(Status.STAGED);
    warned(plan("USRA", jane()), "the source says otherwise: no identity type is held", "Activate");
  }

  @Test
  void deactivateSwitchesOffAndNothingElse() {
    tenant.bring(jane("STAFF"));
    done(plan("USRD", jane("STAFF").with("LAST_NAME", "Roe")), "Deactivate");

    status(Status.DISABLED);
    done(plan("USRD", jane()));
  }

  // --- GRPA, GRPR

  @Test
  void groupsOfTheTypesAreJoinedAndLeft() {
    tenant.bring(jane("STUDENT", "STAFF"));
    done(plan("GRPR", jane("STUDENT")), "Leave Student Cohort");

    leaveGroups();
    done(plan("GRPA", jane("STUDENT", "STAFF")), "Join Staff General", "Join Student Cohort");
  }

  @Test
  void listsOfMembersThatLagBehindKeepNoLineFromBeingDone() {
    tenant.bring(jane("STUDENT", "STAFF"));
    done(plan("GRPA", jane("STUDENT", "STAFF")), "Join Staff General", "Join Student Cohort");
    done(plan("GRPA", "Staff General", jane("STUDENT")), "Join Staff General");

    leaveGroups();

    done(plan("GRPR", jane("STUDENT", "STAFF")), "Leave Staff General", "Leave Student Cohort");
    done(plan("GRPR", "VPN", jane("STUDENT")), "Leave VPN");
  }

  @Test
  void aNamedGroupIsTheOnlyOne() {
    tenant.bring(jane("STUDENT", "STAFF"));

    done(plan("GRPA", "Adjunct Pool", jane("STUDENT")), "Join Adjunct Pool");
    done(plan("GRPA", " VPN ", jane()), "Join VPN");
    done(plan("GRPR", "Staff General", jane("STAFF")), "Leave Staff General");
  }

  @Test
  void aGroupThatIsNotManagedIsNotTouchedAndSaid() {
    tenant.bring(jane("STAFF"));

    warned(plan("GRPA", "Domain Admins", jane("STAFF")), "group 'Domain Admins' is none that");
    warned(plan("GRPR", "Domain Admins", jane("STAFF")), "Nothing was done");
  }

  @Test
  void whoseTypeIsGoneAlreadyLeavesItsGroups() {
    tenant.bring(jane("STAFF"));

    done(plan("GRPR", jane("STAFF").with("HR_STATUS", "I")), "Leave Staff General");
    done(plan("GRPR", jane()), "Leave Staff General");
    failed(plan("GRPR", jane().andPerhapsMore()), "no identity type to take groups from");
    failed(plan("GRPA", jane()), "no identity type to take groups from: no identity type is held");
  }

  // --- what cannot be done

  @ParameterizedTest
  @ValueSource(strings = {"USAU", "USRA", "USRD", "GRPA", "GRPR"})
  void withoutAnAccountNothingCanBeDone(String action) {
    failed(plan(action, jane("STAFF")), "there is no account: no account has login Jane.Doe@");
  }

  @Test
  void anUnknownActionIsSaidToBeOne() {
    failed(plan("CR8X", jane("STAFF")), "there is no action 'CR8X', only CR8I, CR8A, GRPA, GRPR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CR8I", "CR8A", "USAU", "USRA", "USRD", "GRPA", "GRPR"})
  void anAccountThatIsNotClearlyTheirsIsForAPerson(String action) {
    tenant.has("00u1", Status.ENABLED, Set.of(), "login=Jane.Doe@univ.edu");
    LinePlan plan = plan(action, jane("STAFF"));

    failed(plan, "account 00u1 has login and no employeeNumber");
    assertThat(plan.plan().stop()).isInstanceOf(Outcome.Suspended.class);
  }

  @Test
  void somebodyOfWhomNothingIsKnownGetsNothing() {
    Wanted nothing =
        tenant.planner.want(
            new Facts(HrPerson.SUBJECT, Facts.Standing.ADDED, Map.of()), Tenant.TODAY);

    failed(
        tenant.planner.plan(
            line("CR8A", null),
            new Facts(HrPerson.SUBJECT, Facts.Standing.ADDED, Map.of()),
            nothing,
            new Match.None("none"),
            null,
            Tenant.TODAY),
        "the source gives no row PERSON");
  }

  // --- one after the other

  @Test
  void linesAreThoughtThroughOneAfterTheOtherWithoutAskingAnybody() {
    List<String> all = new ArrayList<>();
    HrPerson person = jane("STUDENT");
    Tenant.Sought sought = tenant.seek(person.facts());
    Match match = sought.match();
    Account account = null;
    for (String action : List.of("CR8A", "GRPA", "USAU", "USRD", "USRD")) {
      LinePlan plan =
          tenant.planner.plan(
              line(action, null), person.facts(), sought.wanted(), match, account, Tenant.TODAY);
      assertThat(plan.status()).isEqualTo(LineStatus.COMP);
      List<Change> changes = plan.plan().changes();
      kinds(changes).forEach(kind -> all.add(action + " " + kind));
      account = tenant.planner.after(account, "00u1", changes);
      match = new Match.Linked("00u1", "linked");
    }

    assertThat(all)
        .contains("CR8A Create 0012345@student.univ.edu", "CR8A Activate")
        .containsSubsequence("CR8A Activate", "GRPA Join Student Cohort", "USRD Deactivate")
        .hasSize(9);
    Account last = Objects.requireNonNull(account);
    assertThat(last.status()).isEqualTo(Status.DISABLED);
    assertThat(last.groups()).containsExactly("Student Cohort");
    assertThat(text(last, "login")).isEqualTo("0012345@student.univ.edu");
  }
}
