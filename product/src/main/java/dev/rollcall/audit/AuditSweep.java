package dev.rollcall.audit;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Removes the audit entries from before a moment, the oldest first. Not for several threads. */
public final class AuditSweep {

  private static final int PIECE = 5_000;

  private static final String SQL =
      """
      with judged as materialized (
        select id, at, null::text as reason from audit
        where at < :before and (at, id) > (:at, :id)
        order by at, id
        limit :piece
      ), done as (
        delete from audit a using judged j where :remove and a.id = j.id returning 1
      )
      """;

  private final AgedRows rows;

  /**
   * @param before what is not older stays
   * @param remove whether to remove, or only to say how many would be
   */
  public AuditSweep(JdbcClient jdbc, Instant before, boolean remove) {
    this.rows = new AgedRows(jdbc, SQL, before, remove, PIECE);
  }

  /** Does the next piece in the caller's transaction; empty when there is no more. */
  public Optional<Swept> next() {
    return rows.next().map(piece -> new Swept(piece.gone(), piece.kept()));
  }
}
