package dev.rollcall.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.rollcall.db.Database;
import dev.rollcall.db.LocalPostgres;
import dev.rollcall.db.Servers;
import dev.rollcall.testing.SettableClock;
import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database is worked where it was bound, by any number of processes, and nowhere else. */
class EnvironmentLockTest {

  private static final String HERE = "machine-a";

  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
  private final Database database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  private EnvironmentLock lock(Database where) {
    return lock(where, HERE);
  }

  private EnvironmentLock lock(Database where, String machine, String... servers) {
    return new EnvironmentLock(where, clock, machine, new Servers(List.of(servers)));
  }

  private static List<String> differing(EnvironmentLock lock) {
    return lock.objection()
        .map(objection -> objection.differences().stream().map(Difference::fact).toList())
        .orElse(List.of());
  }

  private Database external(String parameters) {
    LocalPostgres postgres = TestDatabase.postgres();
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    return Database.external(
        postgres.ensureRunning().jdbcUrl(name) + parameters,
        LocalPostgres.USER,
        postgres.password(),
        2);
  }

  @Test
  void theFirstToAskBindsTheDatabaseToWhereItIs() {
    assertThat(lock(database).look().bound()).isFalse();
    assertThat(differing(lock(database))).isEmpty();
    assertThat(lock(database).look().facts())
        .hasSize(5)
        .allSatisfy(fact -> assertThat(fact.bound()).isEqualTo(fact.now()));
    assertThat(
            database
                .jdbc()
                .sql("select value from environment where fact = 'server'")
                .query(String.class)
                .single())
        .isEqualTo(HERE);
  }

  @Test
  void lookingBindsNothing() {
    assertThat(lock(database).look().objection()).isEmpty();
    assertThat(lock(database).look().bound()).isFalse();
  }

  @Test
  void manyProcessesMayComeFirstAtOnceAndAllPass() {
    List<Database> processes =
        IntStream.range(0, 4).mapToObj(_ -> TestDatabase.sameAs(database)).toList();
    try {
      processes.stream()
          .map(one -> CompletableFuture.supplyAsync(() -> differing(lock(one))))
          .toList()
          .forEach(found -> assertThat(found.join()).isEmpty());
    } finally {
      processes.forEach(Database::close);
    }
    assertThat(lock(database).look().facts()).hasSize(5);
  }

  @Test
  void twoNodesPassWhicheverWayTheyConnect() {
    assertThat(differing(lock(database))).isEmpty();
    try (Database second = external("?ApplicationName=other")) {
      assertThat(differing(lock(second))).isEmpty();
    }
  }

  @Test
  void aCopyOnTheSameServerIsRefused() {
    assertThat(differing(lock(database))).isEmpty();
    try (Database copy = TestDatabase.copyOf(database)) {
      assertThat(differing(lock(copy))).containsExactly("database", "databaseId");
      assertThat(differing(lock(database))).isEmpty();
    }
  }

  @Test
  void aRenamedDatabaseIsRefused() {
    assertThat(differing(lock(database))).isEmpty();
    try (Database renamed = TestDatabase.renamed(database)) {
      assertThat(differing(lock(renamed))).containsExactly("database");
    }
  }

  @Test
  void aDatabaseMadeAnewFromABackupIsRefusedAndTheRunningProcessNotices() {
    EnvironmentLock running = lock(database);
    assertThat(differing(running)).isEmpty();
    try (Database backup = TestDatabase.copyOf(database)) {
      TestDatabase.restore(database, backup);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(differing(running)).containsExactly("databaseId"));
  }

  @Test
  void theSameServerOnAnotherMachineIsRefused() {
    assertThat(differing(lock(database))).isEmpty();
    assertThat(differing(lock(database, "machine-b"))).containsExactly("server");
    assertThat(lock(database, "machine-b").objection().orElseThrow().text())
        .contains("server is machine-b, bound to machine-a", "rollcall adopt --why");
    assertThat(lock(database, "machine-b").objection().orElseThrow().toSenders())
        .contains("another server")
        .doesNotContain("machine");
  }

  @Test
  void betweenServersThatAreOneItMayMove() {
    assertThat(differing(lock(database))).isEmpty();
    assertThat(differing(lock(database, "machine-b", "machine-*"))).isEmpty();
    assertThat(differing(lock(database, "machine-b", "machine-b"))).containsExactly("server");
  }

  @Test
  void aCopyIsACopyAlsoWithinTheServersThatAreOne() {
    assertThat(differing(lock(database, HERE, "machine-*"))).isEmpty();
    try (Database copy = TestDatabase.copyOf(database)) {
      assertThat(differing(lock(copy, "machine-b", "machine-*")))
          .containsExactly("database", "databaseId");
      assertThat(differing(lock(copy, HERE, "machine-*")))
          .containsExactly("database", "databaseId");
    }
  }

  @Test
  void anotherDirectoryOfTheSameServerIsNotExcusedByServersThatAreOne() {
    assertThat(differing(lock(database))).isEmpty();
    database
        .jdbc()
        .sql("update environment set value = '/other' where fact = 'dataDirectory'")
        .update();
    assertThat(differing(lock(database, HERE, "machine-*"))).containsExactly("dataDirectory");
    assertThat(differing(lock(database, "machine-b", "machine-*"))).isEmpty();
  }

  @Test
  void whatAUserMayNotSeeIsNotComparedUnlessItWasSeenBefore() {
    database.jdbc().sql("drop role if exists plain").update();
    database.jdbc().sql("create role plain login password 'plain'").update();
    database.jdbc().sql("grant all on environment to plain").update();
    LocalPostgres postgres = TestDatabase.postgres();
    String name = database.jdbc().sql("select current_database()").query(String.class).single();
    String url = postgres.ensureRunning().jdbcUrl(name);
    try (Database plain = Database.external(url, "plain", "plain", 2)) {
      assertThat(differing(lock(plain))).isEmpty();
      assertThat(lock(plain).look().facts())
          .extracting(EnvironmentLock.FactView::fact)
          .containsExactly("system", "database", "databaseId", "server");
      assertThat(differing(lock(database))).isEmpty();

      database.jdbc().sql("delete from environment").update();
      assertThat(differing(lock(database))).isEmpty();
      assertThat(differing(lock(plain))).containsExactly("dataDirectory");
      assertThat(lock(plain).objection().orElseThrow().text()).contains("cannot be seen any more");

      database.jdbc().sql("revoke execute on function pg_control_system() from public").update();
      assertThat(differing(lock(plain))).containsExactly("system", "dataDirectory");
    } finally {
      database.jdbc().sql("drop owned by plain").update();
      database.jdbc().sql("drop role plain").update();
    }
  }

  @Test
  void anAdoptedCopyPassesAndIsRefusedWhereItWasCopiedFrom() {
    assertThat(differing(lock(database))).isEmpty();
    EnvironmentLock elsewhere = lock(database, "machine-b");
    assertThat(differing(elsewhere)).containsExactly("server");

    List<Difference> adopted = database.inTransaction(elsewhere::adopt);
    elsewhere.lookAgain();

    assertThat(adopted).containsExactly(new Difference("server", "server", HERE, "machine-b"));
    assertThat(differing(elsewhere)).isEmpty();
    assertThat(differing(lock(database))).containsExactly("server");
    assertThat(database.inTransaction(elsewhere::adopt)).isEmpty();
  }

  @Test
  void aDatabaseThatCannotBeAskedIsNotWorked() {
    EnvironmentLock lock = lock(database);
    assertThat(differing(lock)).isEmpty();
    lock.lookAgain();
    database.close();
    assertThatThrownBy(lock::objection).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(lock::objection).isInstanceOf(RuntimeException.class);
  }
}
