package dev.rollcall.event;

import dev.rollcall.db.Database;
import dev.rollcall.model.InstanceState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.PessimisticLockingFailureException;

/**
 * In which state each instance is and whether it is paused, for all processes. The last process to
 * start decides the state: one that was started with another setting claims nothing more and writes
 * nothing more.
 */
public final class InstanceStates {

  /** Why an event ends that was worked up to the first write. */
  public static final String PREVIEWED = "preview";

  /** Longer than PostgreSQL leaves a transaction alone in which nothing happens. */
  private static final String PATIENCE = "40s";

  private static final Logger log = LoggerFactory.getLogger(InstanceStates.class);

  private final Database database;
  private final Events events;
  private final Clock clock;

  public InstanceStates(Database database, Events events, Clock clock) {
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  /**
   * How an instance stands.
   *
   * @param since when it came into its state, on Rollcall's clock
   * @param pause null unless it is paused
   */
  public record Standing(
      String instance, InstanceState state, Instant since, @Nullable Pause pause) {}

  /**
   * That an instance is paused.
   *
   * @param since on Rollcall's clock
   * @param by who asked
   * @param why in their words, or null
   */
  public record Pause(Instant since, String by, @Nullable String why) {}

  /**
   * Puts an instance into a state, for all processes. When it is switched on, everybody whose last
   * event ended as a preview is looked at again; in the same transaction, so once.
   */
  public void start(String instance, InstanceState state) {
    if (isIn(instance, state)) {
      return;
    }
    int resynced =
        database.inTransaction(() -> {
          lockOutWriters(instance);
          boolean switched = put(instance, state);
          return switched && state == InstanceState.ON ? events.resyncPreviewed(instance) : 0;
        });
    if (resynced > 0) {
      log.info("{} is on: {} people with a preview are looked at again", instance, resynced);
    }
  }

  /**
   * Pauses an instance: from the commit on nothing more is claimed, and whatever is being worked is
   * given back as it was. One that is paused stays as it is. Joins the caller's transaction.
   *
   * @return false when it was paused already
   */
  public boolean pause(String instance, String by, @Nullable String why) {
    return database
            .jdbc()
            .sql(
                "update instance_control set paused_at = :now, paused_by = :by, paused_why = :why"
                    + " where instance = :instance and paused_at is null")
            .param("instance", instance)
            .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
            .param("by", by)
            .param("why", why)
            .update()
        > 0;
  }

  /**
   * Lets a paused instance go on. Joins the caller's transaction.
   *
   * @return false when it was not paused
   */
  public boolean resume(String instance) {
    return database
            .jdbc()
            .sql(
                "update instance_control set paused_at = null, paused_by = null, paused_why = null"
                    + " where instance = :instance and paused_at is not null")
            .param("instance", instance)
            .update()
        > 0;
  }

  /**
   * Returns when every transaction has ended that was told it may write before this was called.
   * Others that ask meanwhile wait. Must be called outside a transaction, or the caller's own
   * change would not be seen by them.
   *
   * @return false when one of them takes longer than a stopped process is allowed to
   */
  public boolean awaitWriters(String instance) {
    try {
      database.inTransaction(() -> {
        database.jdbc().sql("set local lock_timeout = '" + PATIENCE + "'").update();
        lockOutWriters(instance);
      });
      return true;
    } catch (PessimisticLockingFailureException stillThere) {
      return false;
    }
  }

  /**
   * What a process that works an instance may do now.
   *
   * @param open whether it may write
   * @param holding whether anything of the instance is held by the guard
   */
  public record Entry(boolean open, boolean holding) {}

  /**
   * Whether a process that works an instance in this state may write now. The answer holds until
   * the caller's transaction ends.
   */
  public Entry enter(String instance, InstanceState state) {
    return database
        .jdbc()
        .sql(
            "select instance_is_open(:instance, :state), exists"
                + " (select 1 from held where instance = :instance and closed_at is null)")
        .param("instance", instance)
        .param("state", state.code())
        .query((row, number) -> new Entry(row.getBoolean(1), row.getBoolean(2)))
        .single();
  }

  /** How all instances stand that were ever started, by name. */
  public List<Standing> all() {
    return database
        .jdbc()
        .sql(
            "select instance, state, state_since, paused_at, paused_by, paused_why"
                + " from instance_control order by instance")
        .query(InstanceStates::read)
        .list();
  }

  private boolean isIn(String instance, InstanceState state) {
    return all().stream().anyMatch(one -> one.instance().equals(instance) && one.state() == state);
  }

  /** Waits until every transaction ends that was told it may write, and lets none begin. */
  private void lockOutWriters(String instance) {
    database
        .jdbc()
        .sql("select pg_advisory_xact_lock(instance_lock_kind(), hashtext(:instance))")
        .param("instance", instance)
        .query((row, number) -> number)
        .list();
  }

  private boolean put(String instance, InstanceState state) {
    return database
            .jdbc()
            .sql(
                """
                insert into instance_control as c (instance, state, state_since)
                values (:instance, :state, :now)
                on conflict (instance) do update set state = excluded.state,
                  state_since = excluded.state_since
                where c.state <> excluded.state
                """)
            .param("instance", instance)
            .param("state", state.code())
            .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
            .update()
        > 0;
  }

  private static Standing read(ResultSet row, int number) throws SQLException {
    return new Standing(
        row.getString("instance"),
        InstanceState.ofCode(row.getString("state")),
        row.getObject("state_since", OffsetDateTime.class).toInstant(),
        pause(row));
  }

  private static @Nullable Pause pause(ResultSet row) throws SQLException {
    OffsetDateTime since = row.getObject("paused_at", OffsetDateTime.class);
    return since == null
        ? null
        : new Pause(since.toInstant(), row.getString("paused_by"), row.getString("paused_why"));
  }
}
