package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.InstanceState;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who works what: claims with a lease on PostgreSQL's clock, so that a process whose own clock is
 * wrong, or that was stopped, cannot keep or steal work.
 */
public final class Claims {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String node;
  private final Duration lease;

  /**
   * @param node this process, as shown to people
   * @param lease how long a claim is believed without being renewed
   */
  public Claims(JdbcClient jdbc, Clock clock, String node, Duration lease) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.node = node;
    this.lease = lease;
  }

  /** As {@link #claim(String, InstanceState, int)}, for an instance that is on. */
  public Optional<Claim> claim(String instance, int limit) {
    return claim(instance, InstanceState.ON, limit);
  }

  /**
   * Claims due events of an instance, the most urgent first, at most one for each subject and none
   * whose subject is being worked. Must be called outside a transaction.
   *
   * @param state the one the caller works it in; nothing is claimed when it is in another
   * @param limit at most this many
   * @return the claim, or empty when nothing is due or the instance is paused
   */
  public Optional<Claim> claim(String instance, InstanceState state, int limit) {
    UUID token = UUID.randomUUID();
    List<SyncEvent> events =
        jdbc.sql(
                "select "
                    + EventRows.COLUMNS
                    + " from claim_if_open(:state, :instance, :now, :limit, :token, :node,"
                    + " :lease::interval)"
                    + " order by id")
            .param("state", state.code())
            .param("instance", instance)
            .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
            .param("limit", limit)
            .param("token", token)
            .param("node", node)
            .param("lease", lease.toString())
            .query(EventRows::read)
            .list();
    return events.isEmpty() ? Optional.empty() : Optional.of(new Claim(token, instance, events));
  }

  /**
   * Locks those events of the claim that are still its own, until the transaction ends. An event
   * that is not among them was given to somebody else: nothing may be written for it.
   */
  public Set<Long> hold(UUID token) {
    return new HashSet<>(
        jdbc.sql("select id from event where token = :token and status = 'QUE' for update")
            .param("token", token)
            .query((row, number) -> row.getLong(1))
            .list());
  }

  /**
   * Whether a claim is still held and believed, and its instance open to who works it in this
   * state. Asked before every call to another system.
   */
  public boolean mayGoOn(UUID token, String instance, InstanceState state) {
    return jdbc.sql(
            "select instance_is_open(:instance, :state) and exists (select 1 from claim c"
                + " join event e on e.token = c.token and e.status = 'QUE'"
                + " where c.token = :token and c.lease_until > clock_timestamp())")
        .param("instance", instance)
        .param("state", state.code())
        .param("token", token)
        .query(Boolean.class)
        .single();
  }

  /**
   * Takes events out of a claim that is held and gives them to a claim of their own that no process
   * loses: whoever opens it has to see that it ends. Joins the caller's transaction.
   *
   * @param events some of those that are held
   * @param to the token of the new claim
   * @param holder what works it, as shown to people
   */
  public void entrust(UUID from, Collection<Long> events, UUID to, String instance, String holder) {
    jdbc.sql(
            "insert into claim (token, instance, node, lease_until)"
                + " values (:token, :instance, :node, 'infinity')")
        .param("token", to)
        .param("instance", instance)
        .param("node", holder)
        .update();
    jdbc.sql(
            "update event set token = :to where token = :from and status = 'QUE'"
                + " and id = any(:events::bigint[])")
        .param("to", to)
        .param("from", from)
        .param("events", SqlArrays.numbers(events))
        .update();
  }

  /** Gives the events of a claim back as they were; joins the caller's transaction. */
  public void handBack(UUID token) {
    jdbc.sql(
            "update event set status = 'NEW', token = null where token = :token and status = 'QUE'")
        .param("token", token)
        .update();
    done(token);
  }

  /** Forgets a claim whose events are all finished; joins the caller's transaction. */
  public void done(UUID token) {
    jdbc.sql("delete from claim where token = :token").param("token", token).update();
  }

  /** Extends the leases of claims that are still being worked here. */
  public void renew(Collection<UUID> tokens) {
    if (!tokens.isEmpty()) {
      jdbc.sql(
              "update claim set lease_until = clock_timestamp() + :lease::interval"
                  + " where token = any(:tokens::uuid[])")
          .param("lease", lease.toString())
          .param("tokens", SqlArrays.texts(tokens, UUID::toString))
          .update();
    }
  }

  /**
   * Takes claims away from processes that let their lease run out. Their events wait again with one
   * attempt used, or end as errors when they used {@code maxAttempts}: an event that kills whoever
   * works it must not go round for ever. Joins the caller's transaction.
   *
   * @return the events as they are now
   */
  public List<SyncEvent> rescue(int maxAttempts) {
    List<SyncEvent> rescued =
        jdbc.sql(
                """
                with lost as (
                  select e.id, c.node
                  from claim c join event e on e.token = c.token and e.status = 'QUE'
                  where c.lease_until < clock_timestamp()
                  for update of e skip locked
                )
                update event set token = null, attempt = attempt + 1, error = 'UNAVAILABLE',
                  status = case when attempt + 1 < :max then 'NEW' else 'ERR' end,
                  finished_at = case when attempt + 1 < :max then null else :now end,
                  reason = 'claim lost: ' || lost.node || ' did not finish within its lease'
                from lost where event.id = lost.id
                returning COLUMNS
                """
                    .replace("COLUMNS", "event." + EventRows.COLUMNS.replace(", ", ", event.")))
            .param("max", maxAttempts)
            .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
            .query(EventRows::read)
            .list();
    jdbc.sql(
            "delete from claim c where c.lease_until < clock_timestamp() and not exists"
                + " (select 1 from event e where e.token = c.token and e.status = 'QUE')")
        .update();
    return rescued;
  }
}
