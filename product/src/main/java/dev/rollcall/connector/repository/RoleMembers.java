package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.Application;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who has which role, a claim of people at a time. */
final class RoleMembers {

  private final JdbcClient jdbc;
  private final Clock clock;
  private volatile boolean onTheFly = true;

  RoleMembers(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Whether a role that does not exist is made when somebody is to have it. */
  void onTheFly(boolean wanted) {
    onTheFly = wanted;
  }

  /** The names of the roles of these identities; one that has none is missing. */
  Map<Long, Set<String>> of(Collection<Long> identities) {
    Map<Long, Set<String>> roles = new HashMap<>();
    RowCallbackHandler collect =
        row ->
            roles
                .computeIfAbsent(row.getLong("identity"), _ -> new TreeSet<>())
                .add(row.getString("name"));
    jdbc.sql(
            "select m.identity, r.name from identity_role m join role r on r.id = m.role"
                + " where m.identity = any(:ids)")
        .param("ids", SqlArrays.numbers(identities))
        .query(collect);
    return roles;
  }

  private record Member(String identity, String role) {}

  /**
   * Gives and takes roles.
   *
   * @param ids the identity of each subject
   * @return for each subject the roles it was not given because they do not exist; a subject that
   *     was given all is missing
   */
  Map<SubjectKey, List<Change>> apply(List<Application> applications, Map<SubjectKey, String> ids) {
    List<Member> leaving = new ArrayList<>();
    Set<String> sought = new TreeSet<>();
    for (Application application : applications) {
      for (Change change : application.changes()) {
        if (change instanceof Change.LeaveGroup(String role, String _)) {
          leaving.add(new Member(ids.getOrDefault(application.subject(), ""), role));
        } else if (change instanceof Change.JoinGroup(String role, String _)) {
          sought.add(role);
        }
      }
    }
    leave(leaving);
    return sought.isEmpty() ? Map.of() : join(applications, ids, roles(sought));
  }

  private Map<SubjectKey, List<Change>> join(
      List<Application> applications, Map<SubjectKey, String> ids, Map<String, Long> roles) {
    List<String> identities = new ArrayList<>();
    List<Long> given = new ArrayList<>();
    Map<SubjectKey, List<Change>> withheld = new HashMap<>();
    for (Application application : applications) {
      for (Change change : application.changes()) {
        if (change instanceof Change.JoinGroup(String role, String _)) {
          Long id = roles.get(role);
          if (id == null) {
            withheld.computeIfAbsent(application.subject(), _ -> new ArrayList<>()).add(change);
          } else {
            identities.add(ids.getOrDefault(application.subject(), ""));
            given.add(id);
          }
        }
      }
    }
    if (!given.isEmpty()) {
      jdbc.sql(
              """
              insert into identity_role (identity, role, since)
              select n.identity, n.role, :now
              from unnest(:identities::bigint[], :roles::bigint[]) as n (identity, role)
                join identity i on i.id = n.identity and i.id = any(:identities::bigint[])
                join role r on r.id = n.role
              on conflict do nothing
              """)
          .param("now", now())
          .param("identities", SqlArrays.texts(identities, id -> id))
          .param("roles", SqlArrays.numbers(given))
          .update();
    }
    return withheld;
  }

  private void leave(List<Member> leaving) {
    if (!leaving.isEmpty()) {
      jdbc.sql(
              """
              delete from identity_role m
              using unnest(:identities::bigint[], :roles::text[]) as n (identity, name)
                join role r on r.name = n.name
              where m.identity = n.identity and m.role = r.id
              """)
          .param("identities", SqlArrays.texts(leaving, Member::identity))
          .param("roles", SqlArrays.texts(leaving, Member::role))
          .update();
    }
  }

  /** The ids of these roles; one that does not exist is missing, unless it may be made. */
  private Map<String, Long> roles(Set<String> names) {
    Map<String, Long> known = known(names);
    if (known.size() == names.size()) {
      return known;
    }
    if (onTheFly) {
      create(names, known);
    } else {
      RoleLock.forMissing(jdbc);
    }
    return known(names);
  }

  /** Somebody else may be making the same ones: then this waits for their commit. */
  private void create(Set<String> names, Map<String, Long> known) {
    jdbc.sql(
            """
            insert into role (name, created_at, created_by)
            select name, :now, 'on the fly' from unnest(:names::text[]) as name order by name
            on conflict on constraint role_name_once do nothing
            """)
        .param("now", now())
        .param(
            "names",
            SqlArrays.texts(
                names.stream().filter(name -> !known.containsKey(name)).toList(), name -> name))
        .update();
  }

  private Map<String, Long> known(Set<String> names) {
    Map<String, Long> known = new HashMap<>();
    jdbc.sql("select id, name from role where name = any(:names::text[])")
        .param("names", SqlArrays.texts(names, name -> name))
        .query((RowCallbackHandler) row -> known.put(row.getString("name"), row.getLong("id")));
    return known;
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
