package dev.rollcall.event;

import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;

/** Rows of {@code request_line} as records. */
final class LineRows {

  private LineRows() {}

  static Lines.Shown shown(ResultSet row, int number) throws SQLException {
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new Lines.Shown(
        row.getLong("id"),
        row.getString("instance"),
        line(row),
        row.getInt("generation"),
        row.getLong("event"),
        LineStatus.valueOf(row.getString("status")),
        row.getString("text"),
        row.getString("account_id"),
        row.getObject("stored_at", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant());
  }

  static Line line(ResultSet row) throws SQLException {
    return new Line(
        new Line.Key(row.getString("batch"), row.getInt("line")),
        new SubjectKey(row.getString("source"), row.getString("subject")),
        row.getString("action"),
        row.getString("line_group"),
        row.getObject("created", LocalDateTime.class));
  }
}
