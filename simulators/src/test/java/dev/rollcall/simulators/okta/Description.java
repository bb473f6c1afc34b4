package dev.rollcall.simulators.okta;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.rollcall.simulators.state.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;

/**
 * Okta's own description of its API, which lies beside the repository where there is one. It says
 * for each operation which answers there are and what their bodies look like.
 */
final class Description {
  static final Path FILE = Path.of("../../shared/specs/okta-provisioning-subset.json");

  private static final String AT = "https://description.example/okta.json";
  // Documented in the table of errors or recorded, but declared on no operation.
  private static final Set<Integer> UNDECLARED = Set.of(412, 504);
  private static final Optional<Description> PRESENT =
      Files.exists(FILE) ? Optional.of(new Description()) : Optional.empty();

  private final JsonNode document;
  private final SchemaRegistry registry;
  private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
  private final Set<String> checked = new ConcurrentSkipListSet<>();

  private Description() {
    try {
      String text = Files.readString(FILE);
      document = Json.MAPPER.readTree(text);
      registry =
          SchemaRegistry.withDialect(
              Dialects.getOpenApi30(), builder -> builder.schemas(Map.of(AT, text)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean present() {
    return PRESENT.isPresent();
  }

  /** The operations and statuses that were held against the description so far. */
  static Set<String> checked() {
    return PRESENT.map(one -> new TreeSet<>(one.checked)).orElseGet(TreeSet::new);
  }

  /** Fails where an answer is not one that the description allows. */
  static void check(String method, URI uri, Answer answer) {
    PRESENT.ifPresent(description -> description.hold(method, uri.getRawPath(), answer));
  }

  private void hold(String method, String path, Answer answer) {
    Optional<String> template = template(path);
    boolean described =
        template.isPresent()
            && document.path("paths").path(template.get()).has(method.toLowerCase(Locale.ROOT))
            && !UNDECLARED.contains(answer.status());
    if (!described) {
      return;
    }
    String name = method + " " + template.get() + " " + answer.status();
    JsonNode operation =
        document.path("paths").path(template.get()).path(method.toLowerCase(Locale.ROOT));
    assertThat(operation.path("responses").propertyNames())
        .as(name)
        .contains(String.valueOf(answer.status()));
    String pointer =
        "/paths/"
            + escaped(template.get())
            + "/"
            + method.toLowerCase(Locale.ROOT)
            + "/responses/"
            + answer.status();
    JsonNode response = operation.path("responses").path(String.valueOf(answer.status()));
    if (response.has("$ref")) {
      pointer = response.path("$ref").asString().substring(1);
      response = document.at(pointer);
    }
    boolean bodied = response.path("content").has("application/json");
    if (bodied && !answer.text().isEmpty()) {
      String schema = pointer + "/content/application~1json/schema";
      assertThat(schema(schema).validate(answer.json()))
          .as(() -> name + " " + answer.text())
          .isEmpty();
    } else if (answer.status() < 300) {
      assertThat(answer.text()).as(name).isIn("", "{}");
    }
    checked.add(name);
  }

  private Schema schema(String pointer) {
    return schemas.computeIfAbsent(
        pointer, where -> registry.getSchema(SchemaLocation.of(AT + "#" + where)));
  }

  /** The described path that an address belongs to: one without names in it before others. */
  private Optional<String> template(String path) {
    List<String> asked = List.of(path.split("/", -1));
    return document
        .path("paths")
        .propertyStream()
        .map(Map.Entry::getKey)
        .filter(template -> fits(List.of(template.split("/", -1)), asked))
        .min((one, other) -> Long.compare(names(one), names(other)));
  }

  private static boolean fits(List<String> template, List<String> asked) {
    if (template.size() != asked.size()) {
      return false;
    }
    for (int i = 0; i < template.size(); i++) {
      if (!template.get(i).startsWith("{") && !template.get(i).equals(asked.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static long names(String template) {
    return template.chars().filter(letter -> letter == '{').count();
  }

  private static String escaped(String path) {
    return path.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }
}
