package dev.rollcall.connector.campusmessage;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Erasing;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Empties the messages about a person. Their rows stay: they tell a repeat and what is older. */
public final class CampusErasing implements Erasing {

  private final JdbcClient jdbc;
  private final String instance;
  private final String source;

  /**
   * @param instance whose messages these are
   * @param source the name of the system of record in the subjects' keys
   */
  public CampusErasing(JdbcClient jdbc, String instance, String source) {
    this.jdbc = jdbc;
    this.instance = instance;
    this.source = source;
  }

  @Override
  public long erase(SubjectKey subject) {
    return subject.source().equals(source)
        ? jdbc.sql(
                "update campus_message set raw = null"
                    + " where instance = :instance and emplid = :emplid and raw is not null")
            .param("instance", instance)
            .param("emplid", subject.id())
            .update()
        : 0;
  }
}
