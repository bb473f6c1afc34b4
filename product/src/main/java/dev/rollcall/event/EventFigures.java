package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much there is to do, counted no further than people read: beyond {@link #MOST} it is said
 * that there are more.
 */
public final class EventFigures {

  /** Counting stops here. */
  public static final int MOST = 100_000;

  private static final String PRIORITIES =
      "from unnest(array[0, 1, 2, 3]::smallint[]) p (priority) cross join lateral";

  private static final String STANDING =
      """
      select
        (select count(*) from (select 1 PRIORITIES (
            select 1 from event where instance = :instance and status = 'NEW'
              and priority = p.priority and due <= :now limit :most) e limit :most) w),
        (select count(*) from (select 1 PRIORITIES (
            select 1 from event where instance = :instance and status = 'NEW'
              and priority = p.priority and due > :now limit :most) e limit :most) d),
        (select count(*) from event where status = 'QUE' and instance = :instance),
        (select count(*) from (
            select 1 from event where status = 'NEW' and error is not null
              and instance = :instance limit :most) r),
        (select min(e.due) PRIORITIES (
            select due from event where instance = :instance and status = 'NEW'
              and priority = p.priority order by due limit 1) e)
      """
          .replace("PRIORITIES", PRIORITIES);

  private static final String NEXT =
      """
      select e.* from unnest(:instances::text[]) i (instance)
        cross join unnest(array[0, 1, 2, 3]::smallint[]) p (priority) cross join lateral (
          select COLUMNS from event where instance = i.instance and status = 'NEW'
            and priority = p.priority and due > :now order by due, id limit :limit) e
      order by e.due, e.id limit :limit
      """
          .replace("COLUMNS", EventRows.COLUMNS);

  private final JdbcClient jdbc;
  private final Clock clock;

  public EventFigures(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * How an instance stands.
   *
   * @param waiting due and not being worked
   * @param later due at a later time
   * @param working being worked
   * @param retrying of those that wait, how many failed before
   * @param lagSeconds for how long the one that waits longest has been due
   */
  public record Standing(long waiting, long later, long working, long retrying, long lagSeconds) {}

  /** How this instance stands. */
  public Standing standing(String instance) {
    Instant now = Instant.now(clock);
    return jdbc.sql(STANDING)
        .param("instance", instance)
        .param("now", utc(now))
        .param("most", MOST + 1)
        .query((row, number) -> {
          OffsetDateTime oldest = row.getObject(5, OffsetDateTime.class);
          long lag = oldest == null ? 0 : now.getEpochSecond() - oldest.toEpochSecond();
          return new Standing(
              row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), Math.max(0, lag));
        })
        .single();
  }

  /** What is due next, the soonest first; what is due already is not among it. */
  public List<SyncEvent> next(List<String> instances, int limit) {
    return jdbc.sql(NEXT)
        .param("instances", SqlArrays.texts(instances, name -> name))
        .param("now", utc(Instant.now(clock)))
        .param("limit", limit)
        .query(EventRows::read)
        .list();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
