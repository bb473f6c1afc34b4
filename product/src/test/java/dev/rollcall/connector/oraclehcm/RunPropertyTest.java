package dev.rollcall.connector.oraclehcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmRun.State;
import dev.rollcall.connector.oraclehcm.HcmSettings.Reader;
import dev.rollcall.spi.PolledSource.Changes;
import dev.rollcall.testing.SharedDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens between pages, and wherever a process dies: nobody is lost, nobody doubled. */
class RunPropertyTest {

  /** People come and go while a run reads; whoever was there all the time is told of, once. */
  @Property(tries = 60)
  void whoeverIsThereAllTheTimeIsToldOfOnce(
      @ForAll Reader reader,
      @ForAll @IntRange(max = 60) int number,
      @ForAll @IntRange(min = 1, max = 9) int pageSize,
      @ForAll @IntRange(min = 1, max = 4) int overlap,
      @ForAll @IntRange(max = 12) int goneAtOnce,
      @ForAll long seed)
      throws IOException {
    try (Pod pod = new Pod(SharedDatabase.emptied()).with(reader, pageSize, overlap, 0)) {
      Random random = new Random(seed);
      for (int i = 0; i < number + 1; i++) {
        pod.add(Workers.FIRST + 10L * i, reader, "N" + i, null);
      }
      TreeSet<Long> always = new TreeSet<>(pod.hcm.people.keySet());
      int[] storms = {6};
      pod.hcm.between =
          () -> {
            if (storms[0]-- > 0) {
              for (int i = 0; i < goneAtOnce && pod.hcm.people.size() > 1; i++) {
                List<Long> there = new ArrayList<>(pod.hcm.people.keySet());
                long gone = there.get(random.nextInt(there.size()));
                pod.hcm.remove(gone);
                always.remove(gone);
              }
              long come = Workers.FIRST + random.nextInt(10 * number + 10);
              if (!pod.hcm.people.containsKey(come)) {
                pod.add(come, reader, "Came", null);
              }
            }
          };
      List<Long> told = pod.ids();
      assertThat(told).doesNotHaveDuplicates().containsAll(always);
      assertThat(pod.lastRun().state()).isEqualTo(State.COMPLETE);
    }
  }

  /** A row that breaks its page is left out; all others are told of. */
  @Property(tries = 40)
  void aBrokenRowCostsNobodyElse(
      @ForAll Reader reader,
      @ForAll @IntRange(min = 1, max = 40) int number,
      @ForAll @IntRange(min = 1, max = 12) int pageSize,
      @ForAll @Size(max = 3) List<@IntRange(max = 39) Integer> broken)
      throws IOException {
    try (Pod pod = new Pod(SharedDatabase.emptied()).with(reader, pageSize, 2, 0)) {
      TreeSet<Long> good = new TreeSet<>();
      for (int i = 0; i < number; i++) {
        pod.add(Workers.FIRST + i, reader, "N" + i, null);
        good.add(Workers.FIRST + i);
      }
      for (int place : broken) {
        if (place < number) {
          pod.hcm.broken.add(Workers.FIRST + place);
          good.remove(Workers.FIRST + place);
        }
      }
      assertThat(pod.ids()).containsExactlyElementsOf(good);
      assertThat(pod.lastRun().quarantined()).isEqualTo(pod.hcm.broken.size());
    }
  }

  /**
   * A process dies after a step and before what came of it is stored, at any of the steps, and
   * another one goes on with what was stored.
   */
  @Property(tries = 60)
  void whereverAProcessDiesNobodyIsLostOrDoubled(
      @ForAll @IntRange(min = 1, max = 30) int number,
      @ForAll @IntRange(min = 2, max = 7) int limit,
      @ForAll @Size(max = 12) List<@IntRange(max = 14) Integer> deaths)
      throws IOException {
    try (Pod pod = new Pod(SharedDatabase.emptied()).with(Reader.WORKERS, 5, 2, 0)) {
      for (int i = 0; i < number; i++) {
        pod.add(Workers.FIRST + i, Reader.WORKERS, "N" + i, null);
      }
      List<Integer> left = new ArrayList<>(deaths);
      List<Long> told = new ArrayList<>();
      String stored = null;
      int step = 0;
      boolean more = true;
      while (more) {
        Changes changes = pod.source(Kind.ACTIVE).changes(stored, limit);
        if (left.remove(Integer.valueOf(step++))) {
          continue;
        }
        changes.changed().forEach(one -> told.add(Long.valueOf(one.subject().id())));
        more = changes.more();
        stored = changes.checkpoint();
        assertThat(step).isLessThan(200);
      }
      assertThat(told).containsExactlyElementsOf(pod.hcm.people.keySet());
    }
  }
}
