package dev.rollcall.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a number of changes runs into. */
class LimitTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          # most | percent | least | linked | most that pass
            -    | -       | 0     | 100    | 1000
            10   | -       | 0     | 0      | 10
            0    | -       | 0     | 100    | 0
            -    | 5       | 0     | 1000   | 50
            -    | 5       | 0     | 1019   | 50
            -    | 5       | 0     | 1020   | 51
            -    | 5       | 25    | 1020   | 51
            -    | 5       | 25    | 20     | 25
            -    | 5       | 25    | 0      | 25
            -    | 0       | 0     | 1000   | 0
            -    | 100     | 0     | 7      | 7
            30   | 5       | 25    | 1000   | 30
            10   | 5       | 25    | 1000   | 10
            60   | 5       | 25    | 1000   | 50
          """)
  void itPassesAsManyAsItSays(Integer most, Integer percent, int least, long linked, int pass) {
    Limit limit = new Limit(most, percent, least, false);
    for (int changes = 0; changes <= 1_000; changes++) {
      assertThat(limit.exceededBy(changes, () -> linked) == null)
          .as("%d changes", changes)
          .isEqualTo(changes <= pass);
    }
  }

  @Test
  void accountsAreOnlyCountedWhenItMatters() {
    Limit limit = new Limit(30, 5, 25, false);
    assertThat(
            limit.exceededBy(
                25,
                () -> {
                  throw new AssertionError("not needed");
                }))
        .isNull();
    assertThat(
            limit.exceededBy(
                31,
                () -> {
                  throw new AssertionError("not needed");
                }))
        .isEqualTo("30");
    assertThat(limit.exceededBy(26, () -> 200)).contains("25, which always pass", "5 % of 200");
    assertThat(new Limit(null, 5, 0, false).exceededBy(51, () -> 1_000))
        .isEqualTo("50, which is 5 % of 1000 linked accounts");
  }

  @Test
  void whatIsNoLimitIsRefused() {
    assertThatThrownBy(() -> new Limit(-1, null, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limit(null, 101, 0, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Limit(null, 5, -1, false))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
