package dev.rollcall.event;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goes over the events that ended before a moment and removes them, but for those that still say
 * something: the last COMP of a subject, what ended badly or as a preview without anything that
 * ended well after it, and what a link or one of its values came from. In the order in which they
 * ended, so that what makes an event removable is still there when it is looked at. Not for several
 * threads.
 */
public final class EventSweep {

  private static final int PIECE = 5_000;

  /**
   * A subject's events are looked at once for each piece, not once for each of them: a subject with
   * very many would take for ever. What was skipped without being worked (a message that came too
   * late) resolves nothing, nor does a preview; what a person rejected is resolved.
   */
  private static final String SQL =
      """
      with piece as materialized (
        select id, instance, source, subject, status, reason, finished_at
        from event
        where finished_at < :before and (finished_at, id) > (:at, :id)
        order by finished_at, id
        limit :piece
      ), about as materialized (
        select instance, source, subject, bool_or(status = 'COMP') as well,
          bool_or(BADLY) as badly
        from piece group by instance, source, subject
      ), known as materialized (
        select a.instance, a.source, a.subject,
          (select n.id from event n
            where a.well and n.subject = a.subject and n.instance = a.instance
              and n.source = a.source and n.status = 'COMP'
            order by n.finished_at desc, n.id desc limit 1) as last_completed,
          (select row (n.finished_at, n.id) from event n
            where a.badly and n.subject = a.subject and n.instance = a.instance
              and n.source = a.source and WELL
            order by n.finished_at desc, n.id desc limit 1) as last_well,
          array(
            select l.event from link l where l.subject = a.subject and l.source = a.source
            union all
            select (o.value ->> 'event')::bigint from link l, jsonb_each(l.origins) o
            where l.subject = a.subject and l.source = a.source) as named
        from about a
      ), judged as materialized (
        select p.id, p.finished_at as at, case
            when p.id = k.last_completed then 'lastCompleted'
            when p.id = any(k.named) then 'origin'
            when P_BADLY
              and coalesce(k.last_well <= row (p.finished_at, p.id), true)
              and not exists (select 1 from event n where n.parent = p.id
                  and (WELL or n.cause = 'RESOLVED' and n.status = 'SKIP'))
              then case p.status when 'ERR' then 'errorWithoutSuccessor'
                when 'SUSP' then 'unresolved' else 'preview' end
          end as reason
        from piece p join known k using (instance, source, subject)
      ), done as (
        delete from event e using judged j
        where :remove and e.id = j.id and j.reason is null
        returning 1
      )
      """
          .replace(
              "WELL",
              "(n.status = 'COMP'"
                  + " or n.status = 'SKIP' and n.attempt > 0 and n.reason is distinct from 'preview')")
          .replace(
              "P_BADLY",
              "(p.status in ('ERR', 'SUSP') or p.status = 'SKIP' and p.reason = 'preview')")
          .replace(
              "BADLY", "(status in ('ERR', 'SUSP') or status = 'SKIP' and reason = 'preview')");

  private final AgedRows rows;

  /**
   * @param before what ended then or later is left alone
   * @param remove whether to remove, or only to say what would be
   */
  public EventSweep(JdbcClient jdbc, Instant before, boolean remove) {
    this(jdbc, before, remove, PIECE);
  }

  EventSweep(JdbcClient jdbc, Instant before, boolean remove, int piece) {
    this.rows = new AgedRows(jdbc, SQL, before, remove, piece);
  }

  /** Does the next piece in the caller's transaction; empty when there is no more. */
  public Optional<Swept> next() {
    return rows.next().map(piece -> new Swept(piece.gone(), piece.kept()));
  }
}
