package dev.rollcall.connector.okta.bulk;

import dev.rollcall.db.AgedRows;
import dev.rollcall.model.Swept;
import dev.rollcall.spi.Keeping;
import dev.rollcall.spi.Sweep;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets go of the profiles of accounts that were deleted long ago, of all identity sources. That
 * they were is kept: it tells a person who comes back from a new one.
 */
public final class AcceptedKeeping implements Keeping {

  private static final int PIECE = 5_000;

  private static final String EMPTY =
      """
      with judged as materialized (
        select id, accepted_at as at, null::text as reason from okta_profile
        where deleted and profile <> '{}'::jsonb
          and accepted_at < :before and (accepted_at, id) > (:at, :id)
        order by accepted_at, id
        limit :piece
      ), done as (
        update okta_profile p set profile = '{}', login = null
        from judged j where :remove and p.id = j.id
        returning 1
      )
      """;

  private final JdbcClient jdbc;
  private final int piece;

  public AcceptedKeeping(JdbcClient jdbc) {
    this(jdbc, PIECE);
  }

  AcceptedKeeping(JdbcClient jdbc, int piece) {
    this.jdbc = jdbc;
    this.piece = piece;
  }

  @Override
  public List<Sweep> sweeps(Instant contentsBefore, Instant tracesBefore, boolean remove) {
    AgedRows rows = new AgedRows(jdbc, EMPTY, contentsBefore, remove, piece);
    return List.of(
        new Sweep(
            "deletedProfiles",
            contentsBefore,
            () -> rows.next().map(done -> new Swept(done.gone(), done.kept()))));
  }
}
