package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Appends events and keeps the waiting ones few. Every method joins the caller's transaction: what
 * is noticed and the event for it are stored together or not at all.
 */
public final class Events {

  private static final String COLLAPSIBLE =
      Arrays.stream(Cause.values())
          .filter(Cause::isCollapsible)
          .map(cause -> "'" + cause + "'")
          .collect(Collectors.joining(", ", "(", ")"));

  /**
   * What is due at once is due by PostgreSQL's clock too: where this process's own clock is ahead,
   * the others must not wait for it.
   */
  private static final String INSERT =
      """
      insert into event (instance, source, subject, cause, priority, status, due, parent,
        appended_at, finished_at, reason)
      select n.instance, n.source, n.subject, n.cause, n.priority, n.status,
        case when n.due > :now then n.due
          else least(n.due, now() + (select seconds from clock_offset) * interval '1 second') end,
        n.parent, :now, case when n.status = 'NEW' then null else :now end, n.reason
      from unnest(:instances::text[], :sources::text[], :subjects::text[], :causes::text[],
        :priorities::smallint[], :statuses::text[], :dues::timestamptz[], :parents::bigint[],
        :reasons::text[]) with ordinality
        as n (instance, source, subject, cause, priority, status, due, parent, reason, place)
      order by n.place
      returning id
      """;

  /** Rows somebody else holds are passed over: completing the plan cancels what is left. */
  private static final String SUPERSEDE =
      """
      with older as (
        select o.id, n.id as newer, o.priority, o.due
        from event n
        join event o on o.instance = n.instance and o.subject = n.subject and o.source = n.source
          and o.status = 'NEW' and o.id < n.id and greatest(o.due, :now) >= n.due
          and o.cause in COLLAPSIBLE
        where n.id = any(:ids::bigint[]) and n.status = 'NEW' and n.cause in COLLAPSIBLE
        for update of o skip locked
      ), newest as (
        select id, max(newer) as newer from older group by id
      ), cancelled as (
        update event e set status = 'CANC', finished_at = :now,
          reason = 'superseded by event ' || x.newer
        from newest x where e.id = x.id
      )
      update event n set priority = least(n.priority, x.priority), due = least(n.due, x.due)
      from (
        select newer, min(priority) as priority, min(due) as due from older group by newer
      ) x
      where n.id = x.newer and (n.priority > x.priority or n.due > x.due) and n.status = 'NEW'
        and n.id not in (select id from newest)
      """
          .replace("COLLAPSIBLE", COLLAPSIBLE);

  private static final String CANCEL =
      """
      update event set status = 'CANC', finished_at = :now, reason = x.reason
      from unnest(:ids::bigint[], :reasons::text[]) as x (event, reason)
      where id = x.event and status = 'NEW'
      """;

  /**
   * Who was not looked at since, nor is going to be. What was decided on arrival (no attempt) and
   * what failed has not looked.
   */
  private static final String RESYNC_PREVIEWED =
      """
      insert into event (instance, source, subject, cause, priority, status, due, appended_at,
        reason)
      select e.instance, e.source, e.subject, 'RESYNC', :priority, 'NEW',
        least(:now, now() + (select seconds from clock_offset) * interval '1 second'), :now,
        'the instance was switched on; event ' || max(e.id) || ' was a preview'
      from event e
      where e.instance = :instance and e.status = 'SKIP' and e.reason = 'preview'
        and not exists (
          select 1 from event n
          where n.instance = e.instance and n.subject = e.subject and n.source = e.source
            and n.id > e.id
            and (n.status in ('COMP', 'SKIP', 'SUSP') and n.attempt > 0
              or n.status in ('NEW', 'QUE') and n.cause <> 'DUE') offset 0)
      group by e.instance, e.source, e.subject
      order by e.subject
      """;

  private final JdbcClient jdbc;
  private final Clock clock;

  public Events(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Appends these events and cancels waiting ones that they make redundant: older, about the same
   * subject of the same instance, doing the same, and due no earlier. The survivor inherits the
   * highest priority and the place in the queue, or a subject that changes often would be worked
   * last.
   *
   * @return the new ids, in the order given
   */
  public List<Long> append(List<NewEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<Long> ids =
        jdbc.sql(INSERT)
            .param("instances", SqlArrays.texts(events, NewEvent::instance))
            .param("sources", SqlArrays.texts(events, event -> event.subject().source()))
            .param("subjects", SqlArrays.texts(events, event -> event.subject().id()))
            .param("causes", SqlArrays.texts(events, event -> event.cause().name()))
            .param("priorities", SqlArrays.numbers(events, event -> event.priority().rank()))
            .param("statuses", SqlArrays.texts(events, event -> event.status().code()))
            .param("dues", SqlArrays.texts(events, event -> event.due().toString()))
            .param("parents", SqlArrays.numbers(events, NewEvent::parent))
            .param("reasons", SqlArrays.texts(events, event -> Reasons.storable(event.reason())))
            .param("now", now())
            .query((row, number) -> row.getLong(1))
            .list();
    jdbc.sql(SUPERSEDE).param("ids", SqlArrays.numbers(ids)).param("now", now()).update();
    return ids;
  }

  /** Appends one event; see {@link #append(List)}. */
  public long append(NewEvent event) {
    return append(List.of(event)).getFirst();
  }

  /**
   * Looks again at everybody whose last event ended as a preview, once: whoever is going to be
   * looked at already is left out.
   *
   * @return how many
   */
  int resyncPreviewed(String instance) {
    return jdbc.sql(RESYNC_PREVIEWED)
        .param("instance", instance)
        .param("priority", Priority.BULK.rank())
        .param("now", now())
        .update();
  }

  /**
   * The waiting events of these subjects. Read before facts are fetched: exactly these may be
   * cancelled when the plan is completed, because the facts cover whatever they stand for. (An id
   * range would not do: a smaller id can be committed later.)
   */
  public List<SyncEvent> waiting(String instance, Collection<SubjectKey> subjects) {
    return jdbc.sql(
            "select "
                + EventRows.COLUMNS
                + " from event join unnest(:sources::text[], :subjects::text[]) as s (src, sub)"
                + " on source = s.src and subject = s.sub"
                // Says again what the join says, because only this makes sure of the index.
                + " where instance = :instance and subject = any(:subjects::text[])"
                + " and status = 'NEW' order by id")
        .param("instance", instance)
        .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
        .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
        .query(EventRows::read)
        .list();
  }

  /** How many events of an instance are due, counted up to a number. */
  public int due(String instance, int upTo) {
    return jdbc.sql(
            "select count(*) from (select 1 from event where instance = :instance"
                + " and status = 'NEW' and due <= :now limit :up_to) as due")
        .param("instance", instance)
        .param("now", now())
        .param("up_to", upTo)
        .query(Integer.class)
        .single();
  }

  /** A waiting event to cancel, and why. */
  public record Cancellation(long event, String reason) {}

  /** Cancels these events where they still wait; one that is being worked is left alone. */
  public void cancel(List<Cancellation> cancellations) {
    if (!cancellations.isEmpty()) {
      jdbc.sql(CANCEL)
          .param("ids", SqlArrays.numbers(cancellations, Cancellation::event))
          .param("reasons", SqlArrays.texts(cancellations, moot -> Reasons.storable(moot.reason())))
          .param("now", now())
          .update();
    }
  }

  /** Finishes claimed events that are held; see {@link Claims#hold}. */
  public void finish(List<Finish> finishes) {
    if (finishes.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update event e set status = f.status, attempt = f.attempt, reason = f.reason,
              error = f.error, token = null,
              due = case when f.status = 'NEW' then f.due else e.due end,
              finished_at = case when f.status = 'NEW' then null else :now end
            from unnest(:ids::bigint[], :statuses::text[], :attempts::integer[],
              :dues::timestamptz[], :reasons::text[], :errors::text[])
              as f (id, status, attempt, due, reason, error)
            where e.id = f.id and e.status = 'QUE'
            """)
        .param("ids", SqlArrays.numbers(finishes, Finish::event))
        .param("statuses", SqlArrays.texts(finishes, finish -> finish.status().code()))
        .param("attempts", SqlArrays.numbers(finishes, Finish::attempt))
        .param("dues", SqlArrays.texts(finishes, finish -> finish.due().toString()))
        .param("reasons", SqlArrays.texts(finishes, finish -> Reasons.storable(finish.reason())))
        .param("errors", SqlArrays.texts(finishes, Finish::error))
        .param("now", now())
        .update();
  }

  /**
   * Empties the reasons of a subject's finished events: they can hold values. Nothing else of a
   * finished event ever changes. What others read a meaning from stays.
   *
   * @return how many were emptied
   */
  public long eraseReasons(SubjectKey subject) {
    // Behind what is held may stand why something else was rejected, in a person's words.
    long rejected =
        jdbc.sql(
                """
                update event
                set reason = regexp_replace(reason, '[a-zA-Z]+: rejected by .*$', 'erased')
                where subject = :subject and source = :source and finished_at is not null
                  and reason like 'held%' and reason ~ '[a-zA-Z]+: rejected by '
                """)
            .param("subject", subject.id())
            .param("source", subject.source())
            .update();
    return rejected + emptied(subject);
  }

  private long emptied(SubjectKey subject) {
    return jdbc.sql(
            """
            update event set reason = 'erased'
            where subject = :subject and source = :source and finished_at is not null
              and reason is not null
              and reason not in ('erased', 'preview', 'unchanged', 'created', 'changed', 'linked')
              and reason not like 'held%'
            """)
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
