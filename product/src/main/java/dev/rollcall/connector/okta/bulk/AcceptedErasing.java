package dev.rollcall.connector.okta.bulk;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Erasing;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Empties the profile of a deleted account. That of an account that is there is in force and stays:
 * without it the next change could not be told from what Okta has.
 */
public final class AcceptedErasing implements Erasing {

  private final JdbcClient jdbc;
  private final String identitySource;
  private final String source;

  /**
   * @param identitySource as {@link IdentitySourceSettings#name} says it
   * @param source the name of the system of record in the subjects' keys, whose ids are the
   *     external ids
   */
  public AcceptedErasing(JdbcClient jdbc, String identitySource, String source) {
    this.jdbc = jdbc;
    this.identitySource = identitySource;
    this.source = source;
  }

  @Override
  public long erase(SubjectKey subject) {
    return subject.source().equals(source)
        ? jdbc.sql(
                "update okta_profile set profile = '{}', login = null where source = :source"
                    + " and external_id = :id and deleted and profile <> '{}'::jsonb")
            .param("source", identitySource)
            .param("id", subject.id())
            .update()
        : 0;
  }
}
