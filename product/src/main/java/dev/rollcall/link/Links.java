package dev.rollcall.link;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Link;
import dev.rollcall.model.Origin;
import dev.rollcall.model.SubjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The link table: unique in both directions per target system. */
public final class Links {

  private static final TypeReference<Map<String, AppliedOrigin>> ORIGINS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Clock clock;
  private final JsonMapper json;

  public Links(JdbcClient jdbc, Clock clock, JsonMapper json) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
  }

  /** The accounts of these subjects in this target system; a subject without one is missing. */
  public Map<SubjectKey, String> find(String target, Collection<SubjectKey> subjects) {
    Map<SubjectKey, String> found = new HashMap<>();
    jdbc.sql(
            "select source, subject, target, account_id from link"
                + " join unnest(:sources::text[], :subjects::text[]) as s (src, sub)"
                + " on source = s.src and subject = s.sub"
                // Says again what the join says, because only this makes sure of the index.
                + " where target = :target and subject = any(:subjects::text[])")
        .param("target", target)
        .param("sources", SqlArrays.texts(subjects, SubjectKey::source))
        .param("subjects", SqlArrays.texts(subjects, SubjectKey::id))
        .query(Links::read)
        .list()
        .forEach(link -> found.put(link.subject(), link.accountId()));
    return found;
  }

  /** Whom these accounts belong to; an account that is not linked is missing. */
  public Map<String, SubjectKey> owners(String target, Collection<String> accountIds) {
    if (accountIds.isEmpty()) {
      return Map.of();
    }
    Map<String, SubjectKey> owners = new HashMap<>();
    jdbc.sql(
            "select source, subject, target, account_id from link"
                + " where target = :target and account_id = any(:accounts::text[])")
        .param("target", target)
        .param("accounts", SqlArrays.texts(accountIds, id -> id))
        .query(Links::read)
        .list()
        .forEach(link -> owners.put(link.accountId(), link.subject()));
    return owners;
  }

  /** The attributes of accounts to which a national id of somebody was ever applied. */
  public Set<String> nationalIds(String target, String source) {
    Set<String> names = new HashSet<>();
    jdbc.sql(
            "select distinct o.key, o.value -> 'origin' ->> 'field' from link,"
                + " jsonb_each(origins) o where target = :target and source = :source")
        .param("target", target)
        .param("source", source)
        .query((row, number) -> {
          String field = row.getString(2);
          return field != null && Origin.isNationalId(field) ? row.getString(1) : "";
        })
        .list()
        .forEach(names::add);
    names.remove("");
    return names;
  }

  /** Everybody of this source who has an account in this target system. */
  public List<SubjectKey> subjects(String target, String source) {
    return jdbc
        .sql(
            "select source, subject, target, account_id from link"
                + " where target = :target and source = :source order by subject")
        .param("target", target)
        .param("source", source)
        .query(Links::read)
        .list()
        .stream()
        .map(Link::subject)
        .toList();
  }

  /** How many of this source have an account in this target system. */
  public long count(String target, String source) {
    return jdbc.sql("select count(*) from link where target = :target and source = :source")
        .param("target", target)
        .param("source", source)
        .query(Long.class)
        .single();
  }

  /** Those who have an account and whose id begins like this, in no order. */
  public List<SubjectKey> beginningWith(String begin, int limit) {
    return jdbc.sql(
            // In the order of bytes, which is what an index by beginnings is in.
            "select distinct subject, source from link where subject ~>=~ :begin and subject ~<~ :end"
                + " limit :limit")
        .param("begin", begin.replace("\0", ""))
        .param("end", begin.replace("\0", "") + Character.toString(Character.MAX_CODE_POINT))
        .param("limit", limit)
        .query((row, number) -> new SubjectKey(row.getString("source"), row.getString("subject")))
        .list();
  }

  /** All links of a subject, by target system. */
  public List<Linked> ofSubject(String subjectId) {
    return jdbc.sql(
            "select source, subject, target, account_id, origins from link"
                + " where subject = :subject order by target, source")
        .param("subject", subjectId)
        .query(this::readLinked)
        .list();
  }

  /** A link with where its values came from, by attribute. */
  public record Linked(Link link, Map<String, AppliedOrigin> origins) {}

  /**
   * What an event makes of a link.
   *
   * @param origins where the values that this event changed came from, by attribute
   */
  public record Applied(
      SubjectKey subject, String accountId, long event, Map<String, AppliedOrigin> origins) {
    public Applied {
      origins = Map.copyOf(origins);
    }
  }

  /**
   * Links these subjects, or adds to where their values came from. Joins the caller's transaction.
   *
   * @throws DuplicateKeyException when an account belongs to somebody else, or a subject has
   *     another account already
   */
  public void put(String target, List<Applied> applied) {
    if (applied.isEmpty()) {
      return;
    }
    int written =
        jdbc.sql(
                """
                insert into link as l (target, source, subject, account_id, linked_at, event, origins)
                select :target, n.source, n.subject, n.account_id, :now, n.event, n.origins
                from unnest(:sources::text[], :subjects::text[], :accounts::text[], :events::bigint[],
                  :origins::jsonb[]) as n (source, subject, account_id, event, origins)
                order by n.subject, n.source
                on conflict (target, subject, source) do update
                  set origins = l.origins || excluded.origins
                  where l.account_id = excluded.account_id
                """)
            .param("target", target)
            .param("now", Instant.now(clock).atOffset(ZoneOffset.UTC))
            .param("sources", SqlArrays.texts(applied, link -> link.subject().source()))
            .param("subjects", SqlArrays.texts(applied, link -> link.subject().id()))
            .param("accounts", SqlArrays.texts(applied, Applied::accountId))
            .param("events", SqlArrays.numbers(applied, Applied::event))
            .param(
                "origins",
                SqlArrays.texts(applied, link -> json.writeValueAsString(link.origins())))
            .update();
    if (written < applied.size()) {
      throw new DuplicateKeyException(
          applied.stream().map(link -> link.subject().toString()).collect(Collectors.joining(", "))
              + ": linked to another account already");
    }
  }

  /** Removes the link of this subject to this account; joins the caller's transaction. */
  public void remove(String target, SubjectKey subject, String accountId) {
    jdbc.sql(
            "delete from link where target = :target and source = :source and subject = :subject"
                + " and account_id = :account")
        .param("target", target)
        .param("source", subject.source())
        .param("subject", subject.id())
        .param("account", accountId)
        .update();
  }

  private static Link read(ResultSet row, int number) throws SQLException {
    return new Link(
        new SubjectKey(row.getString("source"), row.getString("subject")),
        row.getString("target"),
        row.getString("account_id"));
  }

  private Linked readLinked(ResultSet row, int number) throws SQLException {
    return new Linked(read(row, number), json.readValue(row.getString("origins"), ORIGINS));
  }
}
