package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Originals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages of an instance as they came. */
public final class CampusOriginals implements Originals {

  private final JdbcClient jdbc;
  private final String instance;
  private final String source;

  /**
   * @param instance whose messages are shown
   * @param source the name of the system of record in the subjects' keys
   */
  public CampusOriginals(JdbcClient jdbc, String instance, String source) {
    this.jdbc = jdbc;
    this.instance = instance;
    this.source = source;
  }

  @Override
  public Optional<Original> last(SubjectKey subject, Instant until) {
    if (!subject.source().equals(source)) {
      return Optional.empty();
    }
    return jdbc.sql(
            """
            select id, message_name, root_action, arrived_at, orig_timestamp, transaction_id, state,
              repeats, raw is not null as kept
            from campus_message
            where instance = :instance and emplid = :emplid and arrived_at <= :until
            order by arrived_at desc, id desc limit 1
            """)
        .param("instance", instance)
        .param("emplid", subject.id())
        .param("until", until.atOffset(ZoneOffset.UTC))
        .query(CampusOriginals::original)
        .optional();
  }

  @Override
  public Optional<Text> text(SubjectKey subject, long id, boolean nationalIds) {
    if (!subject.source().equals(source)) {
      return Optional.empty();
    }
    return jdbc.sql(
            "select raw from campus_message where id = :id and instance = :instance"
                + " and emplid = :emplid and raw is not null")
        .param("id", id)
        .param("instance", instance)
        .param("emplid", subject.id())
        .query((row, number) -> row.getBytes(1))
        .optional()
        .map(raw -> new MaskedXml(nationalIds).read(raw));
  }

  private static Original original(ResultSet row, int number) throws SQLException {
    OffsetDateTime sent = row.getObject("orig_timestamp", OffsetDateTime.class);
    return new Original(
        row.getLong("id"),
        row.getString("message_name"),
        row.getString("root_action"),
        row.getObject("arrived_at", OffsetDateTime.class).toInstant(),
        sent == null ? null : sent.toInstant(),
        row.getString("transaction_id"),
        row.getString("state").equals("APPLIED"),
        row.getInt("repeats"),
        row.getBoolean("kept"));
  }
}
