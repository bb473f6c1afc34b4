package dev.rollcall.audit;

import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks the audit, the newest entries first, a page at a time; changes nothing. */
public final class AuditSearch {

  private static final TypeReference<Map<String, Object>> ENTRY = new TypeReference<>() {};
  private static final int PAGE = 1_000;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  public AuditSearch(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * An entry as found.
   *
   * @param at on Rollcall's clock
   * @param kind the code of an {@link AuditKind}
   */
  public record Hit(
      long id,
      Instant at,
      String kind,
      @Nullable String instance,
      @Nullable SubjectKey subject,
      @Nullable Long event,
      Map<String, Object> entry) {}

  /** The newest entries that fit, newest first. */
  public List<Hit> find(AuditFilter filter, int limit) {
    StringBuilder sql = new StringBuilder("select * from audit where true");
    Map<String, Object> parameters = new HashMap<>();
    put(sql, parameters, "instance = :instance", "instance", filter.instance());
    put(sql, parameters, "source = :source", "source", filter.source());
    put(sql, parameters, "subject = :subject", "subject", filter.subject());
    put(sql, parameters, "event = :event", "event", filter.event());
    AuditKind kind = filter.kind();
    if (kind != null) {
      // Said twice: only a constant lets the partial index be used.
      put(sql, parameters, "kind = :kind", "kind", kind.code());
      if (kind != AuditKind.OUTCOME) {
        sql.append(" and kind <> 'outcome'");
      }
    }
    put(sql, parameters, "at >= :from", "from", utc(filter.from()));
    put(sql, parameters, "at < :to", "to", utc(filter.to()));
    put(
        sql,
        parameters,
        "(at, id) < (select b.at, b.id from audit b where b.id = :before)",
        "before",
        filter.before());
    sql.append(" order by at desc, id desc limit :limit");
    parameters.put("limit", limit);
    return jdbc.sql(sql.toString()).params(parameters).query(this::read).list();
  }

  /**
   * Tells every entry that fits, newest first; memory does not grow with their number. What is
   * written meanwhile is not told.
   *
   * @param limit at most this many
   */
  public void each(AuditFilter filter, long limit, Consumer<Hit> told) {
    AuditFilter next = filter;
    long left = limit;
    while (left > 0) {
      int page = (int) Math.min(left, PAGE);
      List<Hit> hits = find(next, page);
      hits.forEach(told);
      if (hits.size() < page) {
        return;
      }
      left -= page;
      next = next.behind(hits.getLast().id());
    }
  }

  private static void put(
      StringBuilder sql,
      Map<String, Object> parameters,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      sql.append(" and ").append(condition);
      parameters.put(name, value);
    }
  }

  private static @Nullable OffsetDateTime utc(@Nullable Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }

  private Hit read(ResultSet row, int number) throws SQLException {
    String source = row.getString("source");
    String subject = row.getString("subject");
    return new Hit(
        row.getLong("id"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("kind"),
        row.getString("instance"),
        source == null || subject == null ? null : new SubjectKey(source, subject),
        row.getObject("event", Long.class),
        json.readValue(row.getString("entry"), ENTRY));
  }
}
