package dev.rollcall.event;

import static dev.rollcall.model.EventStatus.CANCELLED;
import static dev.rollcall.model.EventStatus.COMPLETED;
import static dev.rollcall.model.EventStatus.ERROR;
import static dev.rollcall.model.EventStatus.NEW;
import static dev.rollcall.model.EventStatus.QUEUED;
import static dev.rollcall.model.EventStatus.SKIPPED;
import static dev.rollcall.model.EventStatus.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.model.EventStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The one transition table, pair by pair. */
class EventStatusTest {

  private static final Map<EventStatus, Set<EventStatus>> LEGAL =
      Map.of(
          NEW, Set.of(QUEUED, CANCELLED),
          QUEUED, Set.of(NEW, COMPLETED, SKIPPED, SUSPENDED, ERROR));

  static Stream<Arguments> pairs() {
    return Arrays.stream(EventStatus.values())
        .flatMap(from -> Arrays.stream(EventStatus.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aStatusGoesWhereTheTableSaysAndNowhereElse(EventStatus from, EventStatus to) {
    assertThat(from.successors().contains(to))
        .isEqualTo(LEGAL.getOrDefault(from, Set.of()).contains(to));
  }

  @ParameterizedTest
  @EnumSource
  void onlyWhatHasNoSuccessorIsFinal(EventStatus status) {
    assertThat(status.isFinal()).isEqualTo(status != NEW && status != QUEUED);
  }

  @ParameterizedTest
  @EnumSource
  void aCodeIsReadBack(EventStatus status) {
    assertThat(EventStatus.ofCode(status.code())).isEqualTo(status);
  }

  @Test
  void anUnknownCodeIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> EventStatus.ofCode("INPR"))
        .hasMessage("Unknown event status 'INPR'; one of NEW, QUE, COMP, SKIP, SUSP, ERR, CANC");
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "CANCELLED"})
  void aClaimedEventCannotBeFinishedAsThat(EventStatus status) {
    assertThatThrownBy(() -> new Finish(1, status, 1, Instant.EPOCH, null, null))
        .hasMessage("A claimed event cannot become " + status);
  }
}
