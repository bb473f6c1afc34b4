package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;

/**
 * Answers what the messages taken in so far say about people. Safe for use by many threads; sees
 * what the calling thread's transaction sees.
 */
public final class CampusSource implements Source {
  // A row without a standing only keeps a place: nothing was told about that person.
  private static final String FETCH =
      """
      select p.emplid, p.standing, p.facts, coalesce(m.message_name, l.message_name) as message_name
      from campus_person p
        left join campus_message m on m.id = p.applied_message_id
        left join campus_load l on l.id = p.applied_message_id
      where p.instance = :instance and p.emplid = any(:emplids) and p.standing is not null
      """;

  private static final String KNOWN =
      """
      select emplid from campus_person
      where instance = :instance and standing is not null and emplid > :after
      order by emplid limit :limit
      """;

  private final JdbcClient jdbc;
  private final String instance;
  private final String source;

  /**
   * @param instance whose messages are asked
   * @param source the name of the system of record in the subjects' keys
   */
  public CampusSource(JdbcClient jdbc, String instance, String source) {
    this.jdbc = jdbc;
    this.instance = instance;
    this.source = source;
  }

  @Override
  public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    String[] emplids =
        subjects.stream()
            .filter(subject -> subject.source().equals(source))
            .map(SubjectKey::id)
            .distinct()
            .toArray(String[]::new);
    try {
      return jdbc
          .sql(FETCH)
          .param("instance", instance)
          .param("emplids", emplids)
          .query((row, _) -> facts(row))
          .list()
          .stream()
          .collect(Collectors.toMap(Facts::subject, Function.identity()));
    } catch (DataAccessException e) {
      throw new ConnectorException(
          ErrorKind.UNAVAILABLE, "the stored facts of " + source + " cannot be read now", e);
    } catch (JacksonException | IllegalStateException e) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE, "the stored facts of " + source + " are not understood", e);
    }
  }

  @Override
  public List<SubjectKey> known(@Nullable String after, int limit) {
    try {
      return jdbc.sql(KNOWN)
          .param("instance", instance)
          .param("after", after == null ? "" : after)
          .param("limit", limit)
          .query((row, _) -> new SubjectKey(source, row.getString("emplid")))
          .list();
    } catch (DataAccessException e) {
      throw new ConnectorException(
          ErrorKind.UNAVAILABLE, "the people of " + source + " cannot be read now", e);
    }
  }

  /** The name under which the rows of this record are kept, whatever message told them. */
  public static String recordName(String record) {
    return RecordLayout.canonical(record);
  }

  /** Whether one of these names, with or without version 1, means this message. */
  public static boolean isMessage(List<String> names, String message) {
    return MessageName.configured(names, message).isPresent();
  }

  private Facts facts(ResultSet row) throws SQLException {
    return new Facts(
        new SubjectKey(source, row.getString("emplid")),
        Facts.Standing.valueOf(row.getString("standing")),
        FactsJson.read(row.getString("facts")),
        row.getString("message_name"));
  }
}
