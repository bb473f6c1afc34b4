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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * In which state each instance is, for all processes. The last process to start decides: one that
 * was started with another setting claims nothing more and writes nothing more.
 */
public final class InstanceStates {

  /** Why an event ends that was worked up to the first write. */
  public static final String PREVIEWED = "preview";

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
   */
  public record Standing(String instance, InstanceState state, Instant since) {}

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
          awaitWriters(instance);
          boolean switched = put(instance, state);
          return switched && state == InstanceState.ON ? events.resyncPreviewed(instance) : 0;
        });
    if (resynced > 0) {
      log.info("{} is on: {} people with a preview are looked at again", instance, resynced);
    }
  }

  /**
   * Whether a process that works an instance in this state may write now. The answer holds until
   * the caller's transaction ends.
   */
  public boolean isOpen(String instance, InstanceState state) {
    return database
        .jdbc()
        .sql("select instance_is_open(:instance, :state)")
        .param("instance", instance)
        .param("state", state.code())
        .query(Boolean.class)
        .single();
  }

  /** How all instances stand that were ever started, by name. */
  public List<Standing> all() {
    return database
        .jdbc()
        .sql("select instance, state, state_since from instance_control order by instance")
        .query(InstanceStates::read)
        .list();
  }

  private boolean isIn(String instance, InstanceState state) {
    return all().stream().anyMatch(one -> one.instance().equals(instance) && one.state() == state);
  }

  /** Waits until every transaction ends that was told it may write. */
  private void awaitWriters(String instance) {
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
        instant(row, "state_since"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
