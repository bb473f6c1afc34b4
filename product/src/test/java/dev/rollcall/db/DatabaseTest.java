package dev.rollcall.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DatabaseTest {
  static final String MIGRATIONS = "classpath:dev/rollcall/db/testmigration";

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.empty();
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aCommitIsOnDiskBeforeItIsAnswered() {
    assertThat(setting("fsync")).isEqualTo("on");
    assertThat(setting("synchronous_commit")).isEqualTo("on");
    assertThat(setting("full_page_writes")).isEqualTo("on");
    assertThat(setting("data_checksums")).isEqualTo("on");
  }

  @Test
  void aConnectionIsSetUpTheSameEverywhere() {
    assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("30s");
    assertThat(setting("timezone")).isEqualTo("UTC");
    assertThat(setting("application_name")).isEqualTo("rollcall");
    assertThat(setting("transaction_isolation")).isEqualTo("read committed");
    assertThat(setting("server_encoding")).isEqualTo("UTF8");
    assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(setting("unix_socket_directories")).isEmpty();
  }

  @Test
  void textSortsByCodePointAndKnowsUpperCaseBeyondAscii() {
    assertThat(one("select upper('é')")).isEqualTo("É");
    assertThat(one("select string_agg(t, '' order by t) from unnest(array['b','A','a']) t"))
        .isEqualTo("Aab");
  }

  @Test
  void workThatThrowsLeavesNothingBehind() {
    database.migrate(MIGRATIONS);
    assertThatThrownBy(() ->
            database.inTransaction(() -> {
              insert("lost");
              throw new IllegalStateException("no");
            }))
        .hasMessage("no");
    database.inTransaction(() -> insert("kept"));
    assertThat(database.inTransaction(this::notes)).containsExactly("kept");
  }

  @Test
  void aConnectionThatIsLostBeforeTheCommitPasses() {
    database.migrate(MIGRATIONS);
    assertThatThrownBy(() ->
            database.inTransaction(() -> {
              insert("unknown");
              terminate(one("select pg_backend_pid()"));
            }))
        .satisfies(
            failure -> assertThat(Database.isTransient((RuntimeException) failure)).isTrue());
    assertThat(notes()).isEmpty();
  }

  @Test
  void severalProcessesMayMigrateAtOnce() {
    List<Database> processes =
        Stream.generate(() -> TestDatabase.sameAs(database)).limit(3).toList();
    try {
      Stream<CompletableFuture<Void>> runs =
          processes.stream()
              .map(each -> CompletableFuture.runAsync(() -> each.migrate(MIGRATIONS)))
              .toList()
              .stream();
      runs.forEach(CompletableFuture::join);
    } finally {
      processes.forEach(Database::close);
    }
    insert("after");
    assertThat(notes()).containsExactly("after");
    assertThat(one("select count(*) from flyway_schema_history where version = '1'"))
        .isEqualTo("1");
  }

  @Test
  void severalProcessesMayMakeTheSameDatabaseAtOnce() {
    String name = one("select current_database()") + "_made";
    try {
      Stream.generate(
              () -> CompletableFuture.runAsync(() -> TestDatabase.postgres().createDatabase(name)))
          .limit(4)
          .toList()
          .forEach(CompletableFuture::join);
      assertThat(one("select count(*) from pg_database where datname = '" + name + "'"))
          .isEqualTo("1");
    } finally {
      database.jdbc().sql("drop database " + name).update();
    }
  }

  @Test
  void anExternalServerServesAsWell() {
    LocalPostgres postgres = TestDatabase.postgres();
    String name = one("select current_database()");
    String url = postgres.ensureRunning().jdbcUrl(name);
    try (Database external = Database.external(url, LocalPostgres.USER, postgres.password(), 2)) {
      external.migrate(MIGRATIONS);
      insert("seen by both");
      assertThat(external.jdbc().sql("select text from note").query(String.class).single())
          .isEqualTo("seen by both");
    }
  }

  @Test
  void anExternalServerThatCanNotBeUsedIsNamedWithoutItsPassword() {
    String url = "jdbc:postgresql://127.0.0.1:1/nowhere";
    assertThatThrownBy(() -> Database.external(url + "?password=secret", "me", "secret", 2))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining(url)
        .hasMessageNotContaining("secret")
        .satisfies(
            failure -> assertThat(Database.isTransient((RuntimeException) failure)).isTrue());
    assertThatThrownBy(() -> Database.external("postgres://me:secret@host/db", null, null))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("jdbc:postgresql://")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aServerOlderThanFifteenIsRefused() {
    Database.refuseOldServer(150_000, "db");
    assertThatThrownBy(() -> Database.refuseOldServer(140_012, "db"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("PostgreSQL 14");
  }

  @Test
  void aFailedMigrationSaysWhichOne() {
    assertThatThrownBy(() -> database.migrate("classpath:dev/rollcall/db/brokenmigration"))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("V1__broken.sql");
  }

  @Test
  void lostConnectionsAndDeadlocksPassDuplicatesStay() {
    database.migrate(MIGRATIONS);
    insert("same");
    assertThatThrownBy(() -> insert("same"))
        .satisfies(
            failure -> assertThat(Database.isTransient((RuntimeException) failure)).isFalse());
    assertThatThrownBy(() ->
            database.inTransaction(() -> {
              one("select pg_terminate_backend(pg_backend_pid())");
            }))
        .satisfies(
            failure -> assertThat(Database.isTransient((RuntimeException) failure)).isTrue());
    for (String state : List.of("40001", "40P01", "57P03", "08006", "53300", "25P03")) {
      assertThat(Database.isTransient(new IllegalStateException(new SQLException("", state))))
          .as(state)
          .isTrue();
    }
    for (String state : List.of("23505", "42P01", "28P01", "25006", "57014")) {
      assertThat(Database.isTransient(new IllegalStateException(new SQLException("", state))))
          .as(state)
          .isFalse();
    }
    assertThat(Database.isTransient(new IllegalStateException("no database in it"))).isFalse();
  }

  private void terminate(String backend) {
    try (Database other = TestDatabase.sameAs(database)) {
      other
          .jdbc()
          .sql("select pg_terminate_backend(?::int, 5000)")
          .param(backend)
          .query(Boolean.class)
          .single();
    }
  }

  private void insert(String text) {
    database.jdbc().sql("insert into note (text) values (?)").param(text).update();
  }

  private List<@Nullable String> notes() {
    return database.jdbc().sql("select text from note order by id").query(String.class).list();
  }

  private String setting(String name) {
    return one("show " + name);
  }

  private String one(String sql) {
    return database.jdbc().sql(sql).query(String.class).single();
  }
}
