package dev.rollcall.plan;

import static dev.rollcall.plan.Person.EMAIL;
import static dev.rollcall.plan.Person.NAME;
import static dev.rollcall.plan.Person.SUBJECT;
import static dev.rollcall.plan.Person.TODAY;
import static dev.rollcall.plan.Person.account;
import static dev.rollcall.plan.Person.held;
import static dev.rollcall.plan.Person.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From facts and a found account to the changes, each with its reason. */
final class PlannerTest {

  private static final Planner PLANNER =
      new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));
  private static final Match NONE =
      Matcher.bySearch(SUBJECT, Map.of("login", "0000012345"), List.of());
  private static final Match LINKED = new Match.Linked("17", "linked to account 17");
  private static final String FIRST = "FIRST_NAME~SCC_PER_NAME_I~NAME_TYPE=PRI~EFFDT";

  @Test
  void anUnmatchedPersonGetsAnAccountWithWhatIsKnown() {
    Plan plan = plan(Person.kevin().complete(EMAIL), NONE, null);

    assertThat(plan.stop()).isNull();
    assertThat(plan.changes())
        .containsExactly(
            new Change.Create("0000012345", "no account has login 0000012345"),
            set("first_name", null, "Kevin"),
            set("last_name", null, "Andersson"),
            set("start_date", null, "2024-02-01"),
            new Change.PutAffiliation(
                null,
                held("STUDENT", "A", "2020-09-01", "2030-06-30", true),
                "counts: active since 2020-09-01 until 2030-06-30"),
            new Change.JoinGroup(
                "STUDENT", "STUDENT at PSUNV (status A, 2020-09-01 to 2030-06-30) counts"));
    assertThat(plan.wanted().groups()).containsExactly("STUDENT");
    assertThat(plan.wanted().id()).isNull();
    assertThat(plan.wanted().status()).isEqualTo(Status.ENABLED);
    assertThat(plan.wanted().attributes()).containsEntry("login", new Value.Text("0000012345"));
    assertThat(plan.next())
        .isEqualTo(
            new Upcoming(
                LocalDate.parse("2030-07-01"), "affiliation STUDENT at PSUNV ends on 2030-06-30"));
  }

  @Test
  void theSearchGoesByTheMappedLoginWithItsLeadingZeros() {
    assertThat(PLANNER.want(Person.kevin().facts(), TODAY).criteria())
        .containsExactly(Map.entry("login", "0000012345"));
  }

  @Test
  void anAccountThatIsAsWantedIsNotChanged() {
    Plan plan = plan(Person.kevin(), LINKED, Person.kevinsAccount());

    assertThat(plan.stop()).isNull();
    assertThat(plan.changes()).isEmpty();
    assertThat(plan.origins().keySet())
        .containsExactly("login", "first_name", "last_name", "start_date");
  }

  @Test
  void aDifferentTextIsSetAndSaysWhy() {
    Plan plan =
        plan(
            Person.added().complete(NAME, Person.kevinsName("2024-02-01", "Kevin")),
            LINKED,
            account(Status.ENABLED, Map.of("login", "0000012345", "first_name", "Kev")));

    assertThat(plan.changes())
        .contains(
            new Change.Update(
                "first_name",
                "Kev",
                new Value.Text("Kevin"),
                new Origin(FIRST, NAME, "FIRST_NAME", LocalDate.parse("2024-02-01")),
                FIRST + ": as the source has it (row of 2024-02-01)"));
  }

  @Test
  void aClearedValueEmptiesAndAnAbsentOneIsLeftAlone() {
    Account found =
        account(
            Status.ENABLED,
            Map.of("login", "0000012345", "email", "k@x.example", "phone", "555-0100"));

    Plan plan = plan(Person.added().partial(EMAIL, row("EMAIL_ADDR=")), LINKED, found);

    assertThat(plan.changes())
        .singleElement()
        .isEqualTo(
            new Change.Update(
                "email",
                "k@x.example",
                new Value.Cleared(),
                new Origin("EMAIL_ADDR~SCC_PER_EMAIL_I", EMAIL, "EMAIL_ADDR", null),
                "EMAIL_ADDR~SCC_PER_EMAIL_I: empty in the source"));
    assertThat(plan.wanted().attributes()).doesNotContainKey("phone");
  }

  @Test
  void whatIsEmptyOnBothSidesIsNoChange() {
    Account found = account(Status.ENABLED, Map.of("login", "0000012345", "email", ""));

    assertThat(plan(Person.added().complete(EMAIL), LINKED, found).changes()).isEmpty();
  }

  @Test
  void theLoginOfAnExistingAccountIsNeverChanged() {
    Account found = account(Status.ENABLED, Map.of("login", "kanderss"));

    Plan plan = plan(Person.added(), LINKED, found);

    assertThat(plan.changes()).isEmpty();
    assertThat(plan.wanted().attributes()).containsEntry("login", new Value.Text("kanderss"));
    assertThat(plan.origins()).doesNotContainKey("login");
  }

  private static Change set(String attribute, @Nullable String before, String after) {
    AttributeRule rule =
        Mapping.campusDefaults().rules().stream()
            .filter(candidate -> candidate.attribute().equals(attribute))
            .findFirst()
            .orElseThrow();
    LocalDate effdt = LocalDate.parse("2024-02-01");
    Decode decode = rule.decode();
    return new Change.Update(
        attribute,
        before,
        new Value.Text(after),
        new Origin(rule.text(), decode.record(), decode.node(), effdt),
        rule.text() + ": as the source has it (row of " + effdt + ")");
  }

  private static Plan plan(Person person, Match match, @Nullable Account found) {
    Facts facts = person.facts();
    return PLANNER.plan(facts, PLANNER.want(facts, TODAY), match, found, TODAY);
  }
}
