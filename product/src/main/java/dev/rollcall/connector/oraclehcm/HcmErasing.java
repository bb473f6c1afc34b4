package dev.rollcall.connector.oraclehcm;

import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Erasing;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets whose rows could not be used. What the stage keeps of a person is what is in force, and
 * nothing of how it came.
 */
public final class HcmErasing implements Erasing {

  private final JdbcClient jdbc;
  private final String source;

  /**
   * @param source the name of the system of record in the subjects' keys
   */
  public HcmErasing(JdbcClient jdbc, String source) {
    this.jdbc = jdbc;
    this.source = source;
  }

  @Override
  public long erase(SubjectKey subject) {
    return subject.source().equals(source)
        ? jdbc.sql(
                "update hcm_quarantine q set person_id = null, what = gen_random_uuid()::text"
                    + " from hcm_run r where r.id = q.run and r.source = :source"
                    + " and q.person_id = :person")
            .param("source", source)
            .param("person", subject.id())
            .update()
        : 0;
  }
}
