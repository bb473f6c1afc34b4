package dev.rollcall.web.api;

import dev.rollcall.access.Role;
import dev.rollcall.web.door.Door;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

/**
 * The OpenAPI 3.1 document of everything that answers programs, made from the methods that answer:
 * it cannot say anything else than they do. Pages and the message endpoint are not in it.
 */
final class ApiDocument {

  /** Of the product. */
  static final String VERSION = "0.1.0-SNAPSHOT";

  private static final List<String> BESIDE = List.of("/health", "/ready", "/metrics");

  /** An address, and the method that answers there. */
  private record Place(String path, RequestMethod method, HandlerMethod handler) {}

  private final Schemas schemas = new Schemas();
  private final Set<HttpStatus> problems = new TreeSet<>();

  private ApiDocument() {}

  /** The document, as maps and lists, of all these methods that answer programs. */
  static Map<String, Object> of(Map<RequestMappingInfo, HandlerMethod> handlers) {
    return new ApiDocument().document(handlers);
  }

  private Map<String, Object> document(Map<RequestMappingInfo, HandlerMethod> handlers) {
    List<Place> places = new ArrayList<>();
    handlers.forEach((mapping, handler) -> {
      for (String path : mapping.getPatternValues()) {
        if (path.startsWith("/api/") || BESIDE.contains(path)) {
          mapping
              .getMethodsCondition()
              .getMethods()
              .forEach(method -> places.add(new Place(path, method, handler)));
        }
      }
    });
    places.sort(Comparator.comparing(Place::path).thenComparing(Place::method));
    Map<String, Object> paths = new TreeMap<>();
    for (Place place : places) {
      @SuppressWarnings("unchecked") // nobody else puts anything there
      Map<String, Object> path =
          (Map<String, Object>) paths.computeIfAbsent(place.path(), _ -> new LinkedHashMap<>());
      path.put(place.method().name().toLowerCase(Locale.ROOT), operation(place));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("openapi", "3.1.1");
    document.put(
        "info",
        map(
            "title",
            "Rollcall",
            "summary",
            "Keeps people and the accounts around them in step.",
            "version",
            VERSION,
            "license",
            map("name", "Apache-2.0", "identifier", "Apache-2.0")));
    document.put("servers", List.of(map("url", "/")));
    document.put("paths", paths);
    document.put("components", components());
    return document;
  }

  private Map<String, Object> components() {
    Map<String, Object> answers = new LinkedHashMap<>();
    for (HttpStatus status : problems) {
      answers.put(
          name(status),
          map(
              "description",
              status.getReasonPhrase(),
              "content",
              content(
                  MediaType.APPLICATION_PROBLEM_JSON_VALUE,
                  map("$ref", "#/components/schemas/Problem"))));
    }
    Map<String, Object> all = new TreeMap<>(schemas.components());
    all.put("Problem", problem());
    return map(
        "securitySchemes",
        map("token", map("type", "http", "scheme", "bearer")),
        "responses",
        answers,
        "schemas",
        all);
  }

  /** RFC 9457, with what is added when a settings file is refused. */
  private static Map<String, Object> problem() {
    Map<String, Object> text = map("type", "string");
    return map(
        "type",
        "object",
        "properties",
        map(
            "type",
            map("type", "string", "format", "uri-reference"),
            "title",
            text,
            "status",
            map("type", "integer", "format", "int32"),
            "detail",
            text,
            "instance",
            map("type", "string", "format", "uri-reference"),
            "problems",
            map("type", "array", "items", text)),
        "required",
        List.of("title", "status", "detail"));
  }

  private Map<String, Object> operation(Place place) {
    Method method = place.handler().getMethod();
    Operation said = AnnotatedElementUtils.findMergedAnnotation(method, Operation.class);
    Optional<Role> role = Door.roleFor(place.method().name(), place.path());
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("operationId", name(place.handler()));
    operation.put("summary", said == null ? "" : said.value());
    role.ifPresent(needed -> {
      operation.put("description", "Needs the role " + needed.code() + ".");
      operation.put("x-rollcall-role", needed.code());
      operation.put("security", List.of(map("token", List.of(needed.code()))));
    });
    Set<HttpStatus> refusals = new TreeSet<>();
    List<Map<String, Object>> parameters = parameters(method);
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
      refusals.add(HttpStatus.BAD_REQUEST);
      if (parameters.stream().anyMatch(one -> "path".equals(one.get("in")))) {
        refusals.add(HttpStatus.NOT_FOUND);
      }
    }
    Map<String, Object> body = body(method, said);
    if (!body.isEmpty()) {
      operation.put("requestBody", body);
      refusals.add(HttpStatus.BAD_REQUEST);
      if (said == null || said.takes().isEmpty()) {
        refusals.add(HttpStatus.CONTENT_TOO_LARGE);
        refusals.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
      }
    }
    if (role.isPresent()) {
      refusals.addAll(
          List.of(
              HttpStatus.UNAUTHORIZED,
              HttpStatus.FORBIDDEN,
              HttpStatus.NOT_ACCEPTABLE,
              HttpStatus.INTERNAL_SERVER_ERROR,
              HttpStatus.SERVICE_UNAVAILABLE));
    }
    if (said != null) {
      Arrays.stream(said.refuses()).mapToObj(HttpStatus::valueOf).forEach(refusals::add);
    }
    operation.put("responses", answers(method, said, refusals));
    return operation;
  }

  private Map<String, Object> answers(
      Method method, @Nullable Operation said, Set<HttpStatus> refusals) {
    Map<String, Object> answers = new LinkedHashMap<>();
    Map<String, Object> content = new LinkedHashMap<>();
    for (String type : types(said)) {
      content.putAll(content(type, answer(method, said, type)));
    }
    answers.put("200", map("description", "Done", "content", content));
    for (HttpStatus status : refusals) {
      problems.add(status);
      answers.put(
          Integer.toString(status.value()), map("$ref", "#/components/responses/" + name(status)));
    }
    return answers;
  }

  private Map<String, Object> answer(Method method, @Nullable Operation said, String type) {
    if (type.startsWith("text/")) {
      return map("type", "string");
    }
    if (said == null || said.answers().length == 0) {
      return schemas.answer(method.getAnnotatedReturnType());
    }
    List<Map<String, Object>> all = Arrays.stream(said.answers()).map(schemas::answer).toList();
    return all.size() == 1 ? all.getFirst() : map("anyOf", all);
  }

  /** What an operation answers with. */
  static List<String> types(@Nullable Operation said) {
    return said == null ? List.of(MediaType.APPLICATION_JSON_VALUE) : List.of(said.gives());
  }

  private List<Map<String, Object>> parameters(Method method) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (Parameter one : method.getParameters()) {
      PathVariable inPath = one.getAnnotation(PathVariable.class);
      RequestParam inQuery = one.getAnnotation(RequestParam.class);
      if (inPath != null) {
        parameters.add(parameter(one, "path", inPath.name(), true, null));
      } else if (inQuery != null) {
        boolean preset = !inQuery.defaultValue().equals(ValueConstants.DEFAULT_NONE);
        parameters.add(
            parameter(
                one,
                "query",
                inQuery.name(),
                inQuery.required() && !preset,
                preset ? inQuery.defaultValue() : null));
      }
    }
    return parameters;
  }

  private Map<String, Object> parameter(
      Parameter one, String in, String name, boolean required, @Nullable String preset) {
    Map<String, Object> schema = new LinkedHashMap<>(schemas.body(one.getAnnotatedType()));
    if (preset != null) {
      schema.put("default", typed(preset, schema));
    }
    if (schema.get("type") instanceof List<?> types) {
      schema.put("type", types.getFirst()); // a parameter is there or not, never null
    }
    return map(
        "name",
        name.isEmpty() ? one.getName() : name,
        "in",
        in,
        "required",
        required,
        "schema",
        schema);
  }

  private static Object typed(String text, Map<String, Object> schema) {
    return switch (String.valueOf(schema.get("type"))) {
      case "integer" -> Long.valueOf(text);
      case "boolean" -> Boolean.valueOf(text);
      default -> text;
    };
  }

  private Map<String, Object> body(Method method, @Nullable Operation said) {
    if (said != null && !said.takes().isEmpty()) {
      return map("required", true, "content", content(said.takes(), map("type", "string")));
    }
    for (Parameter one : method.getParameters()) {
      RequestBody taken = one.getAnnotation(RequestBody.class);
      if (taken != null) {
        Map<String, Object> schema = schemas.body(one.getAnnotatedType());
        if (schema.get("anyOf") instanceof List<?> either) {
          // Nothing at all, not the word null.
          @SuppressWarnings("unchecked") // made so by Schemas
          Map<String, Object> given = (Map<String, Object>) either.getFirst();
          schema = given;
        }
        return map(
            "required",
            taken.required(),
            "content",
            content(MediaType.APPLICATION_JSON_VALUE, schema));
      }
    }
    return Map.of();
  }

  private static Map<String, Object> content(String type, Map<String, Object> schema) {
    return map(type, map("schema", schema));
  }

  /** For example {@code events.retry}. */
  private static String name(HandlerMethod handler) {
    String controller = handler.getBeanType().getSimpleName().replaceFirst("Controller$", "");
    return controller.toLowerCase(Locale.ROOT) + "." + handler.getMethod().getName();
  }

  /** For example {@code NotFound}. */
  private static String name(HttpStatus status) {
    return status.getReasonPhrase().replace(" ", "");
  }

  private static Map<String, Object> map(String key, Object value, Object... more) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    for (int i = 0; i < more.length; i += 2) {
      map.put((String) more[i], more[i + 1]);
    }
    return map;
  }
}
