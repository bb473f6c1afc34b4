package dev.rollcall.event;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.SubjectKey;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sessions of targets that take many people together, each with its requests and whom it is about.
 * At most one of a target is open. The row knows how far it has come, so that any process can take
 * the next step after any other.
 */
public final class Sessions {

  private static final String COLUMNS =
      "id, instance, target, token, state, outside_id, planned_at, opened_at, started_at, next_at,"
          + " ended_at, said, unverified";

  private final JdbcClient jdbc;
  private final Clock clock;

  public Sessions(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** How far a session has come. */
  public enum State {
    /** It is known what it is to be given; the other side has none. */
    READY,
    /** The other side has one, and takes requests. */
    OPEN,
    /** The other side works it. */
    STARTED,
    /** It came to its end, and everybody's outcome is written. */
    DONE,
    /** It failed as a whole. */
    FAILED,
    /** It was given up, and its events given back. */
    CANCELLED
  }

  /**
   * A session; times on Rollcall's clock.
   *
   * @param token of the claim that its events belong to
   * @param outsideId what the other side calls it; null while it has none there
   * @param nextAt from when on the target may be given another one; null before it is started
   * @param said what there is to say about it, null when nothing
   * @param unverified whether the other side could not be asked what became of single people
   */
  public record Session(
      long id,
      String instance,
      String target,
      UUID token,
      State state,
      @Nullable String outsideId,
      Instant planned,
      @Nullable Instant opened,
      @Nullable Instant started,
      @Nullable Instant nextAt,
      @Nullable Instant ended,
      @Nullable String said,
      boolean unverified) {

    /** The part of the system that its people are given to: what stands behind the slash. */
    public String part() {
      return target.substring(target.lastIndexOf('/') + 1);
    }

    /** Whether it has not come to its end. */
    public boolean isOpen() {
      return ended == null;
    }
  }

  /** How far a request has come. */
  public enum RequestState {
    READY,
    /** It may have been taken or not. */
    SENDING,
    TAKEN,
    /** The other side does not take it at all. */
    REFUSED
  }

  /**
   * A request of a session.
   *
   * @param kind UPSERT or DELETE
   * @param body as it is sent; empty once the session has ended
   * @param bytes of the body in UTF-8
   */
  public record Request(
      int number,
      String kind,
      RequestState state,
      int profiles,
      int bytes,
      String body,
      @Nullable String said) {}

  /**
   * Somebody a session is about.
   *
   * @param attempt attempts its event has used
   * @param request the number of the request they are in
   * @param what is done to them, in a word
   * @param behind waiting events that are moot when this one completes
   * @param entry for the audit, as JSON
   * @param origins where the values come from, as JSON
   */
  public record Member(
      long event,
      int attempt,
      int request,
      SubjectKey subject,
      String accountId,
      String what,
      List<Long> behind,
      String entry,
      String origins) {
    public Member {
      behind = List.copyOf(behind);
    }
  }

  /** The open session of this target. */
  public Optional<Session> open(String target) {
    return jdbc.sql(
            "select " + COLUMNS + " from session where target = :target and ended_at is null")
        .param("target", target)
        .query(Sessions::session)
        .optional();
  }

  /** From when on this target may be given another session; empty when now. */
  public Optional<Instant> nextAt(String target) {
    // The newest that was started; whatever was given up since does not count.
    return jdbc.sql(
            "select next_at from session where target = :target and next_at > :now"
                + " order by id desc limit 1")
        .param("target", target)
        .param("now", now())
        .query((row, number) -> instant(row, "next_at"))
        .optional();
  }

  /**
   * Writes down a session that is to be given; joins the caller's transaction, in which its events
   * are given to its token.
   *
   * @throws org.springframework.dao.DuplicateKeyException when another one of the target is open
   */
  public long plan(
      String instance, String target, UUID token, List<Request> requests, List<Member> members) {
    long id =
        jdbc.sql(
                "insert into session (instance, target, token, planned_at)"
                    + " values (:instance, :target, :token, :now) returning id")
            .param("instance", instance)
            .param("target", target)
            .param("token", token)
            .param("now", now())
            .query(Long.class)
            .single();
    jdbc.sql(
            """
            insert into session_request (session, number, kind, profiles, bytes, body)
            select :id, n.number, n.kind, n.profiles, n.bytes, n.body
            from unnest(:numbers::integer[], :kinds::text[], :profiles::integer[],
              :bytes::integer[], :bodies::text[]) as n (number, kind, profiles, bytes, body)
            """)
        .param("id", id)
        .param("numbers", SqlArrays.numbers(requests, Request::number))
        .param("kinds", SqlArrays.texts(requests, Request::kind))
        .param("profiles", SqlArrays.numbers(requests, Request::profiles))
        .param("bytes", SqlArrays.numbers(requests, Request::bytes))
        .param("bodies", SqlArrays.texts(requests, Request::body))
        .update();
    jdbc.sql(
            """
            insert into session_member (session, event, request, source, subject, account_id, what,
              behind, entry, origins)
            select :id, n.event, n.request, n.source, n.subject, n.account_id, n.what,
              n.behind::bigint[], n.entry, n.origins
            from unnest(:events::bigint[], :requests::integer[], :sources::text[],
              :subjects::text[], :accounts::text[], :whats::text[], :behinds::text[],
              :entries::json[], :origins::json[])
              as n (event, request, source, subject, account_id, what, behind, entry, origins)
            """)
        .param("id", id)
        .param("events", SqlArrays.numbers(members, Member::event))
        .param("requests", SqlArrays.numbers(members, Member::request))
        .param("sources", SqlArrays.texts(members, one -> one.subject().source()))
        .param("subjects", SqlArrays.texts(members, one -> one.subject().id()))
        .param("accounts", SqlArrays.texts(members, Member::accountId))
        .param("whats", SqlArrays.texts(members, Member::what))
        .param("behinds", SqlArrays.texts(members, Sessions::braced))
        .param("entries", SqlArrays.texts(members, Member::entry))
        .param("origins", SqlArrays.texts(members, Member::origins))
        .update();
    return id;
  }

  private static String braced(Member member) {
    return member.behind().toString().replace('[', '{').replace(']', '}');
  }

  /**
   * Makes a process the one that may take steps, when no other one is; or goes on being it.
   *
   * @param lease how long it is believed without coming back, on PostgreSQL's clock
   */
  public boolean hold(long id, UUID holder, Duration lease) {
    return jdbc.sql(
                "update session set holder = :holder,"
                    + " held_until = clock_timestamp() + :lease::interval"
                    + " where id = :id and ended_at is null and (holder is null"
                    + " or held_until < clock_timestamp() or holder = :holder)")
            .param("id", id)
            .param("holder", holder)
            .param("lease", lease.toString())
            .update()
        == 1;
  }

  /** Whether a process is still the one that may take steps; renews its lease when it is. */
  public boolean holds(long id, UUID holder, Duration lease) {
    return jdbc.sql(
                "update session set held_until = clock_timestamp() + :lease::interval"
                    + " where id = :id and ended_at is null and holder = :holder"
                    + " and held_until > clock_timestamp()")
            .param("id", id)
            .param("holder", holder)
            .param("lease", lease.toString())
            .update()
        == 1;
  }

  /** Lets another process take the next step at once. */
  public void letGo(long id, UUID holder) {
    jdbc.sql(
            "update session set held_until = null, holder = null where id = :id"
                + " and holder = :holder")
        .param("id", id)
        .param("holder", holder)
        .update();
  }

  /** The other side has opened it. */
  public void opened(long id, String outsideId) {
    jdbc.sql(
            "update session set state = 'OPEN', outside_id = :outside, opened_at = :now,"
                + " opened_ids = opened_ids || :outside, said = null where id = :id and state = 'READY'")
        .param("id", id)
        .param("outside", outsideId)
        .param("now", now())
        .update();
  }

  /** A request has come further. */
  public void request(long id, int number, RequestState state, @Nullable String said) {
    jdbc.sql(
            "update session_request set state = :state, said = :said"
                + " where session = :id and number = :number")
        .param("id", id)
        .param("number", number)
        .param("state", state.name())
        .param("said", Reasons.storable(said))
        .update();
  }

  /** The other side works it. */
  public void started(long id, Instant nextAt) {
    jdbc.sql(
            "update session set state = 'STARTED', started_at = :now, next_at = :next, said = null"
                + " where id = :id and state = 'OPEN'")
        .param("id", id)
        .param("now", now())
        .param("next", nextAt.atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The other side has none any more: it is to be given anew, but for what it does not take. */
  public void reset(long id, String why) {
    jdbc.sql(
            "update session_request set state = 'READY' where session = :id and state <> 'REFUSED'")
        .param("id", id)
        .update();
    jdbc.sql(
            "update session set state = 'READY', outside_id = null, opened_at = null, said = :why"
                + " where id = :id and ended_at is null")
        .param("id", id)
        .param("why", Reasons.storable(why))
        .update();
  }

  /** What there is to say about a session while it waits. */
  public void say(long id, String said) {
    jdbc.sql("update session set said = :said where id = :id and ended_at is null")
        .param("id", id)
        .param("said", Reasons.storable(said))
        .update();
  }

  /**
   * Ends a session, and lets go of what it was given: people's data. Joins the caller's
   * transaction.
   *
   * @param state a final one
   * @param failed why, by event; of those that did not fail nothing
   */
  public void end(
      long id, State state, @Nullable String said, boolean unverified, Map<Long, String> failed) {
    jdbc.sql(
            "update session set state = :state, ended_at = :now, said = :said,"
                + " unverified = :unverified, holder = null, held_until = null where id = :id")
        .param("id", id)
        .param("state", state.name())
        .param("now", now())
        .param("said", Reasons.storable(said))
        .param("unverified", unverified)
        .update();
    jdbc.sql("update session_request set body = null where session = :id").param("id", id).update();
    jdbc.sql(
            "update session_member m set entry = null, origins = null, failed = f.why"
                + " from session_member n left join unnest(:events::bigint[], :whys::text[])"
                + " as f (event, why) on f.event = n.event"
                + " where m.session = :id and n.session = :id and n.event = m.event")
        .param("id", id)
        .param("events", SqlArrays.numbers(failed.keySet()))
        .param("whys", SqlArrays.texts(failed.values(), Reasons::storable))
        .update();
  }

  /** The requests of a session, in order. */
  public List<Request> requests(long id) {
    return jdbc.sql(
            "select number, kind, state, profiles, bytes, body, said from session_request"
                + " where session = :id order by number")
        .param("id", id)
        .query((row, number) ->
            new Request(
                row.getInt("number"),
                row.getString("kind"),
                RequestState.valueOf(row.getString("state")),
                row.getInt("profiles"),
                row.getInt("bytes"),
                Optional.ofNullable(row.getString("body")).orElse(""),
                row.getString("said")))
        .list();
  }

  /** The requests of a session in their order, without what is in them: {@code body} is empty. */
  public List<Request> requestsAlone(long id) {
    return jdbc.sql(
            "select number, kind, state, profiles, bytes, said from session_request"
                + " where session = :id order by number")
        .param("id", id)
        .query((row, number) ->
            new Request(
                row.getInt("number"),
                row.getString("kind"),
                RequestState.valueOf(row.getString("state")),
                row.getInt("profiles"),
                row.getInt("bytes"),
                "",
                row.getString("said")))
        .list();
  }

  /** Whom an open session is about, as far as their events still belong to it. */
  public List<Member> members(long id) {
    return jdbc.sql(
            "select m.event, e.attempt, m.request, m.source, m.subject, m.account_id, m.what,"
                + " m.behind, m.entry, m.origins from session_member m"
                + " join session s on s.id = m.session"
                + " join event e on e.id = m.event and e.token = s.token and e.status = 'QUE'"
                + " where m.session = :id order by m.event")
        .param("id", id)
        .query(Sessions::member)
        .list();
  }

  /** Whether a session of the other side is, or was, one of ours. */
  public boolean isOurs(String target, String outsideId) {
    return jdbc.sql(
            "select exists (select 1 from session where target = :target"
                + " and :outside = any(opened_ids))")
        .param("target", target)
        .param("outside", outsideId)
        .query(Boolean.class)
        .single();
  }

  /**
   * A session as it is listed.
   *
   * @param requests how many it has
   * @param profiles whom they are about, in numbers
   * @param maxBytes the largest of them
   * @param failed how many people of it failed; 0 while it is open
   */
  public record Listed(Session session, int requests, int profiles, int maxBytes, int failed) {}

  /**
   * Sessions, the newest first.
   *
   * @param instance only of this one; null for all
   * @param before only those with a smaller id; null to begin with the newest
   */
  public List<Listed> list(@Nullable String instance, @Nullable Long before, int limit) {
    return jdbc.sql(
            """
            select s.*, r.requests, r.profiles, r.max_bytes,
              (select count(*) from session_member m where m.session = s.id and m.failed is not null)
                as failed
            from session s, lateral (
              select count(*) as requests, coalesce(sum(profiles), 0) as profiles,
                coalesce(max(bytes), 0) as max_bytes
              from session_request where session = s.id) r
            where (:instance::text is null or s.instance = :instance)
              and (:before::bigint is null or s.id < :before)
            order by s.id desc limit :limit
            """)
        .param("instance", instance)
        .param("before", before)
        .param("limit", limit)
        .query(Sessions::listed)
        .list();
  }

  /** One session as it is listed. */
  public Optional<Listed> byId(long id) {
    return list(null, id + 1, 1).stream().filter(one -> one.session().id() == id).findFirst();
  }

  /**
   * Somebody a session was about.
   *
   * @param failed why they failed, null when they did not or the session is open
   */
  public record Person(
      long event, int request, SubjectKey subject, String what, @Nullable String failed) {}

  /**
   * Whom a session is about, those who failed first, then by request.
   *
   * @param only those of this request; null for all
   */
  public List<Person> people(long id, @Nullable Integer only, int limit) {
    return jdbc.sql(
            "select event, request, source, subject, what, failed from session_member"
                + " where session = :id and (:only::integer is null or request = :only)"
                + " order by failed is null, request, event limit :limit")
        .param("id", id)
        .param("only", only)
        .param("limit", limit)
        .query((row, number) ->
            new Person(
                row.getLong("event"),
                row.getInt("request"),
                new SubjectKey(row.getString("source"), row.getString("subject")),
                row.getString("what"),
                row.getString("failed")))
        .list();
  }

  /**
   * Forgets what ended sessions say about a person: why they failed, and remarks behind the word
   * for what was done; joins the caller's transaction.
   *
   * @return in how many sessions
   */
  public long eraseTexts(SubjectKey subject) {
    return jdbc.sql(
            """
            update session_member set
              failed = case when failed is null then null else 'erased' end,
              what = regexp_replace(what, ';.*$', '; erased')
            where subject = :subject and source = :source
              and exists (select 1 from session s where s.id = session and s.ended_at is not null)
              and (failed <> 'erased' or what ~ ';' and what !~ '; erased$')
            """)
        .param("subject", subject.id())
        .param("source", subject.source())
        .update();
  }

  private static Listed listed(ResultSet row, int number) throws SQLException {
    return new Listed(
        session(row, number),
        row.getInt("requests"),
        row.getInt("profiles"),
        row.getInt("max_bytes"),
        row.getInt("failed"));
  }

  private static Session session(ResultSet row, int number) throws SQLException {
    return new Session(
        row.getLong("id"),
        row.getString("instance"),
        row.getString("target"),
        row.getObject("token", UUID.class),
        State.valueOf(row.getString("state")),
        row.getString("outside_id"),
        instant(row, "planned_at"),
        instantOrNull(row, "opened_at"),
        instantOrNull(row, "started_at"),
        instantOrNull(row, "next_at"),
        instantOrNull(row, "ended_at"),
        row.getString("said"),
        row.getBoolean("unverified"));
  }

  private static Member member(ResultSet row, int number) throws SQLException {
    Array behind = row.getArray("behind");
    return new Member(
        row.getLong("event"),
        row.getInt("attempt"),
        row.getInt("request"),
        new SubjectKey(row.getString("source"), row.getString("subject")),
        row.getString("account_id"),
        row.getString("what"),
        Arrays.asList((Long[]) behind.getArray()),
        row.getString("entry"),
        row.getString("origins"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
