package dev.rollcall.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells failures that pass by themselves from those that stay. */
final class Transience {
  /** The server goes down, or comes up. */
  private static final Set<String> SERVER_AWAY = Set.of("57P01", "57P02", "57P03");

  /**
   * Serialization failure, deadlock, lock not available, too many connections, idle for too long in
   * a transaction, idle for too long.
   */
  private static final Set<String> PASSING =
      Set.of("40001", "40P01", "55P03", "53300", "25P03", "57P05");

  private Transience() {}

  static boolean isTransient(Throwable failure) {
    @Nullable SQLException deepest = null;
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      if (cause instanceof SQLException sql) {
        deepest = sql;
      }
      cause = cause.getCause();
    }
    return deepest != null
        && (serverAway(deepest)
            || PASSING.contains(String.valueOf(deepest.getSQLState()))
            // The pool had no connection to give.
            || deepest instanceof SQLTransientConnectionException);
  }

  static boolean serverAway(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || SERVER_AWAY.contains(state);
  }
}
