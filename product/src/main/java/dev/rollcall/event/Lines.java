package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The lines of requests that were taken over from a source. An event only says that its subject has
 * open lines; which, is looked up here when it is worked. A finished line never changes: one that
 * was set back to NEW in the source is stored again, as the next generation.
 */
public final class Lines {

  private final JdbcClient jdbc;
  private final Clock clock;

  public Lines(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * How the last generation of a line stands.
   *
   * @param open whether it is still to be worked
   */
  public record Standing(int generation, boolean open) {}

  /**
   * A line to store.
   *
   * @param generation 1, or one more than the last
   * @param event that will look it up
   */
  public record Fresh(Line line, int generation, long event) {}

  /** A line that was stored. */
  public record Stored(long id, Line line, int generation, long event) {}

  /**
   * A line as people see it.
   *
   * @param text what a person should know, or what the other side answered; null when nothing
   * @param finished null while it is open
   */
  public record Shown(
      long id,
      String instance,
      Line line,
      int generation,
      long event,
      LineStatus status,
      @Nullable String text,
      @Nullable String accountId,
      Instant stored,
      @Nullable Instant finished) {}

  /** How the last generations of these lines stand; one that was never stored is missing. */
  public Map<Line.Key, Standing> standing(String instance, Collection<Line.Key> keys) {
    Map<Line.Key, Standing> standing = new HashMap<>();
    jdbc.sql(
            """
            select l.batch, l.line, l.generation, l.status = 'INPR' as open
            from request_line l
            join unnest(:batches::text[], :numbers::integer[]) as k (batch, line)
              on l.batch = k.batch and l.line = k.line
            where l.instance = :instance
            order by l.generation
            """)
        .param("instance", instance)
        .param("batches", SqlArrays.texts(keys, Line.Key::batch))
        .param("numbers", SqlArrays.numbers(keys, Line.Key::number))
        .query((row, number) ->
            standing.put(
                new Line.Key(row.getString("batch"), row.getInt("line")),
                new Standing(row.getInt("generation"), row.getBoolean("open"))))
        .list();
    return standing;
  }

  /** Stores these lines; joins the caller's transaction. */
  public void append(String instance, List<Fresh> lines) {
    jdbc.sql(
            """
            insert into request_line (instance, batch, line, generation, source, subject, action,
              line_group, created, event, stored_at)
            select :instance, n.batch, n.line, n.generation, n.source, n.subject, n.action,
              n.line_group, n.created, n.event, :now
            from unnest(:batches::text[], :numbers::integer[], :generations::integer[],
              :sources::text[], :subjects::text[], :actions::text[], :groups::text[],
              :createds::timestamp[], :events::bigint[]) with ordinality
              as n (batch, line, generation, source, subject, action, line_group, created, event,
                place)
            order by n.place
            """)
        .param("instance", instance)
        .param("now", now())
        .param("batches", SqlArrays.texts(lines, one -> one.line().key().batch()))
        .param("numbers", SqlArrays.numbers(lines, one -> one.line().key().number()))
        .param("generations", SqlArrays.numbers(lines, Fresh::generation))
        .param("sources", SqlArrays.texts(lines, one -> one.line().subject().source()))
        .param("subjects", SqlArrays.texts(lines, one -> one.line().subject().id()))
        .param("actions", SqlArrays.texts(lines, one -> one.line().action()))
        .param("groups", SqlArrays.texts(lines, one -> one.line().group()))
        .param("createds", SqlArrays.texts(lines, one -> one.line().created()))
        .param("events", SqlArrays.numbers(lines, Fresh::event))
        .update();
    supersede(
        instance,
        lines.stream().filter(one -> one.generation() > 1).map(one -> one.line().key()).toList());
  }

  /** Of these lines, every generation but the last is no longer listed. */
  private void supersede(String instance, Collection<Line.Key> keys) {
    if (keys.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update request_line l set superseded = true
            from unnest(:batches::text[], :numbers::integer[]) as k (batch, line)
            where l.instance = :instance and l.batch = k.batch and l.line = k.line
              and not l.superseded and exists (
                select 1 from request_line n
                where n.instance = l.instance and n.batch = l.batch and n.line = l.line
                  and n.generation > l.generation)
            """)
        .param("instance", instance)
        .param("batches", SqlArrays.texts(keys, Line.Key::batch))
        .param("numbers", SqlArrays.numbers(keys, Line.Key::number))
        .update();
  }

  /** Those of these subjects that have open lines. */
  public Set<SubjectKey> withOpen(String instance, Collection<SubjectKey> subjects) {
    return new HashSet<>(
        jdbc.sql(
                """
                select distinct l.source, l.subject
                from request_line l
                join unnest(:sources::text[], :subjects::text[]) as k (source, subject)
                  on l.source = k.source and l.subject = k.subject
                where l.instance = :instance and l.status = 'INPR'
                """)
            .param("instance", instance)
            .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
            .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
            .query((row, number) -> new SubjectKey(row.getString(1), row.getString(2)))
            .list());
  }

  /** The open lines of a subject, in {@link Line#ORDER}. */
  public List<Stored> open(String instance, SubjectKey subject) {
    return jdbc
        .sql(
            "select * from request_line where instance = :instance and subject = :subject"
                + " and source = :source and status = 'INPR'")
        .param("instance", instance)
        .param("subject", subject.id())
        .param("source", subject.source())
        .query((row, number) -> stored(row))
        .list()
        .stream()
        .sorted((one, other) -> Line.ORDER.compare(one.line(), other.line()))
        .toList();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        row.getLong("id"), LineRows.line(row), row.getInt("generation"), row.getLong("event"));
  }

  /**
   * Says what became of a line; of one that was finished already nothing changes.
   *
   * @param status COMP, WARN or ERR
   * @param event that worked it
   */
  public void finish(
      long id, long event, LineStatus status, @Nullable String text, @Nullable String accountId) {
    jdbc.sql(
            "update request_line set status = :status, text = :text, account_id = :account,"
                + " event = :event, finished_at = :now where id = :id and status = 'INPR'")
        .param("id", id)
        .param("event", event)
        .param("status", status.name())
        .param("text", text == null ? null : text.replace('\0', '\uFFFD'))
        .param("account", accountId)
        .param("now", now())
        .update();
  }

  /**
   * Takes these lines up again, as the next generation; joins the caller's transaction. One that
   * did not end as an error, or was taken up again already, is left alone.
   *
   * @param event that will look them up
   * @return how many were taken up
   */
  public int again(Collection<Long> ids, long event) {
    int taken =
        jdbc.sql(
                """
                insert into request_line (instance, batch, line, generation, source, subject, action,
                  line_group, created, event, stored_at)
                select l.instance, l.batch, l.line, l.generation + 1, l.source, l.subject, l.action,
                  l.line_group, l.created, :event, :now
                from request_line l
                where l.id = any(:ids::bigint[]) and l.status = 'ERR'
                order by l.id
                on conflict (instance, batch, line, generation) do nothing
                """)
            .param("ids", SqlArrays.numbers(ids))
            .param("event", event)
            .param("now", now())
            .update();
    jdbc.sql(
            """
            update request_line l set superseded = true
            where l.id = any(:ids::bigint[]) and not l.superseded and exists (
              select 1 from request_line n
              where n.instance = l.instance and n.batch = l.batch and n.line = l.line
                and n.generation > l.generation)
            """)
        .param("ids", SqlArrays.numbers(ids))
        .update();
    return taken;
  }

  /**
   * Forgets what was said of a person's finished lines; joins the caller's transaction.
   *
   * @return how many lost their text
   */
  public long eraseTexts(SubjectKey subject) {
    return jdbc.sql(
            "update request_line set text = null where subject = :subject and source = :source"
                + " and finished_at is not null and text is not null")
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
  }

  /**
   * Whether this event is about lines alone: a request, or one that tries again or decides what
   * came of a request or of an event that left lines as errors. Where its lines were worked by
   * another event meanwhile, nothing is left for it to do.
   */
  public boolean isAbout(long event) {
    return jdbc.sql(
            """
            with recursive way as (
              select id, parent, cause from event where id = :event
              union all
              select e.id, e.parent, e.cause
              from way w join event e on e.id = w.parent
              where w.cause in ('RETRY', 'RESOLVED')
            )
            select exists (
              select 1 from way w
              where w.cause = 'REQUEST' or exists (
                select 1 from request_line l where l.event = w.id and l.status = 'ERR'))
            """)
        .param("event", event)
        .query(Boolean.class)
        .single();
  }

  /**
   * Those of these lines that ended as errors and were not taken up again, in the order of their
   * ids; nobody else can take them up until the caller's transaction ends.
   */
  public List<Stored> failed(Collection<Long> ids) {
    return jdbc.sql(
            "select * from request_line where id = any(:ids::bigint[]) and status = 'ERR'"
                + " and not superseded order by id for update")
        .param("ids", SqlArrays.numbers(ids))
        .query((row, number) -> stored(row))
        .list();
  }

  /** The lines that this event left as errors. */
  public List<Long> errorsOf(long event) {
    return jdbc.sql(
            "select id from request_line where event = :event and status = 'ERR' order by id")
        .param("event", event)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  /**
   * What to list; a null part does not restrict.
   *
   * @param before only those with a smaller id; null for the newest
   */
  public record Filter(
      @Nullable String instance,
      @Nullable LineStatus status,
      @Nullable String batch,
      @Nullable String subject,
      @Nullable String action,
      @Nullable Long before,
      int limit) {}

  /** The newest lines first; of each line the last generation. */
  public List<Shown> list(Filter filter) {
    StringBuilder sql = new StringBuilder("select l.* from request_line l where true");
    Map<String, Object> parameters = new HashMap<>();
    restrict(sql, parameters, "instance", filter.instance());
    restrict(sql, parameters, "status", filter.status() == null ? null : filter.status().name());
    restrict(sql, parameters, "batch", filter.batch());
    restrict(sql, parameters, "subject", filter.subject());
    restrict(sql, parameters, "action", filter.action());
    if (filter.before() != null) {
      sql.append(" and l.id < :before");
      parameters.put("before", filter.before());
    }
    sql.append(" and not l.superseded order by l.id desc limit :limit");
    parameters.put("limit", filter.limit());
    return jdbc.sql(sql.toString()).params(parameters).query(LineRows::shown).list();
  }

  private static void restrict(
      StringBuilder sql, Map<String, Object> parameters, String column, @Nullable String value) {
    if (value != null) {
      sql.append(" and l.").append(column).append(" = :").append(column);
      parameters.put(column, value);
    }
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
