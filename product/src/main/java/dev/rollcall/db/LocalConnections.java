package dev.rollcall.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * New connections to one database of the local server. The port is looked up each time, and a
 * server that is gone is brought back, so that whoever needs it next repairs a crash.
 */
final class LocalConnections extends AbstractDataSource {
  private static final String DUPLICATE_DATABASE = "42P04";
  private static final String UNIQUE_VIOLATION = "23505";

  private final LocalPostgres postgres;
  private final String databaseName;
  private final int socketTimeoutSeconds;

  LocalConnections(LocalPostgres postgres, String databaseName) {
    this(postgres, databaseName, 0);
  }

  /**
   * Takes a socket timeout besides.
   *
   * @param socketTimeoutSeconds how long one answer may take; 0 for as long as it likes
   */
  LocalConnections(LocalPostgres postgres, String databaseName, int socketTimeoutSeconds) {
    this.postgres = postgres;
    this.databaseName = databaseName;
    this.socketTimeoutSeconds = socketTimeoutSeconds;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      var running = postgres.running();
      if (running.isPresent()) {
        try {
          return connect(running.get());
        } catch (SQLException failure) {
          if (!Transience.serverAway(failure)) {
            throw failure;
          }
        }
      }
      return connect(postgres.ensureRunning());
    } catch (LocalPostgresException unavailable) {
      throw new SQLException(unavailable.getMessage(), "08001", unavailable);
    }
  }

  private Connection connect(LocalPostgres.Server server) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(server.jdbcUrl(databaseName));
    ConnectionSettings.properties(socketTimeoutSeconds)
        .forEach((name, value) -> set(source, name, value));
    return source.getConnection(LocalPostgres.USER, postgres.password());
  }

  private static void set(PGSimpleDataSource source, String name, String value) {
    try {
      source.setProperty(name, value);
    } catch (SQLException unknown) {
      throw new IllegalArgumentException("pgjdbc does not know " + name, unknown);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  /** The pool suggests one; the time to connect is limited by our own settings. */
  @Override
  public void setLoginTimeout(int seconds) {}

  /** Makes a database unless it is there. */
  void createDatabase(String name) {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    try (Connection connection = getConnection();
        Statement statement = connection.createStatement()) {
      if (!exists(connection, name)) {
        // template0: nobody can be connected to it, which would make CREATE DATABASE fail.
        statement.execute("create database " + quoted + " template template0");
      }
    } catch (SQLException failure) {
      @Nullable String state = failure.getSQLState();
      if (!DUPLICATE_DATABASE.equals(state) && !UNIQUE_VIOLATION.equals(state)) {
        throw new DatabaseException("The database " + name + " could not be made", failure);
      }
    }
  }

  /** Drops a database if it is there, ending whoever is connected. */
  void dropDatabase(String name) {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    try (Connection connection = getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + quoted + " with (force)");
    } catch (SQLException failure) {
      throw new DatabaseException("The database " + name + " could not be dropped", failure);
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (var query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
      query.setString(1, name);
      try (var rows = query.executeQuery()) {
        return rows.next();
      }
    }
  }
}
