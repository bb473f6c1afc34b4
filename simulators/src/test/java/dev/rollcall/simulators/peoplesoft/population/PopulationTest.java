package dev.rollcall.simulators.peoplesoft.population;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PopulationTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 10);

  @Test
  void theSameSeedMakesTheSamePeople() {
    assertThat(people(7)).isEqualTo(people(7)).isNotEqualTo(people(8));
  }

  @Test
  void theUncomfortableCasesAllOccur() {
    List<Person> people = people(7);

    assertThat(people).anyMatch(person -> person.emplid().startsWith("X"));
    assertThat(people).anyMatch(person -> person.emplid().startsWith("00000000"));
    assertThat(people).anyMatch(name(name -> name.last().contains("'")));
    assertThat(people).anyMatch(name(name -> name.last().contains("&")));
    assertThat(people).anyMatch(name(name -> name.last().length() == 1));
    assertThat(people).anyMatch(name(name -> name.last().length() > 60));
    assertThat(people).anyMatch(name(name -> name.effdt().isAfter(TODAY)));
    assertThat(people).anyMatch(name(name -> name.status().equals("I")));
    assertThat(people).anyMatch(name(name -> name.type().equals("PRF")));
    assertThat(people).anyMatch(PopulationTest::hasOneCodeTwice);
    assertThat(people).anyMatch(person -> person.affiliations().isEmpty());
    assertThat(people)
        .anyMatch(person -> person.affiliations().stream().anyMatch(row -> row.from() == null));
    assertThat(people).anyMatch(person -> person.emails().size() > 1);
  }

  @Test
  void noTwoRowsOfOnePersonShareTheirKey() {
    for (Person person : people(11)) {
      assertThat(person.affiliations()).extracting(Affiliation::key).doesNotHaveDuplicates();
      assertThat(person.emails()).extracting(Email::type).doesNotHaveDuplicates();
      assertThat(person.names())
          .extracting(name -> name.type() + name.effdt())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void namesOfOneDayAgreeWhetherTheyAreActive() {
    for (Person person : people(13)) {
      for (Name name : person.names()) {
        assertThat(person.names())
            .filteredOn(other -> other.effdt().equals(name.effdt()))
            .allMatch(other -> other.status().equals(name.status()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyChangeCanHappenAndChangesSomething(ChangeKind kind) {
    Changes changes = new Changes(Population.random(5, 5), TODAY);
    int happened = 0;
    for (Person person : people(7)) {
      Optional<Changed> changed = changes.apply(kind, person.asPublished());
      if (changed.isPresent()) {
        happened++;
        assertThat(changed.get().after()).isNotEqualTo(person.asPublished());
      }
    }
    assertThat(happened).isPositive();
  }

  private static List<Person> people(long seed) {
    Population population = new Population(seed, TODAY);
    return IntStream.rangeClosed(1, 400).mapToObj(population::person).toList();
  }

  private static Predicate<Person> name(Predicate<Name> which) {
    return person -> person.names().stream().anyMatch(which);
  }

  private static boolean hasOneCodeTwice(Person person) {
    Set<String> seen = new HashSet<>();
    return person.affiliations().stream()
        .anyMatch(row -> !seen.add(row.institution() + row.code()));
  }
}
