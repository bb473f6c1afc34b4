package dev.rollcall.db;

import org.jspecify.annotations.Nullable;

/** The database can not be used as it is: not reachable at start, too old, or not migrated. */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
