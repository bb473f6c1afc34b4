package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.bench.BudgetBench.Scenario;
import dev.rollcall.testing.SharedDatabase;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 4: the login rate limit is never eaten. */
class BudgetBenchTest {

  @ParameterizedTest
  @CsvSource({"HALF, 4", "SKEW, 4", "COMPETITOR, 12"})
  void nearlyAllThatIsPermittedIsUsedAndNothingOfTheReserve(Scenario scenario, int minutes)
      throws InterruptedException {
    Map<String, Object> result = new BudgetBench(SharedDatabase.emptied()).run(scenario, minutes);
    assertThat(result.get("windows"))
        .asInstanceOf(InstanceOfAssertFactories.INTEGER)
        .isGreaterThanOrEqualTo(minutes - 1);
    assertThat(result.get("ratio"))
        .asInstanceOf(InstanceOfAssertFactories.DOUBLE)
        .isBetween(0.95, 1.0);
    assertThat(result)
        .containsEntry("own429", 0)
        .containsEntry("reserveTouched", 0L)
        .containsEntry("loginsRefused", 0);
    assertThat(result.get("longestLeaverMs"))
        .asInstanceOf(InstanceOfAssertFactories.LONG)
        .isLessThan(2_500L);
  }
}
