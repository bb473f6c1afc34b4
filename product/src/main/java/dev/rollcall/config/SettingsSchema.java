package dev.rollcall.config;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints the JSON schema of {@code rollcall.yaml}, with which editors complete and check it. */
final class SettingsSchema {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String NAME = "NAME";
  private static final Pattern DOT = Pattern.compile("\\.");

  private SettingsSchema() {}

  static String print() {
    ObjectNode root = JSON.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("title", "rollcall.yaml");
    section(root);
    for (SettingsKeys.Key key : SettingsKeys.all()) {
      List<String> names = DOT.splitAsStream(key.path()).toList();
      ObjectNode at = root;
      for (String name : names.subList(0, names.size() - 1)) {
        at = below(at, name);
      }
      value(child(at, names.getLast()), key);
    }
    ObjectNode instance =
        (ObjectNode) root.path("properties").path("instances").path("additionalProperties");
    var either = instance.putArray("anyOf");
    either.addObject().putArray("required").add("itResource");
    either.addObject().putArray("required").add("route").add("database").add("tenants");
    ObjectNode tenant =
        (ObjectNode) instance.path("properties").path("tenants").path("additionalProperties");
    tenant.putArray("required").add("url");
    ((ObjectNode) instance.path("properties").path("watch"))
        .putArray("required")
        .add("directory")
        .add("archive");
    return JSON.writeValueAsString(root) + "\n";
  }

  private static void section(ObjectNode node) {
    if (!node.has("type")) {
      node.put("type", "object");
      node.putObject("properties");
      node.put("additionalProperties", false);
    }
  }

  private static ObjectNode below(ObjectNode section, String name) {
    ObjectNode child = child(section, name);
    section(child);
    return child;
  }

  /** What is known of a name in a section; of a name that people choose it stands for all. */
  private static ObjectNode child(ObjectNode section, String name) {
    if (name.equals(NAME)) {
      return section.get("additionalProperties") instanceof ObjectNode there
          ? there
          : section.putObject("additionalProperties");
    }
    ObjectNode properties = (ObjectNode) section.path("properties");
    return properties.get(name) instanceof ObjectNode there ? there : properties.putObject(name);
  }

  private static void value(ObjectNode node, SettingsKeys.Key key) {
    node.put("description", key.meaning());
    switch (key.kind()) {
      case TEXT, SECRET -> {
        if (key.choices().isEmpty()) {
          node.putArray("type").add("string").add("number").add("boolean");
        }
      }
      case FLAG -> node.putArray("enum").add(true).add(false).add("yes").add("no");
      case NUMBER -> node.put("type", "integer");
      case TEXTS -> {
        node.put("type", "array");
        node.putObject("items").put("type", "string");
      }
      case NAMES -> {
        var either = node.putArray("anyOf");
        either.addObject().put("type", "string");
        either.addObject().put("type", "array").putObject("items").put("type", "string");
      }
      case TABLE -> {
        node.put("type", "object");
        node.putObject("additionalProperties")
            .putArray("type")
            .add("string")
            .add("number")
            .add("boolean");
      }
    }
    if (!key.choices().isEmpty()) {
      var choices = node.putArray("enum");
      key.choices().forEach(choices::add);
      if (key.choices().contains("off")) {
        choices.add(true).add(false); // how YAML may read on and off
      }
    }
  }
}
