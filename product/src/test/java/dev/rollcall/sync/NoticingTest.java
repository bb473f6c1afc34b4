package dev.rollcall.sync;

import static dev.rollcall.model.EventStatus.ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.finding.Findings;
import dev.rollcall.finding.StandingFinding;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What failed for good is a finding; what is tried again by itself is none. */
class NoticingTest {

  private static final Instant END = Instant.parse("2027-07-01T00:00:00Z");

  private final WorkerRoom room = new WorkerRoom();
  private final SubjectKey kevin = room.student("kevin", "2027-06-30");

  private List<StandingFinding> findings() {
    return room.findings.list(new Findings.Filter(null, null, null, 0, 100));
  }

  private void refused(ErrorKind kind) {
    room.target.refusals.put(kevin, new ConnectorException(kind, "no", null));
  }

  @Test
  void aDateThatFailedIsAFindingUntilSomebodyHasBeenLookedAt() {
    room.message(kevin);
    room.work();
    room.clock.set(END);
    refused(ErrorKind.INVALID);
    room.work();
    assertThat(room.of(kevin)).anyMatch(event -> event.status() == ERROR);
    assertThat(findings()).extracting(StandingFinding::kind).containsExactly("failed-date");
    assertThat(findings().getFirst().text())
        .startsWith("what was to be done on a date failed: no;");
    room.target.refusals.clear();
    room.clock.advance(Duration.ofDays(1));
    room.work();
    assertThat(findings()).isEmpty();
  }

  @Test
  void aConflictThatIsTriedAgainIsNoFindingUntilItIsGivenUp() {
    refused(ErrorKind.CONFLICT);
    long event = room.message(kevin);
    room.workOnce();
    assertThat(findings()).isEmpty();
    room.work();
    assertThat(room.event(event).status()).isEqualTo(ERROR);
    assertThat(findings()).extracting(StandingFinding::kind).containsExactly("login-clash");
    room.target.refusals.clear();
    room.message(kevin);
    room.work();
    assertThat(findings()).isEmpty();
  }

  @Test
  void aDateThatWasLostTooOftenIsAFinding() {
    room.message(kevin);
    room.work();
    room.clock.set(END);
    Rescuer rescuer =
        new Rescuer(
            room.database,
            room.claims,
            room.events,
            room.audit,
            room.findings,
            new OutcomeCounts(),
            room.clock,
            () -> {});
    for (int i = 0; i < RetryPolicy.MAX_ATTEMPTS; i++) {
      assertThat(room.claims.claim(WorkerRoom.CAMPUS, 1)).isPresent();
      room.database.jdbc().sql("update claim set lease_until = '2000-01-01'").update();
      rescuer.rescue();
    }
    assertThat(findings()).extracting(StandingFinding::kind).containsExactly("failed-date");
  }
}
