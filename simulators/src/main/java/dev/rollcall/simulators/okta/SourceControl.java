package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.http.ControlRoutes;
import dev.rollcall.simulators.http.Reply;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.directory.Schema;
import dev.rollcall.simulators.okta.source.AppSettings;
import dev.rollcall.simulators.okta.source.Assignment;
import dev.rollcall.simulators.okta.source.Session;
import dev.rollcall.simulators.okta.source.Source;
import dev.rollcall.simulators.okta.source.Sources;
import dev.rollcall.simulators.state.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The control calls about identity sources. */
final class SourceControl {
  private static final List<String> OWN =
      List.of("id", "label", "custom", "mappings", "unmapped", "addToProfile");

  private final Supplier<Tenant> tenant;

  SourceControl(Supplier<Tenant> tenant) {
    this.tenant = tenant;
  }

  void routes(ControlRoutes routes) {
    routes.route("GET", "/_control/sources", call -> all());
    routes.route("POST", "/_control/sources", this::keep);
    routes.route("POST", "/_control/sources/resume", call -> resume());
    routes.route("GET", "/_control/sources/{source}", this::one);
    routes.route("GET", "/_control/sources/{source}/applied", this::applied);
    routes.route("POST", "/_control/sources/{source}/sessions", this::stray);
    routes.route("POST", "/_control/sources/{source}/sessions/{session}", this::end);
  }

  private Sources sources() {
    return tenant.get().sources();
  }

  private Reply all() {
    List<Object> all = new ArrayList<>();
    for (Source source : sources().all()) {
      all.add(told(source, false));
    }
    return Reply.ok(all);
  }

  private Reply one(Call call) {
    return Reply.ok(told(source(call), true));
  }

  /** A source with its sessions, and on its own with its people. */
  private Map<String, Object> told(Source source, boolean people) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("source", source);
    told.put("sessions", sources().taken(source.id()));
    var assignments = sources().assignments(source.id());
    told.put("assigned", assignments.stream().filter(Assignment::assigned).count());
    sources().roadblock().ifPresent(roadblock -> told.put("roadblock", roadblock));
    if (people) {
      told.put("assignments", assignments);
    }
    return told;
  }

  /** What imports did, in order: to everybody, or to one; by session. */
  private Reply applied(Call call) {
    Source source = source(call);
    @Nullable String externalId = call.query().get("externalId");
    @Nullable String session = call.query().get("session");
    return Reply.ok(
        tenant.get().ledger().applied(source.id()).stream()
            .filter(one -> is(one, "externalId", externalId) && is(one, "session", session))
            .toList());
  }

  private static boolean is(JsonNode one, String name, @Nullable String wanted) {
    return wanted == null || one.path(name).asString("").equals(wanted);
  }

  /** Makes a source, or changes what is named of one. */
  private Reply keep(Call call) {
    ObjectNode settings = Json.MAPPER.valueToTree(AppSettings.DEFAULTS);
    Set<String> known = new TreeSet<>(settings.propertyNames());
    known.addAll(OWN);
    call.only(known);
    String id = call.text("id").orElseGet(sources()::freshSource);
    if (!id.matches("[A-Za-z0-9]{1,40}")) {
      throw new BadCall("'id' is made of letters and digits");
    }
    Optional<Source> before = sources().find(id);
    before.ifPresent(
        source -> settings.setAll((ObjectNode) Json.MAPPER.valueToTree(source.settings())));
    call.body()
        .forEachEntry((name, value) -> {
          if (!OWN.contains(name)) {
            settings.set(
                name,
                name.equals("matchOn")
                    ? Json.MAPPER.valueToTree(value.asString().toUpperCase(Locale.ROOT))
                    : value);
          }
        });
    List<String> custom =
        call.has("custom")
            ? List.of(call.value("custom", String[].class))
            : before.map(Source::custom).orElse(List.of());
    custom.forEach(SourceControl::checkName);
    Instant now = tenant.get().clock().instant();
    Source source;
    try {
      source =
          new Source(
              id,
              call.text("label").or(() -> before.map(Source::label)).orElse("Identity source"),
              before.map(Source::created).orElse(now),
              now,
              custom,
              mappings(call, custom, before),
              Json.MAPPER.treeToValue(settings, AppSettings.class));
    } catch (JacksonException e) {
      throw new BadCall("the settings are not valid: " + e.getOriginalMessage());
    }
    if (call.flag("addToProfile", true)) {
      addToProfile(source);
    }
    sources().keep(source);
    return Reply.ok(told(source, false));
  }

  private static void checkName(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,254}") || Source.attributes().containsKey(name)) {
      throw new BadCall("'custom' has names of new attributes, not '" + name + "'");
    }
  }

  /** Each attribute to its namesake, but for what is said otherwise. */
  private static Map<String, String> mappings(
      Call call, List<String> custom, Optional<Source> before) {
    Map<String, String> straight = Source.straight(custom);
    Map<String, String> mappings = new LinkedHashMap<>(straight);
    before.ifPresent(source -> {
      // What was mapped otherwise, or not at all, stays so.
      source.mappings().forEach(mappings::replace);
      mappings
          .keySet()
          .removeIf(name -> !source.mappings().containsKey(name) && known(name, source));
    });
    if (call.has("mappings")) {
      call.value("mappings", ObjectNode.class)
          .forEachEntry((name, user) -> {
            if (!straight.containsKey(name) || !user.isString()) {
              throw new BadCall("'mappings' has an Okta property by attribute, not '" + name + "'");
            }
            mappings.put(name, user.asString());
          });
    }
    for (String name : call.value("unmapped", String[].class, new String[0])) {
      mappings.remove(name);
    }
    return mappings;
  }

  private static boolean known(String name, Source before) {
    return before.custom().contains(name) || Source.attributes().containsKey(name);
  }

  /** Adds to Okta's profile what the mappings lead to and is not there. */
  private void addToProfile(Source source) {
    List<String> missing =
        source.mappings().values().stream()
            .filter(name -> !Schema.defaults().containsKey(name))
            .filter(name -> !tenant.get().settings().custom().containsKey(name))
            .toList();
    if (!missing.isEmpty()) {
      tenant.get().settle(tenant.get().settings().withProperties(missing));
    }
  }

  private Reply stray(Call call) {
    call.only("agoSeconds");
    return Reply.ok(
        sources().stray(source(call).id(), Duration.ofSeconds(call.count("agoSeconds", 0))));
  }

  /** Ends a session by hand, or lets one go on that is stuck. */
  private Reply end(Call call) {
    call.only("status", "release");
    Source source = source(call);
    String session = call.path().getOrDefault("session", "");
    try {
      Session known = sources().session(source.id(), session);
      if (!known.status().active()) {
        throw new BadCall(409, "the session is " + known.status());
      }
      if (call.flag("release", false)) {
        if (known.fate() != Session.Fate.STUCK) {
          throw new BadCall(409, "the session is not stuck");
        }
        return Reply.ok(sources().release(source.id(), session));
      }
      Session.Status status = call.value("status", Session.Status.class);
      if (status.active()) {
        throw new BadCall("'status' is one that ends a session");
      }
      return Reply.ok(sources().end(source.id(), session, status));
    } catch (Refusal e) {
      throw new BadCall(404, "there is no session " + session);
    }
  }

  private Reply resume() {
    if (sources().roadblock().isEmpty()) {
      throw new BadCall(409, "nothing holds imports up");
    }
    sources().resume();
    return Reply.ok(Map.of("resumed", true));
  }

  private Source source(Call call) {
    String id = call.path().getOrDefault("source", "");
    return sources().find(id).orElseThrow(() -> new BadCall(404, "there is no source " + id));
  }
}
