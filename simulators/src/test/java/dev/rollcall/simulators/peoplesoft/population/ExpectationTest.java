package dev.rollcall.simulators.peoplesoft.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpectationTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);
  private static final Person NOBODY =
      Person.unpublished("0000000042", LocalDate.of(1990, 1, 1)).asPublished();

  @Test
  void theLoginIsTheEmplidWithItsZeros() {
    assertThat(Expectation.of(NOBODY, TODAY).login()).isEqualTo("0000000042");
  }

  @Test
  void theGreatestDateThatHasComeNamesThePerson() {
    ExpectedIdentity identity =
        named(
            new Name("PRI", TODAY, "A", "Now", "Today"),
            new Name("PRI", TODAY.plusDays(1), "A", "Not", "Yet"),
            new Name("PRI", TODAY.minusDays(9), "A", "Long", "Ago"));

    assertThat(identity.lastName()).isEqualTo("Today");
    assertThat(identity.startDate()).isEqualTo(TODAY);
  }

  @Test
  void anInactiveRowThatIsCurrentLeavesNoName() {
    ExpectedIdentity identity =
        named(
            new Name("PRI", TODAY.minusDays(9), "A", "Long", "Ago"),
            new Name("PRI", TODAY.minusDays(1), "I", "Gone", "Gone"));

    assertThat(identity.firstName()).isNull();
    assertThat(identity.lastName()).isNull();
    assertThat(identity.startDate()).isNull();
  }

  @Test
  void onlyPrimaryNamesNameButAnyTypeStarts() {
    ExpectedIdentity identity =
        named(
            new Name("PRI", TODAY.minusDays(9), "A", "Kevin", "Anderson"),
            new Name("PRF", TODAY.minusDays(1), "A", "Kev", "Anderson"));

    assertThat(identity.firstName()).isEqualTo("Kevin");
    assertThat(identity.startDate()).isEqualTo(TODAY.minusDays(1));
  }

  @Test
  void theLaterRowWinsATie() {
    LocalDate day = TODAY.minusDays(3);

    assertThat(
            named(
                    new Name("PRF", day, "I", "Kev", "Anderson"),
                    new Name("PRI", day, "A", "Kevin", "Anderson"))
                .startDate())
        .isEqualTo(day);
    assertThat(
            named(
                    new Name("PRI", day, "A", "Kevin", "Anderson"),
                    new Name("PRF", day, "I", "Kev", "Anderson"))
                .startDate())
        .isNull();
  }

  @Test
  void aPersonWhoOnlyStartsLaterHasNoNameYet() {
    Person person =
        NOBODY.withNames(List.of(new Name("PRI", TODAY.plusDays(5), "A", "New", "Comer")));

    assertThat(Expectation.of(person, TODAY).lastName()).isNull();
    assertThat(Expectation.of(person, TODAY.plusDays(5)).lastName()).isEqualTo("Comer");
  }

  @Test
  void thePreferredRowIsUsedElseTheFirstAndBlankIsNothing() {
    Email home = new Email("HOME", "home@example.edu", false);
    Email work = new Email("CAMP", "work@example.edu", true);
    Phone blank = new Phone("CELL", " ", true);
    Phone first = new Phone("HOME", "555-1", false);

    assertThat(Expectation.of(NOBODY.withEmails(List.of(home, work)), TODAY).email())
        .isEqualTo("work@example.edu");
    assertThat(Expectation.of(NOBODY.withEmails(List.of(home)), TODAY).email())
        .isEqualTo("home@example.edu");
    assertThat(Expectation.of(NOBODY.withPhones(List.of(first, blank)), TODAY).phone()).isNull();
    assertThat(Expectation.of(NOBODY, TODAY).email()).isNull();
  }

  @Test
  void anAffiliationCountsFromItsFirstToItsLastDay() {
    assertThat(enabled("A", TODAY, TODAY)).isTrue();
    assertThat(enabled("Active", null, null)).isTrue();
    assertThat(enabled("A", TODAY.plusDays(1), null)).isFalse();
    assertThat(enabled("A", null, TODAY.minusDays(1))).isFalse();
    assertThat(enabled("I", null, null)).isFalse();
  }

  @Test
  void aRemovedAffiliationStaysListedAndDisabled() {
    Affiliation student = affiliation("A", null, null);
    Person person = NOBODY.withAffiliations(List.of(student)).withAffiliations(List.of());

    assertThat(Expectation.of(person, TODAY).affiliations())
        .extracting("code", "enabled")
        .containsExactly(tuple("STUDENT", false));
    assertThat(Expectation.of(person.withAffiliations(List.of(student)), TODAY).affiliations())
        .extracting("enabled")
        .containsExactly(true);
  }

  @Test
  void anAffiliationWhoseStartMovesStaysOne() {
    Affiliation student = affiliation("A", TODAY.minusDays(9), null);
    Affiliation moved = affiliation("A", TODAY.plusDays(9), null);
    Person person = NOBODY.withAffiliations(List.of(student)).withAffiliations(List.of(moved));

    assertThat(Expectation.of(person, TODAY).affiliations())
        .extracting("from", "enabled")
        .containsExactly(tuple(TODAY.plusDays(9), false));
  }

  @Test
  void whereACodeRepeatsEveryStartIsAnAffiliation() {
    Affiliation first = affiliation("A", TODAY.minusDays(900), TODAY.minusDays(500));
    Affiliation second = affiliation("A", TODAY.minusDays(9), null);
    Affiliation moved = affiliation("A", TODAY.plusDays(9), null);
    Person person =
        NOBODY.withAffiliations(List.of(first, second)).withAffiliations(List.of(first, moved));

    assertThat(Expectation.of(person, TODAY).affiliations())
        .extracting("from")
        .containsExactly(first.from(), moved.from(), second.from());
    assertThat(Expectation.of(person.withAffiliations(List.of(moved)), TODAY).affiliations())
        .extracting("from")
        .containsExactlyInAnyOrder(moved.from(), first.from(), second.from());
  }

  @Test
  void aCodeThatComesBackIsTheOneThatWasSeenLast() {
    Affiliation first = affiliation("A", TODAY.minusDays(900), TODAY.minusDays(500));
    Affiliation second = affiliation("A", TODAY.minusDays(9), null);
    Person person =
        NOBODY
            .withAffiliations(List.of(second, first))
            .withAffiliations(List.of())
            .withAffiliations(List.of(affiliation("A", TODAY, null)));

    assertThat(Expectation.of(person, TODAY).affiliations())
        .extracting("from")
        .containsExactly(TODAY, first.from());
  }

  @Test
  void aRoleIsHeldForEveryCodeThatCounts() {
    Person person =
        NOBODY.withAffiliations(
            List.of(
                affiliation("A", null, null),
                new Affiliation("GLAKE", "STUDENT", "A", "", null, null),
                new Affiliation("PSUNV", "STAFF", "A", "", TODAY.plusDays(1), null),
                new Affiliation("PSUNV", "ALUMNI", "A", "", null, TODAY)));

    assertThat(Expectation.of(person, TODAY).roles()).containsExactly("ALUMNI", "STUDENT");
    assertThat(Expectation.of(person, TODAY.plusDays(1)).roles())
        .containsExactly("STAFF", "STUDENT");
    assertThat(Expectation.of(person.asDeleted(), TODAY).roles()).isEmpty();
  }

  @Test
  void aDeletedPersonIsDisabledWithAllAffiliations() {
    Person person = NOBODY.withAffiliations(List.of(affiliation("A", null, null))).asDeleted();

    ExpectedIdentity identity = Expectation.of(person, TODAY);

    assertThat(identity.status()).isEqualTo("Disabled");
    assertThat(identity.affiliations()).extracting("enabled").containsExactly(false);
  }

  private static ExpectedIdentity named(Name... names) {
    return Expectation.of(NOBODY.withNames(List.of(names)), TODAY);
  }

  private static boolean enabled(String status, @Nullable LocalDate from, @Nullable LocalDate to) {
    Person person = NOBODY.withAffiliations(List.of(affiliation(status, from, to)));
    return Expectation.of(person, TODAY).affiliations().getFirst().enabled();
  }

  private static Affiliation affiliation(
      String status, @Nullable LocalDate from, @Nullable LocalDate to) {
    return new Affiliation("PSUNV", "STUDENT", status, "", from, to);
  }
}
