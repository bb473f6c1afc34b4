package dev.rollcall.event;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes sessions that ended before a moment, with their requests and whom they were about, the
 * oldest first. Not for several threads.
 */
public final class SessionSweep {

  /** Each may be about thousands of people. */
  private static final int PIECE = 20;

  private static final String SQL =
      """
      with judged as materialized (
        select s.id, s.ended_at as at, null::text as reason
        from session s
        where s.ended_at < :before and (s.ended_at, s.id) > (:at, :id)
        order by s.ended_at, s.id
        limit :piece
      ), done as (
        delete from session s using judged j
        where :remove and s.id = j.id and j.reason is null returning 1
      )
      """;

  private final AgedRows rows;

  /**
   * Begins with the oldest.
   *
   * @param before what is not older stays
   * @param remove whether to remove, or only to say how many would be
   */
  public SessionSweep(JdbcClient jdbc, Instant before, boolean remove) {
    this.rows = new AgedRows(jdbc, SQL, before, remove, PIECE);
  }

  /** Does the next piece in the caller's transaction; empty when there is no more. */
  public Optional<Swept> next() {
    return rows.next().map(piece -> new Swept(piece.gone(), piece.kept()));
  }
}
