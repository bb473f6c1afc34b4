package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.ErrorCode;
import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.source.Source;
import dev.rollcall.simulators.state.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * The calls by which a client sees how an identity source is set up: the application, the schema of
 * its profile and the mappings to and from the profile of Okta. Every application here is an
 * identity source.
 */
final class AppsApi {
  private static final String NAME = "custom_identity_source";
  private static final int MAX_PAGE = 200;
  private static final int USUAL_PAGE = 20;

  /** A mapping in one direction; its id is made of that of the application. */
  private record Mapping(String id, Source source, boolean toOkta) {}

  private final Tenant tenant;

  AppsApi(Tenant tenant) {
    this.tenant = tenant;
  }

  void routes(Routes routes) {
    routes.add("GET", "/api/v1/apps/{appId}", "okta.apps.read", this::app);
    routes.add(
        "GET", "/api/v1/meta/schemas/apps/{appId}/default", "okta.schemas.read", this::schema);
    routes.add("GET", "/api/v1/mappings", "okta.profileMappings.read", this::mappings);
    routes.add("GET", "/api/v1/mappings/{mappingId}", "okta.profileMappings.read", this::mapping);
  }

  private Source source(Ask ask) {
    String id = ask.path().getOrDefault("appId", "");
    return tenant.sources().find(id).orElseThrow(() -> Refusal.notFound(id, "AppInstance"));
  }

  private Said app(Ask ask) {
    Source source = source(ask);
    String self = ask.base() + "/api/v1/apps/" + source.id();
    ObjectNode app = Json.MAPPER.createObjectNode();
    app.put("id", source.id()).put("name", NAME).put("label", source.label());
    app.put("status", "ACTIVE");
    app.put("lastUpdated", UserJson.stamp(source.lastUpdated()));
    app.put("created", UserJson.stamp(source.created()));
    app.putObject("accessibility").put("selfService", false);
    ObjectNode visibility = app.putObject("visibility");
    visibility.put("autoSubmitToolbar", false);
    visibility.putObject("hide").put("iOS", false).put("web", false);
    var features = app.putArray("features");
    features.add("IMPORT_NEW_USERS").add("IMPORT_PROFILE_UPDATES");
    if (source.settings().sourcing()) {
      features.add("PROFILE_MASTERING");
    }
    app.put("signOnMode", "BOOKMARK");
    app.putObject("settings").putObject("app");
    ObjectNode links = app.putObject("_links");
    links.putObject("users").put("href", self + "/users");
    links.putObject("self").put("href", self);
    return Said.ok(app);
  }

  private Said schema(Ask ask) {
    Source source = source(ask);
    ObjectNode schema = Json.MAPPER.createObjectNode();
    schema.put("id", ask.base() + "/meta/schemas/apps/" + source.id() + "/default");
    schema.put("$schema", "http://json-schema.org/draft-04/schema#");
    schema.put("name", NAME).put("title", source.label() + " User").put("type", "object");
    schema.put("lastUpdated", UserJson.stamp(source.lastUpdated()));
    schema.put("created", UserJson.stamp(source.created()));
    ObjectNode definitions = schema.putObject("definitions");
    ObjectNode custom = definitions.putObject("custom");
    custom.put("id", "#custom").put("type", "object");
    ObjectNode added = custom.putObject("properties");
    source.custom().forEach(name -> property(added, name, name));
    custom.putArray("required");
    ObjectNode base = definitions.putObject("base");
    base.put("id", "#base").put("type", "object");
    ObjectNode given = base.putObject("properties");
    var required = base.putArray("required");
    Source.attributes()
        .forEach((name, attribute) -> {
          ObjectNode shown = property(given, name, attribute.title());
          if (attribute.min() > 0) {
            shown.put("minLength", attribute.min());
          }
          shown.put("maxLength", attribute.max());
          if (attribute.required()) {
            shown.put("required", true);
            required.add(name);
          }
        });
    var parts = schema.putObject("properties").putObject("profile").putArray("allOf");
    parts.addObject().put("$ref", "#/definitions/custom");
    parts.addObject().put("$ref", "#/definitions/base");
    return Said.ok(schema);
  }

  private static ObjectNode property(ObjectNode all, String name, String title) {
    ObjectNode shown = all.putObject(name);
    shown.put("title", title).put("type", "string").put("scope", "NONE");
    shown.putObject("master").put("type", "PROFILE_MASTER");
    return shown;
  }

  private Said mappings(Ask ask) {
    Map<String, String> query = ask.query();
    List<Mapping> found =
        all().stream()
            .filter(one -> query.getOrDefault("sourceId", from(one)).equals(from(one)))
            .filter(one -> query.getOrDefault("targetId", to(one)).equals(to(one)))
            .toList();
    // Here the cursor is the last mapping's id, as the document has it.
    String after = query.getOrDefault("after", "");
    List<String> ids = found.stream().map(Mapping::id).toList();
    if (!after.isEmpty() && !ids.contains(after)) {
      throw Refusal.of(ErrorCode.E0000029);
    }
    List<Mapping> rest = found.subList(ids.indexOf(after) + 1, found.size());
    List<Mapping> page = rest.subList(0, Math.min(ask.limit(USUAL_PAGE, MAX_PAGE), rest.size()));
    var array = Json.MAPPER.createArrayNode();
    page.forEach(one -> array.add(shown(one, ask)));
    return page.size() < rest.size()
        ? Said.ok(array, Page.link(ask, "after", page.getLast().id(), "next"))
        : Said.ok(array);
  }

  private Said mapping(Ask ask) {
    String id = ask.path().getOrDefault("mappingId", "");
    Mapping mapping =
        all().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(() -> Refusal.notFound(id, "Mapping"));
    ObjectNode shown = shown(mapping, ask);
    ObjectNode properties = shown.putObject("properties");
    mapping
        .source()
        .mappings()
        .forEach((attribute, user) -> {
          ObjectNode property = properties.putObject(mapping.toOkta() ? user : attribute);
          property.put("expression", mapping.toOkta() ? "appuser." + attribute : "user." + user);
          property.put("pushStatus", mapping.toOkta() ? "PUSH" : "DONT_PUSH");
        });
    return Said.ok(shown);
  }

  private List<Mapping> all() {
    List<Mapping> all = new ArrayList<>();
    for (Source source : tenant.sources().all()) {
      String rest = source.id().substring(3);
      all.add(new Mapping("prm" + rest, source, true));
      all.add(new Mapping("prn" + rest, source, false));
    }
    return all;
  }

  private static String from(Mapping mapping) {
    return mapping.toOkta() ? mapping.source().id() : UserJson.TYPE;
  }

  private static String to(Mapping mapping) {
    return mapping.toOkta() ? UserJson.TYPE : mapping.source().id();
  }

  private static ObjectNode shown(Mapping mapping, Ask ask) {
    ObjectNode shown = Json.MAPPER.createObjectNode();
    shown.put("id", mapping.id());
    end(shown.putObject("source"), mapping.source(), mapping.toOkta(), ask);
    end(shown.putObject("target"), mapping.source(), !mapping.toOkta(), ask);
    String self = ask.base() + "/api/v1/mappings/" + mapping.id();
    shown.putObject("_links").putObject("self").put("href", self);
    return shown;
  }

  private static void end(ObjectNode shown, Source source, boolean app, Ask ask) {
    String api = ask.base() + "/api/v1/";
    shown.put("id", app ? source.id() : UserJson.TYPE);
    shown.put("name", app ? NAME : "user").put("type", app ? "appuser" : "user");
    ObjectNode links = shown.putObject("_links");
    links
        .putObject("self")
        .put("href", api + (app ? "apps/" + source.id() : "meta/types/user/" + UserJson.TYPE));
    links
        .putObject("schema")
        .put(
            "href",
            api
                + "meta/schemas/"
                + (app ? "apps/" + source.id() + "/default" : "user/" + UserJson.SCHEMA));
  }
}
