package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaClient;
import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Account;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.BulkTarget.Parcel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one identity source was given last and did not refuse, as accounts: their id is the external
 * id. Every write joins the caller's transaction. Safe for use by many threads.
 */
final class AcceptedProfiles implements AccountTarget {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final Clock clock;
  private final String source;

  AcceptedProfiles(JdbcClient jdbc, Clock clock, String source) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.source = source;
  }

  // --- accounts

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    Map<String, Set<String>> sought = new TreeMap<>();
    criteria
        .values()
        .forEach(wanted ->
            wanted.forEach((attribute, value) ->
                sought
                    .computeIfAbsent(attribute, _ -> new TreeSet<>())
                    .add(compared(attribute, value))));
    // By attribute and value, so that a claim is not compared person by person with every hit.
    Map<List<String>, List<Account>> having = new HashMap<>();
    sought.forEach((attribute, values) ->
        with(attribute, values)
            .forEach(account -> {
              Value value = account.attributes().get(attribute);
              String text = value == null ? null : value.textOrNull();
              if (text != null) {
                having
                    .computeIfAbsent(
                        List.of(attribute, compared(attribute, text)), _ -> new ArrayList<>())
                    .add(account);
              }
            }));
    Map<SubjectKey, List<Account>> found = new LinkedHashMap<>();
    criteria.forEach((subject, wanted) -> {
      Map<String, Account> theirs = new LinkedHashMap<>();
      wanted.forEach((attribute, value) ->
          having
              .getOrDefault(List.of(attribute, compared(attribute, value)), List.of())
              .forEach(account -> theirs.put(String.valueOf(account.id()), account)));
      if (!theirs.isEmpty()) {
        found.put(subject, List.copyOf(theirs.values()));
      }
    });
    return found;
  }

  /** Logins are compared as Okta does; other values have to be the same. */
  private static String compared(String attribute, String value) {
    return attribute.equals(SourceProfiles.USER_NAME) ? OktaClient.folded(value) : value;
  }

  private List<Account> with(String attribute, Set<String> values) {
    boolean login = attribute.equals(SourceProfiles.USER_NAME);
    return jdbc.sql(
            "select external_id, profile, deleted from okta_profile where source = :source and "
                + (login ? "login" : "profile ->> :attribute")
                + " = any(:values) order by external_id")
        .param("source", source)
        .param("attribute", attribute)
        .param("values", SqlArrays.texts(values, value -> value))
        .query(AcceptedProfiles::account)
        .list();
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    Map<String, Account> accounts = new HashMap<>();
    jdbc.sql(
            "select external_id, profile, deleted from okta_profile"
                + " where source = :source and external_id = any(:ids)")
        .param("source", source)
        .param("ids", SqlArrays.texts(ids, id -> id))
        .query(AcceptedProfiles::account)
        .list()
        .forEach(account -> accounts.put(String.valueOf(account.id()), account));
    return accounts;
  }

  private static Account account(ResultSet row, int number) throws SQLException {
    Map<String, Value> attributes = new HashMap<>();
    JSON.readValue(row.getString("profile"), TEXTS)
        .forEach((name, text) -> attributes.put(name, new Value.Text(text)));
    return new Account(
        row.getString("external_id"),
        row.getBoolean("deleted") ? Account.Status.DISABLED : Account.Status.ENABLED,
        attributes,
        List.of());
  }

  /**
   * Nothing is applied to one account: they are given in sessions.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public List<Applied> apply(List<Application> applications) {
    throw new UnsupportedOperationException("an identity source is given people in sessions");
  }

  // --- what is given, and what came of it

  /** One person of a request. */
  private record Person(String externalId, @Nullable String login, String profile) {}

  private static List<Person> people(Parcel parcel) {
    List<Person> people = new ArrayList<>();
    for (JsonNode item : JSON.readTree(parcel.body()).path("profiles")) {
      Map<String, String> profile = new TreeMap<>();
      for (Map.Entry<String, JsonNode> one : item.path(SourceProfiles.PROFILE).properties()) {
        if (!one.getValue().isNull()) {
          profile.put(one.getKey(), one.getValue().asString());
        }
      }
      String login = profile.get(SourceProfiles.USER_NAME);
      people.add(
          new Person(
              item.path(SourceProfiles.EXTERNAL_ID).asString(),
              login == null ? null : OktaClient.folded(login),
              JSON.writeValueAsString(profile)));
    }
    return people;
  }

  /** Notes under which logins a session is about to be given people. */
  void given(String session, Parcel parcel) {
    List<Person> people = people(parcel).stream().filter(one -> one.login() != null).toList();
    if (!people.isEmpty()) {
      jdbc.sql(
              """
              insert into okta_given (source, session, external_id, login)
              select :source, :session, n.id, n.login
              from unnest(:ids::text[], :logins::text[]) as n (id, login)
              on conflict (source, session, external_id) do update set login = excluded.login
              """)
          .param("source", source)
          .param("session", session)
          .param("ids", SqlArrays.texts(people, Person::externalId))
          .param("logins", SqlArrays.texts(people, Person::login))
          .update();
    }
  }

  /** This request was not taken. */
  void notGiven(String session, Parcel parcel) {
    jdbc.sql(
            "delete from okta_given"
                + " where source = :source and session = :session and external_id = any(:ids)")
        .param("source", source)
        .param("session", session)
        .param("ids", SqlArrays.texts(parcel.accountIds(), id -> id))
        .update();
  }

  /** Nothing of what this session was given was looked at. */
  void dropped(String session) {
    jdbc.sql("delete from okta_given where source = :source and session = :session")
        .param("source", source)
        .param("session", session)
        .update();
  }

  /**
   * Keeps what was accepted.
   *
   * @param but external ids that were not
   */
  void accept(Parcel parcel, Set<String> but) {
    List<Person> all = people(parcel);
    List<Person> people = all.stream().filter(one -> !but.contains(one.externalId())).toList();
    switch (parcel.kind()) {
      case UPSERT -> upsert(people);
      case DELETE -> delete(people);
    }
    jdbc.sql("delete from okta_given where source = :source and external_id = any(:ids)")
        .param("source", source)
        .param("ids", SqlArrays.texts(all, Person::externalId))
        .update();
  }

  private void upsert(List<Person> people) {
    jdbc.sql(
            """
            insert into okta_profile (source, external_id, login, profile, deleted, accepted_at)
            select :source, n.id, n.login, n.profile, false, :now
            from unnest(:ids::text[], :logins::text[], :profiles::jsonb[]) as n (id, login, profile)
            order by n.id
            on conflict (source, external_id) do update
            set login = excluded.login, profile = excluded.profile, deleted = false,
              accepted_at = excluded.accepted_at
            """)
        .param("source", source)
        .param("now", now())
        .param("ids", SqlArrays.texts(people, Person::externalId))
        .param("logins", SqlArrays.texts(people, Person::login))
        .param("profiles", SqlArrays.texts(people, Person::profile))
        .update();
  }

  private void delete(List<Person> people) {
    jdbc.sql(
            "update okta_profile set deleted = true, accepted_at = :now"
                + " where source = :source and external_id = any(:ids)")
        .param("source", source)
        .param("now", now())
        .param("ids", SqlArrays.texts(people, Person::externalId))
        .update();
  }

  // --- who is whose

  /**
   * Which of these logins, as Okta compares them, this source has given, accepted or not known yet.
   */
  Set<String> ours(Collection<String> logins) {
    return new HashSet<>(
        jdbc.sql(
                """
                select login from okta_profile where source = :source and login = any(:logins)
                union
                select login from okta_given where source = :source and login = any(:logins)
                """)
            .param("source", source)
            .param("logins", SqlArrays.texts(logins, login -> login))
            .query(String.class)
            .list());
  }

  /**
   * The external id behind each of these texts that is an external id of this source, or a login,
   * as Okta compares them, under which it has given somebody.
   *
   * @param session whose logins come first
   * @return by text; a login of several people is missing
   */
  Map<String, String> idsBehind(String session, Collection<String> texts) {
    Map<String, String> ids = new HashMap<>();
    Set<String> shared = new HashSet<>();
    RowCallbackHandler row =
        found -> {
          String id = found.getString("external_id");
          String before = ids.putIfAbsent(found.getString("text"), id);
          if (before != null && !before.equals(id)) {
            shared.add(found.getString("text"));
          }
        };
    jdbc.sql(
            """
            with now as (
              select login as text, external_id from okta_given
              where source = :source and session = :session and login = any(:texts)
            )
            select text, external_id from now
            union
            select login, external_id from okta_profile
            where source = :source and login = any(:texts) and login not in (select text from now)
            union
            select external_id, external_id from okta_profile
            where source = :source and external_id = any(:texts)
            union
            select external_id, external_id from okta_given
            where source = :source and external_id = any(:texts)
            """)
        .param("source", source)
        .param("session", session)
        .param("texts", SqlArrays.texts(texts, text -> text))
        .query(row);
    ids.keySet().removeAll(shared);
    return ids;
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
