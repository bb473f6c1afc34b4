package dev.rollcall.connector.campusmessage;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Keeping;
import dev.rollcall.spi.Sweep;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets go of old messages, of all instances, in two steps: first of what they said as it came, then
 * of the row. Files that were loaded are one row each and stay.
 */
public final class CampusKeeping implements Keeping {

  private static final int PIECE = 5_000;

  private static final String EMPTY =
      """
      with judged as materialized (
        select id, arrived_at as at, null::text as reason from campus_message
        where raw is not null and arrived_at < :before and (arrived_at, id) > (:at, :id)
        order by arrived_at, id
        limit :piece
      ), done as (
        update campus_message m set raw = null from judged j where :remove and m.id = j.id
        returning 1
      )
      """;

  /**
   * A row goes when it says neither what is in force for its person nor whether a message came
   * before: one that comes again is told by its OrigTimeStamp, which is before that of the last
   * applied one, so it is older. Without an OrigTimeStamp only the row tells.
   */
  private static final String REMOVE =
      """
      with piece as materialized (
        select id, instance, emplid, transaction_id, orig_timestamp, arrived_at, last_repeat_at
        from campus_message
        where arrived_at < :before and (arrived_at, id) > (:at, :id)
        order by arrived_at, id
        limit :piece
      ), newest as materialized (
        select a.instance, a.emplid,
          (select max(n.id) from campus_message n
            where n.instance = a.instance and n.emplid = a.emplid) as id
        from (select distinct instance, emplid from piece) a
      ), judged as materialized (
        select m.id, m.arrived_at as at, case
            when m.id = w.id then 'newestOfPerson'
            when p.applied_timestamp is null or m.id = p.applied_message_id then 'inForce'
            when m.last_repeat_at >= :before then 'repeatedSince'
            when m.orig_timestamp is null and m.transaction_id is not null
              or m.orig_timestamp >= p.applied_timestamp then 'wouldBeNewAgain'
          end as reason
        from piece m join newest w using (instance, emplid)
          left join campus_person p using (instance, emplid)
      ), done as (
        delete from campus_message m using judged j
        where :remove and m.id = j.id and j.reason is null
        returning 1
      )
      """;

  private final JdbcClient jdbc;
  private final int piece;

  public CampusKeeping(JdbcClient jdbc) {
    this(jdbc, PIECE);
  }

  CampusKeeping(JdbcClient jdbc, int piece) {
    this.jdbc = jdbc;
    this.piece = piece;
  }

  @Override
  public List<Sweep> sweeps(Instant contentsBefore, Instant tracesBefore, boolean remove) {
    // A row never goes before its content.
    Instant rowsBefore = tracesBefore.isBefore(contentsBefore) ? tracesBefore : contentsBefore;
    return List.of(
        sweep("messages", EMPTY, contentsBefore, remove),
        sweep("messageRows", REMOVE, rowsBefore, remove));
  }

  private Sweep sweep(String kind, String sql, Instant before, boolean remove) {
    AgedRows rows = new AgedRows(jdbc, sql, before, remove, piece);
    return new Sweep(
        kind, before, () -> rows.next().map(done -> new Swept(done.gone(), done.kept())));
  }
}
