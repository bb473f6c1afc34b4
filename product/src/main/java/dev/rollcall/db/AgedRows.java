package dev.rollcall.db;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Goes over the rows of a table from before a moment, in the order of their time and id, a piece at
 * a time. Each piece begins where the last one ended: what stays is not looked at twice, and what
 * was removed, which an index holds for a while, is not passed again. Not for several threads.
 */
public final class AgedRows {

  private static final String COUNT =
      """

      select j.reason, case when :remove and j.reason is null
          then (select count(*) from done) else count(*) end as number,
        max(j.at) as at, (array_agg(j.id order by j.at desc, j.id desc))[1] as id
      from judged j
      group by j.reason
      """;

  private final JdbcClient jdbc;
  private final String sql;
  private final Instant before;
  private final boolean remove;
  private final int piece;
  private OffsetDateTime at = OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
  private long id;

  /**
   * @param sql a {@code with} whose {@code judged (id, at, reason)} are the next {@code :piece}
   *     rows with {@code at < :before and (at, id) > (:at, :id)}, with the reason why each stays,
   *     null for what may go; and whose {@code done} has a row for each that went, none unless
   *     {@code :remove}
   */
  public AgedRows(JdbcClient jdbc, String sql, Instant before, boolean remove, int piece) {
    this.jdbc = jdbc;
    this.sql = sql + COUNT;
    this.before = before;
    this.remove = remove;
    this.piece = piece;
  }

  /**
   * What became of a piece.
   *
   * @param gone how many went, or would go
   * @param kept how many stay, by the reason
   */
  public record Piece(long gone, Map<String, Long> kept) {
    public Piece {
      kept = Map.copyOf(kept);
    }
  }

  private record Judged(@Nullable String reason, long number, OffsetDateTime at, long id) {}

  /** Does the next piece in the caller's transaction; empty when there is no more. */
  public Optional<Piece> next() {
    List<Judged> judged =
        jdbc.sql(sql)
            .param("before", before.atOffset(ZoneOffset.UTC))
            .param("at", at)
            .param("id", id)
            .param("piece", piece)
            .param("remove", remove)
            .query((row, number) ->
                new Judged(
                    row.getString("reason"),
                    row.getLong("number"),
                    row.getObject("at", OffsetDateTime.class),
                    row.getLong("id")))
            .list();
    if (judged.isEmpty()) {
      return Optional.empty();
    }
    long gone = 0;
    Map<String, Long> kept = new HashMap<>();
    for (Judged some : judged) {
      if (some.reason() == null) {
        gone = some.number();
      } else {
        kept.put(some.reason(), some.number());
      }
      advance(some);
    }
    return Optional.of(new Piece(gone, kept));
  }

  private void advance(Judged reached) {
    if (reached.at().isAfter(at)) {
      at = reached.at();
      id = reached.id();
    } else if (reached.at().isEqual(at)) {
      id = Math.max(id, reached.id());
    }
  }
}
