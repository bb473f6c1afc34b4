package dev.rollcall.simulators.peoplesoft.hr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.peoplesoft.hr.HrScenario.Stepped;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HrScenarioTest {
  private final Set<String> refused = new TreeSet<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whoeverDoesWhatTheLinesSayEndsWithWhatIsExpected(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    HrScenario scenario = new HrScenario(random);
    HrPopulation population = new HrPopulation(seed);
    Map<String, HrTruth> truths = new TreeMap<>();
    Map<String, String> states = new TreeMap<>();
    Map<String, Set<String>> groups = new TreeMap<>();
    Set<HrStep> met = EnumSet.noneOf(HrStep.class);
    for (int number = 1; number <= 60; number++) {
      follow(HrScenario.hire(population.person(number)), truths, states, groups);
    }
    for (int step = 0; step < 1_500; step++) {
      HrStep kind = List.of(HrStep.values()).get(random.nextInt(HrStep.values().length));
      HrTruth truth = truths.get(HrPopulation.oprid(1 + random.nextInt(60)));
      assertThat(truth).isNotNull();
      if (truth != null) {
        scenario
            .apply(kind, truth)
            .ifPresent(stepped -> {
              met.add(kind);
              follow(stepped, truths, states, groups);
            });
      }
    }

    assertThat(met)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(HrStep.HIRE)));
    for (ExpectedAccount expected : ExpectedAccount.of(List.copyOf(truths.values()), false)) {
      if (expected.status().equals("NONE")) {
        assertThat(refused).contains(expected.oprid());
        continue;
      }
      assertThat(refused).doesNotContain(expected.oprid());
      assertThat(states.get(expected.oprid())).as(expected.oprid()).isEqualTo(expected.status());
      assertThat(groups.get(expected.oprid())).as(expected.oprid()).isEqualTo(expected.groups());
    }
  }

  /** As somebody who only reads the lines, and looks up the person for a GRPA. */
  private void follow(
      Stepped stepped,
      Map<String, HrTruth> truths,
      Map<String, String> states,
      Map<String, Set<String>> groups) {
    HrPerson person = stepped.truth().person();
    truths.put(person.oprid(), stepped.truth());
    Set<String> mine = groups.computeIfAbsent(person.oprid(), _ -> new TreeSet<>());
    for (RequestLine line : stepped.lines()) {
      if (line.action().startsWith("CR8") && !HrTruth.canHaveAccount(person)) {
        refused.add(person.oprid());
      }
      switch (line.action()) {
        case "CR8I" -> states.put(line.oprid(), "STAGED");
        case "CR8A", "USRA" -> states.put(line.oprid(), "ACTIVE");
        case "USRD" -> states.put(line.oprid(), "DEPROVISIONED");
        case "GRPA" -> person.types().forEach(type -> mine.add(IdentityType.of(type).group()));
        case "GRPR" -> assertThat(mine.remove(line.group())).isTrue();
        default -> assertThat(line.action()).isEqualTo("USAU");
      }
    }
  }

  @Test
  void thePopulationHasWhatIsHard() {
    HrPopulation population = new HrPopulation(7);
    List<HrTruth> people = new ArrayList<>();
    for (int number = 1; number <= 400; number++) {
      people.add(HrScenario.hire(population.person(number)).truth());
    }
    List<ExpectedAccount> expected = ExpectedAccount.of(people, false);

    assertThat(expected).anyMatch(account -> account.logins().size() > 1);
    assertThat(expected).anyMatch(account -> account.email() == null);
    assertThat(expected).anyMatch(account -> account.status().equals("NONE"));
    assertThat(expected).anyMatch(account -> account.status().equals("ACTIVE"));
    assertThat(expected).anyMatch(account -> account.lastName().contains("\uFFFD"));
    assertThat(expected).allMatch(ExpectedAccount::certain);
    assertThat(expected).anyMatch(account -> account.identityTypes().size() > 1);
    assertThat(expected).anyMatch(account -> account.legalLastName().length() > 50);
    assertThat(new HashSet<>(people)).hasSize(400);
    assertThat(population.person(17)).isEqualTo(new HrPopulation(7).person(17));
    assertThat(population.person(17)).isNotEqualTo(new HrPopulation(8).person(17));
  }

  @Test
  void aLeaveSuspendsOnlyWhereTheReceiverDoesThat() {
    HrPerson person = new HrPopulation(7).person(1).standing("A", Set.of("STAFF"));
    HrTruth onLeave =
        new HrScenario(new SplittableRandom(1))
            .apply(HrStep.LEAVE, HrScenario.hire(person).truth())
            .orElseThrow()
            .truth();

    assertThat(ExpectedAccount.of(List.of(onLeave), true).getFirst().status())
        .isEqualTo("SUSPENDED");
    assertThat(ExpectedAccount.of(List.of(onLeave), false).getFirst().status()).isEqualTo("ACTIVE");
  }
}
