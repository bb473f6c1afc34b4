package dev.rollcall.demo;

import dev.rollcall.db.Database;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads identities as they are stored, and tells where one is not as expected. */
final class IdentityReader {

  private static final TypeReference<Map<String, Object>> ATTRIBUTES = new TypeReference<>() {};
  private static final String AFFILIATIONS = "affiliations";
  private static final String ROLES = "roles";
  private static final List<String> FIELDS =
      List.of("first_name", "last_name", "email", "phone", "campus_id", "start_date", "status");

  private final Database database;
  private final JsonMapper json = new JsonMapper();

  IdentityReader(Database database) {
    this.database = database;
  }

  /** All identities by login, with attributes, status, affiliations and roles as texts. */
  Map<String, Map<String, Object>> all() {
    Map<Long, Map<String, Object>> byId = new HashMap<>();
    Map<String, Map<String, Object>> byLogin = new HashMap<>();
    for (Stored row :
        database
            .jdbc()
            .sql("select id, login, status, attributes from identity")
            .query((row, number) ->
                new Stored(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)))
            .list()) {
      Map<String, Object> identity = new HashMap<>(json.readValue(row.attributes(), ATTRIBUTES));
      identity.put("status", row.status());
      identity.put(AFFILIATIONS, new TreeSet<String>());
      identity.put(ROLES, new TreeSet<String>());
      byId.put(row.id(), identity);
      byLogin.put(row.login(), identity);
    }
    collect(
        byId,
        AFFILIATIONS,
        "select identity, concat_ws('|', institution, code, coalesce(from_date::text, ''),"
            + " coalesce(to_date::text, ''), enabled) from identity_affiliation");
    collect(
        byId, ROLES, "select m.identity, r.name from identity_role m join role r on r.id = m.role");
    return byLogin;
  }

  private void collect(Map<Long, Map<String, Object>> byId, String field, String sql) {
    for (Held held :
        database
            .jdbc()
            .sql(sql)
            .query((row, number) -> new Held(row.getLong(1), row.getString(2)))
            .list()) {
      Map<String, Object> identity = byId.get(held.identity());
      if (identity != null) {
        texts(identity, field).add(held.text());
      }
    }
  }

  private record Stored(long id, String login, String status, String attributes) {}

  private record Held(long identity, String text) {}

  @SuppressWarnings("unchecked") // put there above
  private static Set<String> texts(Map<String, Object> identity, String field) {
    return (Set<String>) Objects.requireNonNull(identity.get(field));
  }

  /** Adds a line for each field that is not as expected. */
  void compare(
      String emplid, JsonNode expected, Map<String, Object> identity, List<String> differences) {
    for (String field : FIELDS) {
      String wanted = text(expected.path(field));
      Object is = identity.get(field);
      boolean same =
          wanted == null ? is == null : is != null && wanted.equalsIgnoreCase(is.toString());
      if (!same) {
        differences.add("%s: %s is %s, expected %s".formatted(emplid, field, is, wanted));
      }
    }
    Set<String> wanted = new TreeSet<>();
    for (JsonNode one : expected.path(AFFILIATIONS)) {
      wanted.add(
          String.join(
              "|",
              one.path("institution").asString(""),
              one.path("code").asString(""),
              Objects.requireNonNullElse(text(one.path("from")), ""),
              Objects.requireNonNullElse(text(one.path("to")), ""),
              one.path("enabled").asBoolean() ? "t" : "f"));
    }
    compare(emplid, AFFILIATIONS, wanted, identity, differences);
    Set<String> roles = new TreeSet<>();
    expected.path(ROLES).forEach(role -> roles.add(role.asString()));
    compare(emplid, ROLES, roles, identity, differences);
  }

  private static void compare(
      String emplid,
      String field,
      Set<String> wanted,
      Map<String, Object> identity,
      List<String> differences) {
    Set<String> are = texts(identity, field);
    if (!wanted.equals(are)) {
      differences.add("%s: %s are %s, expected %s".formatted(emplid, field, are, wanted));
    }
  }

  private static @Nullable String text(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? null : value.asString();
  }
}
