package dev.rollcall.schedule;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.schedule.JobState.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The schedule table. Turns are taken with a lease on PostgreSQL's clock: a lock held by a
 * connection would be kept by a process that is stopped.
 */
public final class Schedule {

  private static final int LONGEST_SAID = 4_000;

  /** How often in a row a turn is taken over from a process that was lost. */
  private static final int MOST_TAKEOVERS = 2;

  private static final String TAKE =
      """
      update schedule set token = :token, node = :node, due = :next, began_at = :now,
        lease_until = clock_timestamp() + :lease::interval,
        takeovers = case when token is null or due <= :now then 0 else takeovers + 1 end
      where job = :job
        and case when token is null then due <= :now
          else lease_until < clock_timestamp() and (due <= :now or takeovers < :most) end
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  public Schedule(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Every job there ever was, by name. */
  public List<JobState> jobs() {
    return jdbc.sql(
            "select job, due, case when lease_until >= clock_timestamp() then node end as node,"
                + " began_at, ended_at, outcome, said from schedule order by job")
        .query(Schedule::state)
        .list();
  }

  /** A row as far as it tells whether there is something to do. */
  record Standing(String job, Instant due, boolean open) {}

  /** Those of these jobs that have a row; open are those that nobody runs. */
  List<Standing> standing(Collection<String> jobs) {
    return jdbc.sql(
            "select job, due, token is null or lease_until < clock_timestamp()"
                + " from schedule where job = any(:jobs::text[])")
        .param("jobs", SqlArrays.texts(jobs, job -> job))
        .query(
            (row, number) -> new Standing(row.getString(1), instant(row, "due"), row.getBoolean(3)))
        .list();
  }

  /** Gives a job its row, unless it has one. */
  void enlist(String job, Instant due) {
    jdbc.sql("insert into schedule (job, due) values (:job, :due) on conflict do nothing")
        .param("job", job)
        .param("due", utc(due))
        .update();
  }

  /** Moves a job's next turn, unless somebody else did. */
  void move(Standing from, Instant due) {
    jdbc.sql("update schedule set due = :due where job = :job and due = :from")
        .param("job", from.job())
        .param("from", utc(from.due()))
        .param("due", utc(due))
        .update();
  }

  /**
   * Takes a turn when it is due, or when its process has lost it.
   *
   * @param next when the job is due after this turn
   * @return whether it is ours
   */
  boolean take(String job, UUID token, String node, Duration lease, Instant next) {
    return jdbc.sql(TAKE)
            .param("job", job)
            .param("token", token)
            .param("node", node)
            .param("lease", lease.toString())
            .param("next", utc(next))
            .param("now", now())
            .param("most", MOST_TAKEOVERS)
            .update()
        == 1;
  }

  /** Extends the lease of a turn; false when it is no longer ours. */
  boolean renew(UUID token, Duration lease) {
    return jdbc.sql(
                "update schedule set lease_until = clock_timestamp() + :lease::interval"
                    + " where token = :token")
            .param("lease", lease.toString())
            .param("token", token)
            .update()
        == 1;
  }

  /** Ends a turn; writes nothing when it is no longer ours. */
  void end(UUID token, Outcome outcome, @Nullable String said) {
    jdbc.sql(
            """
            update schedule set token = null, node = null, lease_until = null, takeovers = 0,
              ended_at = :now, outcome = :outcome, said = :said,
              due = case when :outcome = 'STOPPED' then least(due, :now) else due end
            where token = :token
            """)
        .param("token", token)
        .param("now", now())
        .param("outcome", outcome.name())
        .param("said", storable(said))
        .update();
  }

  private static @Nullable String storable(@Nullable String said) {
    if (said == null) {
      return null;
    }
    String kept = said.length() <= LONGEST_SAID ? said : said.substring(0, LONGEST_SAID) + "...";
    return kept.replace('\0', '\uFFFD');
  }

  private static JobState state(ResultSet row, int number) throws SQLException {
    String outcome = row.getString("outcome");
    return new JobState(
        row.getString("job"),
        instant(row, "due"),
        row.getString("node"),
        instantOrNull(row, "began_at"),
        instantOrNull(row, "ended_at"),
        outcome == null ? null : Outcome.valueOf(outcome),
        row.getString("said"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private OffsetDateTime now() {
    return utc(clock.instant());
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
