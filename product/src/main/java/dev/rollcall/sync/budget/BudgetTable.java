package dev.rollcall.sync.budget;

import static java.time.temporal.ChronoUnit.MICROS;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The buckets of one target, one row each for all processes. A row is read, thought about and
 * written only if nobody else has written it since: no lock is held in between, so a process that
 * is stopped there keeps nobody waiting.
 */
final class BudgetTable {

  private static final Duration WINDOWS_KEPT = Duration.ofDays(35);

  private static final String READ =
      "select *, clock_timestamp() as asked_at from call_budget"
          + " where target = :target and bucket = :bucket";

  private static final String WRITE =
      """
      update call_budget set version = version + 1, reserve = :reserve, org_limit = :org_limit,
        cap = :cap, factor = :factor, lowered_at = :lowered_at, last_resets = :last_resets,
        began = :began, ends = :ends, resets = :resets, used = :used, remaining = :remaining,
        unanswered = :unanswered, unanswered_before = :unanswered_before, refused = :refused,
        stopped = :stopped, stopped_until = :stopped_until, next_leaver = :next_leaver,
        next_interactive = :next_interactive, next_normal = :next_normal, next_bulk = :next_bulk,
        calls = calls + :ended, calls_refused = calls_refused + :ended_refused
      where target = :target and bucket = :bucket and version = :version
      """;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final Pace pace;
  private final String target;

  BudgetTable(JdbcClient jdbc, Clock clock, Pace pace, String target) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.pace = pace;
    this.target = target;
  }

  /**
   * A bucket as it was read.
   *
   * @param now when, for all processes
   */
  record Seen(Bucket bucket, Instant now) {}

  /** What follows from what was read. */
  @FunctionalInterface
  interface Thinking<T> {
    T think(Bucket bucket, Instant now);
  }

  /** What came of it, and when it was thought. */
  record Thought<T>(T result, Instant now) {}

  /** The bucket as it is. */
  Seen look(String bucket) {
    Row row = read(bucket);
    return new Seen(row.bucket(), row.now());
  }

  /** Changes a bucket to what is thought of it. */
  Thought<Bucket> change(String bucket, Terms terms, Thinking<Bucket> thinking) {
    return change(bucket, terms, thinking, changed -> changed, Ended.NONE);
  }

  /** Counts a call that has come to its end, and changes the bucket to what it taught. */
  Thought<Bucket> end(String bucket, Terms terms, boolean refused, Thinking<Bucket> thinking) {
    return change(bucket, terms, thinking, changed -> changed, new Ended(1, refused ? 1 : 0));
  }

  /** Asks for a permit. */
  Thought<Taken> take(String bucket, Terms terms, Thinking<Taken> thinking) {
    return change(bucket, terms, thinking, Taken::bucket, Ended.NONE);
  }

  /** How many calls came to an end with a change, and how many of them with 429. */
  private record Ended(int calls, int refused) {
    static final Ended NONE = new Ended(0, 0);
  }

  private <T> Thought<T> change(
      String bucket, Terms terms, Thinking<T> thinking, Function<T, Bucket> bucketOf, Ended ended) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException(
          "The budget is shared by all processes: ask it outside of a transaction, which would lock"
              + " them out until its end");
    }
    while (true) {
      Row row = read(bucket);
      T thought = thinking.think(row.bucket(), row.now());
      Bucket changed = bucketOf.apply(thought);
      boolean same = ended.equals(Ended.NONE) && changed.equals(row.bucket());
      if (same || write(bucket, row.version(), changed, terms, ended)) {
        keepWindow(bucket, row, changed, terms);
        return new Thought<>(thought, row.now());
      }
    }
  }

  private record Row(Bucket bucket, long version, Instant now) {}

  private Row read(String bucket) {
    while (true) {
      Optional<Row> row =
          jdbc.sql(READ)
              .param("target", target)
              .param("bucket", bucket)
              .query((found, number) ->
                  new Row(
                      bucket(found),
                      found.getLong("version"),
                      pace.now().orElse(instant(found, "asked_at")).truncatedTo(MICROS)))
              .optional();
      if (row.isPresent()) {
        return row.get();
      }
      jdbc.sql(
              "insert into call_budget (target, bucket) values (:target, :bucket)"
                  + " on conflict do nothing")
          .param("target", target)
          .param("bucket", bucket)
          .update();
    }
  }

  static Bucket bucket(ResultSet row) throws SQLException {
    Instant began = instantOrNull(row, "began");
    return new Bucket(
        row.getObject("cap", Integer.class),
        new Lowering(row.getDouble("factor"), instantOrNull(row, "lowered_at")),
        instantOrNull(row, "last_resets"),
        began == null
            ? null
            : new Window(
                began,
                instant(row, "ends"),
                instantOrNull(row, "resets"),
                row.getInt("used"),
                row.getObject("remaining", Integer.class),
                row.getInt("unanswered"),
                row.getInt("unanswered_before"),
                row.getInt("refused"),
                row.getBoolean("stopped")),
        new Lanes(
            List.of(
                instant(row, "next_leaver"),
                instant(row, "next_interactive"),
                instant(row, "next_normal"),
                instant(row, "next_bulk"))),
        instantOrNull(row, "stopped_until"));
  }

  static Terms terms(ResultSet row) throws SQLException {
    Double reserve = row.getObject("reserve", Double.class);
    return new Terms(
        reserve == null ? BudgetSettings.DEFAULT_RESERVE : reserve,
        row.getObject("org_limit", Integer.class));
  }

  private boolean write(String bucket, long version, Bucket changed, Terms terms, Ended ended) {
    Window window = changed.window();
    List<Instant> next = changed.lanes().next();
    return jdbc.sql(WRITE)
            .param("reserve", terms.reserve())
            .param("org_limit", terms.orgLimit())
            .param("cap", changed.cap())
            .param("factor", changed.lowering().factor())
            .param("lowered_at", utc(changed.lowering().since()))
            .param("last_resets", utc(changed.lastResets()))
            .param("began", utc(window == null ? null : window.began()))
            .param("ends", utc(window == null ? null : window.ends()))
            .param("resets", utc(window == null ? null : window.resets()))
            .param("used", window == null ? 0 : window.used())
            .param("remaining", window == null ? null : window.remaining())
            .param("unanswered", window == null ? 0 : window.unanswered())
            .param("unanswered_before", window == null ? 0 : window.unansweredBefore())
            .param("refused", window == null ? 0 : window.refused())
            .param("stopped", window != null && window.stopped())
            .param("stopped_until", utc(changed.stoppedUntil()))
            .param("next_leaver", utc(next.get(0)))
            .param("next_interactive", utc(next.get(1)))
            .param("next_normal", utc(next.get(2)))
            .param("next_bulk", utc(next.get(3)))
            .param("ended", ended.calls())
            .param("ended_refused", ended.refused())
            .param("target", target)
            .param("bucket", bucket)
            .param("version", version)
            .update()
        == 1;
  }

  /** A window that is over is kept for charts; one that gets lost in a crash is no harm. */
  private void keepWindow(String bucket, Row before, Bucket after, Terms terms) {
    Window over = before.bucket().window();
    Window window = after.window();
    if (over == null || window == null || over.began().equals(window.began())) {
      return;
    }
    Instant shown = clock.instant();
    Instant opened = shown.minus(Duration.between(over.began(), before.now()));
    jdbc.sql(
            """
            insert into call_window (target, bucket, opened_at, permitted, used, refused)
            values (:target, :bucket, :opened, :permitted, :used, :refused) on conflict do nothing
            """)
        .param("target", target)
        .param("bucket", bucket)
        .param("opened", utc(opened))
        .param("permitted", before.bucket().permittedIn(over, terms))
        .param("used", over.used())
        .param("refused", over.refused())
        .update();
    jdbc.sql(
            "delete from call_window"
                + " where target = :target and bucket = :bucket and opened_at < :before")
        .param("target", target)
        .param("bucket", bucket)
        .param("before", utc(shown.minus(WINDOWS_KEPT)))
        .update();
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }
}
