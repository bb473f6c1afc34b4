package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says of what kind a failure of the database is. What the database answered is told on only where
 * it speaks of connections, sign-in and names of tables and columns: other answers quote values,
 * which are people's.
 */
final class SqlFailure {

  /** Connection, sign-in, no such database, syntax and names, resources, operator's doing. */
  private static final Set<String> WITHOUT_VALUES = Set.of("08", "28", "3D", "42", "53", "57");

  /** Oracle's "invalid number" has the class of syntax and names, and quotes the value. */
  private static final int INVALID_NUMBER = 1722;

  private SqlFailure() {}

  /**
   * @param what was tried, without values of people
   */
  static ConnectorException of(Dialect dialect, String what, Throwable failure) {
    SQLException said = deepest(failure);
    if (said == null) {
      return new ConnectorException(
          ErrorKind.UNREADABLE, what + ": " + failure.getClass().getSimpleName(), null);
    }
    ErrorKind kind = kind(dialect, said);
    boolean mayBeTold =
        (WITHOUT_VALUES.contains(stateClass(said)) && said.getErrorCode() != INVALID_NUMBER)
            || kind == ErrorKind.REFUSED_CREDENTIALS
            || isAboutConnections(said);
    return new ConnectorException(
        kind, what + ": " + (mayBeTold ? firstLine(said) : code(said)), mayBeTold ? said : null);
  }

  /** Of a failure and what lies beneath it, the answer of the database itself. */
  private static @Nullable SQLException deepest(Throwable failure) {
    @Nullable SQLException deepest = null;
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      if (cause instanceof SQLException sql) {
        deepest = sql;
      }
      cause = cause.getCause();
    }
    return deepest;
  }

  private static ErrorKind kind(Dialect dialect, SQLException said) {
    ErrorKind own = dialect.kind(said.getErrorCode());
    if (own != null) {
      return own;
    }
    if (String.valueOf(said.getSQLState()).equals("42501")) {
      return ErrorKind.REFUSED_CREDENTIALS; // no right to do it
    }
    return switch (stateClass(said)) {
      case "28" -> ErrorKind.REFUSED_CREDENTIALS;
      case "23" -> ErrorKind.CONFLICT;
      case "22", "3D", "42" -> ErrorKind.INVALID;
      case "07" -> ErrorKind.UNREADABLE;
      default -> ErrorKind.UNAVAILABLE;
    };
  }

  private static boolean isAboutConnections(SQLException said) {
    return said instanceof SQLTransientException || said instanceof SQLRecoverableException;
  }

  private static String stateClass(SQLException said) {
    String state = said.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }

  private static String code(SQLException said) {
    return "SQLSTATE %s, error code %d".formatted(said.getSQLState(), said.getErrorCode());
  }

  private static String firstLine(SQLException said) {
    return String.valueOf(said.getMessage()).lines().findFirst().orElse(code(said)).strip();
  }
}
