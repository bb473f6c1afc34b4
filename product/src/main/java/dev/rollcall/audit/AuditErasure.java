package dev.rollcall.audit;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.SubjectKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Empties the audit of what it says about one person. The rows stand, with who did what and how it
 * ended; a tombstone says who erased the rest, when and why.
 */
public final class AuditErasure {

  private final JdbcClient jdbc;
  private final Clock clock;

  public AuditErasure(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Erases; joins the caller's transaction.
   *
   * @param accounts of the subject, of which entries about others can tell
   * @return how many entries were emptied
   */
  public long erase(SubjectKey subject, Collection<String> accounts, String by, String why) {
    return jdbc.sql("select erase_from_audit(:source, :subject, :accounts, :by, :why, :now)")
        .param("source", subject.source())
        .param("subject", subject.id())
        .param("accounts", SqlArrays.texts(accounts, id -> id))
        .param("by", by)
        .param("why", why)
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .query(Long.class)
        .single();
  }

  /** The sources in which the audit knows somebody with this id. */
  public List<String> sources(String subject) {
    return jdbc.sql(
            "select distinct source from audit where subject = :subject and source is not null"
                + " order by source")
        .param("subject", subject)
        .query((row, number) -> row.getString("source"))
        .list();
  }
}
