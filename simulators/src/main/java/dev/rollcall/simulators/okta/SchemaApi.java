package dev.rollcall.simulators.okta;

import dev.rollcall.simulators.okta.directory.Refusal;
import dev.rollcall.simulators.okta.directory.Schema;
import dev.rollcall.simulators.state.Json;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** What a profile may hold, as the API tells it. */
final class SchemaApi {
  private static final List<String> FORMATS = List.of("email", "country-code");

  private final Tenant tenant;

  SchemaApi(Tenant tenant) {
    this.tenant = tenant;
  }

  void routes(Routes routes) {
    routes.add("GET", "/api/v1/meta/schemas/user/{schemaId}", "okta.schemas.read", this::get);
  }

  private Said get(Ask ask) {
    String id = ask.named("schemaId");
    if (!List.of("default", UserJson.SCHEMA).contains(id)) {
      throw Refusal.notFound(id, "UserSchema");
    }
    ObjectNode schema = Json.MAPPER.createObjectNode();
    schema.put("id", ask.base() + "/meta/schemas/user/default");
    schema.put("$schema", "http://json-schema.org/draft-04/schema#");
    schema.put("name", "user").put("title", "User").put("type", "object");
    schema.put("description", "Okta user profile template with default permission settings");
    ObjectNode definitions = schema.putObject("definitions");
    ObjectNode custom = definitions.putObject("custom");
    custom.put("id", "#custom").put("type", "object");
    ObjectNode added = custom.putObject("properties");
    new TreeMap<>(tenant.settings().custom())
        .forEach((name, type) -> {
          ObjectNode shown = property(added, name, name, type);
          if (type.equals("array")) {
            shown.putObject("items").put("type", "string");
          }
        });
    custom.putArray("required");
    ObjectNode base = definitions.putObject("base");
    base.put("id", "#base").put("type", "object");
    ObjectNode defaults = base.putObject("properties");
    Schema.defaults().forEach((name, property) -> defaults(defaults, name, property));
    base.putArray("required").add("login").add("firstName").add("lastName").add("email");
    ObjectNode properties = schema.putObject("properties");
    properties
        .putObject("profile")
        .putArray("allOf")
        .addObject()
        .put("$ref", "#/definitions/custom");
    properties.path("profile").withArray("allOf").addObject().put("$ref", "#/definitions/base");
    return Said.ok(schema);
  }

  private static void defaults(ObjectNode all, String name, Schema.Property property) {
    ObjectNode shown = property(all, name, property.title(), "string");
    if (property.required()) {
      shown.put("required", true);
    }
    if (property.min() > 0) {
      shown.put("minLength", property.min());
    }
    if (property.max() < Integer.MAX_VALUE) {
      shown.put("maxLength", property.max());
    }
    if (FORMATS.contains(property.format())) {
      shown.put("format", property.format());
    }
  }

  private static ObjectNode property(ObjectNode all, String name, String title, String type) {
    ObjectNode shown = all.putObject(name);
    shown.put("title", title).put("type", type).put("mutability", "READ_WRITE");
    shown.put("scope", "NONE");
    shown.putArray("permissions").addObject().put("principal", "SELF").put("action", "READ_ONLY");
    return shown;
  }
}
