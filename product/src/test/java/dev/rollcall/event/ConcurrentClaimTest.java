package dev.rollcall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many claim at once, while others append: nothing is claimed twice, nobody is worked twice. */
@Timeout(120)
class ConcurrentClaimTest {

  private static final int CLAIMERS = 8;
  private static final int PEOPLE = 60;

  private final EventTable table = new EventTable();
  private final Set<Long> claimed = ConcurrentHashMap.newKeySet();
  private final Set<SubjectKey> worked = ConcurrentHashMap.newKeySet();

  @Test
  void noEventIsClaimedTwiceAndNoSubjectIsWorkedTwiceAtOnce() throws Exception {
    // Requests are not collapsed: every one of them has to be worked.
    int each = 5;
    for (int round = 0; round < each; round++) {
      for (int i = 0; i < PEOPLE; i++) {
        table.append("p" + i, Cause.REQUEST, Priority.ofRank((i + round) % 4));
      }
    }

    inParallel(CLAIMERS, this::claimUntilNothingIsLeft);

    assertThat(claimed).hasSize(PEOPLE * each);
    assertThat(table.lookup.backlog())
        .extracting(EventLookup.Backlog::waiting, EventLookup.Backlog::due)
        .containsExactly(0L, 0L);
    assertThat(table.claims()).isZero();
  }

  @Test
  void whatIsAppendedWhileOthersClaimIsNeitherLostNorWorkedTwiceAtOnce() throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(this::appendToEverybody);
      all.add(this::claimUntilNothingIsLeft);
    }
    inParallel(all);
    claimUntilNothingIsLeft();

    assertThat(table.lookup.backlog())
        .extracting(EventLookup.Backlog::waiting, EventLookup.Backlog::due)
        .containsExactly(0L, 0L);
    List<SyncEvent> events = table.lookup.find(new EventLookup.Filter(null, null, null, 100_000));
    assertThat(events)
        .allMatch(event ->
            claimed.contains(event.id())
                ? event.status() == EventStatus.COMPLETED
                : event.status() == EventStatus.CANCELLED);
    // The last event of each subject was worked: nothing that came after it stands for it.
    for (int i = 0; i < PEOPLE; i++) {
      SubjectKey subject = EventTable.subject("p" + i);
      assertThat(events.stream().filter(event -> event.subject().equals(subject)).findFirst())
          .hasValueSatisfying(event -> assertThat(event.status()).isEqualTo(EventStatus.COMPLETED));
    }
  }

  private Void appendToEverybody() {
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < PEOPLE; i++) {
        table.message("p" + i);
      }
    }
    return null;
  }

  private Void claimUntilNothingIsLeft() {
    for (Optional<Claim> next = table.here.claim(EventTable.CAMPUS, 7);
        next.isPresent();
        next = table.here.claim(EventTable.CAMPUS, 7)) {
      work(next.get());
    }
    return null;
  }

  private void work(Claim claim) {
    claim
        .events()
        .forEach(event -> {
          assertThat(claimed.add(event.id())).as("event %s claimed once", event.id()).isTrue();
          assertThat(worked.add(event.subject())).as("%s worked once", event.subject()).isTrue();
        });
    worked.removeAll(claim.subjects());
    table.database.inTransaction(() -> {
      assertThat(table.here.hold(claim.token())).hasSize(claim.events().size());
      table.events.finish(
          claim.events().stream()
              .map(event ->
                  new Finish(event.id(), EventStatus.COMPLETED, 1, EventTable.NOON, "done", null))
              .toList());
      table.here.done(claim.token());
    });
  }

  private static void inParallel(int threads, Callable<Void> work) throws Exception {
    List<Callable<Void>> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      all.add(work);
    }
    inParallel(all);
  }

  private static void inParallel(List<Callable<Void>> work)
      throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
      for (Future<Void> one : threads.invokeAll(work)) {
        one.get();
      }
    }
  }
}
