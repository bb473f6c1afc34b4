package dev.rollcall.sync.budget;

import dev.rollcall.event.EventLookup;
import dev.rollcall.event.EventTally;
import dev.rollcall.model.Priority;
import dev.rollcall.sync.budget.BudgetStanding.Forecast;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the budgets stand; changes nothing. */
public final class Budgets {

  private static final Duration LEARNED_FROM = Duration.ofHours(1);

  private static final String ROWS =
      """
      select b.*, clock_timestamp() as asked_at,
        (select coalesce(sum(w.used), 0) from call_window w
          where w.target = b.target and w.bucket = b.bucket and w.opened_at >= :since) as spent
      from call_budget b order by b.target, b.bucket
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Pace pace;
  private final EventLookup lookup;
  private final EventTally tally;
  private final Map<String, List<String>> instances;

  /**
   * @param pace the one of the budgets
   * @param instances their names, by the name of the target they call
   */
  public Budgets(
      JdbcClient jdbc,
      Clock clock,
      Pace pace,
      EventLookup lookup,
      EventTally tally,
      Map<String, List<String>> instances) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.pace = pace;
    this.lookup = lookup;
    this.tally = tally;
    this.instances = Map.copyOf(instances);
  }

  /** Every bucket that was ever called, by target and name. */
  public List<BudgetStanding> standing() {
    Instant since = clock.instant().minus(LEARNED_FROM);
    Map<String, Demand> demands = new HashMap<>();
    return jdbc
        .sql(ROWS)
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query((row, number) -> read(row))
        .list()
        .stream()
        .map(row ->
            standing(row, demands.computeIfAbsent(row.target(), target -> demand(target, since))))
        .toList();
  }

  /**
   * What the instances that call a target want of it: the same for each of its buckets.
   *
   * @param finished events in the time that is learned from
   */
  private record Demand(Map<Priority, Long> waiting, long finished) {}

  private Demand demand(String target, Instant since) {
    List<String> calling = calling(target);
    return new Demand(lookup.waiting(calling), tally.worked(calling, since));
  }

  /** Windows that are over and began at this time or later, the oldest first. */
  public List<SpentWindow> windows(Instant since) {
    return jdbc.sql(
            "select target, bucket, opened_at, permitted, used, refused from call_window"
                + " where opened_at >= :since order by opened_at, target, bucket")
        .param("since", since.atOffset(ZoneOffset.UTC))
        .query((row, number) ->
            new SpentWindow(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6)))
        .list();
  }

  private record Row(
      String target, String bucket, Bucket known, Terms terms, Instant now, long spent) {}

  private Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString("target"),
        row.getString("bucket"),
        BudgetTable.bucket(row),
        BudgetTable.terms(row),
        pace.now().orElse(BudgetTable.instant(row, "asked_at")),
        row.getLong("spent"));
  }

  private BudgetStanding standing(Row row, Demand demand) {
    Bucket known = row.known();
    Window open =
        known.window() == null || known.window().isOver(row.now()) ? null : known.window();
    int permitted =
        open == null
            ? known.permitted(row.terms(), row.now())
            : known.permittedIn(open, row.terms());
    Map<Priority, Long> waiting = demand.waiting();
    Double callsPerEvent = callsPerEvent(row, open, demand.finished());
    Instant stopped = known.stoppedUntil();
    Instant from = stopped != null && stopped.isAfter(row.now()) ? stopped : row.now();
    List<Forecast> forecast = new ArrayList<>();
    long all = 0;
    for (Priority priority : Priority.values()) {
      long count = waiting.getOrDefault(priority, 0L);
      if (count > 0) {
        all += count;
        Instant eta =
            eta(shown(from, row.now()), all, callsPerEvent, known.permitted(row.terms(), from));
        forecast.add(new Forecast(priority.name(), count, eta));
      }
    }
    return new BudgetStanding(
        row.target(),
        row.bucket(),
        known.cap(),
        open == null || open.remaining() == null ? known.cap() : open.remaining(),
        row.terms().reserve(),
        open == null ? null : shown(open.ends(), row.now()),
        all,
        forecast.isEmpty() ? null : forecast.getLast().eta(),
        row.terms().orgLimit(),
        permitted,
        open == null ? 0 : open.used(),
        known.lowering().at(row.now()),
        stopped != null && stopped.isAfter(row.now()) ? shown(stopped, row.now()) : null,
        open == null ? 0 : open.refused(),
        callsPerEvent,
        forecast);
  }

  private List<String> calling(String target) {
    return Objects.requireNonNullElse(instances.get(target), List.of());
  }

  /** Calls of the last hour by what was finished in it. */
  private static @Nullable Double callsPerEvent(Row row, @Nullable Window open, long finished) {
    long calls = row.spent() + (open == null ? 0 : open.used());
    return finished == 0 ? null : (double) calls / finished;
  }

  private static @Nullable Instant eta(
      Instant from, long events, @Nullable Double callsPerEvent, int permittedAMinute) {
    if (callsPerEvent == null) {
      return null;
    }
    double minutes = events * callsPerEvent / permittedAMinute;
    return from.plusSeconds(Math.round(minutes * Window.LENGTH.toSeconds()));
  }

  private Instant shown(Instant then, Instant now) {
    return clock.instant().plus(Duration.between(now, then));
  }
}
