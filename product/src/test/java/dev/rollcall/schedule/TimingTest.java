package dev.rollcall.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.schedule.Timing.Daily;
import dev.rollcall.schedule.Timing.Every;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TimingTest {

  private static final ZoneId CHICAGO = ZoneId.of("America/Chicago");

  @Test
  void aTimeOfDayIsThatOfItsZone() {
    Daily daily = new Daily(LocalTime.of(2, 30), CHICAGO);

    assertThat(daily.next(Instant.parse("2026-11-20T08:29:59Z"))).isEqualTo("2026-11-20T08:30:00Z");
    assertThat(daily.next(Instant.parse("2026-11-20T08:30:00Z"))).isEqualTo("2026-11-21T08:30:00Z");
  }

  @Test
  void aTimeThatAChangeOfClocksLeavesOutComesLaterOnThatDay() {
    Daily daily = new Daily(LocalTime.of(2, 30), CHICAGO);

    // On 8 March 2026 two o'clock became three o'clock.
    assertThat(daily.next(Instant.parse("2026-03-08T07:00:00Z"))).isEqualTo("2026-03-08T08:30:00Z");
  }

  @Test
  void aTimeThatComesTwiceIsTakenOnce() {
    Daily daily = new Daily(LocalTime.of(1, 30), CHICAGO);

    // On 1 November 2026 two o'clock became one o'clock.
    Instant first = daily.next(Instant.parse("2026-11-01T05:00:00Z"));
    assertThat(first).isEqualTo("2026-11-01T06:30:00Z");
    assertThat(daily.next(first)).isEqualTo("2026-11-02T07:30:00Z");
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Every(Duration.ZERO));
  }

  @Property
  void theNextTurnIsLaterAndNoFurtherAwayThanTheLongest(
      @ForAll("timings") Timing timing, @ForAll("moments") Instant now) {
    assertThat(timing.next(now)).isAfter(now).isBeforeOrEqualTo(now.plus(timing.longest()));
    assertThat(timing.first(now)).isBetween(now, timing.next(now));
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.longs()
        .between(
            Instant.parse("1990-01-01T00:00:00Z").getEpochSecond(),
            Instant.parse("2080-01-01T00:00:00Z").getEpochSecond())
        .map(Instant::ofEpochSecond);
  }

  @Provide
  Arbitrary<Timing> timings() {
    Arbitrary<Timing> daily =
        Arbitraries.integers()
            .between(0, 24 * 60 - 1)
            .flatMap(minute ->
                Arbitraries.of("UTC", "America/Chicago", "Pacific/Apia", "Australia/Lord_Howe")
                    .map(
                        zone -> new Daily(LocalTime.ofSecondOfDay(minute * 60L), ZoneId.of(zone))));
    Arbitrary<Timing> every =
        Arbitraries.integers().between(1, 100_000).map(s -> new Every(Duration.ofSeconds(s)));
    return Arbitraries.oneOf(daily, every);
  }
}
