package dev.rollcall.connector.peoplesoftqueue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The database of one PeopleSoft system, through a small pool of its own. Nothing is asked before
 * somebody needs it, so that Rollcall runs while PeopleSoft is down. Safe for use by many threads.
 */
public final class PeopleSoftDatabase implements AutoCloseable {
  private static final Duration REMEMBERED = Duration.ofSeconds(3);
  private static final int ROWS_AT_ONCE = 500;

  /**
   * How the database is reached.
   *
   * @param url for PostgreSQL, Oracle or SQL Server
   * @param user null when the address names it
   * @param password null when the address or the machine gives it
   * @param connections how many at most
   * @param connecting how long to wait for a connection
   * @param answering how long a statement may take
   * @param environment a query that gives the name the database calls itself, in one row and one
   *     column; null for what the database itself says ({@code facts/peoplesoft.md §1.10})
   */
  public record Settings(
      String url,
      @Nullable String user,
      @Nullable String password,
      int connections,
      Duration connecting,
      Duration answering,
      @Nullable String environment) {

    /** How many connections are held unless somebody says otherwise. */
    public static final int CONNECTIONS = 4;

    /**
     * @throws IllegalArgumentException when a value cannot be
     */
    public Settings {
      Dialect.of(url);
      if (connections < 1) {
        throw new IllegalArgumentException("a pool needs at least one connection");
      }
      // The shortest the pool and the drivers take.
      if (connecting.compareTo(Duration.ofMillis(250)) < 0
          || answering.compareTo(Duration.ofSeconds(1)) < 0) {
        throw new IllegalArgumentException("a database needs some time to answer");
      }
    }

    /** With what is usual besides the address. */
    public static Settings of(String url, @Nullable String user, @Nullable String password) {
      return new Settings(
          url, user, password, CONNECTIONS, Duration.ofSeconds(10), Duration.ofMinutes(1), null);
    }

    /** Without address and password. */
    @Override
    public String toString() {
      return "Settings[connections=%d]".formatted(connections);
    }
  }

  private record Named(String name, Instant at) {}

  private final HikariDataSource pool;
  private final JdbcClient jdbc;
  private final Dialect dialect;
  private final Settings settings;
  private final Clock clock;
  private volatile @Nullable Named named;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException when the driver does not understand the address
   */
  public PeopleSoftDatabase(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
    this.dialect = Dialect.of(settings.url());
    this.pool = pool(settings, dialect);
    this.jdbc = client(pool);
  }

  private static HikariDataSource pool(Settings settings, Dialect dialect) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("peoplesoft");
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(0);
    config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(settings.connecting().toMillis());
    config.setValidationTimeout(Math.min(5_000, settings.connecting().toMillis()));
    config.setConnectionInitSql(dialect.firstStatement());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    dialect
        .connectionProperties(settings.answering().plusSeconds(10))
        .forEach(config::addDataSourceProperty);
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setJdbcUrl(settings.url());
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException failure) {
      // It repeats the address, and a password with it; so it is no cause either.
      throw new IllegalArgumentException(
          "the address of the PeopleSoft database is not one that its driver understands");
    }
  }

  private JdbcClient client(DataSource connections) {
    JdbcTemplate template = new JdbcTemplate(connections);
    template.setQueryTimeout(Math.toIntExact(settings.answering().toSeconds()));
    template.setFetchSize(ROWS_AT_ONCE);
    return JdbcClient.create(template);
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Reads.
   *
   * @param what is read, for the message of a failure
   * @throws ConnectorException when it failed
   */
  <T> T read(String what, Function<JdbcClient, T> work) {
    try {
      return work.apply(jdbc);
    } catch (DataAccessException failure) {
      throw SqlFailure.of(dialect, what, failure);
    }
  }

  /**
   * Reads or writes in one transaction; whatever the work throws rolls it back.
   *
   * @param what is done, for the message of a failure
   * @throws ConnectorException when it failed
   */
  <T> T inTransaction(String what, Function<JdbcClient, T> work) {
    try (Connection connection = pool.getConnection()) {
      // Closed without a commit, a connection of the pool is rolled back.
      connection.setAutoCommit(false);
      T done = work.apply(client(new SingleConnectionDataSource(connection, true)));
      connection.commit();
      return done;
    } catch (SQLException | DataAccessException failure) {
      throw SqlFailure.of(dialect, what, failure);
    }
  }

  /**
   * What the database calls itself, as it said a few seconds ago at most.
   *
   * @throws ConnectorException when it cannot be asked, or answers nothing
   */
  public String environment() {
    Instant now = Instant.now(clock);
    Named known = named;
    if (known != null
        && !now.isBefore(known.at())
        && Duration.between(known.at(), now).compareTo(REMEMBERED) < 0) {
      return known.name();
    }
    String what = "the PeopleSoft database cannot be asked for its own name";
    String own = settings.environment();
    String query = own == null ? dialect.ownName() : own;
    String name =
        read(what, client -> client.sql(query).query((row, _) -> row.getString(1)).list()).stream()
            .map(said -> said == null ? "" : said.strip())
            .reduce((one, other) -> "")
            .orElse("");
    if (name.isEmpty()) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE, what + ": the query does not answer with one name", null);
    }
    named = new Named(name, now);
    return name;
  }

  /** Closes the connections. */
  @Override
  public void close() {
    pool.close();
  }
}
