package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.AccountTarget;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.Applied;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The repository as a target. Its tables live in Rollcall's database, so that what is applied and
 * the event that asked for it are committed together.
 */
public final class RepositoryTarget implements AccountTarget {

  private final JdbcClient jdbc;
  private final Clock clock;
  private final JsonMapper json;
  private final RoleMembers roles;
  private final RepositoryAffiliations affiliations;
  private final RepositoryRows rows;
  private final RepositorySearch search;

  public RepositoryTarget(JdbcClient jdbc, Clock clock, JsonMapper json) {
    this.jdbc = jdbc;
    this.clock = clock;
    this.json = json;
    this.roles = new RoleMembers(jdbc, clock);
    this.affiliations = new RepositoryAffiliations(jdbc, json);
    this.rows = new RepositoryRows(jdbc, json, roles);
    this.search = new RepositorySearch(jdbc, rows);
  }

  @Override
  public Map<SubjectKey, List<Account>> search(Map<SubjectKey, Map<String, String>> criteria) {
    return search.search(criteria);
  }

  /**
   * Makes searching by this attribute as quick as by the login; without it a search by it reads
   * everybody.
   */
  public void searchableBy(String attribute) {
    search.index(attribute);
  }

  /**
   * Whether a role that does not exist is made when somebody is to have it, which it is unless this
   * is called; otherwise the role is not given.
   */
  public void rolesOnTheFly(boolean wanted) {
    roles.onTheFly(wanted);
  }

  @Override
  public Map<String, Account> read(Collection<String> ids) {
    return rows.byIds(ids.stream().filter(RepositoryTarget::canBeId).map(Long::valueOf).toList());
  }

  /** Whatever a person typed is asked for, too. */
  private static boolean canBeId(String id) {
    return id.matches("[1-9][0-9]{0,17}");
  }

  @Override
  public List<Applied> apply(List<Application> applications) {
    Map<SubjectKey, String> ids = new HashMap<>();
    List<Application> fresh = new ArrayList<>();
    List<Application> changed = new ArrayList<>();
    for (Application application : applications) {
      Account found = application.found();
      if (found == null) {
        fresh.add(application);
      } else {
        ids.put(application.subject(), String.valueOf(found.id()));
        if (touchesIdentity(application)) {
          changed.add(application);
        }
      }
    }
    create(fresh, ids);
    update(changed);
    affiliations.apply(applications, ids);
    Map<SubjectKey, List<Change>> withheld = roles.apply(applications, ids);
    return applications.stream()
        .map(application ->
            applied(id(ids, application), withheld.getOrDefault(application.subject(), List.of())))
        .toList();
  }

  private static Applied applied(String id, List<Change> withheld) {
    List<String> roles = new ArrayList<>();
    for (Change change : withheld) {
      if (change instanceof Change.JoinGroup(String role, String _)) {
        roles.add(role);
      }
    }
    return roles.isEmpty()
        ? new Applied(id)
        : new Applied(
            id,
            withheld,
            "not given, because there is no such role: %s; 'rollcall roles seed FILE' makes it and looks again"
                .formatted(String.join(", ", roles)));
  }

  private void create(List<Application> fresh, Map<SubjectKey, String> ids) {
    if (fresh.isEmpty()) {
      return;
    }
    search.stillNobodyHas(fresh);
    Map<String, String> idByLogin = new HashMap<>();
    jdbc.sql(
            """
            insert into identity (login, status, attributes, created_at, changed_at)
            select n.login, n.status, jsonb_strip_nulls(n.attributes), :now, :now
            from unnest(:logins::text[], :statuses::text[], :attributes::jsonb[])
              as n (login, status, attributes)
            order by n.login
            returning id, login
            """)
        .param("now", now())
        .param("logins", SqlArrays.texts(fresh, RepositoryTarget::createdLogin))
        .param("statuses", SqlArrays.texts(fresh, one -> one.wanted().status().name()))
        .param("attributes", SqlArrays.texts(fresh, this::attributes))
        .query(
            (RowCallbackHandler) row -> idByLogin.put(row.getString("login"), row.getString("id")));
    for (Application application : fresh) {
      ids.put(application.subject(), idByLogin.getOrDefault(createdLogin(application), ""));
    }
  }

  private void update(List<Application> changed) {
    if (changed.isEmpty()) {
      return;
    }
    // Only what changes is written: somebody else may have changed the rest since it was read.
    int written =
        jdbc.sql(
                """
                update identity i set status = coalesce(n.status, i.status),
                  attributes = jsonb_strip_nulls(i.attributes || n.attributes), changed_at = :now
                from unnest(:ids::bigint[], :statuses::text[], :attributes::jsonb[])
                  as n (id, status, attributes)
                where i.id = n.id
                """)
            .param("now", now())
            .param("ids", SqlArrays.texts(changed, RepositoryTarget::foundId))
            .param("statuses", SqlArrays.texts(changed, RepositoryTarget::changedStatus))
            .param("attributes", SqlArrays.texts(changed, this::attributes))
            .update();
    if (written < changed.size()) {
      throw new ConnectorException(
          ErrorKind.NOT_FOUND,
          changed.stream().map(RepositoryTarget::foundId).collect(Collectors.joining(", "))
              + ": there is no identity with this id",
          null);
    }
  }

  /** The attributes that change; null for one that is cleared. */
  @SuppressWarnings("NullAway") // the map holds nulls on purpose
  private String attributes(Application application) {
    Map<String, String> attributes = new TreeMap<>();
    for (Change change : application.changes()) {
      if (change instanceof Change.Update update
          && !update.attribute().equals(RepositoryRows.LOGIN)) {
        attributes.put(update.attribute(), update.after().textOrNull());
      }
    }
    return json.writeValueAsString(attributes);
  }

  private static @Nullable String changedStatus(Application application) {
    boolean changes =
        application.changes().stream()
            .anyMatch(
                change -> change instanceof Change.Activate || change instanceof Change.Deactivate);
    return changes ? application.wanted().status().name() : null;
  }

  private static boolean touchesIdentity(Application application) {
    return application.changes().stream()
        .anyMatch(change ->
            switch (change) {
              case Change.PutAffiliation _, Change.JoinGroup _, Change.LeaveGroup _ -> false;
              case Change.Create _, Change.Update _, Change.Activate _, Change.Deactivate _ -> true;
              case Change.Suspend _, Change.Unsuspend _ -> true;
            });
  }

  private static String createdLogin(Application application) {
    for (Change change : application.changes()) {
      if (change instanceof Change.Create create) {
        return create.login();
      }
    }
    throw new ConnectorException(
        ErrorKind.INVALID, "No login to create " + application.subject() + " with", null);
  }

  private static @Nullable String foundId(Application application) {
    Account found = application.found();
    return found == null ? null : found.id();
  }

  private static String id(Map<SubjectKey, String> ids, Application application) {
    return ids.getOrDefault(application.subject(), "");
  }

  private OffsetDateTime now() {
    return Instant.now(clock).atOffset(ZoneOffset.UTC);
  }
}
