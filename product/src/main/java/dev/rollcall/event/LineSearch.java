package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lists request lines and their batches for people, the newest first, a page at a time. Every
 * question is answered from an index that holds the order asked for.
 */
public final class LineSearch {

  /** Clocks of several processes differ, and an id is taken before its transaction ends. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private static final String BETWEEN =
      " and l.id >= :low and l.id < :high and l.stored_at >= :from and l.stored_at < :to";

  /** One short walk along an index for each instance and status that is asked for. */
  private static final String BY_KIND =
      """
      select f.*
      from unnest(:instances::text[]) i (instance) cross join unnest(:statuses::text[]) s (status)
        cross join lateral (
          select l.* from request_line l
          where not l.superseded and l.instance = i.instance and l.status = s.status
            ACTION BETWEEN
          order by l.id desc limit :limit) f
      order by f.id desc limit :limit
      """
          .replace("BETWEEN", BETWEEN);

  /** Of one batch, or of a few people: never so many that their order would need an index. */
  private static final String OF_FEW =
      """
      select l.* from request_line l
      where not l.superseded and l.instance = any(:instances::text[])
        and l.status = any(:statuses::text[]) FEW ACTION BETWEEN
      order by l.id desc limit :limit
      """
          .replace("BETWEEN", BETWEEN);

  private static final String OF_BATCH = " and l.batch = :batch";
  private static final String OF_SUBJECTS =
      " and l.subject = any(:subjects::text[])"
          + " and l.source || ':' || l.subject = any(:keys::text[])";

  /** A batch with errors stands where its first error was stored. */
  private static final String FAILED =
      """
      select f.*
      from unnest(:instances::text[]) i (instance) cross join lateral (
        select l.instance, l.batch, l.id from request_line l
        where not l.superseded and l.instance = i.instance and l.status = 'ERR' and l.id < :before
          and not exists (
            select 1 from request_line o
            where o.status = 'ERR' and not o.superseded and o.instance = l.instance
              and o.batch = l.batch and o.id < l.id)
        order by l.id desc limit :limit) f
      order by f.id desc limit :limit
      """;

  /** Any other stands where its first line was stored, so that trying again does not move it. */
  private static final String OTHERS =
      """
      select l.instance, l.batch, l.id from request_line l
      where l.id < :before and l.instance = any(:instances::text[])
        and not exists (
          select 1 from request_line o
          where o.instance = l.instance and o.batch = l.batch and o.id < l.id)
        and not exists (
          select 1 from request_line e
          where e.instance = l.instance and e.batch = l.batch and e.status = 'ERR'
            and not e.superseded)
      order by l.id desc limit :limit
      """;

  private static final String COUNTED =
      """
      select k.instance, k.batch, k.id, min(l.created) as created, min(l.stored_at) as stored_at,
        count(*) filter (where l.status = 'INPR') as open,
        count(*) filter (where l.status = 'COMP') as done,
        count(*) filter (where l.status = 'WARN') as warned,
        count(*) filter (where l.status = 'ERR') as failed
      from unnest(:instances::text[], :batches::text[], :ids::bigint[]) k (instance, batch, id)
        join request_line l on l.instance = k.instance and l.batch = k.batch
      where not l.superseded
      group by k.instance, k.batch, k.id
      """;

  private final JdbcClient jdbc;
  private final FirstId first;

  public LineSearch(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.first = new FirstId(jdbc, "request_line", "stored_at");
  }

  /**
   * What to list; what is null does not restrict. Of each line only its last generation is.
   *
   * @param instances those there are, or the ones asked for
   * @param subjects null for everybody
   * @param from when they were stored, on Rollcall's clock
   * @param to not later than just before this
   */
  public record Filter(
      List<String> instances,
      @Nullable LineStatus status,
      @Nullable String action,
      @Nullable String batch,
      @Nullable List<SubjectKey> subjects,
      @Nullable Instant from,
      @Nullable Instant to) {

    public Filter {
      instances = List.copyOf(instances);
      subjects = subjects == null ? null : List.copyOf(subjects);
    }

    private List<String> statuses() {
      return Arrays.stream(LineStatus.values())
          .filter(one -> one != LineStatus.NEW && (status == null || status == one))
          .map(LineStatus::name)
          .toList();
    }
  }

  /**
   * A batch, counted by the last generations of its lines.
   *
   * @param place where it stands in the order of batches: the id of its first error, or else of its
   *     first line
   * @param created on the clock of the source's database; null when it does not say
   * @param stored when its first line was taken over
   * @param open lines that are still to be worked
   */
  public record Batch(
      String instance,
      String id,
      long place,
      @Nullable LocalDateTime created,
      Instant stored,
      long open,
      long done,
      long warned,
      long failed) {

    /** How many lines it has. */
    public long lines() {
      return open + done + warned + failed;
    }

    /** What follows from its lines, as PeopleSoft's header says it: INPR, ERR or COMP. */
    public LineStatus status() {
      if (open > 0) {
        return LineStatus.INPR;
      }
      return failed > 0 ? LineStatus.ERR : LineStatus.COMP;
    }
  }

  /**
   * Where a page of batches begins: those with errors come first.
   *
   * @param failed whether it is among those with errors
   * @param before only with smaller places
   */
  public record From(boolean failed, long before) {
    /** The first page. */
    public static final From FIRST = new From(true, Long.MAX_VALUE);

    /** Behind this batch. */
    public static From after(Batch batch) {
      return new From(batch.failed() > 0, batch.place());
    }
  }

  /**
   * The lines that fit, the newest first.
   *
   * @param before only with smaller ids; null for the newest there are
   */
  public List<Lines.Shown> older(Filter filter, @Nullable Long before, int limit) {
    Instant from = filter.from();
    Instant to = filter.to();
    long high = before == null ? Long.MAX_VALUE : before;
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("low", from == null ? 0 : first.at(from.minus(SLACK)));
    parameters.put("high", to == null ? high : Math.min(high, first.at(to.plus(SLACK))));
    parameters.put("from", utc(from == null ? Instant.EPOCH : from));
    parameters.put("to", utc(to == null ? Instant.parse("9999-01-01T00:00:00Z") : to));
    parameters.put("limit", limit);
    return jdbc.sql(sql(filter, parameters)).params(parameters).query(LineRows::shown).list();
  }

  private static String sql(Filter filter, Map<String, Object> parameters) {
    parameters.put("instances", SqlArrays.texts(filter.instances(), name -> name));
    parameters.put("statuses", SqlArrays.texts(filter.statuses(), name -> name));
    String action = "";
    if (filter.action() != null) {
      action = "and l.action = :action";
      parameters.put("action", filter.action());
    }
    String few = "";
    if (filter.batch() != null) {
      few += OF_BATCH;
      parameters.put("batch", filter.batch());
    }
    List<SubjectKey> subjects = filter.subjects();
    if (subjects != null) {
      few += OF_SUBJECTS;
      parameters.put("subjects", SqlArrays.texts(subjects, SubjectKey::id));
      parameters.put("keys", SqlArrays.texts(subjects, SubjectKey::toString));
    }
    return (few.isEmpty() ? BY_KIND : OF_FEW.replace("FEW", few)).replace("ACTION", action);
  }

  /** A line in one of its generations; empty when it is not kept any more. */
  public Optional<Lines.Shown> byId(long id) {
    return jdbc.sql("select * from request_line where id = :id")
        .param("id", id)
        .query(LineRows::shown)
        .optional();
  }

  /** Every generation of a line that is kept, the last first. */
  public List<Lines.Shown> generations(String instance, Line.Key key) {
    return jdbc.sql(
            "select * from request_line where instance = :instance and batch = :batch"
                + " and line = :line order by generation desc")
        .param("instance", instance)
        .param("batch", key.batch())
        .param("line", key.number())
        .query(LineRows::shown)
        .list();
  }

  /** The lines that this event is for, or that it worked, in the order in which they were told. */
  public List<Lines.Shown> ofEvent(long event, int limit) {
    return jdbc.sql("select * from request_line where event = :event order by id limit :limit")
        .param("event", event)
        .param("limit", limit)
        .query(LineRows::shown)
        .list();
  }

  /** The newest lines of a person, each in its last generation. */
  public List<Lines.Shown> of(SubjectKey subject, int limit) {
    return jdbc.sql(
            "select * from request_line where subject = :subject and source = :source"
                + " and not superseded order by id desc limit :limit")
        .param("subject", subject.id())
        .param("source", subject.source())
        .param("limit", limit)
        .query(LineRows::shown)
        .list();
  }

  /** One batch; empty when none of its lines is kept. */
  public Optional<Batch> batch(String instance, String id) {
    return counted(List.of(new Head(instance, id, 0))).stream().findFirst();
  }

  /** Batches, those with errors first, and each the newest first. */
  public List<Batch> batches(List<String> instances, From from, int limit) {
    List<Head> heads = new ArrayList<>();
    if (from.failed()) {
      heads.addAll(heads(FAILED, instances, from.before(), limit));
    }
    if (heads.size() < limit) {
      long before = from.failed() ? Long.MAX_VALUE : from.before();
      heads.addAll(heads(OTHERS, instances, before, limit - heads.size()));
    }
    Map<Head, Batch> counted = new HashMap<>();
    counted(heads)
        .forEach(
            batch -> counted.put(new Head(batch.instance(), batch.id(), batch.place()), batch));
    return heads.stream().filter(counted::containsKey).map(counted::get).toList();
  }

  private record Head(String instance, String batch, long id) {}

  private List<Head> heads(String sql, List<String> instances, long before, int limit) {
    return jdbc.sql(sql)
        .param("instances", SqlArrays.texts(instances, name -> name))
        .param("before", before)
        .param("limit", limit)
        .query((row, number) -> new Head(row.getString(1), row.getString(2), row.getLong(3)))
        .list();
  }

  private List<Batch> counted(List<Head> heads) {
    return jdbc.sql(COUNTED)
        .param("instances", SqlArrays.texts(heads, Head::instance))
        .param("batches", SqlArrays.texts(heads, Head::batch))
        .param("ids", SqlArrays.numbers(heads, Head::id))
        .query((row, number) ->
            new Batch(
                row.getString("instance"),
                row.getString("batch"),
                row.getLong("id"),
                row.getObject("created", LocalDateTime.class),
                row.getObject("stored_at", OffsetDateTime.class).toInstant(),
                row.getLong("open"),
                row.getLong("done"),
                row.getLong("warned"),
                row.getLong("failed")))
        .list();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
