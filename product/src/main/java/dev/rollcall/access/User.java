package dev.rollcall.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may sign in.
 *
 * @param name in small letters
 * @param nationalIds whether national ids may be seen
 * @param mustChange whether the password has to be changed before anything else
 * @param epoch counts what ended all sessions
 * @param lastSignIn null for somebody who never was here
 */
public record User(
    String name,
    Role role,
    boolean nationalIds,
    boolean disabled,
    boolean mustChange,
    int epoch,
    Instant created,
    @Nullable Instant lastSignIn) {

  static final String COLUMNS =
      "u.name, u.role, u.national_ids, u.disabled, u.must_change, u.epoch, u.created,"
          + " u.last_sign_in";

  static User read(ResultSet row, int number) throws SQLException {
    OffsetDateTime lastSignIn = row.getObject("last_sign_in", OffsetDateTime.class);
    return new User(
        row.getString("name"),
        Role.ofCode(row.getString("role")),
        row.getBoolean("national_ids"),
        row.getBoolean("disabled"),
        row.getBoolean("must_change"),
        row.getInt("epoch"),
        row.getObject("created", OffsetDateTime.class).toInstant(),
        lastSignIn == null ? null : lastSignIn.toInstant());
  }
}
