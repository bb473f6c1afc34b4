package dev.rollcall.event;

import dev.rollcall.model.Cause;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** How a row of the event table is read. */
final class EventRows {

  static final String COLUMNS =
      "id, instance, source, subject, cause, priority, status, attempt, due, parent, appended_at,"
          + " finished_at, reason, error";

  private EventRows() {}

  static SyncEvent read(ResultSet row, int number) throws SQLException {
    String error = row.getString("error");
    return new SyncEvent(
        row.getLong("id"),
        row.getString("instance"),
        new SubjectKey(row.getString("source"), row.getString("subject")),
        Cause.valueOf(row.getString("cause")),
        Priority.ofRank(row.getInt("priority")),
        EventStatus.ofCode(row.getString("status")),
        row.getInt("attempt"),
        row.getObject("due", OffsetDateTime.class).toInstant(),
        row.getObject("parent", Long.class),
        row.getObject("appended_at", OffsetDateTime.class).toInstant(),
        instant(row, "finished_at"),
        row.getString("reason"),
        error == null ? null : ErrorKind.valueOf(error));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
