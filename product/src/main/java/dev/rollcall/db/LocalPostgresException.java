package dev.rollcall.db;

import org.jspecify.annotations.Nullable;

/**
 * The local PostgreSQL can not be had. The message names what is in the way and always ends with
 * the way around it: a PostgreSQL of the user's own.
 */
public final class LocalPostgresException extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final String WAY_OUT =
      "To use a PostgreSQL of your own instead, set database.url (environment"
          + " ROLLCALL_DATABASE_URL).";

  LocalPostgresException(String message) {
    this(message, null);
  }

  LocalPostgresException(String message, @Nullable Throwable cause) {
    super(message.strip() + "\n" + WAY_OUT, cause);
  }
}
