package dev.rollcall.connector.repository;

import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Value;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads identities as accounts. */
final class RepositoryRows {

  /** The attribute that is a column of its own: it identifies. */
  static final String LOGIN = "login";

  private static final TypeReference<Map<String, String>> ATTRIBUTES = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;
  private final RoleMembers roles;

  RepositoryRows(JdbcClient jdbc, JsonMapper json, RoleMembers roles) {
    this.jdbc = jdbc;
    this.json = json;
    this.roles = roles;
  }

  /** An identity without its affiliations and roles. */
  record Identity(long id, String login, Account.Status status, Map<String, String> attributes) {}

  Map<String, Account> byIds(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return whole(
        jdbc.sql("select id, login, status, attributes from identity where id = any(:ids)")
            .param("ids", SqlArrays.numbers(ids))
            .query(this::identity)
            .list());
  }

  /** These identities as accounts, with everything they have. */
  Map<String, Account> whole(List<Identity> identities) {
    if (identities.isEmpty()) {
      return Map.of();
    }
    Map<Long, List<HeldAffiliation>> affiliations = new HashMap<>();
    RowCallbackHandler collect =
        row ->
            affiliations
                .computeIfAbsent(row.getLong("identity"), _ -> new ArrayList<>())
                .add(affiliation(row));
    jdbc.sql(
            "select identity, institution, code, from_date, to_date, status, description, enabled,"
                + " more"
                + " from identity_affiliation where identity = any(:ids)"
                + " order by institution, code, from_date")
        .param("ids", SqlArrays.numbers(identities, Identity::id))
        .query(collect);
    Map<Long, Set<String>> members = roles.of(identities.stream().map(Identity::id).toList());
    Map<String, Account> accounts = new HashMap<>();
    for (Identity identity : identities) {
      List<HeldAffiliation> held = affiliations.getOrDefault(identity.id(), List.of());
      accounts.put(
          Long.toString(identity.id()),
          account(identity, members.getOrDefault(identity.id(), Set.of()), held));
    }
    return accounts;
  }

  Identity identity(ResultSet row, int number) throws SQLException {
    return new Identity(
        row.getLong("id"),
        row.getString("login"),
        Account.Status.valueOf(row.getString("status")),
        json.readValue(row.getString("attributes"), ATTRIBUTES));
  }

  private static Account account(
      Identity identity, Set<String> groups, List<HeldAffiliation> affiliations) {
    Map<String, Value> attributes = new HashMap<>();
    attributes.put(LOGIN, new Value.Text(identity.login()));
    identity.attributes().forEach((name, text) -> attributes.put(name, new Value.Text(text)));
    return new Account(
        Long.toString(identity.id()), identity.status(), attributes, groups, affiliations);
  }

  private HeldAffiliation affiliation(ResultSet row) throws SQLException {
    return new HeldAffiliation(
        new Affiliation(
            row.getString("institution"),
            row.getString("code"),
            row.getString("status"),
            row.getString("description"),
            row.getObject("from_date", LocalDate.class),
            row.getObject("to_date", LocalDate.class),
            json.readValue(row.getString("more"), ATTRIBUTES)),
        row.getBoolean("enabled"));
  }
}
