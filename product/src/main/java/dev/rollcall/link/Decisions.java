package dev.rollcall.link;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Decision;
import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What people decided about suspended events: rows of their own, the events that carry them out
 * only point at them. A row is never changed, but for its words when the person is erased.
 */
public final class Decisions {

  private static final String COLUMNS =
      "d.event, d.follow_up, d.instance, d.source, d.subject, d.account_id, d.decided_by,"
          + " d.decided_at, d.why";

  private final JdbcClient jdbc;

  public Decisions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Keeps a decision; joins the caller's transaction and waits for somebody who decides the same
   * event at the same time.
   *
   * @return false when somebody else has decided that event; then nothing was kept
   */
  public boolean keep(Decision decision) {
    return jdbc.sql(
                """
                insert into decision (event, follow_up, instance, source, subject, account_id,
                  decided_by, decided_at, why)
                values (:event, :followUp, :instance, :source, :subject, :account, :by, :at, :why)
                on conflict (event) do nothing
                """)
            .param("event", decision.event())
            .param("followUp", decision.followUp())
            .param("instance", decision.instance())
            .param("source", decision.subject().source())
            .param("subject", decision.subject().id())
            .param("account", decision.account())
            .param("by", decision.by())
            .param("at", decision.at().atOffset(ZoneOffset.UTC))
            .param("why", decision.why())
            .update()
        == 1;
  }

  /** What was decided about this suspended event. */
  public Optional<Decision> about(long event) {
    return jdbc.sql("select " + COLUMNS + " from decision d where d.event = :event")
        .param("event", event)
        .query((row, number) -> read(row))
        .optional();
  }

  /**
   * What these events carry out, by event: those that follow up a suspended one, and those that
   * follow up such an event, because it is tried again or was held and is released.
   */
  public Map<Long, Decision> carriedOutBy(Collection<Long> events) {
    Map<Long, Decision> carried = new HashMap<>();
    if (!events.isEmpty()) {
      jdbc.sql(
              """
              with recursive way as (
                select id as event, id as at, parent, cause from event where id = any(:events::bigint[])
                union all
                select w.event, e.id, e.parent, e.cause
                from way w join event e on e.id = w.parent
                where w.cause in ('RETRY', 'RESOLVED')
                  and not exists (select 1 from decision d where d.follow_up = w.at)
              )
              select w.event as carrier, %s
              from way w join decision d on d.follow_up = w.at
              """
                  .formatted(COLUMNS))
          .param("events", SqlArrays.numbers(events))
          .query((RowCallbackHandler) row -> carried.put(row.getLong("carrier"), read(row)));
    }
    return carried;
  }

  /** Empties the words of the decisions about this subject; who decided what, and when, stays. */
  public void eraseWords(SubjectKey subject) {
    jdbc.sql("update decision set why = 'erased' where subject = :subject and source = :source")
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
  }

  private static Decision read(ResultSet row) throws SQLException {
    return new Decision(
        row.getLong("event"),
        row.getLong("follow_up"),
        row.getString("instance"),
        new SubjectKey(row.getString("source"), row.getString("subject")),
        row.getString("account_id"),
        row.getString("decided_by"),
        row.getObject("decided_at", OffsetDateTime.class).toInstant(),
        row.getString("why"));
  }
}
