package dev.rollcall.event;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds where a time begins in a table whose ids ascend with time: by halves, so that the time
 * needs no index of its own.
 */
final class FirstId {

  private final JdbcClient jdbc;
  private final String lastUpTo;
  private final String nextFrom;

  /**
   * @param table with a numeric {@code id}
   * @param column when its rows were written
   */
  FirstId(JdbcClient jdbc, String table, String column) {
    this.jdbc = jdbc;
    String rows = "select id, " + column + " from " + table;
    this.lastUpTo = rows + " where id <= :id order by id desc limit 1";
    this.nextFrom = rows + " where id >= :id order by id limit 1";
  }

  private record Place(long id, Instant at) {}

  /** The id of about the first row written at or after this time; one past the last for none. */
  long at(Instant time) {
    long low = 0;
    long high = place(lastUpTo, Long.MAX_VALUE).stream().findFirst().map(Place::id).orElse(0L) + 1;
    while (low < high) {
      long middle = low + (high - low) / 2;
      List<Place> next = place(nextFrom, middle);
      if (next.isEmpty() || next.getFirst().id() >= high || !next.getFirst().at().isBefore(time)) {
        high = middle;
      } else {
        low = next.getFirst().id() + 1;
      }
    }
    return low;
  }

  private List<Place> place(String sql, long id) {
    return jdbc.sql(sql)
        .param("id", id)
        .query((row, number) ->
            new Place(row.getLong(1), row.getObject(2, OffsetDateTime.class).toInstant()))
        .list();
  }
}
