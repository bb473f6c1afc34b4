package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import org.junit.jupiter.api.Test;

/** What is kept of a failure that nobody foresaw. */
final class TroubleTest {

  private final WorkerRoom room = new WorkerRoom();

  /** As a parser would, which repeats what it does not understand. */
  private static RuntimeException quoting() {
    return new IllegalStateException(
        "cannot read '123-45-6789' of Jane Doe", new NumberFormatException("For \"123-45-6789\""));
  }

  @Test
  void theReasonOfADefectNamesItsKindAndWhereToLookAndQuotesNothing() {
    SubjectKey jane = room.person("0001");
    room.target.refusals.put(jane, quoting());
    long event = room.message(jane);

    room.work();

    SyncEvent ended = room.event(event);
    assertThat(ended.status()).isEqualTo(EventStatus.ERROR);
    assertThat(ended.reason())
        .startsWith("unexpected failure: IllegalStateException caused by NumberFormatException at ")
        .contains("TroubleTest")
        .endsWith("; more is in the service's log under event " + event)
        .doesNotContain("123-45-6789", "Jane");
  }
}
