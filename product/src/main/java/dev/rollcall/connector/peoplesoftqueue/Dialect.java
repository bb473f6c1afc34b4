package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.ErrorKind;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the databases that PeopleSoft runs on differ. Tests run on PostgreSQL; the other two are
 * written from their manuals and not tested.
 */
sealed interface Dialect {

  /** What an ordered select ends with, so that it gives no more rows than this. */
  String firstRows(int count);

  /** The database's own date and time, without a zone. */
  String now();

  /** A query for that. */
  default String askNow() {
    return "select " + now();
  }

  /** A query for the name that the database calls itself. */
  String ownName();

  /** What connections are made with; an answer that stays away for longer breaks its connection. */
  Map<String, String> connectionProperties(Duration silence);

  /** Run on each new connection; null for nothing. */
  default @Nullable String firstStatement() {
    return null;
  }

  /** What one of its own error codes means; null when its SQLSTATE says it. */
  @Nullable ErrorKind kind(int errorCode);

  /**
   * The dialect behind an address.
   *
   * @throws IllegalArgumentException when it is of none of the three
   */
  static Dialect of(String jdbcUrl) {
    if (jdbcUrl.startsWith("jdbc:postgresql:")) {
      return new PostgreSql();
    }
    if (jdbcUrl.startsWith("jdbc:oracle:thin:")) {
      return new Oracle();
    }
    if (jdbcUrl.startsWith("jdbc:sqlserver:")) {
      return new SqlServer();
    }
    // No more of it: what follows may hold a password.
    throw new IllegalArgumentException(
        "the address of a PeopleSoft database begins with jdbc:postgresql:, jdbc:oracle:thin: or"
            + " jdbc:sqlserver:");
  }

  /** PostgreSQL, whose stamps without a zone are taken as UTC. */
  record PostgreSql() implements Dialect {
    @Override
    public String firstRows(int count) {
      return " limit " + count;
    }

    @Override
    public String now() {
      return "localtimestamp";
    }

    @Override
    public String ownName() {
      return "select current_database()";
    }

    @Override
    public Map<String, String> connectionProperties(Duration silence) {
      return Map.of(
          "ApplicationName",
          "rollcall",
          "tcpKeepAlive",
          "true",
          "connectTimeout",
          "5",
          "socketTimeout",
          Long.toString(silence.toSeconds()));
    }

    @Override
    public String firstStatement() {
      // The driver would set the zone of this machine.
      return "set timezone = 'UTC'";
    }

    @Override
    public @Nullable ErrorKind kind(int errorCode) {
      return null;
    }
  }

  /** Oracle 12.2 or newer. */
  record Oracle() implements Dialect {
    @Override
    public String firstRows(int count) {
      return " fetch first " + count + " rows only";
    }

    @Override
    public String now() {
      return "cast(systimestamp as timestamp)";
    }

    @Override
    public String askNow() {
      return "select " + now() + " from dual";
    }

    @Override
    public String ownName() {
      return "select sys_context('userenv', 'db_name') from dual";
    }

    @Override
    public Map<String, String> connectionProperties(Duration silence) {
      return Map.of(
          "oracle.net.CONNECT_TIMEOUT",
          "5000",
          "oracle.jdbc.ReadTimeout",
          Long.toString(silence.toMillis()));
    }

    @Override
    public @Nullable ErrorKind kind(int errorCode) {
      return switch (errorCode) {
        // Wrong password, no right to log on, locked, expired, no right to do it.
        case 1017, 1045, 28000, 28001, 1031 -> ErrorKind.REFUSED_CREDENTIALS;
        // No such table, no such column, not what the column takes, no SQL.
        case 942, 904, 1722, 12899, 900, 923, 933, 936 -> ErrorKind.INVALID;
        case 1 -> ErrorKind.CONFLICT;
        // Going down, not up, connection lost, no listener, timed out, deadlock, locked.
        case 1033, 1034, 1089, 1090, 3113, 3114, 12505, 12514, 12541, 1013, 60, 54, 17002, 17008 ->
            ErrorKind.UNAVAILABLE;
        default -> null;
      };
    }
  }

  /** SQL Server 2016 or newer. */
  record SqlServer() implements Dialect {
    @Override
    public String firstRows(int count) {
      return " offset 0 rows fetch next " + count + " rows only";
    }

    @Override
    public String now() {
      return "sysdatetime()";
    }

    @Override
    public String ownName() {
      return "select db_name()";
    }

    @Override
    public Map<String, String> connectionProperties(Duration silence) {
      return Map.of(
          "applicationName",
          "rollcall",
          "loginTimeout",
          "5",
          "socketTimeout",
          Long.toString(silence.toMillis()));
    }

    @Override
    public @Nullable ErrorKind kind(int errorCode) {
      return switch (errorCode) {
        // Wrong password, no right to the database, no right to do it.
        case 18456, 4060, 229, 230 -> ErrorKind.REFUSED_CREDENTIALS;
        // No such table, no such column, no SQL, not what the column takes.
        case 208, 207, 102, 156, 245, 2628, 8152 -> ErrorKind.INVALID;
        case 2601, 2627 -> ErrorKind.CONFLICT;
        // Deadlock, lock not to be had, shutting down.
        case 1205, 1222, 6005 -> ErrorKind.UNAVAILABLE;
        default -> null;
      };
    }
  }
}
