package dev.rollcall.simulators.peoplesoft.hr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.simulators.peoplesoft.hr.HrScenario.Stepped;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HrDatabaseTest {
  private final HrScenario scenario = new HrScenario(new SplittableRandom(1));
  private final Stepped hired =
      HrScenario.hire(
          new HrPopulation(7).person(1).standing("A", Set.of("STAFF")).named("Ann", "Lee"));
  private final Stepped left = next(HrStep.TERMINATION, hired);
  private final String oprid = hired.truth().person().oprid();

  private Stepped next(HrStep step, Stepped before) {
    return scenario.apply(step, before.truth()).orElseThrow();
  }

  private static HrTruth only(Set<String> open, List<Stepped> steps, boolean requests) {
    assertThat(HrDatabase.truths(open, steps, requests)).hasSize(1);
    return HrDatabase.truths(open, steps, requests).iterator().next();
  }

  @Test
  void whoLeavesWhileTheirRequestsAreOpenMayEndWithoutAnAccount() {
    assertThat(only(Set.of(oprid), List.of(left), true).certain()).isFalse();
    assertThat(only(Set.of(), List.of(hired, left), true).certain()).isFalse();
  }

  @Test
  void whoLeavesWhenAllWasWorkedEndsAsExpected() {
    assertThat(only(Set.of(), List.of(hired), true).certain()).isTrue();
    assertThat(only(Set.of(), List.of(left), true).certain()).isTrue();
    assertThat(only(Set.of("U0000099"), List.of(left), true).certain()).isTrue();
    assertThat(only(Set.of(), List.of(hired, left), false).certain()).isTrue();
  }

  @Test
  void thatTheyLeftEarlyIsRememberedWhateverFollows() {
    HrTruth early = only(Set.of(oprid), List.of(left), true);
    HrTruth again = scenario.apply(HrStep.REHIRE, early).orElseThrow().truth();

    assertThat(again.certain()).isFalse();
    assertThat(only(Set.of(), List.of(left, next(HrStep.REHIRE, left)), true).certain()).isTrue();
    assertThat(only(Set.of(oprid), List.of(left, next(HrStep.REHIRE, left)), true).certain())
        .isFalse();
  }
}
