package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.Directory;
import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Expression;
import dev.rollcall.simulators.okta.directory.Group;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.state.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The calls about groups and who is in them. */
final class GroupsApi {
  private static final String MANAGE = "okta.groups.manage";
  private static final String READ = "okta.groups.read";
  private static final int MAX_GROUPS = 10_000;
  private static final int MAX_MATCHES = 300;
  private static final int MAX_MEMBERS = 1000;
  private static final int MAX_OWN_GROUPS = 200;

  private final Tenant tenant;

  GroupsApi(Tenant tenant) {
    this.tenant = tenant;
  }

  void routes(Routes routes) {
    routes.add("GET", "/api/v1/groups", READ, this::list);
    routes.add("POST", "/api/v1/groups", MANAGE, this::create);
    routes.add("GET", "/api/v1/groups/{groupId}", READ, this::get);
    routes.add("PUT", "/api/v1/groups/{groupId}", MANAGE, this::replace);
    routes.add("DELETE", "/api/v1/groups/{groupId}", MANAGE, this::delete);
    routes.add("GET", "/api/v1/groups/{groupId}/users", READ, this::members);
    routes.add("GET", "/api/v1/groups/{groupId}/apps", READ, this::apps);
    routes.add("PUT", "/api/v1/groups/{groupId}/users/{userId}", MANAGE, this::join);
    routes.add("DELETE", "/api/v1/groups/{groupId}/users/{userId}", MANAGE, this::leave);
    routes.add("GET", "/api/v1/users/{id}/groups", READ, this::groupsOf);
  }

  private Directory directory() {
    return tenant.directory();
  }

  private Said list(Ask ask) {
    Map<String, String> query = ask.query();
    boolean search = query.containsKey("search");
    boolean filter = query.containsKey("filter");
    if (search && filter) {
      throw Refusal.of(ErrorCode.E0000033);
    }
    List<Group> found;
    if (search) {
      found =
          holding(
              directory().groupsAt(tenant.searchable()),
              Expression.of(query.getOrDefault("search", ""), Expression.Dialect.GROUP_SEARCH));
    } else if (filter) {
      found =
          holding(
              directory().groupsAt(tenant.filterable()),
              Expression.of(query.getOrDefault("filter", ""), Expression.Dialect.GROUP_FILTER));
    } else {
      String start = query.getOrDefault("q", "").toLowerCase(Locale.ROOT);
      found =
          directory().groups().stream()
              .filter(group -> group.name().toLowerCase(Locale.ROOT).startsWith(start))
              .toList();
    }
    int limit =
        query.containsKey("q")
            ? ask.limit(MAX_MATCHES, MAX_MATCHES)
            : ask.limit(MAX_GROUPS, MAX_GROUPS);
    String sortBy = search ? query.getOrDefault("sortBy", "") : "";
    Function<Group, String> key =
        group ->
            sortBy.isEmpty()
                ? ""
                : values(group, sortBy).stream()
                    .map(value -> value.asString("").toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElse("");
    boolean descending = query.getOrDefault("sortOrder", "asc").equalsIgnoreCase("desc");
    boolean stats = query.getOrDefault("expand", "").contains("stats");
    return Page.of(ask, found, key, Group::order, descending, limit)
        .said(group -> {
          ObjectNode shown = shown(group, ask.base());
          if (stats) {
            shown
                .putObject("_embedded")
                .putObject("stats")
                .put(
                    "usersCount",
                    directory().membersAt(group.id(), tenant.membershipsKnown()).size())
                .put("appsCount", 0)
                .put("groupPushMappingsCount", 0)
                .put("hasAdminPrivlege", false);
          }
          return shown;
        });
  }

  private Said create(Ask ask) {
    Group group =
        directory()
            .addGroup(Group.Type.OKTA_GROUP, profile(ask.body("profile", "type")), ask.number());
    return Said.ok(shown(group, ask.base()));
  }

  /** A description that was not given is shown as null. */
  private static Map<String, JsonNode> profile(ObjectNode body) {
    ObjectNode profile =
        body.path("profile") instanceof ObjectNode given
            ? given.deepCopy()
            : Json.MAPPER.createObjectNode();
    if (!profile.has("description")) {
      profile.putNull("description");
    }
    return Ask.properties(profile);
  }

  private Said get(Ask ask) {
    return Said.ok(shown(directory().group(ask.named("groupId")), ask.base()));
  }

  private Said replace(Ask ask) {
    Group group =
        directory()
            .replaceGroup(ask.named("groupId"), profile(ask.body("profile", "type")), ask.number());
    return Said.ok(shown(group, ask.base()));
  }

  private Said delete(Ask ask) {
    directory().removeGroup(ask.named("groupId"), ask.number());
    return Said.nothing();
  }

  private Said members(Ask ask) {
    List<User> members = directory().membersAt(ask.named("groupId"), tenant.membershipsKnown());
    return Page.of(
            ask, members, user -> "", User::order, false, ask.limit(MAX_MEMBERS, MAX_MEMBERS))
        .said(user -> UserJson.listed(user, ask.base()));
  }

  private Said apps(Ask ask) {
    directory().group(ask.named("groupId"));
    return Said.ok(Json.MAPPER.createArrayNode());
  }

  private Said join(Ask ask) {
    directory().join(ask.named("groupId"), ask.named("userId"), ask.number());
    return Said.nothing();
  }

  private Said leave(Ask ask) {
    directory().leave(ask.named("groupId"), ask.named("userId"), ask.number());
    return Said.nothing();
  }

  private Said groupsOf(Ask ask) {
    List<Group> groups = directory().groupsOfAt(ask.named("id"), tenant.membershipsKnown());
    int limit = ask.limit(MAX_OWN_GROUPS, MAX_OWN_GROUPS);
    return Page.of(ask, groups, group -> "", Group::order, false, limit)
        .said(group -> shown(group, ask.base()));
  }

  private static List<Group> holding(List<Group> groups, Expression expression) {
    return groups.stream()
        .filter(group -> expression.holds(attribute -> values(group, attribute)))
        .toList();
  }

  private static List<JsonNode> values(Group group, String attribute) {
    if (attribute.startsWith("profile.")) {
      return group
          .text(attribute.substring("profile.".length()))
          .map(GroupsApi::text)
          .orElse(List.of());
    }
    return switch (attribute) {
      case "id" -> text(group.id());
      case "type" -> text(group.type().name());
      case "created" -> text(UserJson.stamp(group.created()));
      case "lastUpdated" -> text(UserJson.stamp(group.lastUpdated()));
      case "lastMembershipUpdated" -> text(UserJson.stamp(group.lastMembershipUpdated()));
      default -> List.of();
    };
  }

  private static List<JsonNode> text(String value) {
    return List.of(StringNode.valueOf(value));
  }

  private static ObjectNode shown(Group group, String base) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("id", group.id());
    shown.put("created", UserJson.stamp(group.created()));
    shown.put("lastUpdated", UserJson.stamp(group.lastUpdated()));
    shown.put("lastMembershipUpdated", UserJson.stamp(group.lastMembershipUpdated()));
    shown
        .putArray("objectClass")
        .add(
            group.type() == Group.Type.APP_GROUP
                ? "okta:windows_security_principal"
                : "okta:user_group");
    shown.put("type", group.type().name());
    ObjectNode profile = shown.putObject("profile");
    group.profile().forEach(profile::set);
    ObjectNode links = shown.putObject("_links");
    for (String size : List.of("medium", "large")) {
      links
          .withArray("logo")
          .addObject()
          .put("name", size)
          .put("href", base + "/assets/img/logos/groups/odyssey/okta-" + size + ".png")
          .put("type", "image/png");
    }
    String self = base + "/api/v1/groups/" + group.id();
    links.putObject("users").put("href", self + "/users");
    links.putObject("apps").put("href", self + "/apps");
    return shown;
  }
}
