package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.WireAnswer.Header;
import dev.rollcall.simulators.okta.directory.Directory;
import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Etag;
import dev.rollcall.simulators.okta.directory.Expression;
import dev.rollcall.simulators.okta.directory.NewUser;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.state.Json;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls about users. */
final class UsersApi {
  private static final String MANAGE = "okta.users.manage";
  private static final String READ = "okta.users.read";
  private static final int MAX_PAGE = 200;
  private static final int MAX_MATCHES = 10;
  private static final int MAX_LINKS = 20;
  private static final Pattern PROFILE_FIELDS = Pattern.compile("profile:\\(([^)]*)\\)");

  private final SecureRandom random = new SecureRandom();
  private final Tenant tenant;

  UsersApi(Tenant tenant) {
    this.tenant = tenant;
  }

  void routes(Routes routes) {
    routes.add("GET", "/api/v1/users", READ, this::list);
    routes.add("POST", "/api/v1/users", MANAGE, this::create);
    routes.add("GET", "/api/v1/users/{id}", READ, this::get);
    routes.add("POST", "/api/v1/users/{id}", MANAGE, ask -> update(ask, false));
    routes.add("PUT", "/api/v1/users/{id}", MANAGE, ask -> update(ask, true));
    routes.add("DELETE", "/api/v1/users/{id}", MANAGE, this::delete);
    // Nobody has applications, grants or identity providers here, and blocks are not switched on.
    for (String list : List.of("appLinks", "clients", "grants", "idps")) {
      routes.add("GET", "/api/v1/users/{id}/" + list, READ, this::none);
    }
    routes.add("GET", "/api/v1/users/{id}/blocks", READ, this::switchedOff);
    routes.add("DELETE", "/api/v1/users/{id}/grants", MANAGE, this::nothing);
    routes.add("DELETE", "/api/v1/users/{id}/sessions", MANAGE, this::nothing);
    String lifecycle = "/api/v1/users/{id}/lifecycle/";
    routes.add("POST", lifecycle + "activate", MANAGE, this::activate);
    routes.add("POST", lifecycle + "reactivate", MANAGE, this::reactivate);
    routes.add("POST", lifecycle + "deactivate", MANAGE, this::deactivate);
    routes.add("POST", lifecycle + "suspend", MANAGE, this::suspend);
    routes.add("POST", lifecycle + "unsuspend", MANAGE, this::unsuspend);
    routes.add("POST", lifecycle + "unlock", MANAGE, this::unlock);
    routes.add("POST", lifecycle + "expire_password", MANAGE, this::expirePassword);
    routes.add("POST", lifecycle + "reset_password", MANAGE, this::resetPassword);
    routes.add("POST", lifecycle + "reset_factors", MANAGE, this::resetFactors);
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
    if (query.containsKey("q")) {
      return matches(ask, query.getOrDefault("q", ""));
    }
    List<User> found;
    if (search) {
      found =
          holding(
              directory().usersAt(tenant.searchable()),
              Expression.of(query.getOrDefault("search", ""), Expression.Dialect.USER_SEARCH));
    } else if (filter) {
      found =
          holding(
              directory().usersAt(tenant.filterable()),
              Expression.of(query.getOrDefault("filter", ""), Expression.Dialect.USER_FILTER));
    } else {
      found = directory().users().stream().filter(UsersApi::present).toList();
    }
    String sortBy = search ? query.getOrDefault("sortBy", "") : "";
    Function<User, String> key =
        user ->
            sortBy.isEmpty()
                ? ""
                : UserJson.values(user, sortBy).stream()
                    .map(value -> value.asString("").toLowerCase(Locale.ROOT))
                    .findFirst()
                    .orElse("");
    boolean descending = query.getOrDefault("sortOrder", "asc").equalsIgnoreCase("desc");
    return Page.of(ask, found, key, User::order, descending, ask.limit(MAX_PAGE, MAX_PAGE))
        .said(
            user -> projected(UserJson.listed(user, ask.base()), query.getOrDefault("fields", "")));
  }

  /** The simple query: a beginning of a name or address, without pages. */
  private Said matches(Ask ask, String start) {
    String sought = start.toLowerCase(Locale.ROOT);
    var array = Json.MAPPER.createArrayNode();
    directory().users().stream()
        .filter(UsersApi::present)
        .filter(user ->
            Stream.of("firstName", "lastName", "email")
                .flatMap(name -> user.text(name).stream())
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).startsWith(sought)))
        .limit(ask.limit(MAX_MATCHES, MAX_PAGE))
        .forEach(user -> array.add(UserJson.listed(user, ask.base())));
    return Said.ok(array);
  }

  private static List<User> holding(List<User> users, Expression expression) {
    return users.stream()
        .filter(user -> expression.holds(attribute -> UserJson.values(user, attribute)))
        .toList();
  }

  private static boolean present(User user) {
    return user.status() != Status.DEPROVISIONED;
  }

  /** Leaves only the fields asked for, and the id. */
  private static ObjectNode projected(ObjectNode user, String fields) {
    if (fields.isBlank()) {
      return user;
    }
    Matcher inProfile = PROFILE_FIELDS.matcher(fields);
    Set<String> top =
        names(inProfile.replaceAll("")).collect(Collectors.toCollection(TreeSet::new));
    top.add("id");
    ObjectNode shown = Json.MAPPER.createObjectNode();
    user.forEachEntry((name, value) -> {
      if (top.contains(name)) {
        shown.set(name, value);
      }
    });
    if (inProfile.reset().find()) {
      Set<String> wanted = names(String.valueOf(inProfile.group(1))).collect(Collectors.toSet());
      ObjectNode profile = shown.putObject("profile");
      user.path("profile")
          .forEachEntry((name, value) -> {
            if (wanted.contains(name)) {
              profile.set(name, value);
            }
          });
    }
    return shown;
  }

  private static Stream<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(name -> !name.isEmpty());
  }

  private Said create(Ask ask) {
    ObjectNode body = ask.body("profile", "credentials", "groupIds", "type", "realmId");
    boolean activate = ask.flag("activate", true);
    boolean password = password(body.path("credentials"));
    boolean expire = ask.query().getOrDefault("nextLogin", "").equals("changePassword");
    if (expire && !activate) {
      throw Refusal.of(ErrorCode.E0000125);
    }
    if (expire && !password) {
      throw Refusal.of(ErrorCode.E0000124);
    }
    boolean hash = body.path("credentials").path("password").path("hash").isObject();
    String provider =
        body.path("credentials").path("provider").path("type").asString(hash ? "IMPORT" : "OKTA");
    User user =
        directory()
            .create(
                new NewUser(
                    Ask.properties(body.path("profile")),
                    password,
                    provider,
                    activate,
                    expire,
                    body.path("groupIds").valueStream().map(JsonNode::asString).toList(),
                    realm(body)),
                ask.number());
    return Said.ok(UserJson.whole(user, ask.base()));
  }

  private static Optional<String> realm(ObjectNode body) {
    return body.hasNonNull("realmId")
        ? Optional.of(body.path("realmId").asString())
        : Optional.empty();
  }

  /** Whether a password is sent; an empty object is none. */
  private static boolean password(JsonNode credentials) {
    JsonNode password = credentials.path("password");
    return password.path("value").isString()
        || password.path("hash").isObject()
        || password.path("hook").isObject();
  }

  private Said get(Ask ask) {
    User user = directory().user(ask.named("id"));
    return Said.ok(UserJson.whole(user, ask.base()), new Header("etag", Etag.of(user)));
  }

  private Said update(Ask ask, boolean whole) {
    ObjectNode body = ask.body("profile", "credentials", "type", "realmId");
    User user =
        directory()
            .update(
                ask.named("id"),
                Ask.properties(body.path("profile")),
                whole,
                password(body.path("credentials")),
                realm(body),
                ask.wire().header("if-match"),
                ask.number());
    return Said.ok(UserJson.whole(user, ask.base()));
  }

  private Said delete(Ask ask) {
    directory().delete(ask.named("id"), ask.flag("sendEmail", false), ask.later(), ask.number());
    return Said.nothing();
  }

  private Said none(Ask ask) {
    List<User> nobody = List.of();
    directory().user(ask.named("id"));
    return Page.of(ask, nobody, user -> "", User::order, false, ask.limit(MAX_LINKS, MAX_LINKS))
        .said(user -> UserJson.listed(user, ask.base()));
  }

  private Said switchedOff(Ask ask) {
    directory().user(ask.named("id"));
    throw Refusal.of(ErrorCode.E0000015);
  }

  private Said nothing(Ask ask) {
    directory().user(ask.named("id"));
    return Said.nothing();
  }

  private Said activate(Ask ask) {
    boolean mail = ask.flag("sendEmail", true);
    directory().activate(ask.named("id"), mail, ask.number());
    return invitation(ask, mail);
  }

  private Said reactivate(Ask ask) {
    boolean mail = ask.flag("sendEmail", false);
    directory().reactivate(ask.named("id"), mail, ask.number());
    return invitation(ask, mail);
  }

  /** Whoever is not mailed is told by the caller, who gets the token. */
  private Said invitation(Ask ask, boolean mailed) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    if (!mailed) {
      String token = token();
      body.put("activationUrl", ask.base() + "/tokens/" + token + "/verify");
      body.put("activationToken", token);
    }
    return Said.ok(body);
  }

  private Said deactivate(Ask ask) {
    directory()
        .deactivate(ask.named("id"), ask.flag("sendEmail", false), ask.later(), ask.number());
    return Said.ok(Json.MAPPER.createObjectNode());
  }

  private Said suspend(Ask ask) {
    directory().suspend(ask.named("id"), ask.number());
    return Said.ok(Json.MAPPER.createObjectNode());
  }

  private Said unsuspend(Ask ask) {
    directory().unsuspend(ask.named("id"), ask.number());
    return Said.ok(Json.MAPPER.createObjectNode());
  }

  private Said unlock(Ask ask) {
    directory().unlock(ask.named("id"), ask.number());
    return Said.ok(Json.MAPPER.createObjectNode());
  }

  private Said expirePassword(Ask ask) {
    User user = directory().expirePassword(ask.named("id"), ask.number());
    return Said.ok(UserJson.whole(user, ask.base()));
  }

  private Said resetPassword(Ask ask) {
    if (!ask.query().containsKey("sendEmail")) {
      throw Refusal.of(ErrorCode.E0000028);
    }
    boolean mail = ask.flag("sendEmail", true);
    directory().resetPassword(ask.named("id"), mail, ask.number());
    ObjectNode body = Json.MAPPER.createObjectNode();
    if (!mail) {
      body.put("resetPasswordUrl", ask.base() + "/reset_password/" + token());
    }
    return Said.ok(body);
  }

  private Said resetFactors(Ask ask) {
    if (directory().user(ask.named("id")).status() == Status.DEPROVISIONED) {
      throw Refusal.of(ErrorCode.E0000038);
    }
    return Said.ok(Json.MAPPER.createObjectNode());
  }

  private String token() {
    byte[] noise = new byte[15];
    random.nextBytes(noise);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
  }
}
