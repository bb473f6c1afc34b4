package dev.rollcall.connector.oraclehcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmSettings.Reader;
import dev.rollcall.db.Database;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Sweep;
import dev.rollcall.testing.SharedDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of old runs goes, and what is forgotten of a person. */
class HcmKeepingTest {

  private final Database database = SharedDatabase.emptied();
  private final Pod pod = new Pod(database).with(Reader.WORKERS, 4, 2, 0);

  @AfterEach
  void close() throws IOException {
    pod.close();
  }

  private void people() {
    for (int i = 0; i < 5; i++) {
      pod.add(Workers.FIRST + i, Reader.WORKERS, "N" + i, null);
    }
    pod.hcm.broken.add(Workers.FIRST + 2);
  }

  private Swept sweep(boolean remove) {
    Sweep sweep =
        new HcmKeeping(database.jdbc())
            .sweeps(Instant.now(pod.clock), Instant.now(pod.clock), remove)
            .getFirst();
    Swept all = Swept.NOTHING;
    Optional<Swept> piece = sweep.next().get();
    while (piece.isPresent()) {
      all = all.and(piece.get());
      piece = sweep.next().get();
    }
    return all;
  }

  @Test
  void oldRunsGoWithTheirRowsAndTheLastCompleteOneOfEachKindStays() {
    people();
    pod.poll();
    pod.poll();
    pod.poll();
    pod.pollLeavers();
    pod.clock.advance(Duration.ofDays(100));
    Swept told = sweep(false);
    assertThat(told.gone()).isEqualTo(2);
    assertThat(told.kept()).isEqualTo(Map.of("lastComplete", 2L));
    assertThat(pod.stage.runs(10)).hasSize(4);
    assertThat(sweep(true)).isEqualTo(told);
    assertThat(pod.stage.runs(10))
        .extracting(HcmRun::kind)
        .containsExactly(Kind.LEAVERS, Kind.ACTIVE);
    assertThat(sweep(true).gone()).isZero();
    assertThat(pod.source(Kind.ACTIVE).known(null, 10)).hasSize(4);
    assertThat(pod.poll()).isEmpty();
  }

  @Test
  void whoIsForgottenIsNotNamedAmongTheRowsThatCouldNotBeUsed() {
    people();
    pod.poll();
    HcmErasing erasing = new HcmErasing(database.jdbc(), pod.name);
    SubjectKey forgotten = pod.subject(Workers.FIRST + 2);
    assertThat(erasing.erase(new SubjectKey("other", forgotten.id()))).isZero();
    assertThat(erasing.erase(forgotten)).isEqualTo(1);
    assertThat(erasing.erase(forgotten)).isZero();
    List<HcmRun.Quarantined> rows = pod.stage.quarantined(10);
    assertThat(rows).singleElement().satisfies(row -> assertThat(row.personId()).isNull());
  }
}
