package dev.rollcall.web.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON schemas of what controllers take and give, from their types: records become components of
 * the document, {@code @Nullable} becomes null.
 */
final class Schemas {

  private static final String REFERENCE = "#/components/schemas/";

  private final Map<String, Object> components = new TreeMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  /** What became of the records, by name. */
  Map<String, Object> components() {
    return components;
  }

  /** Of an answer: every property is there, and may be null where the type says so. */
  Map<String, Object> answer(AnnotatedType type) {
    return schema(type, false);
  }

  /** Of an answer of this class. */
  Map<String, Object> answer(Class<?> type) {
    return plain(type, List.of(), false);
  }

  /** Of a body: what may be null may be missing. */
  Map<String, Object> body(AnnotatedType type) {
    return schema(type, true);
  }

  private Map<String, Object> schema(AnnotatedType annotated, boolean body) {
    Type type = annotated.getType();
    List<AnnotatedType> arguments =
        annotated instanceof AnnotatedParameterizedType generic
            ? Arrays.asList(generic.getAnnotatedActualTypeArguments())
            : List.of();
    Class<?> raw =
        switch (type) {
          case Class<?> known -> known;
          case ParameterizedType generic -> (Class<?>) generic.getRawType();
          default -> throw new IllegalStateException("No schema is known for " + type);
        };
    Map<String, Object> schema = plain(raw, arguments, body);
    return annotated.isAnnotationPresent(Nullable.class) ? orNull(schema) : schema;
  }

  private static Map<String, Object> orNull(Map<String, Object> schema) {
    if (schema.get("type") instanceof String type) {
      Map<String, Object> wider = new LinkedHashMap<>(schema);
      wider.put("type", List.of(type, "null"));
      if (schema.get("enum") instanceof List<?> codes) {
        List<@Nullable Object> more = new ArrayList<>(codes);
        more.add(null);
        wider.put("enum", more);
      }
      return wider;
    }
    return schema.isEmpty() ? schema : Map.of("anyOf", List.of(schema, Map.of("type", "null")));
  }

  private Map<String, Object> plain(Class<?> type, List<AnnotatedType> arguments, boolean body) {
    if (type.isRecord()) {
      return Map.of("$ref", REFERENCE + component(type, body));
    }
    if (type.isEnum()) {
      List<String> codes =
          Arrays.stream(type.getEnumConstants()).map(one -> ((Enum<?>) one).name()).toList();
      return ordered("type", "string", "enum", codes);
    }
    if (Map.class.isAssignableFrom(type)) {
      return ordered(
          "type",
          "object",
          "additionalProperties",
          arguments.isEmpty() ? Map.of() : schema(arguments.getLast(), body));
    }
    if (Collection.class.isAssignableFrom(type)) {
      return ordered("type", "array", "items", schema(arguments.getFirst(), body));
    }
    if (type == String.class) {
      return ordered("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return ordered("type", "boolean");
    }
    if (type == int.class || type == Integer.class) {
      return ordered("type", "integer", "format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return ordered("type", "integer", "format", "int64");
    }
    if (type == double.class || type == Double.class) {
      return ordered("type", "number", "format", "double");
    }
    if (type == Instant.class) {
      return ordered("type", "string", "format", "date-time");
    }
    if (type == LocalDate.class) {
      return ordered("type", "string", "format", "date");
    }
    if (type == LocalDateTime.class) {
      return ordered("type", "string", "description", "a local date and time, without a zone");
    }
    if (type == Duration.class) {
      return ordered("type", "string", "format", "duration");
    }
    if (type == Object.class) {
      return Map.of();
    }
    throw new IllegalStateException("No schema is known for " + type.getName());
  }

  /** The name of a record's schema, which is made the first time it is met. */
  private String component(Class<?> type, boolean body) {
    String known = names.get(type);
    if (known != null) {
      return known;
    }
    String name = type.getSimpleName();
    if (components.containsKey(name)) {
      Class<?> around = type.getEnclosingClass();
      name =
          (around == null
                  ? type.getPackageName()
                  : around.getSimpleName().replaceFirst("Controller$", ""))
              + name;
    }
    if (components.containsKey(name)) {
      throw new IllegalStateException("Two schemas would be called " + name);
    }
    names.put(type, name);
    Map<String, Object> schema = new LinkedHashMap<>();
    components.put(name, schema); // before its parts, which may name it
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (RecordComponent part : type.getRecordComponents()) {
      JsonProperty said = part.getAccessor().getAnnotation(JsonProperty.class);
      String property = said == null ? part.getName() : said.value();
      properties.put(property, schema(part.getAnnotatedType(), body));
      if (!body || !part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(property);
      }
    }
    schema.put("type", "object");
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return name;
  }

  private static Map<String, Object> ordered(String key, Object value, Object... more) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    for (int i = 0; i < more.length; i += 2) {
      map.put((String) more[i], more[i + 1]);
    }
    return map;
  }
}
