package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lists events for people, the newest first, a page at a time. Every question is answered from an
 * index that holds the order asked for, so that a page costs the same whether there are a thousand
 * events or millions.
 */
public final class EventSearch {

  /** Clocks of several processes differ, and an id is taken before its transaction ends. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  /**
   * One short walk along an index for each instance, cause and status that is asked for. As a plain
   * condition it would be answered by walking past everything that is newer.
   */
  private static final String BY_KIND =
      """
      select * from (
        select e.*
        from unnest(:instances::text[]) i (instance) cross join unnest(:causes::text[]) c (cause)
          cross join unnest(:ended::text[]) s (status)
          cross join lateral (
            select COLUMNS from event
            where finished_at is not null and instance = i.instance and cause = c.cause
              and status = s.status and id >= :low and id < :high
              and appended_at >= :from and appended_at < :to
            order by id desc limit :limit) e
        union all
        select e.*
        from unnest(:instances::text[]) i (instance) cross join unnest(:causes::text[]) c (cause)
          cross join lateral (
            select COLUMNS from event
            where :waiting and status = 'NEW' and instance = i.instance and cause = c.cause
              and id >= :low and id < :high and appended_at >= :from and appended_at < :to
            order by id desc limit :limit) e
        union all
        select COLUMNS from event
        where :working and status = 'QUE' and instance = any(:instances::text[])
          and cause = any(:causes::text[])
          and id >= :low and id < :high and appended_at >= :from and appended_at < :to
      ) found
      order by id desc limit :limit
      """
          .replace("COLUMNS", EventRows.COLUMNS);

  private static final String BY_ID =
      """
      select COLUMNS from event
      where id >= :low and id < :high and appended_at >= :from and appended_at < :to
      order by id desc limit :limit
      """
          .replace("COLUMNS", EventRows.COLUMNS);

  private static final String BY_SUBJECT =
      """
      select COLUMNS from event
      where subject = any(:subjects::text[]) and source || ':' || subject = any(:keys::text[])
        and instance = any(:instances::text[]) and cause = any(:causes::text[])
        and status = any(:statuses::text[])
        and id >= :low and id < :high and appended_at >= :from and appended_at < :to
      order by id desc limit :limit
      """
          .replace("COLUMNS", EventRows.COLUMNS);

  /**
   * Of the newest that ended badly, those that nothing came after. What is skipped without being
   * worked, or only waits for a date, resolves nothing.
   */
  private static final String OPEN =
      """
      select e.*
      from (
        select b.*
        from unnest(:instances::text[]) i (instance) cross join unnest(:causes::text[]) c (cause)
          cross join unnest(:ended::text[]) s (status)
          cross join lateral (
            select COLUMNS from event
            where finished_at is not null and instance = i.instance and cause = c.cause
              and status = s.status
              and (status <> 'SUSP' or reason is null or reason not like 'held: %')
            order by id desc limit :most) b
        order by b.id desc limit :most
      ) e
      where not exists (
        select 1 from event n
        where n.instance = e.instance and n.source = e.source and n.subject = e.subject
          and n.id > e.id and n.cause <> 'DUE' and n.status <> 'SKIP')
      order by e.id desc
      """
          .replace("COLUMNS", EventRows.COLUMNS);

  /**
   * The newest event of each who has no account, as far back as :most of each kind. A date to come
   * says least of why there is none. An event says nothing of who is in which target, so any link
   * counts.
   */
  private static final String WITHOUT_ACCOUNT =
      """
      select COLUMNS from (
        select distinct on (e.subject, e.source) e.*
        from (
          select n.* from unnest(:instances::text[]) i (instance)
            cross join unnest(:causes::text[]) c (cause)
            cross join unnest(array['SKIP', 'SUSP', 'ERR']) s (status)
            cross join lateral (
              select * from event
              where finished_at is not null and instance = i.instance and cause = c.cause
                and status = s.status
              order by id desc limit :most) n
          union all
          select n.* from unnest(:instances::text[]) i (instance)
            cross join unnest(:causes::text[]) c (cause)
            cross join lateral (
              select * from event
              where status = 'NEW' and instance = i.instance and cause = c.cause
              order by id desc limit :most) n
        ) e
        where not exists (
          select 1 from link l where l.subject = e.subject and l.source = e.source)
        order by e.subject, e.source, e.status = 'NEW' and e.cause = 'DUE', e.id desc
      ) newest
      order by id desc limit :limit
      """
          .replace("COLUMNS", EventRows.COLUMNS);

  private final JdbcClient jdbc;
  private final FirstId first;

  public EventSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.first = new FirstId(jdbc, "event", "appended_at");
  }

  /**
   * What to list; what is empty or null does not restrict.
   *
   * @param instances those there are, or the ones asked for; never empty
   * @param subjects null for everybody
   * @param from when they were appended, on Rollcall's clock
   * @param to not later than just before this
   */
  public record Filter(
      List<String> instances,
      boolean everyInstance,
      @Nullable EventStatus status,
      @Nullable Cause cause,
      @Nullable List<SubjectKey> subjects,
      @Nullable Instant from,
      @Nullable Instant to) {

    public Filter {
      instances = List.copyOf(instances);
      subjects = subjects == null ? null : List.copyOf(subjects);
    }

    private boolean isPlain() {
      return everyInstance && status == null && cause == null;
    }

    private List<String> causes() {
      return cause == null
          ? Arrays.stream(Cause.values()).map(Cause::name).toList()
          : List.of(cause.name());
    }

    private List<String> statuses() {
      return status == null
          ? Arrays.stream(EventStatus.values()).map(EventStatus::code).toList()
          : List.of(status.code());
    }

    private List<String> ended() {
      return Arrays.stream(EventStatus.values())
          .filter(EventStatus::isFinal)
          .map(EventStatus::code)
          .filter(statuses()::contains)
          .toList();
    }

    private boolean has(EventStatus wanted) {
      return status == null || status == wanted;
    }
  }

  /**
   * The events that fit, the newest first.
   *
   * @param before only with smaller ids; null for the newest there are
   */
  public List<SyncEvent> older(Filter filter, @Nullable Long before, int limit) {
    return find(filter, 0, before == null ? Long.MAX_VALUE : before, limit);
  }

  /** The events that fit and came after this one, the newest first. */
  public List<SyncEvent> newer(Filter filter, long after, int limit) {
    return find(filter, after + 1, Long.MAX_VALUE, limit);
  }

  /**
   * Everything about a subject, the newest first.
   *
   * @param before only with smaller ids; null for the newest there are
   */
  public List<SyncEvent> of(SubjectKey subject, @Nullable Long before, int limit) {
    return jdbc.sql(
            "select "
                + EventRows.COLUMNS
                + " from event where subject = :subject and source = :source and id < :before"
                + " order by id desc limit :limit")
        .param("subject", subject.id())
        .param("source", subject.source())
        .param("before", before == null ? Long.MAX_VALUE : before)
        .param("limit", limit)
        .query(EventRows::read)
        .list();
  }

  /** These events as they are now; what is no longer kept is missing. */
  public List<SyncEvent> byIds(Collection<Long> ids) {
    return jdbc.sql("select " + EventRows.COLUMNS + " from event where id = any(:ids)")
        .param("ids", SqlArrays.numbers(ids))
        .query(EventRows::read)
        .list();
  }

  /** The newest event of an instance with this cause. */
  public Optional<SyncEvent> last(String instance, Cause cause) {
    return older(new Filter(List.of(instance), false, null, cause, null, null, null), null, 1)
        .stream()
        .findFirst();
  }

  /**
   * What ended badly and nothing came after, the newest first; what is held is not among it: that
   * is decided by the hundred, and would stand before everything else.
   *
   * @param most how many that ended badly are looked at, whether something came after or not
   */
  public List<SyncEvent> needPerson(List<String> instances, List<EventStatus> statuses, int most) {
    return jdbc.sql(OPEN)
        .param("instances", texts(instances))
        .param("causes", texts(Arrays.stream(Cause.values()).map(Cause::name).toList()))
        .param("ended", texts(statuses.stream().map(EventStatus::code).toList()))
        .param("most", most)
        .query(EventRows::read)
        .list();
  }

  /**
   * The newest event of each who has no account, the newest first.
   *
   * @param most how far to look back for each instance, cause and status
   */
  public List<SyncEvent> withoutAccount(List<String> instances, int most, int limit) {
    return jdbc.sql(WITHOUT_ACCOUNT)
        .param("instances", texts(instances))
        .param("causes", texts(Arrays.stream(Cause.values()).map(Cause::name).toList()))
        .param("most", most)
        .param("limit", limit)
        .query(EventRows::read)
        .list();
  }

  private List<SyncEvent> find(Filter filter, long low, long high, int limit) {
    List<SubjectKey> subjects = filter.subjects();
    if (subjects != null && subjects.isEmpty()) {
      return List.of();
    }
    Instant from = filter.from();
    Instant to = filter.to();
    long lowest = from == null ? low : Math.max(low, first.at(from.minus(SLACK)));
    long highest = to == null ? high : Math.min(high, first.at(to.plus(SLACK)));
    boolean byId = subjects == null && filter.isPlain();
    JdbcClient.StatementSpec statement =
        jdbc.sql(subjects != null ? BY_SUBJECT : byId ? BY_ID : BY_KIND)
            .param("low", lowest)
            .param("high", highest)
            .param("from", utc(from == null ? Instant.EPOCH : from))
            .param("to", utc(to == null ? Instant.parse("9999-01-01T00:00:00Z") : to))
            .param("limit", limit);
    if (!byId) {
      statement =
          statement
              .param("instances", texts(filter.instances()))
              .param("causes", texts(filter.causes()));
    }
    if (subjects != null) {
      statement =
          statement
              .param("subjects", texts(subjects.stream().map(SubjectKey::id).toList()))
              .param("keys", texts(subjects.stream().map(SubjectKey::toString).toList()))
              .param("statuses", texts(filter.statuses()));
    } else if (!byId) {
      statement =
          statement
              .param("ended", texts(filter.ended()))
              .param("waiting", filter.has(EventStatus.NEW))
              .param("working", filter.has(EventStatus.QUEUED));
    }
    return statement.query(EventRows::read).list();
  }

  private static Object texts(List<String> texts) {
    return SqlArrays.texts(new ArrayList<>(texts), text -> text);
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
