package dev.rollcall.finding;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The findings. Of one kind, instance and subject there is one, however often it is noticed. What a
 * person has looked at stays done while it says the same.
 */
public final class Findings {

  private final JdbcClient jdbc;
  private final Clock clock;

  public Findings(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Remembers what was found; joins the caller's transaction where there is one. */
  public void raise(Collection<Finding> found) {
    if (found.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into finding as f (kind, instance, source, subject, text, event, since, last_seen,
              until)
            select n.kind, n.instance, n.source, n.subject, n.text, n.event, :now, :now, n.until
            from unnest(:kinds::text[], :instances::text[], :sources::text[], :subjects::text[],
              :texts::text[], :events::bigint[], :untils::timestamptz[])
              as n (kind, instance, source, subject, text, event, until)
            order by n.instance, n.subject, n.source, n.kind
            on conflict on constraint finding_once do update
              set text = excluded.text, event = excluded.event, until = excluded.until,
                last_seen = excluded.last_seen, seen = f.seen + 1,
                done_at = case when f.text = excluded.text then f.done_at end,
                done_by = case when f.text = excluded.text then f.done_by end,
                done_why = case when f.text = excluded.text then f.done_why end
            """)
        .param("now", now())
        .param("kinds", SqlArrays.texts(found, finding -> finding.kind().code()))
        .param("instances", SqlArrays.texts(found, Finding::instance))
        .param("sources", SqlArrays.texts(found, finding -> finding.subject().source()))
        .param("subjects", SqlArrays.texts(found, finding -> finding.subject().id()))
        .param("texts", SqlArrays.texts(found, finding -> finding.text().replace('\0', '\uFFFD')))
        .param("events", SqlArrays.numbers(found, Finding::event))
        .param("untils", SqlArrays.texts(found, Finding::until))
        .update();
  }

  private record Standing(long id, SubjectKey subject, String kind, boolean over) {}

  /**
   * Remembers what these looks found and forgets what they did not find any more; joins the
   * caller's transaction. However many there are, one question is asked, and nothing is written
   * when there is nothing to raise and nothing to forget.
   *
   * @param looks each subject once
   */
  public void settle(String instance, List<Look> looks) {
    if (looks.isEmpty()) {
      return;
    }
    Map<SubjectKey, Look> bySubject = new HashMap<>();
    List<Finding> found = new ArrayList<>();
    for (Look look : looks) {
      bySubject.put(look.subject(), look);
      found.addAll(look.found());
    }
    List<Long> over = new ArrayList<>();
    for (Standing one : standing(instance, bySubject.keySet())) {
      Look look = bySubject.get(one.subject());
      if (one.over() || (look != null && isOver(one.kind(), look))) {
        over.add(one.id());
      }
    }
    if (!over.isEmpty()) {
      jdbc.sql("delete from finding where id = any(:ids::bigint[])")
          .param("ids", SqlArrays.numbers(over))
          .update();
    }
    raise(found);
  }

  private static boolean isOver(String kind, Look look) {
    return look.judged().stream().anyMatch(judged -> judged.code().equals(kind))
        && look.found().stream().noneMatch(finding -> finding.kind().code().equals(kind));
  }

  private List<Standing> standing(String instance, Collection<SubjectKey> subjects) {
    return jdbc.sql(
            """
            select id, source, subject, kind, coalesce(until <= :now, false) as over
            from finding join unnest(:sources::text[], :subjects::text[]) as s (src, sub)
              on source = s.src and subject = s.sub
            where instance = :instance and subject = any(:subjects::text[])
            """)
        .param("now", now())
        .param("instance", instance)
        .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
        .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
        .query((row, number) ->
            new Standing(
                row.getLong("id"),
                new SubjectKey(row.getString("source"), row.getString("subject")),
                row.getString("kind"),
                row.getBoolean("over")))
        .list();
  }

  /**
   * What to list; a null part does not restrict.
   *
   * @param subject the source's id of the subject
   * @param after the last finding of the page before; 0 for the first page
   */
  public record Filter(
      @Nullable String instance,
      @Nullable FindingKind kind,
      @Nullable String subject,
      long after,
      int limit) {}

  /** What waits for a person to look at it, in the order in which it was noticed first. */
  public List<StandingFinding> list(Filter filter) {
    StringBuilder sql =
        new StringBuilder(
            "select * from finding where done_at is null and id > :after"
                + " and (until is null or until > :now)");
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("after", filter.after());
    parameters.put("now", now());
    parameters.put("limit", filter.limit());
    if (filter.instance() != null) {
      sql.append(" and instance = :instance");
      parameters.put("instance", filter.instance());
    }
    if (filter.kind() != null) {
      sql.append(" and kind = :kind");
      parameters.put("kind", filter.kind().code());
    }
    if (filter.subject() != null) {
      sql.append(" and subject = :subject");
      parameters.put("subject", filter.subject());
    }
    sql.append(" order by id limit :limit");
    return jdbc.sql(sql.toString()).params(parameters).query(Findings::read).list();
  }

  /** How many wait for a person, by instance. */
  public Map<String, Long> open() {
    Map<String, Long> open = new HashMap<>();
    jdbc.sql(
            "select instance, count(*) as number from finding where done_at is null"
                + " and (until is null or until > :now) group by instance")
        .param("now", now())
        .query((row, number) -> open.put(row.getString("instance"), row.getLong("number")))
        .list();
    return open;
  }

  /** The finding with this id that waits for a person; the row is locked until the end. */
  public Optional<StandingFinding> lock(long id) {
    return jdbc.sql("select * from finding where id = :id and done_at is null for update")
        .param("id", id)
        .query(Findings::read)
        .optional();
  }

  /** Somebody has looked at it. */
  public void done(long id, String by, String why) {
    jdbc.sql("update finding set done_at = :now, done_by = :by, done_why = :why where id = :id")
        .param("now", now())
        .param("by", by)
        .param("why", why)
        .param("id", id)
        .update();
  }

  /**
   * Forgets everything about this subject; what is still so is found again at the next look.
   *
   * @return how many were forgotten
   */
  public long forget(SubjectKey subject) {
    return jdbc.sql("delete from finding where subject = :subject and source = :source")
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }

  private static StandingFinding read(ResultSet row, int number) throws SQLException {
    return new StandingFinding(
        row.getLong("id"),
        row.getString("kind"),
        row.getString("instance"),
        new SubjectKey(row.getString("source"), row.getString("subject")),
        row.getString("text"),
        row.getObject("since", OffsetDateTime.class).toInstant(),
        row.getObject("last_seen", OffsetDateTime.class).toInstant(),
        row.getLong("seen"),
        row.getObject("event", Long.class));
  }
}
