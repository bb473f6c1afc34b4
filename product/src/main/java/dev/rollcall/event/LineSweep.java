package dev.rollcall.event;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes lines of requests that were finished before a moment, the oldest first; one that ended as
 * an error and was not taken up again stays. Not for several threads.
 */
public final class LineSweep {

  private static final int PIECE = 5_000;

  private static final String SQL =
      """
      with judged as materialized (
        select l.id, l.finished_at as at,
          case when l.status = 'ERR' and not exists (
              select 1 from request_line n
              where n.instance = l.instance and n.batch = l.batch and n.line = l.line
                and n.generation > l.generation)
            then 'unsolved' end as reason
        from request_line l
        where l.finished_at < :before and (l.finished_at, l.id) > (:at, :id)
        order by l.finished_at, l.id
        limit :piece
      ), done as (
        delete from request_line l using judged j
        where :remove and l.id = j.id and j.reason is null returning 1
      )
      """;

  private final AgedRows rows;

  /**
   * @param before what is not older stays
   * @param remove whether to remove, or only to say how many would be
   */
  public LineSweep(JdbcClient jdbc, Instant before, boolean remove) {
    this.rows = new AgedRows(jdbc, SQL, before, remove, PIECE);
  }

  /** Does the next piece in the caller's transaction; empty when there is no more. */
  public Optional<Swept> next() {
    return rows.next().map(piece -> new Swept(piece.gone(), piece.kept()));
  }
}
