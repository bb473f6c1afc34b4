package dev.rollcall.audit;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.SubjectKey;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Writes and reads the audit; entries are never changed. */
public final class Audit {

  private static final TypeReference<Map<String, Object>> ENTRY = new TypeReference<>() {};

  /** An escaped NUL, and not an escaped backslash before four digits and a letter. */
  private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

  private final JdbcClient jdbc;
  private final Clock clock;
  private final JsonMapper json;

  public Audit(JdbcClient jdbc, Clock clock, JsonMapper json) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
  }

  /** Adds these entries, in order; joins the caller's transaction where there is one. */
  public void append(List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into audit (at, kind, instance, source, subject, event, entry)
            select :now, n.kind, n.instance, n.source, n.subject, n.event, n.entry
            from unnest(:kinds::text[], :instances::text[], :sources::text[], :subjects::text[],
              :events::bigint[], :entries::json[]) with ordinality
              as n (kind, instance, source, subject, event, entry, place)
            order by n.place
            """)
        .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
        .param("kinds", SqlArrays.texts(entries, entry -> entry.kind().code()))
        .param("instances", SqlArrays.texts(entries, AuditEntry::instance))
        .param("sources", SqlArrays.texts(entries, Audit::source))
        .param("subjects", SqlArrays.texts(entries, Audit::subject))
        .param("events", SqlArrays.numbers(entries, AuditEntry::event))
        .param("entries", SqlArrays.texts(entries, this::storable))
        .update();
  }

  /**
   * An entry as stored.
   *
   * @param at on Rollcall's clock
   */
  public record Stored(long id, Instant at, String kind, Map<String, Object> entry) {}

  /** The entries of an event, in order. */
  public List<Stored> ofEvent(long event) {
    return jdbc.sql("select id, at, kind, entry from audit where event = :event order by id")
        .param("event", event)
        .query((row, number) ->
            new Stored(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("kind"),
                json.readValue(row.getString("entry"), ENTRY)))
        .list();
  }

  /** What the last outcome of each of these events tells; an event without one is missing. */
  public Map<Long, Map<String, Object>> outcomes(Collection<Long> events) {
    Map<Long, Map<String, Object>> outcomes = new HashMap<>();
    if (!events.isEmpty()) {
      jdbc.sql(
              "select event, entry from audit where event = any(:events::bigint[])"
                  + " and kind = :kind order by id")
          .param("events", SqlArrays.numbers(events))
          .param("kind", AuditKind.OUTCOME.code())
          .query(
              (RowCallbackHandler)
                  row ->
                      outcomes.put(
                          row.getLong("event"), json.readValue(row.getString("entry"), ENTRY)));
    }
    return outcomes;
  }

  /** PostgreSQL has no text with NUL; what others say must not keep an entry from being written. */
  private String storable(AuditEntry entry) {
    String written = json.writeValueAsString(entry.entry());
    return written.contains("\\u0000") ? NUL.matcher(written).replaceAll("$1\\\\uFFFD") : written;
  }

  private static @Nullable String source(AuditEntry entry) {
    SubjectKey subject = entry.subject();
    return subject == null ? null : subject.source();
  }

  private static @Nullable String subject(AuditEntry entry) {
    SubjectKey subject = entry.subject();
    return subject == null ? null : subject.id();
  }
}
