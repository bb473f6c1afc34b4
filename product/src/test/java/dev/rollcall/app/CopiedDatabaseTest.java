package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.Database;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rollcall on a database and on copies of it, in every order: a copy works nothing (promise 6). */
class CopiedDatabaseTest {

  private static final String KEVIN = "0007120001";

  private final List<WholePath> processes = new ArrayList<>();
  private WholePath original;

  @BeforeEach
  void theOriginalHasWorked() {
    original = start(TestDatabase.fresh());
    assertThat(works(original, KEVIN)).isTrue();
  }

  @AfterEach
  void stop() {
    processes.forEach(WholePath::close);
  }

  private synchronized WholePath start(Database database) {
    WholePath process = new WholePath(WholePath.YAML, database);
    processes.add(process);
    return process;
  }

  private void end(WholePath process) {
    processes.remove(process);
    process.close();
  }

  /** Whether a message is taken, and worked to an account. */
  private static boolean works(WholePath process, String emplid) {
    int status = process.send(student(emplid)).status();
    if (status == 200) {
      process.settle();
      assertThat(process.account(emplid)).isPresent();
      return true;
    }
    assertThat(status).isEqualTo(503);
    assertThat(
            process
                .database
                .jdbc()
                .sql("select count(*) from campus_message where emplid = :id")
                .param("id", emplid)
                .query(Long.class)
                .single())
        .isZero();
    return false;
  }

  private static CampusMessages student(String emplid) {
    return CampusMessages.added(emplid)
        .name("A", "PRI", "2020-01-01", "Kevin", "Doe")
        .affiliation("A", "STUDENT", "A", "2020-01-01", "2098-12-31");
  }

  /** Something is due in this process, and nothing becomes of it while it looks many times. */
  private static void worksNothing(WholePath process) {
    SubjectKey kevin = new SubjectKey("campus", KEVIN);
    long asked =
        process
            .parts
            .requests()
            .resync("campus", List.of(kevin), Priority.INTERACTIVE, "test")
            .getFirst();
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .until(() -> waits(process, asked));
    assertThat(process.parts.gate().objection("campus").orElseThrow())
        .contains("copied, restored or moved", "rollcall adopt");
  }

  private static boolean waits(WholePath process, long event) {
    return process
        .parts
        .lookup()
        .byId(event)
        .map(SyncEvent::status)
        .filter(EventStatus.NEW::equals)
        .isPresent();
  }

  @Test
  void theOriginalFirst() {
    WholePath copy = start(TestDatabase.copyOf(original.database));
    assertThat(works(copy, "0007120002")).isFalse();
    worksNothing(copy);
    assertThat(works(original, "0007120002")).isTrue();
  }

  @Test
  void theCopyFirst() {
    Database copied = TestDatabase.copyOf(original.database);
    Database again = TestDatabase.sameAs(original.database);
    end(original);
    WholePath copy = start(copied);
    assertThat(works(copy, "0007120002")).isFalse();
    worksNothing(copy);
    WholePath later = start(again);
    assertThat(works(later, "0007120002")).isTrue();
    assertThat(works(copy, "0007120003")).isFalse();
  }

  @Test
  void bothAtOnce() {
    Database copied = TestDatabase.copyOf(original.database);
    Database again = TestDatabase.sameAs(original.database);
    end(original);
    CompletableFuture<WholePath> copy = CompletableFuture.supplyAsync(() -> start(copied));
    CompletableFuture<WholePath> later = CompletableFuture.supplyAsync(() -> start(again));
    assertThat(works(later.join(), "0007120002")).isTrue();
    assertThat(works(copy.join(), "0007120002")).isFalse();
    worksNothing(copy.join());
  }

  @Test
  void theCopyIsAdoptedAndTheOriginalGoesOn() {
    WholePath copy = start(TestDatabase.copyOf(original.database));
    worksNothing(copy);

    assertThat(copy.parts.environmentAdoption().adopt("ann", "a test system")).hasSize(2);

    copy.settle();
    assertThat(works(copy, "0007120002")).isTrue();
    assertThat(works(original, "0007120003")).isTrue();
    assertThat(
            copy.database
                .jdbc()
                .sql("select entry::text from audit where kind = 'adopted'")
                .query(String.class)
                .single())
        .contains("\"by\":\"ann\"", "\"why\":\"a test system\"", "\"fact\":\"database\"");
    assertThat(copy.parts.environmentAdoption().adopt("ann", "once more")).isEmpty();
  }

  @Test
  void twoNodesOnOneDatabaseBothWork() {
    WholePath second = start(TestDatabase.sameAs(original.database));
    assertThat(works(second, "0007120002")).isTrue();
    assertThat(works(original, "0007120003")).isTrue();
  }

  @Test
  void aBackupThatIsRestoredUnderARunningProcessStopsItUntilItIsAdopted() {
    try (Database backup = TestDatabase.copyOf(original.database)) {
      assertThat(works(original, "0007120002")).isTrue();
      TestDatabase.restore(original.database, backup);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(() -> original.parts.gate().objection("campus").isPresent());
    assertThat(works(original, "0007120003")).isFalse();
    worksNothing(original);

    assertThat(original.parts.environmentAdoption().adopt("ann", "the backup of noon")).hasSize(1);

    original.settle();
    assertThat(works(original, "0007120002")).as("the broker publishes it again").isTrue();
  }

  @Test
  void aRenamedDatabaseWaits() {
    processes.remove(original);
    original.parts.scheduler().close();
    original.parts.engine().close();
    WholePath renamed = start(TestDatabase.renamed(original.database));
    assertThat(works(renamed, "0007120002")).isFalse();
    worksNothing(renamed);
  }
}
