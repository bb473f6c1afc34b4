package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.http.ControlRoutes;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.okta.auth.Client;
import dev.rollcall.simulators.okta.directory.Directory;
import dev.rollcall.simulators.okta.directory.Group;
import dev.rollcall.simulators.okta.directory.NewUser;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.directory.Status;
import dev.rollcall.simulators.okta.directory.User;
import dev.rollcall.simulators.okta.limits.Bucket;
import dev.rollcall.simulators.okta.limits.Traffic;
import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.state.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The control calls: what there is, what happened, and what is to go otherwise from now on. */
final class ControlApi {
  private final Okta simulator;

  ControlApi(Okta simulator) {
    this.simulator = simulator;
  }

  void routes(ControlRoutes routes) {
    routes.route("GET", "/_control/state", this::state);
    routes.route("GET", "/_control/requests", this::requests);
    routes.route("GET", "/_control/users", this::people);
    routes.route("GET", "/_control/users/{user}", this::person);
    routes.route("POST", "/_control/users", this::user);
    routes.route("POST", "/_control/groups", this::group);
    routes.route("POST", "/_control/delete", this::delete);
    routes.route("POST", "/_control/tokens", this::token);
    routes.route("POST", "/_control/clients", this::client);
    routes.route("POST", "/_control/access", this::access);
    routes.route("POST", "/_control/settings", this::settings);
    routes.route("POST", "/_control/traffic", this::traffic);
    routes.route("POST", "/_control/faults", this::faults);
    routes.route("POST", "/_control/clock", this::clock);
    routes.route("POST", "/_control/reset", call -> reset());
    routes.route("POST", "/_control/stop", call -> stop());
    new SourceControl(simulator::tenant).routes(routes);
  }

  private Tenant tenant() {
    return simulator.tenant();
  }

  private Reply state(Call call) {
    Tenant tenant = tenant();
    Map<String, Supplier<Object>> parts = new LinkedHashMap<>();
    parts.put("clock", () -> clock(tenant));
    parts.put("users", () -> tenant.directory().users());
    parts.put("groups", () -> tenant.directory().groups());
    parts.put("memberships", () -> tenant.directory().memberships());
    parts.put("sources", () -> tenant.sources().all());
    parts.put("mails", () -> tenant.directory().mails());
    parts.put("windows", () -> tenant.budgets().windows());
    parts.put("concurrency", () -> tenant.budgets().concurrency());
    parts.put("logins", () -> tenant.budgets().others().get(Traffic.Kind.LOGIN));
    parts.put("competitors", () -> tenant.budgets().others().get(Traffic.Kind.COMPETITOR));
    parts.put("traffic", () -> tenant.budgets().traffic());
    parts.put("faults", () -> tenant.faults().waiting());
    parts.put("settings", tenant::settings);
    parts.put("tokens", () -> tenant.doorkeeper().tokens());
    parts.put("clients", () -> tenant.doorkeeper().clients());
    @Nullable String asked = call.query().get("part");
    Set<String> wanted =
        asked == null ? parts.keySet() : Set.copyOf(Arrays.asList(asked.split(",", -1)));
    if (!parts.keySet().containsAll(wanted)) {
      throw new BadCall("'part' is some of " + parts.keySet());
    }
    Map<String, Object> state = new LinkedHashMap<>();
    parts.forEach((name, part) -> {
      if (wanted.contains(name)) {
        state.put(name, part.get());
      }
    });
    return Reply.ok(state);
  }

  private static Map<String, Object> clock(Tenant tenant) {
    SimulatedClock clock = tenant.clock();
    return Map.of(
        "now", clock.instant(),
        "runs", clock.runs(),
        "offsetSeconds", clock.offset().toSeconds());
  }

  private Reply requests(Call call) {
    String after = call.query().getOrDefault("after", "0");
    if (!after.matches("\\d{1,18}")) {
      throw new BadCall("'after' is the number of a request");
    }
    @Nullable String user = call.query().get("user");
    @Nullable String caller = call.query().get("caller");
    return Reply.ok(
        tenant().ledger().requests(Long.parseLong(after)).stream()
            .filter(one -> caller == null || one.path("caller").asString("").equals(caller))
            .filter(one ->
                user == null
                    || one.path("changes")
                        .valueStream()
                        .anyMatch(change -> change.path("user").asString("").equals(user)))
            .toList());
  }

  /** What happened to whom, in order: by user, or by what a property was at the creation. */
  private Reply people(Call call) {
    String by = call.query().getOrDefault("by", "");
    Map<String, String> keys = new LinkedHashMap<>();
    Map<String, ObjectNode> people = new LinkedHashMap<>();
    for (ObjectNode change : tenant().ledger().changes()) {
      String user = change.path("user").asString("");
      if (user.isEmpty()) {
        continue;
      }
      String key =
          keys.computeIfAbsent(
              user, id -> by.isEmpty() ? id : change.path("profile").path(by).asString("(none)"));
      ObjectNode person =
          people.computeIfAbsent(
              key,
              name -> {
                ObjectNode fresh = Json.MAPPER.createObjectNode().put("key", name);
                fresh.put("created", 0).putArray("users");
                fresh.putArray("changes");
                return fresh;
              });
      if (change.path("what").asString("").equals("created")) {
        person.put("created", person.path("created").asInt() + 1);
        person.withArray("users").add(user);
      }
      person.withArray("changes").add(change);
    }
    return Reply.ok(people.values());
  }

  private Reply person(Call call) {
    String key = call.path().getOrDefault("user", "");
    Optional<User> known = tenant().directory().find(key);
    String id = known.map(User::id).orElse(key);
    List<ObjectNode> changes =
        tenant().ledger().changes().stream()
            .filter(change -> change.path("user").asString("").equals(id))
            .toList();
    if (known.isEmpty() && changes.isEmpty()) {
      throw new BadCall(404, "there is no user " + key);
    }
    Map<String, Object> told = new LinkedHashMap<>();
    known.ifPresent(user -> told.put("user", user));
    told.put("changes", changes);
    return Reply.ok(told);
  }

  private Reply user(Call call) {
    call.only("user", "status", "master", "profile", "groups");
    Directory directory = tenant().directory();
    Map<String, JsonNode> profile = properties(call.body().path("profile"));
    Optional<Status> status =
        call.has("status") ? Optional.of(call.value("status", Status.class)) : Optional.empty();
    return refusable(() -> {
      String key =
          call.has("user")
              ? call.required("user")
              : directory
                  .create(
                      new NewUser(
                          profile, true, "OKTA", false, false, groups(call), Optional.empty()),
                      0)
                  .id();
      return directory.adjust(
          key,
          call.has("user") ? status : Optional.of(status.orElse(Status.ACTIVE)),
          call.text("master"),
          call.has("user") ? profile : Map.of());
    });
  }

  private static List<String> groups(Call call) {
    return List.of(call.value("groups", String[].class, new String[0]));
  }

  private Reply group(Call call) {
    call.only("name", "description", "type", "names");
    Group.Type type = call.value("type", Group.Type.class, Group.Type.OKTA_GROUP);
    List<String> names =
        call.has("names")
            ? List.of(call.value("names", String[].class))
            : List.of(call.required("name"));
    return refusable(() -> {
      Map<String, String> made = new LinkedHashMap<>();
      for (String name : names) {
        Map<String, JsonNode> profile = new LinkedHashMap<>();
        profile.put("name", StringNode.valueOf(name));
        profile.put(
            "description",
            call.text("description")
                .<JsonNode>map(StringNode::valueOf)
                .orElse(Json.MAPPER.nullNode()));
        made.put(name, tenant().directory().addGroup(type, profile, 0).id());
      }
      return made;
    });
  }

  private Reply delete(Call call) {
    call.only("user", "group");
    boolean gone =
        call.has("user")
            ? tenant().directory().vanish(call.required("user"))
            : tenant().directory().vanishGroup(call.required("group"));
    if (!gone) {
      throw new BadCall(404, "there is nothing of that name");
    }
    return Reply.ok(Map.of("deleted", true));
  }

  private Reply token(Call call) {
    call.only("token", "name", "active", "share", "owner");
    tenant()
        .doorkeeper()
        .keep(
            call.required("token"),
            call.text("name").orElse("token"),
            call.flag("active", true),
            share(call),
            call.text("owner").orElse(null));
    return Reply.ok(tenant().doorkeeper().tokens());
  }

  private Reply client(Call call) {
    call.only("clientId", "keys", "scopes", "dpop", "role", "active", "share");
    ObjectNode keys = Json.MAPPER.createObjectNode();
    keys.set("keys", call.value("keys", JsonNode.class));
    try {
      tenant()
          .doorkeeper()
          .keep(
              new Client(
                  call.required("clientId"),
                  keys,
                  List.of(call.value("scopes", String[].class)),
                  call.flag("dpop", true),
                  call.flag("role", true),
                  call.flag("active", true),
                  share(call)));
    } catch (IllegalArgumentException e) {
      throw new BadCall("'keys' are not valid: " + e.getMessage());
    }
    return Reply.ok(tenant().doorkeeper().clients());
  }

  private static @Nullable Integer share(Call call) {
    if (!call.has("share")) {
      return null;
    }
    int share = call.count("share", 0);
    if (share < 1 || share > 100) {
      throw new BadCall("'share' is a percentage from 1 to 100");
    }
    return share;
  }

  private Reply access(Call call) {
    call.only("expireTokens", "rotateNonce");
    if (call.flag("expireTokens", false)) {
      tenant().doorkeeper().expireGrants();
    }
    if (call.flag("rotateNonce", false)) {
      tenant().doorkeeper().rotateNonce();
    }
    return Reply.ok(Map.of("done", true));
  }

  private Reply settings(Call call) {
    ObjectNode merged = Json.MAPPER.valueToTree(tenant().settings());
    call.body()
        .forEachEntry((name, value) -> {
          if (merged.path(name) instanceof ObjectNode known && value.isObject()) {
            value.forEachEntry(known::set);
          } else {
            merged.set(name, value);
          }
        });
    try {
      tenant().settle(Json.MAPPER.treeToValue(merged, Settings.class));
    } catch (JacksonException e) {
      throw new BadCall("the settings are not valid: " + e.getOriginalMessage());
    }
    return Reply.ok(tenant().settings());
  }

  private Reply traffic(Call call) {
    call.only("name", "kind", "bucket", "perMinute", "burst", "afterSeconds", "forSeconds");
    int perMinute = call.count("perMinute", 0);
    String bucket = call.text("bucket").orElse(Bucket.USERS);
    if (!Bucket.published().containsKey(bucket)) {
      throw new BadCall("'bucket' is one of " + Bucket.published().keySet());
    }
    Instant from = tenant().clock().instant().plusSeconds(call.count("afterSeconds", 0));
    String kind = call.required("kind").toUpperCase(Locale.ROOT);
    if (!List.of("LOGIN", "COMPETITOR").contains(kind)) {
      throw new BadCall("'kind' is login or competitor");
    }
    tenant()
        .budgets()
        .script(
            new Traffic(
                call.text("name").orElse(kind.toLowerCase(Locale.ROOT)),
                Traffic.Kind.valueOf(kind),
                bucket,
                perMinute,
                call.flag("burst", false),
                from,
                call.has("forSeconds") ? from.plusSeconds(call.count("forSeconds", 0)) : null));
    return Reply.ok(tenant().budgets().traffic());
  }

  private Reply faults(Call call) {
    call.only("fault", "method", "path", "skip", "times", "probability", "seed", "millis", "clear");
    if (call.flag("clear", false)) {
      tenant().faults().clear();
    }
    if (call.has("fault")) {
      double probability = call.fraction("probability", 1);
      int times = call.count("times", call.has("probability") ? Integer.MAX_VALUE : 1);
      if (times == 0) {
        throw new BadCall("'times' must be at least 1");
      }
      tenant()
          .faults()
          .script(
              new Faults.Script(
                  call.value("fault", Fault.class),
                  call.text("method"),
                  call.text("path").orElse("/api/v1/**"),
                  call.count("skip", 0),
                  times,
                  probability,
                  call.number("seed", 7),
                  call.number("millis", 0)));
    } else if (!call.flag("clear", false)) {
      throw new BadCall("'fault' is missing");
    }
    return Reply.ok(tenant().faults().waiting());
  }

  private Reply clock(Call call) {
    call.only("offsetSeconds", "now", "advanceMillis", "advanceSeconds", "stand");
    if (call.body().isEmpty()) {
      throw new BadCall(
          "one of 'offsetSeconds', 'now', 'advanceMillis', 'advanceSeconds', 'stand'");
    }
    SimulatedClock clock = tenant().clock();
    boolean stands = call.flag("stand", !clock.runs());
    if (call.has("offsetSeconds")) {
      clock.move(Duration.ofSeconds(call.value("offsetSeconds", Long.class)));
    }
    if (call.has("now")) {
      clock.move(Duration.between(Instant.now(), call.value("now", Instant.class)));
    }
    if (stands) {
      clock.stand(call.has("now") ? call.value("now", Instant.class) : clock.instant());
    } else {
      clock.move(clock.offset());
    }
    clock.advance(
        Duration.ofSeconds(call.number("advanceSeconds", 0))
            .plusMillis(call.number("advanceMillis", 0)));
    tenant().clockSet();
    // What ends on the way to the new time has ended.
    tenant().sources();
    return Reply.ok(clock(tenant()));
  }

  private Reply reset() {
    simulator.reset();
    return Reply.ok(clock(tenant()));
  }

  private Reply stop() {
    simulator.stop();
    return Reply.accepted(Map.of("stopping", true));
  }

  private static Map<String, JsonNode> properties(JsonNode object) {
    Map<String, JsonNode> properties = new LinkedHashMap<>();
    object.forEachEntry(properties::put);
    return properties;
  }

  /** What the API would refuse with an envelope, the control API refuses with a sentence. */
  private static Reply refusable(Supplier<Object> work) {
    try {
      return Reply.ok(work.get());
    } catch (Refusal e) {
      throw new BadCall(e.status(), e.summary() + " " + e.causes());
    }
  }
}
