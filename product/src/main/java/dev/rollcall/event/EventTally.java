package dev.rollcall.event;

import dev.rollcall.db.Database;
import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.EventStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What was finished in each minute, kept beside the events: charts look at a whole day. */
public final class EventTally {

  /** What finished so long ago may still be committed, or bear the time of a clock that is slow. */
  private static final Duration LATE = Duration.ofMinutes(2);

  private static final Duration KEPT = Duration.ofDays(8);
  private static final Duration DAY = Duration.ofDays(1);

  private static final String COUNT =
      """
      insert into event_tally as t (minute, instance, status, events, longest_wait)
      select date_trunc('minute', finished_at, 'UTC'), instance, status, count(*),
        greatest(0, extract(epoch from max(finished_at - due)))::bigint
      from event
      where finished_at >= :from and finished_at < :to
      group by 1, 2, 3
      on conflict (minute, instance, status) do update
        set events = excluded.events, longest_wait = excluded.longest_wait
        where t.events <> excluded.events or t.longest_wait <> excluded.longest_wait
      """;

  private final Database database;
  private final Clock clock;

  public EventTally(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Counts what was finished since the last time, and the minutes before it again. May be done by
   * several at once: all of them count the same.
   *
   * @return up to when it has counted
   */
  public Instant count() {
    Instant now = Instant.now(clock);
    return database.inTransaction(() -> {
      Instant from =
          until()
              .filter(last -> last.isAfter(now.minus(DAY)) && !last.isAfter(now))
              .map(last -> last.minus(LATE))
              .orElse(now.minus(DAY))
              .truncatedTo(ChronoUnit.MINUTES);
      database.jdbc().sql(COUNT).param("from", utc(from)).param("to", utc(now.plus(LATE))).update();
      database
          .jdbc()
          .sql("delete from event_tally where minute < :before")
          .param("before", utc(now.minus(KEPT)))
          .update();
      database
          .jdbc()
          .sql(
              "insert into event_tally_until (until) values (:now)"
                  + " on conflict (only_row) do update set until = excluded.until")
          .param("now", utc(now))
          .update();
      return now;
    });
  }

  /** Up to when it was counted last; empty before the first time. */
  public Optional<Instant> until() {
    return database
        .jdbc()
        .sql("select until from event_tally_until")
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .optional();
  }

  /**
   * What was finished in a stretch of time.
   *
   * @param place 0 for the first stretch
   * @param longestWaitSeconds from when an event was due until it was finished
   */
  public record Count(int place, EventStatus status, long events, long longestWaitSeconds) {}

  /**
   * What was finished in stretches of the same length; those without anything are missing.
   *
   * @param from the beginning of the first, at a whole minute
   * @param stretch whole minutes
   * @param places how many
   */
  public List<Count> counts(Instant from, Duration stretch, int places) {
    return database
        .jdbc()
        .sql(
            """
            select floor(extract(epoch from minute - :from) / :seconds)::int as place, status,
              sum(events)::bigint, max(longest_wait)
            from event_tally
            where minute >= :from and minute < :to
            group by 1, 2 order by 1, 2
            """)
        .param("from", utc(from))
        .param("to", utc(from.plus(stretch.multipliedBy(places))))
        .param("seconds", stretch.toSeconds())
        .query((row, number) ->
            new Count(
                row.getInt(1),
                EventStatus.ofCode(row.getString(2)),
                row.getLong(3),
                row.getLong(4)))
        .list();
  }

  /**
   * How many events of these instances were worked to an end, as far as it was counted.
   *
   * @param since a whole minute before this is not counted
   */
  public long worked(Collection<String> instances, Instant since) {
    return database
        .jdbc()
        .sql(
            """
            select coalesce(sum(events), 0)::bigint from event_tally
            where minute >= :since and instance = any(:instances::text[]) and status <> 'CANC'
            """)
        .param("since", utc(since))
        .param("instances", SqlArrays.texts(instances, name -> name))
        .query(Long.class)
        .single();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
