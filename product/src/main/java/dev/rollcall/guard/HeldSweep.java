package dev.rollcall.guard;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes held changes that were done with before a moment, the oldest first; what waits or was
 * rejected stays. Not for several threads.
 */
public final class HeldSweep {

  private static final int PIECE = 5_000;

  private static final String SQL =
      """
      with judged as materialized (
        select id, closed_at as at, null::text as reason from held
        where closed_at < :before and (closed_at, id) > (:at, :id)
        order by closed_at, id
        limit :piece
      ), done as (
        delete from held h using judged j where :remove and h.id = j.id returning 1
      )
      """;

  private final AgedRows rows;

  /**
   * @param before what is not older stays
   * @param remove whether to remove, or only to say how many would be
   */
  public HeldSweep(JdbcClient jdbc, Instant before, boolean remove) {
    this.rows = new AgedRows(jdbc, SQL, before, remove, PIECE);
  }

  /** Does the next piece in the caller's transaction; empty when there is no more. */
  public Optional<Swept> next() {
    return rows.next().map(piece -> new Swept(piece.gone(), piece.kept()));
  }
}
