package dev.rollcall.connector.oraclehcm;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Keeping;
import dev.rollcall.spi.Sweep;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets go of old runs, of all sources, with the rows that could not be used in them. The last
 * complete one of each kind says how many people there were, and stays; so do the people.
 */
public final class HcmKeeping implements Keeping {

  private static final int PIECE = 1_000;

  private static final String REMOVE =
      """
      with judged as materialized (
        select r.id, r.ended as at, case when r.id in (
              select max(l.id) from hcm_run l
              where l.source = r.source and l.kind = r.kind and l.state = 'COMPLETE'
              group by l.scope)
            then 'lastComplete' end as reason
        from hcm_run r
        where r.ended < :before and (r.ended, r.id) > (:at, :id)
        order by r.ended, r.id
        limit :piece
      ), done as (
        delete from hcm_run r using judged j
        where :remove and r.id = j.id and j.reason is null
        returning 1
      )
      """;

  private final JdbcClient jdbc;

  public HcmKeeping(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public List<Sweep> sweeps(Instant contentsBefore, Instant tracesBefore, boolean remove) {
    AgedRows rows = new AgedRows(jdbc, REMOVE, contentsBefore, remove, PIECE);
    return List.of(
        new Sweep(
            "hcmRuns",
            contentsBefore,
            () -> rows.next().map(done -> new Swept(done.gone(), done.kept()))));
  }
}
