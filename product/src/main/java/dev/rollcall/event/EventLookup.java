package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Questions about events; changes nothing. */
public final class EventLookup {

  private static final String BACKLOG =
      """
      select count(*) filter (where status = 'QUE' or due <= :now or error is not null),
        count(*) filter (where status = 'NEW' and due > :now and error is null),
        coalesce(greatest(0, extract(epoch from :now - min(due) filter (where due <= :now))), 0)
      from event where %sstatus in ('NEW', 'QUE')
      """;

  /** How the reason of an event begins that the guard has held. */
  private static final String HELD = "held: ";

  /** What came after an event of the same subject and settled it, or suspended it anew. */
  private static final String SETTLING =
      """
      n.subject = e.subject and n.instance = e.instance and n.source = e.source
      and (n.finished_at, n.id) > (e.finished_at, e.id)
      and (n.status in ('COMP', 'SUSP')
        or n.status = 'SKIP' and n.attempt > 0 and n.reason is distinct from 'preview')
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  public EventLookup(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * What to list; a null part does not restrict.
   *
   * @param subject the source's id of the subject
   */
  public record Filter(
      @Nullable String instance,
      @Nullable EventStatus status,
      @Nullable String subject,
      int limit) {}

  /** The newest events that fit, newest first. */
  public List<SyncEvent> find(Filter filter) {
    StringBuilder sql = new StringBuilder("select ").append(EventRows.COLUMNS);
    sql.append(" from event where true");
    if (filter.instance() != null) {
      sql.append(" and instance = :instance");
    }
    if (filter.status() != null) {
      sql.append(" and status = :status");
    }
    if (filter.subject() != null) {
      sql.append(" and subject = :subject");
    }
    sql.append(" order by id desc limit :limit");
    JdbcClient.StatementSpec statement = jdbc.sql(sql.toString()).param("limit", filter.limit());
    if (filter.instance() != null) {
      statement = statement.param("instance", filter.instance());
    }
    if (filter.status() != null) {
      statement = statement.param("status", filter.status().code());
    }
    if (filter.subject() != null) {
      statement = statement.param("subject", filter.subject());
    }
    return statement.query(EventRows::read).list();
  }

  /** The event with this id. */
  public Optional<SyncEvent> byId(long id) {
    return jdbc.sql("select " + EventRows.COLUMNS + " from event where id = :id")
        .param("id", id)
        .query(EventRows::read)
        .optional();
  }

  /** Events that follow this one up. */
  public List<SyncEvent> followUps(long id) {
    return jdbc.sql("select " + EventRows.COLUMNS + " from event where parent = :id order by id")
        .param("id", id)
        .query(EventRows::read)
        .list();
  }

  /** The pending dates of these subjects, in order of their ids. */
  public List<SyncEvent> pendingDates(String instance, Collection<SubjectKey> subjects) {
    return jdbc.sql(
            "select "
                + EventRows.COLUMNS
                + " from event join unnest(:sources::text[], :subjects::text[]) as s (src, sub)"
                + " on source = s.src and subject = s.sub"
                + " where instance = :instance and status = 'NEW' and cause = 'DUE' order by id")
        .param("instance", instance)
        .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
        .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
        .query(EventRows::read)
        .list();
  }

  /** Those of these subjects whose last event ended as an error or waits for a person. */
  public List<SubjectKey> endedBadly(String instance, Collection<SubjectKey> subjects) {
    return jdbc.sql(
            """
            select distinct e.source, e.subject
            from event e join unnest(:sources::text[], :subjects::text[]) as s (src, sub)
              on e.source = s.src and e.subject = s.sub
            where e.instance = :instance and e.subject = any(:subjects::text[])
              and e.status in ('ERR', 'SUSP')
              and not exists (select 1 from event n where n.instance = e.instance
                and n.subject = e.subject and n.source = e.source and n.id > e.id
                and n.cause <> 'DUE')
            """)
        .param("instance", instance)
        .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
        .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
        .query((row, number) -> new SubjectKey(row.getString(1), row.getString(2)))
        .list();
  }

  /**
   * Suspended events that nobody has decided and nothing after them has settled, in order of their
   * ids; of one subject only the last. What the guard holds is not among them.
   *
   * @param instance null for all
   * @param after only events with greater ids
   */
  public List<SyncEvent> unresolved(@Nullable String instance, long after, int limit) {
    JdbcClient.StatementSpec statement =
        jdbc.sql(
                """
                select %s from event e
                where status = 'SUSP' and id > :after and reason not like 'held: %%' %s
                  and not exists (select 1 from event n where %s)
                  and not exists (
                    select 1 from event r where r.parent = e.id and r.cause = 'RESOLVED')
                order by id limit :limit
                """
                    .formatted(
                        EventRows.COLUMNS,
                        instance == null ? "" : "and instance = :instance",
                        SETTLING))
            .param("after", after)
            .param("limit", limit);
    return (instance == null ? statement : statement.param("instance", instance))
        .query(EventRows::read)
        .list();
  }

  /** Whether the event is suspended because the guard holds what it would change. */
  public static boolean isHeld(SyncEvent event) {
    String reason = event.reason();
    return event.status() == EventStatus.SUSPENDED && reason != null && reason.startsWith(HELD);
  }

  /** The last event that settled this suspended one, or suspended its subject anew. */
  public Optional<SyncEvent> settledBy(SyncEvent suspended) {
    return jdbc.sql(
            """
            select %s from event where id = (
              select n.id from event e join event n on %s
              where e.id = :id order by n.finished_at desc, n.id desc limit 1)
            """
                .formatted(EventRows.COLUMNS, SETTLING))
        .param("id", suspended.id())
        .query(EventRows::read)
        .optional();
  }

  /**
   * How much is to do.
   *
   * @param waiting due, being worked, or waiting to be tried again after a failure
   * @param due waiting for a later date
   * @param lagSeconds for how long the one that waits longest has been due
   */
  public record Backlog(long waiting, long due, long lagSeconds) {}

  /** How much there is to do in all. */
  public Backlog backlog() {
    return count(jdbc.sql(BACKLOG.formatted("")));
  }

  /** How much one instance has to do. */
  public Backlog backlog(String instance) {
    return count(
        jdbc.sql(BACKLOG.formatted("instance = :instance and ")).param("instance", instance));
  }

  /** Events of these instances that are due, being worked or to be tried again, by priority. */
  public Map<Priority, Long> waiting(Collection<String> instances) {
    Map<Priority, Long> waiting = new EnumMap<>(Priority.class);
    jdbc.sql(
            """
            select priority, count(*) from event
            where instance = any(:instances::text[])
              and (status = 'QUE' or status = 'NEW' and (due <= :now or error is not null))
            group by priority
            """)
        .param("instances", SqlArrays.texts(instances, name -> name))
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .query((row, number) -> waiting.put(Priority.ofRank(row.getInt(1)), row.getLong(2)))
        .list();
    return waiting;
  }

  /**
   * What went wrong last: with an event that waits to be tried again, as while credentials are
   * refused, else with one that ended as an error. Among the newest hundred thousand events of all.
   */
  public Optional<String> lastError(String instance) {
    return failed(instance, "status = 'NEW' and error is not null")
        .or(() -> failed(instance, "status = 'ERR'"));
  }

  private Optional<String> failed(String instance, String how) {
    return jdbc.sql(
            "select coalesce(reason, error) from event where instance = :instance and "
                + how
                + " and id > (select max(id) from event) - 100000 order by id desc limit 1")
        .param("instance", instance)
        .query(String.class)
        .optional();
  }

  private Backlog count(JdbcClient.StatementSpec statement) {
    return statement
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .query((row, number) -> new Backlog(row.getLong(1), row.getLong(2), row.getLong(3)))
        .single();
  }
}
