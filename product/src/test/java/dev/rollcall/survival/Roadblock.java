package dev.rollcall.survival;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** A lock that a test takes, so that a node comes to a halt where the test wants it to. */
final class Roadblock implements AutoCloseable {

  private final Tables tables;
  private final Connection connection;
  private final String waiting;

  private Roadblock(Tables tables, String lock, String waiting) throws SQLException {
    this.tables = tables;
    this.connection = tables.connect();
    this.waiting = waiting;
    try (Statement statement = connection.createStatement()) {
      statement.execute("set idle_in_transaction_session_timeout = 0");
      statement.execute(lock);
    }
  }

  /** Nobody claims. */
  static Roadblock beforeClaims(Tables tables) throws SQLException {
    return new Roadblock(
        tables,
        "select pg_advisory_xact_lock(hashtext('dev.rollcall.claim'), hashtext('%s'))"
            .formatted(SurvivalHome.INSTANCE),
        "locktype = 'advisory'");
  }

  /** Nobody reads or writes this table. */
  static Roadblock beforeReading(Tables tables, String table) throws SQLException {
    return onTable(tables, table, "access exclusive");
  }

  /** Nobody writes to this table. */
  static Roadblock beforeWriting(Tables tables, String table) throws SQLException {
    return onTable(tables, table, "share");
  }

  private static Roadblock onTable(Tables tables, String table, String mode) throws SQLException {
    return new Roadblock(
        tables,
        "lock table %s in %s mode".formatted(table, mode),
        "relation = '%s'::regclass".formatted(table));
  }

  /** Waits until somebody waits here. */
  void awaitSomebody() {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() ->
            tables.count("select count(*) from pg_locks where not granted and " + waiting) > 0);
  }

  @Override
  public void close() throws SQLException {
    connection.rollback();
    connection.close();
  }
}
