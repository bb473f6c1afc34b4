package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmRun.Quarantined;
import dev.rollcall.connector.oraclehcm.HcmRun.State;
import dev.rollcall.db.Database;
import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was read of one Oracle HCM, and the runs that read it. Whoever changes somebody gives them
 * the next number, one transaction after the other, so that whoever has seen a number has seen all
 * smaller ones. Safe for use by many threads and processes.
 */
public final class HcmStage {

  private static final String RUN =
      """
      select id, kind, scope, effective, started, ended, state, read, pages, changed, quarantined,
        said, consumed, usual, last_id, shrunk, stepped
      from hcm_run
      """;

  /** Who is unknown and has left is no news of anybody. */
  private static final String PUT =
      """
      with given as materialized (
        select g.id, g.record, g.gone
        from unnest(:ids::text[], :records::jsonb[], :gone::boolean[]) as g (id, record, gone)
      )
      insert into hcm_worker as w
        (source, person_id, record, number, kind, run, first_seen, changed_at)
      select :source, g.id, g.record, :base + row_number() over (order by g.id), :kind, :run, :now,
        :now
      from given g
        left join hcm_worker k on k.source = :source and k.person_id = g.id
      where k.record is distinct from g.record and (k.person_id is not null or not g.gone)
      on conflict (source, person_id) do update set record = excluded.record,
        number = excluded.number, kind = excluded.kind, run = coalesce(excluded.run, w.run),
        changed_at = excluded.changed_at
      """;

  private final Database database;
  private final String source;

  /**
   * @param source the name of the system of record in the subjects' keys
   */
  public HcmStage(Database database, String source) {
    this.database = database;
    this.source = source;
  }

  String source() {
    return source;
  }

  /**
   * How far a run has come.
   *
   * @param consumed up to which row all are staged
   * @param usual so many rows came in the largest page
   * @param lastId the last PersonId before that row, null before the first
   * @param shrunk whether the last page was smaller than usual although more follows
   * @param stepped how often rows had moved further than the overlap
   */
  record Position(int consumed, int usual, @Nullable Long lastId, boolean shrunk, int stepped) {}

  /** A run with what is needed to go on. */
  record Stored(HcmRun run, String scope, Position position) {}

  /**
   * Somebody as read.
   *
   * @param gone whether they are only to be kept when they are known already
   */
  record Read(WorkerRecord record, boolean gone) {}

  /** A row that cannot be used; {@code what} tells it from others of its run. */
  record Unusable(String what, int position, @Nullable String personId, String reason) {}

  /**
   * A page.
   *
   * @param people each once
   * @param newPeople how many of them the run had not met before
   * @param pages how many calls for pages it took
   */
  record Page(List<Read> people, int newPeople, int pages, List<Unusable> unusable) {}

  /** Somebody who changed. */
  record Told(String personId, long number, @Nullable LocalDate lastDay) {}

  private JdbcClient jdbc() {
    return database.jdbc();
  }

  /** Begins a run; one of the same kind that somebody left behind is given up. */
  Stored begin(Kind kind, String scope, LocalDate effective, Instant now) {
    return database.inTransaction(() -> {
      jdbc()
          .sql(
              "update hcm_run set state = 'INCOMPLETE', ended = :now, said = 'nobody went on with it'"
                  + " where source = :source and kind = :kind and state = 'RUNNING'")
          .param("now", at(now))
          .param("source", source)
          .param("kind", kind.name())
          .update();
      long id =
          jdbc()
              .sql(
                  "insert into hcm_run (source, kind, scope, effective, started)"
                      + " values (:source, :kind, :scope, :effective, :now) returning id")
              .param("source", source)
              .param("kind", kind.name())
              .param("scope", scope)
              .param("effective", effective)
              .param("now", at(now))
              .query(Long.class)
              .single();
      return find(id).orElseThrow();
    });
  }

  Optional<Stored> find(long id) {
    return jdbc()
        .sql(RUN + "where source = :source and id = :id")
        .param("source", source)
        .param("id", id)
        .query((row, _) -> stored(row))
        .optional();
  }

  /**
   * Keeps a page, and that the run has come so far; all or nothing.
   *
   * @throws ConnectorException when another process has gone on with the run meanwhile
   */
  Stored keep(Stored run, Page page, Position reached, Instant now) {
    return database.inTransaction(() -> {
      long changed = put(page.people(), run.run().kind(), run.run().id(), now);
      jdbc()
          .sql(
              "update hcm_worker set run = :run where source = :source"
                  + " and person_id = any(:ids::text[]) and run is distinct from :run")
          .param("run", run.run().id())
          .param("source", source)
          .param("ids", SqlArrays.texts(page.people(), one -> one.record().personId()))
          .update();
      quarantine(run.run().id(), page.unusable(), now);
      int updated =
          jdbc()
              .sql(
                  """
                  update hcm_run r set read = read + :read, pages = pages + :pages,
                    changed = changed + :changed, consumed = :consumed, usual = :usual,
                    last_id = :lastId, shrunk = :shrunk, stepped = :stepped,
                    quarantined = (select count(*) from hcm_quarantine q where q.run = r.id)
                  where id = :id and state = 'RUNNING' and pages = :before
                  """)
              .param("read", page.newPeople())
              .param("pages", page.pages())
              .param("changed", changed)
              .param("consumed", reached.consumed())
              .param("usual", reached.usual())
              .param("lastId", reached.lastId())
              .param("shrunk", reached.shrunk())
              .param("stepped", reached.stepped())
              .param("id", run.run().id())
              .param("before", run.run().pages())
              .update();
      if (updated == 0) {
        throw new ConnectorException(
            ErrorKind.UNAVAILABLE,
            "another process goes on with run %d of %s".formatted(run.run().id(), source),
            null);
      }
      return find(run.run().id()).orElseThrow();
    });
  }

  private void quarantine(long run, List<Unusable> rows, Instant now) {
    if (rows.isEmpty()) {
      return;
    }
    jdbc()
        .sql(
            """
            insert into hcm_quarantine (run, what, position, person_id, reason, at)
            select :run, g.what, g.position, g.person, g.reason, :now
            from unnest(:whats::text[], :positions::integer[], :persons::text[], :reasons::text[])
              as g (what, position, person, reason)
            on conflict do nothing
            """)
        .param("run", run)
        .param("now", at(now))
        .param("whats", SqlArrays.texts(rows, Unusable::what))
        .param("positions", SqlArrays.texts(rows, Unusable::position))
        .param("persons", SqlArrays.texts(rows, Unusable::personId))
        .param("reasons", SqlArrays.texts(rows, Unusable::reason))
        .update();
  }

  /** Keeps people who were read alone; the poll of the active ones tells of it. */
  void put(Collection<WorkerRecord> records, Instant now) {
    List<Read> people = records.stream().map(record -> new Read(record, false)).toList();
    database.inTransaction(() -> {
      put(people, Kind.ACTIVE, null, now);
    });
  }

  private long put(List<Read> people, Kind kind, @Nullable Long run, Instant now) {
    if (people.isEmpty()) {
      return 0;
    }
    long base =
        jdbc()
            .sql(
                "insert into hcm_counter as c (source, number) values (:source, 0)"
                    + " on conflict (source) do update set number = c.number returning number")
            .param("source", source)
            .query(Long.class)
            .single();
    int changed =
        jdbc()
            .sql(PUT)
            .param("ids", SqlArrays.texts(people, one -> one.record().personId()))
            .param("records", SqlArrays.texts(people, one -> one.record().json()))
            .param("gone", SqlArrays.texts(people, Read::gone))
            .param("source", source)
            .param("base", base)
            .param("kind", kind.name())
            .param("run", run)
            .param("now", at(now))
            .update();
    if (changed > 0) {
      jdbc()
          .sql("update hcm_counter set number = :number where source = :source")
          .param("number", base + changed)
          .param("source", source)
          .update();
    }
    return changed;
  }

  void end(long id, State state, @Nullable String said, Instant now) {
    jdbc()
        .sql(
            "update hcm_run set state = :state, ended = :now, said = :said"
                + " where id = :id and state = 'RUNNING'")
        .param("state", state.name())
        .param("now", at(now))
        .param("said", said)
        .param("id", id)
        .update();
  }

  /** The last run of this kind that read all of this. */
  Optional<HcmRun> lastComplete(Kind kind, String scope) {
    return jdbc()
        .sql(
            RUN
                + "where source = :source and kind = :kind and scope = :scope"
                + " and state = 'COMPLETE' order by id desc limit 1")
        .param("source", source)
        .param("kind", kind.name())
        .param("scope", scope)
        .query((row, _) -> stored(row).run())
        .optional();
  }

  /** The last runs of both kinds, the newest first. */
  public List<HcmRun> runs(int limit) {
    return jdbc()
        .sql(RUN + "where source = :source order by id desc limit :limit")
        .param("source", source)
        .param("limit", limit)
        .query((row, _) -> stored(row).run())
        .list();
  }

  /** The last run of this kind; empty when there was none. */
  public Optional<HcmRun> last(Kind kind) {
    return jdbc()
        .sql(RUN + "where source = :source and kind = :kind order by id desc limit 1")
        .param("source", source)
        .param("kind", kind.name())
        .query((row, _) -> stored(row).run())
        .optional();
  }

  /** What could not be used in the last run of each kind, for a person to look at. */
  public List<Quarantined> quarantined(int limit) {
    return jdbc()
        .sql(
            """
            select q.run, q.position, q.person_id, q.reason, q.at from hcm_quarantine q
            where q.run in (select max(id) from hcm_run where source = :source group by kind)
            order by q.run, q.position, q.what limit :limit
            """)
        .param("source", source)
        .param("limit", limit)
        .query((row, _) ->
            new Quarantined(
                row.getLong("run"),
                row.getInt("position"),
                row.getString("person_id"),
                row.getString("reason"),
                instant(row, "at")))
        .list();
  }

  /** The last number that was given. */
  long number() {
    return jdbc()
        .sql("select number from hcm_counter where source = :source")
        .param("source", source)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** Who has a number behind this one and is told by this kind of poll, in order. */
  List<Told> changed(Kind kind, long after, int limit) {
    return jdbc()
        .sql(
            """
            select person_id, number, record ->> 'terminationDate' as last_day from hcm_worker
            where source = :source and kind = :kind and number > :after
            order by number limit :limit
            """)
        .param("source", source)
        .param("kind", kind.name())
        .param("after", after)
        .param("limit", limit)
        .query((row, _) -> {
          String last = row.getString("last_day");
          return new Told(
              row.getString("person_id"),
              row.getLong("number"),
              last == null ? null : LocalDate.parse(last));
        })
        .list();
  }

  Map<String, WorkerRecord> records(Collection<String> personIds) {
    Map<String, WorkerRecord> records = new HashMap<>();
    jdbc()
        .sql(
            "select person_id, record from hcm_worker"
                + " where source = :source and person_id = any(:ids::text[])")
        .param("source", source)
        .param("ids", SqlArrays.texts(personIds, id -> id))
        .query((row, _) -> WorkerRecord.of(row.getString("person_id"), row.getString("record")))
        .list()
        .forEach(record -> records.put(record.personId(), record));
    return records;
  }

  /** Ids behind this one, in their order. */
  List<String> known(@Nullable String after, int limit) {
    return jdbc()
        .sql(
            "select person_id from hcm_worker where source = :source and person_id > :after"
                + " order by person_id limit :limit")
        .param("source", source)
        .param("after", after == null ? "" : after)
        .param("limit", limit)
        .query((row, _) -> row.getString("person_id"))
        .list();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    long lastId = row.getLong("last_id");
    Long last = row.wasNull() ? null : (Long) lastId;
    return new Stored(
        new HcmRun(
            row.getLong("id"),
            Kind.valueOf(row.getString("kind")),
            row.getObject("effective", LocalDate.class),
            instant(row, "started"),
            row.getObject("ended") == null ? null : instant(row, "ended"),
            State.valueOf(row.getString("state")),
            row.getInt("read"),
            row.getInt("pages"),
            row.getInt("changed"),
            row.getInt("quarantined"),
            row.getString("said")),
        row.getString("scope"),
        new Position(
            row.getInt("consumed"),
            row.getInt("usual"),
            last,
            row.getBoolean("shrunk"),
            row.getInt("stepped")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
