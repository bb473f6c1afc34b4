package dev.rollcall.db;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What went wrong, as the log may say it. What an exception says by itself may quote a person's
 * row, a message or a password: PostgreSQL repeats the values it refuses, parsers what they do not
 * understand. So only its kind is told, and of the database the code and the names of what refused.
 */
public final class FaultText {

  private static final int DEEPEST = 8;

  private FaultText() {}

  /** A failure with what caused it, in one line. */
  public static String of(Throwable failure) {
    List<String> chain = new ArrayList<>();
    Throwable one = failure;
    while (one != null && chain.size() < DEEPEST) {
      chain.add(kind(one));
      one = one.getCause();
    }
    return String.join(" caused by ", chain);
  }

  /** One failure alone, without its cause. */
  public static String kind(Throwable failure) {
    String name = failure.getClass().getName();
    String shorter = name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    return failure instanceof SQLException refused ? shorter + database(refused) : shorter;
  }

  private static String database(SQLException refused) {
    List<String> parts = new ArrayList<>();
    add(parts, "SQLState", refused.getSQLState());
    ServerErrorMessage server =
        refused instanceof PSQLException said ? said.getServerErrorMessage() : null;
    if (server != null) {
      add(parts, "table", server.getTable());
      add(parts, "column", server.getColumn());
      add(parts, "constraint", server.getConstraint());
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private static void add(List<String> parts, String what, @Nullable String name) {
    if (name != null) {
      parts.add(what + " " + name);
    }
  }
}
