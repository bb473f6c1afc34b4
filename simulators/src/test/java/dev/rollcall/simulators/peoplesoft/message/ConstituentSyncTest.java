package dev.rollcall.simulators.peoplesoft.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.peoplesoft.population.Affiliation;
import dev.rollcall.simulators.peoplesoft.population.Changed;
import dev.rollcall.simulators.peoplesoft.population.Changed.Redated;
import dev.rollcall.simulators.peoplesoft.population.Email;
import dev.rollcall.simulators.peoplesoft.population.Name;
import dev.rollcall.simulators.peoplesoft.population.Person;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConstituentSyncTest {
  private static final LocalDate DAY = LocalDate.of(2020, 9, 1);
  private static final Name OLD = new Name("PRI", DAY, "A", "Zoë", "Smith");
  private static final Name NEW = new Name("PRI", DAY.plusYears(1), "A", "Zoë", "Jones");
  private static final Email CAMPUS = new Email("CAMP", "zoe@example.edu", true);
  private static final Email HOME = new Email("HOME", "zoe@example.org", false);
  private static final Person ZOE =
      Person.unpublished("0000000042", LocalDate.of(1990, 1, 1))
          .withNames(List.of(OLD))
          .withEmails(List.of(CAMPUS, HOME))
          .withAffiliations(List.of(new Affiliation("PSUNV", "STUDENT", "A", "Active", DAY, null)));

  @Test
  void everyRowOfANewPersonIsAddedAndTheRootIsAOrEmpty() {
    ConstituentSync plain = ConstituentSync.added(ZOE, Style.IMAGE, false);

    assertThat(plain.rows()).extracting(SentRow::action).containsOnly(Action.ADDED);
    assertThat(plain.root().code()).isEqualTo("A");
    assertThat(ConstituentSync.added(ZOE, Style.IMAGE, true).root().code()).isEmpty();
  }

  @Test
  void theChangedStyleSendsNothingElse() {
    ConstituentSync message = changed(ZOE.withNames(List.of(OLD, NEW)), Style.CHANGED, false);

    assertThat(sent(message)).containsExactly("SCC_PER_NAME_I A");
  }

  @Test
  void theImageStyleSendsTheRestWithABlankAction() {
    ConstituentSync message = changed(ZOE.withNames(List.of(OLD, NEW)), Style.IMAGE, false);

    assertThat(sent(message))
        .containsExactly(
            "PERSON_SA ",
            "SCC_PER_NAME_I ",
            "SCC_PER_NAME_I A",
            "SCC_PER_EMAIL_I ",
            "SCC_PER_EMAIL_I ",
            "SCC_AFL_PERSON ");
  }

  @Test
  void aChangedRowMarksItsFieldsAndMayBringItsOriginal() {
    Person after = ZOE.withEmails(List.of(CAMPUS, new Email("HOME", "", false)));

    ConstituentSync message = changed(after, Style.CHANGED, true);

    assertThat(sent(message)).containsExactly("SCC_PER_EMAIL_I C", "SCC_PER_EMAIL_I O");
    assertThat(message.rows().getFirst().changed()).containsExactly("EMAIL_ADDR");
  }

  @Test
  void aRemovedRowIsSentAsDeletedInBothStyles() {
    Person after = ZOE.withEmails(List.of(CAMPUS));

    assertThat(sent(changed(after, Style.CHANGED, false))).containsExactly("SCC_PER_EMAIL_I D");
    assertThat(sent(changed(after, Style.IMAGE, false)))
        .contains("SCC_PER_EMAIL_I ", "SCC_PER_EMAIL_I D");
  }

  @Test
  void aCorrectedDateIsAPairOfOldAndNewKey() {
    LocalDate corrected = DAY.plusDays(3);
    Person after = ZOE.withNames(List.of(new Name("PRI", corrected, "A", "Zoë", "Smith")));
    Changed change = new Changed(after, Optional.of(new Redated("PRI", DAY, corrected)));

    ConstituentSync message = ConstituentSync.changed(ZOE, change, Style.CHANGED, false);

    assertThat(sent(message)).containsExactly("SCC_PER_NAME_I K", "SCC_PER_NAME_I N");
    assertThat(message.rows().getFirst().row().values()).contains(DAY.toString());
    assertThat(message.rows().getLast().row().values()).contains(corrected.toString());
  }

  @Test
  void aDeletedPersonComesAloneOrWithContext() {
    assertThat(ConstituentSync.deleted(ZOE, Style.CHANGED).rows()).isEmpty();
    assertThat(ConstituentSync.deleted(ZOE, Style.IMAGE).rows())
        .isNotEmpty()
        .allMatch(row -> row.action() == Action.BLANK);
    assertThat(ConstituentSync.deleted(ZOE, Style.IMAGE).root()).isEqualTo(Action.DELETED);
  }

  @Test
  void onlyAMessageThatTellsAllCanSupersedeAnother() {
    Person first = ZOE.withNames(List.of(OLD, NEW));
    Person second = first.withEmails(List.of(CAMPUS));
    ConstituentSync older = changed(first, Style.CHANGED, false);
    Changed change = Changed.to(second);

    assertThat(ConstituentSync.changed(first, change, Style.IMAGE, false).supersedes(older))
        .isTrue();
    assertThat(ConstituentSync.changed(first, change, Style.CHANGED, false).supersedes(older))
        .isFalse();
    assertThat(ConstituentSync.deleted(second, Style.IMAGE).supersedes(older)).isFalse();
  }

  @Test
  void anImageDoesNotSupersedeWhatRemovedAnAffiliation() {
    Affiliation student = new Affiliation("PSUNV", "STUDENT", "A", "", DAY, null);
    Affiliation staff = new Affiliation("PSUNV", "STAFF", "A", "", DAY, null);
    Person both = ZOE.withAffiliations(List.of(student, staff));
    Person one = both.withAffiliations(List.of(staff));
    ConstituentSync older = ConstituentSync.changed(both, Changed.to(one), Style.CHANGED, false);
    Changed change = Changed.to(one.withEmails(List.of(CAMPUS)));

    assertThat(ConstituentSync.changed(one, change, Style.IMAGE, false).supersedes(older))
        .isFalse();
  }

  private static ConstituentSync changed(Person after, Style style, boolean originals) {
    return ConstituentSync.changed(ZOE, Changed.to(after), style, originals);
  }

  private static List<String> sent(ConstituentSync message) {
    return message.rows().stream()
        .map(row -> row.row().type() + " " + row.action().code())
        .toList();
  }
}
