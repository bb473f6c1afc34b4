package dev.rollcall.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The database as the rest of Rollcall uses it: a pool of connections, and transactions. On the
 * local server a crash of PostgreSQL repairs itself with the next connection. Safe for use by many
 * threads.
 */
public final class Database implements AutoCloseable {
  /** How many connections a pool holds unless somebody says otherwise. */
  public static final int DEFAULT_POOL_SIZE = 10;

  private static final int OLDEST_SERVER = 15;
  private static final long CONNECTION_TIMEOUT_MILLIS = 10_000;

  private final HikariDataSource pool;
  private final Migrations migrations;
  private final JdbcClient jdbc;
  private final Transactions transactions;

  private Database(HikariDataSource pool, Migrations migrations) {
    this.pool = pool;
    this.migrations = migrations;
    this.jdbc = JdbcClient.create(pool);
    this.transactions = new Transactions(pool);
  }

  /** As {@link #local(LocalPostgres, String, int)}, with a pool of the usual size. */
  public static Database local(LocalPostgres postgres, String databaseName) {
    return local(postgres, databaseName, DEFAULT_POOL_SIZE);
  }

  /**
   * Opens a database of the local server, which is started when it does not run. The database is
   * made when it is missing; several processes may do this at once.
   *
   * @throws LocalPostgresException when there is no local server to be had
   */
  public static Database local(LocalPostgres postgres, String databaseName, int poolSize) {
    postgres.createDatabase(databaseName);
    HikariConfig config = config(poolSize);
    config.setDataSource(
        new LocalConnections(postgres, databaseName, ConnectionSettings.SOCKET_TIMEOUT_SECONDS));
    return open(config, new LocalConnections(postgres, databaseName), databaseName);
  }

  /** As {@link #external(String, String, String, int)}, with a pool of the usual size. */
  public static Database external(
      String jdbcUrl, @Nullable String user, @Nullable String password) {
    return external(jdbcUrl, user, password, DEFAULT_POOL_SIZE);
  }

  /**
   * Opens a database on somebody else's server.
   *
   * @param jdbcUrl {@code jdbc:postgresql://host:port/database}; its parameters win over ours
   * @param user null when the URL names it
   * @param password null when the URL or a password file gives it
   * @throws DatabaseException when it can not be reached, or is older than PostgreSQL 15
   */
  public static Database external(
      String jdbcUrl, @Nullable String user, @Nullable String password, int poolSize) {
    // Neither parameters nor a name before the host: they may hold a password.
    String shown = jdbcUrl.replaceFirst("\\?.*", "").replaceFirst("//.*@", "//");
    if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
      throw new DatabaseException(
          "database.url must look like jdbc:postgresql://host:5432/rollcall, not " + shown, null);
    }
    HikariConfig config = config(poolSize);
    config.setJdbcUrl(jdbcUrl);
    DriverManagerDataSource patient = new DriverManagerDataSource(jdbcUrl);
    Properties patientProperties = new Properties();
    ConnectionSettings.properties(0).forEach(patientProperties::setProperty);
    patient.setConnectionProperties(patientProperties);
    ConnectionSettings.properties(ConnectionSettings.SOCKET_TIMEOUT_SECONDS)
        .forEach(config::addDataSourceProperty);
    if (user != null) {
      config.setUsername(user);
      patient.setUsername(user);
    }
    if (password != null) {
      config.setPassword(password);
      patient.setPassword(password);
    }
    return open(config, patient, shown);
  }

  private static HikariConfig config(int poolSize) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("rollcall");
    config.setMaximumPoolSize(poolSize);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setConnectionInitSql(ConnectionSettings.FIRST_STATEMENT);
    // Set once for each connection: asked for with each transaction it would cost a round trip.
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return config;
  }

  private static Database open(HikariConfig config, DataSource patient, String shown) {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (RuntimeException failure) {
      throw unusable(config.getJdbcUrl(), shown, failure);
    }
    Database database = new Database(pool, new Migrations(patient));
    try {
      database.refuseOldServer(shown);
      return database;
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /** The pool repeats an address it does not understand, and a password with it. */
  private static DatabaseException unusable(
      @Nullable String jdbcUrl, String shown, RuntimeException failure) {
    String said = String.valueOf(failure.getMessage());
    boolean repeats = jdbcUrl != null && said.contains(jdbcUrl);
    return new DatabaseException(
        "The database "
            + shown
            + " can not be used: "
            + (repeats ? "database.url is no address that the driver understands" : said),
        repeats ? null : failure);
  }

  private void refuseOldServer(String shown) {
    int number = Integer.parseInt(jdbc.sql("show server_version_num").query(String.class).single());
    refuseOldServer(number, shown);
  }

  static void refuseOldServer(int versionNumber, String shown) {
    int major = versionNumber / 10_000;
    if (major < OLDEST_SERVER) {
      throw new DatabaseException(
          "The database "
              + shown
              + " is PostgreSQL "
              + major
              + "; Rollcall needs PostgreSQL "
              + OLDEST_SERVER
              + " or newer",
          null);
    }
  }

  /** The pool. An answer that takes longer than a minute breaks its connection. */
  public DataSource dataSource() {
    return pool;
  }

  /** Statements, in the transaction of the calling thread if there is one. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  /**
   * Does work in one transaction, READ COMMITTED; joins the one the thread is in. Whatever the work
   * throws rolls it back and is thrown on. Nothing is tried again here: see {@link #isTransient}.
   */
  public <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
    return transactions.run(work);
  }

  /** As {@link #inTransaction(Supplier)}, for work that returns nothing. */
  public void inTransaction(Runnable work) {
    transactions.<@Nullable Void>run(() -> {
      work.run();
      return null;
    });
  }

  /**
   * Does work behind a savepoint of the transaction the thread is in: when it throws, what it wrote
   * is undone, the rest of the transaction stands, and the failure is thrown on.
   */
  public void inSavepoint(Runnable work) {
    transactions.<@Nullable Void>runNested(() -> {
      work.run();
      return null;
    });
  }

  /**
   * Whether the same work may succeed a little later: the connection was lost or could not be had,
   * the server is starting or stopping, there was a deadlock, a serialization failure or a lock not
   * to be had. After a lost connection it is not known whether the commit took place, so only work
   * that compares first may be repeated.
   */
  public static boolean isTransient(RuntimeException failure) {
    return Transience.isTransient(failure);
  }

  /**
   * Brings the tables up to this version of Rollcall; several processes may do this at once.
   *
   * @throws DatabaseException when a migration fails, or the database is of a newer Rollcall
   */
  public void migrate() {
    migrate(Migrations.LOCATION);
  }

  /**
   * Whether the database answers and its tables are those that {@link #migrate()} left, or newer.
   *
   * @throws RuntimeException when the database does not answer
   */
  public boolean isMigrated() {
    return migrations.stand(jdbc);
  }

  /**
   * How the pool stands.
   *
   * @param active connections that somebody uses
   * @param idle connections that nobody uses
   * @param waiting threads that wait for one
   * @param most there may be
   */
  public record Connections(int active, int idle, int waiting, int most) {}

  /** How the pool stands now. */
  public Connections connections() {
    HikariPoolMXBean now = pool.getHikariPoolMXBean();
    return new Connections(
        now.getActiveConnections(),
        now.getIdleConnections(),
        now.getThreadsAwaitingConnection(),
        pool.getMaximumPoolSize());
  }

  void migrate(String location) {
    migrations.run(location);
  }

  /** Closes the connections. The local server goes on running. */
  @Override
  public void close() {
    pool.close();
  }
}
