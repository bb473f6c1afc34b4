package dev.rollcall.guard;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The changes that are held, and what people decided about them. Of one person and class there is
 * at most one row that is open.
 */
public final class Holds {

  private static final TypeReference<List<Map<String, Object>>> CHANGES = new TypeReference<>() {};
  private static final String COLUMNS =
      "id, instance, source, subject, class, event, reason, changes, same, held_at, decision,"
          + " decided_by, why, decided_at";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final JsonMapper json;

  public Holds(JdbcClient jdbc, Clock clock, JsonMapper json) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
  }

  /** What a person decides about a held change. */
  public enum Decision {
    /** It is made, whatever the limit says, as long as it is nothing else. */
    RELEASED,
    /** It is not made, as long as it is the same. */
    REJECTED;

    /** As stored and shown. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A change that is held or decided, and not done with.
   *
   * @param event the suspended event that found it last
   * @param changes as an event tells them
   * @param same equal for changes that come to the same
   * @param since when it was held first, on Rollcall's clock
   * @param decision null while nobody has decided
   * @param by who decided, or null
   * @param why in their words, or null
   * @param at when, or null
   */
  public record Open(
      long id,
      String instance,
      SubjectKey subject,
      ChangeClass changeClass,
      long event,
      String reason,
      List<Map<String, Object>> changes,
      String same,
      Instant since,
      @Nullable Decision decision,
      @Nullable String by,
      @Nullable String why,
      @Nullable Instant at) {}

  /** A change to hold. */
  record Held(
      SubjectKey subject,
      ChangeClass changeClass,
      long event,
      String reason,
      List<Map<String, Object>> changes,
      String same) {}

  /** What became of a row, and by which event. */
  record Closing(long id, String how, long event) {}

  /**
   * Those that nobody has decided, the oldest first.
   *
   * @param instance null for all
   * @param one null for all classes
   */
  public List<Open> undecided(@Nullable String instance, @Nullable ChangeClass one, int limit) {
    StringBuilder sql = new StringBuilder("select ").append(COLUMNS).append(" from held");
    sql.append(" where closed_at is null and decision is null");
    if (instance != null) {
      sql.append(" and instance = :instance");
    }
    if (one != null) {
      sql.append(" and class = :class");
    }
    JdbcClient.StatementSpec statement =
        jdbc.sql(sql.append(" order by event, class limit :limit").toString())
            .param("limit", limit);
    if (instance != null) {
      statement = statement.param("instance", instance);
    }
    if (one != null) {
      statement = statement.param("class", one.code());
    }
    return statement.query(this::read).list();
  }

  /** How many wait for a decision, of one instance. */
  public long count(String instance) {
    return jdbc.sql(
            "select count(*) from held"
                + " where instance = :instance and closed_at is null and decision is null")
        .param("instance", instance)
        .query(Long.class)
        .single();
  }

  /** What is open of these subjects; locked until the caller's transaction ends. */
  public List<Open> lock(String instance, Collection<SubjectKey> subjects) {
    return jdbc.sql(
            """
            select COLUMNS from held join unnest(:sources::text[], :subjects::text[]) as s (src, sub)
              on source = s.src and subject = s.sub
            where instance = :instance and subject = any(:subjects::text[]) and closed_at is null
            order by id for update of held
            """
                .replace("COLUMNS", COLUMNS))
        .param("instance", instance)
        .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
        .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
        .query(this::read)
        .list();
  }

  /**
   * All undecided of an instance and class; locked until the caller's transaction ends. What is
   * being worked at this moment is waited for.
   */
  public List<Open> lockUndecided(String instance, ChangeClass one) {
    return jdbc.sql(
            "select "
                + COLUMNS
                + " from held where instance = :instance and class = :class and closed_at is null"
                + " and decision is null order by id for update")
        .param("instance", instance)
        .param("class", one.code())
        .query(this::read)
        .list();
  }

  /**
   * Stores what a person decided about rows that are locked.
   *
   * @param rows their ids, each with the event that was appended for it
   */
  public void decide(Map<Long, Long> rows, Decision decision, String by, String why) {
    jdbc.sql(
            """
            update held set decision = :decision, decided_by = :by, why = :why, decided_at = :now,
              resolved_event = n.event
            from unnest(:ids::bigint[], :events::bigint[]) as n (id, event)
            where held.id = n.id
            """)
        .param("decision", decision.code())
        .param("by", by)
        .param("why", why)
        .param("now", now())
        .param("ids", SqlArrays.numbers(rows.keySet()))
        .param("events", SqlArrays.numbers(rows.values()))
        .update();
  }

  /** Holds these; where one of the same person and class is open, it becomes this one. */
  void hold(String instance, List<Held> held) {
    if (held.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into held as h (instance, source, subject, class, event, reason, changes, same,
              held_at)
            select :instance, n.source, n.subject, n.class, n.event, n.reason, n.changes, n.same, :now
            from unnest(:sources::text[], :subjects::text[], :classes::text[], :events::bigint[],
              :reasons::text[], :changes::json[], :sames::text[])
              as n (source, subject, class, event, reason, changes, same)
            on conflict (instance, subject, source, class) where closed_at is null do update
              set event = excluded.event, reason = excluded.reason, changes = excluded.changes,
                same = excluded.same
            """)
        .param("instance", instance)
        .param("now", now())
        .param("sources", SqlArrays.texts(held, one -> one.subject().source()))
        .param("subjects", SqlArrays.texts(held, one -> one.subject().id()))
        .param("classes", SqlArrays.texts(held, one -> one.changeClass().code()))
        .param("events", SqlArrays.numbers(held, Held::event))
        .param("reasons", SqlArrays.texts(held, one -> storable(one.reason())))
        .param(
            "changes",
            SqlArrays.texts(held, one -> storable(json.writeValueAsString(one.changes()))))
        .param("sames", SqlArrays.texts(held, Held::same))
        .update();
  }

  /** These are done with. */
  void close(List<Closing> closings) {
    if (closings.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            update held set closed_at = :now, closed_how = n.how, closed_event = n.event
            from unnest(:ids::bigint[], :hows::text[], :events::bigint[]) as n (id, how, event)
            where held.id = n.id
            """)
        .param("now", now())
        .param("ids", SqlArrays.numbers(closings, Closing::id))
        .param("hows", SqlArrays.texts(closings, Closing::how))
        .param("events", SqlArrays.numbers(closings, Closing::event))
        .update();
  }

  /**
   * Forgets what was held of this subject and is done with, and the words of decisions that are in
   * force; what waits for a decision stays.
   *
   * @return how many were forgotten
   */
  public long forgetClosed(SubjectKey subject) {
    jdbc.sql(
            "update held set why = 'erased' where subject = :subject and source = :source"
                + " and closed_at is null and why is not null")
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
    return jdbc.sql(
            "delete from held where subject = :subject and source = :source"
                + " and closed_at is not null")
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
  }

  /** PostgreSQL has no text with NUL, plain or escaped. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD').replace("\\u0000", "\uFFFD");
  }

  private Open read(ResultSet row, int number) throws SQLException {
    String decision = row.getString("decision");
    return new Open(
        row.getLong("id"),
        row.getString("instance"),
        new SubjectKey(row.getString("source"), row.getString("subject")),
        ChangeClass.ofCode(row.getString("class")),
        row.getLong("event"),
        row.getString("reason"),
        json.readValue(row.getString("changes"), CHANGES),
        row.getString("same"),
        instant(row, "held_at").orElseThrow(),
        decision == null ? null : Decision.valueOf(decision.toUpperCase(Locale.ROOT)),
        row.getString("decided_by"),
        row.getString("why"),
        instant(row, "decided_at").orElse(null));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
