package dev.rollcall.guard;

import dev.rollcall.db.SqlArrays;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How many accounts were changed within the window, by all processes together. */
final class Counts {

  /** Longer than the window, so that a window that is made longer finds what it needs. */
  private static final Duration KEPT_LONGER = Duration.ofDays(7);

  private final JdbcClient jdbc;
  private final Clock clock;

  Counts(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * How many were changed within the window. Nobody else is told about these classes until the
   * caller's transaction ends.
   */
  Map<ChangeClass, Long> lock(String instance, Set<ChangeClass> classes, Duration window) {
    Map<ChangeClass, Long> counts = new EnumMap<>(ChangeClass.class);
    if (classes.isEmpty()) {
      return counts;
    }
    jdbc.sql("select class, changed from guarded_changes(:instance, :classes::text[], :since)")
        .param("instance", instance)
        // In one order for everybody, or two would wait for each other.
        .param("classes", SqlArrays.texts(classes.stream().sorted().toList(), ChangeClass::code))
        .param("since", at(Instant.now(clock).minus(window)))
        .query((row, number) ->
            counts.put(ChangeClass.ofCode(row.getString("class")), row.getLong("changed")))
        .list();
    return counts;
  }

  /** Adds to what was changed. Joins the caller's transaction. */
  void add(String instance, Map<ChangeClass, Long> changed, Duration window) {
    Instant now = Instant.now(clock);
    jdbc.sql(
            """
            with old as (
              delete from guard_change
              where instance = :instance and class = any(:classes::text[]) and at <= :before
            )
            insert into guard_change (instance, class, at, changed)
            select :instance, n.class, :now, n.changed
            from unnest(:classes::text[], :changed::integer[]) as n (class, changed)
            """)
        .param("instance", instance)
        .param("before", at(now.minus(window).minus(KEPT_LONGER)))
        .param("now", at(now))
        .param("classes", SqlArrays.texts(changed.keySet(), ChangeClass::code))
        .param("changed", SqlArrays.numbers(changed.values()))
        .update();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
