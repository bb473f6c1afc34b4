package dev.rollcall.testing;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Okta's own description of its API, and whether requests and answers keep to it: path, method,
 * parameters, status, body. It calls five attributes of a profile not nullable that are, by {@code
 * facts/okta.md §2.3}; of those, department and employeeNumber may be cleared here. Safe for use by
 * many threads.
 */
public final class OktaDescription {

  /** Where it lies beside the repository, for {@link Shared}. */
  public static final String FILE = "specs/okta-provisioning-subset.json";

  /** Documented in the table of errors or recorded, but declared on no operation. */
  private static final Set<Integer> UNDECLARED = Set.of(412, 504);

  /**
   * A request as it is on the wire.
   *
   * @param path encoded
   * @param query encoded, null when there is none
   * @param body empty when there is none
   */
  public record Asked(String method, String path, @Nullable String query, String body) {
    /** Method, path and query. */
    public String line() {
      return method + " " + path + (query == null ? "" : "?" + query);
    }
  }

  /**
   * An answer as it is on the wire.
   *
   * @param body empty when there is none
   */
  public record Answered(int status, String body) {}

  private static final JsonMapper JSON = JsonMapper.shared();

  private final JsonNode document;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final SchemaRegistry registry = SchemaRegistry.withDialect(Dialects.getOpenApi30());

  /** Reads it. */
  public OktaDescription(Path file) {
    document = JSON.readTree(file.toFile());
    ObjectNode profile = (ObjectNode) document.at("/components/schemas/UserProfile/properties");
    for (String clearable : List.of("department", "employeeNumber")) {
      ((ObjectNode) profile.path(clearable)).put("nullable", true);
    }
  }

  /** What is wrong with a request; empty when nothing is. */
  public List<String> violations(Asked sent) {
    JsonNode path = path(sent.path());
    if (path == null) {
      return List.of(sent.line() + ": no such path");
    }
    JsonNode operation = path.path(sent.method().toLowerCase(Locale.ROOT));
    if (operation.isMissingNode()) {
      return List.of(sent.line() + ": no such method");
    }
    List<String> violations = new ArrayList<>();
    parameters(sent, path, operation, violations);
    body(sent, operation, violations);
    return violations.stream().map(violation -> sent.line() + ": " + violation).toList();
  }

  /** What is wrong with an answer; empty when nothing is, or when its request is not described. */
  public List<String> violations(Asked sent, Answered answer) {
    JsonNode path = path(sent.path());
    JsonNode operation = path == null ? null : path.path(sent.method().toLowerCase(Locale.ROOT));
    if (operation == null || operation.isMissingNode() || UNDECLARED.contains(answer.status())) {
      return List.of();
    }
    List<String> violations = new ArrayList<>();
    JsonNode described = operation.path("responses").path(Integer.toString(answer.status()));
    JsonNode schema = resolved(described).at("/content/application~1json/schema");
    if (described.isMissingNode()) {
      violations.add("no such status");
    } else if (!schema.isMissingNode() && !answer.body().isEmpty()) {
      schema(schema)
          .validate(answer.body(), InputFormat.JSON)
          .forEach(error -> violations.add(error.toString()));
    } else if (answer.status() < 300 && !Set.of("", "{}").contains(answer.body())) {
      violations.add("has a body where there is none");
    }
    return violations.stream()
        .map(violation -> sent.line() + " answered " + answer.status() + ": " + violation)
        .toList();
  }

  private @Nullable JsonNode path(String sent) {
    JsonNode best = null;
    int fewest = Integer.MAX_VALUE;
    for (Map.Entry<String, JsonNode> entry : document.path("paths").properties()) {
      String pattern = Pattern.compile("\\{[^}]+}").matcher(entry.getKey()).replaceAll("[^/]+");
      int variables = entry.getKey().split("\\{", -1).length;
      if (sent.matches(pattern) && variables < fewest) {
        best = entry.getValue();
        fewest = variables;
      }
    }
    return best;
  }

  private void parameters(Asked sent, JsonNode path, JsonNode operation, List<String> violations) {
    Map<String, JsonNode> known = new HashMap<>();
    for (JsonNode holder : List.of(path, operation)) {
      for (JsonNode given : holder.path("parameters")) {
        JsonNode parameter = resolved(given);
        if (parameter.path("in").asString().equals("query")) {
          known.put(parameter.path("name").asString(), parameter);
        }
      }
    }
    String query = sent.query() == null ? "" : sent.query();
    List<String> seen = new ArrayList<>();
    for (String pair : query.isEmpty() ? List.<String>of() : List.of(query.split("&", -1))) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, equals);
      String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      seen.add(name);
      JsonNode parameter = known.get(name);
      if (parameter == null) {
        violations.add("no query parameter " + name);
      } else {
        value(name, value, resolved(parameter.path("schema")), violations);
      }
    }
    known.forEach((name, parameter) -> {
      if (parameter.path("required").asBoolean(false) && !seen.contains(name)) {
        violations.add("without the query parameter " + name);
      }
    });
  }

  private static void value(String name, String value, JsonNode schema, List<String> violations) {
    boolean fits =
        switch (schema.path("type").asString("string")) {
          case "boolean" -> Set.of("true", "false").contains(value);
          case "integer" -> value.matches("-?[0-9]+");
          default -> true;
        };
    if (!fits) {
      violations.add(name + "=" + value + " is no " + schema.path("type"));
    }
  }

  private void body(Asked sent, JsonNode operation, List<String> violations) {
    JsonNode described = operation.path("requestBody");
    if (described.isMissingNode()) {
      if (!sent.body().isEmpty()) {
        violations.add("has a body where there is none");
      }
      return;
    }
    if (sent.body().isEmpty()) {
      if (described.path("required").asBoolean(false)) {
        violations.add("has no body");
      }
      return;
    }
    JsonNode schema = described.at("/content/application~1json/schema");
    unknownProperties(JSON.readTree(sent.body()), resolved(schema), violations);
    schema(schema)
        .validate(sent.body(), InputFormat.JSON)
        .forEach(error -> violations.add(error.toString()));
  }

  /** The description leaves objects open; whatever it does not name is a mistake of ours here. */
  private static void unknownProperties(JsonNode body, JsonNode schema, List<String> violations) {
    for (String name : body.propertyNames()) {
      if (schema.path("properties").path(name).isMissingNode()) {
        violations.add("the body has an unknown " + name);
      }
    }
  }

  private Schema schema(JsonNode schema) {
    return schemas.computeIfAbsent(
        schema.toString(),
        _ -> {
          ObjectNode whole = JSON.createObjectNode();
          whole.set("components", document.path("components"));
          whole.putArray("allOf").add(schema);
          return registry.getSchema(whole);
        });
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asString("");
    return reference.isEmpty() ? node : resolved(document.at(reference.substring(1)));
  }
}
