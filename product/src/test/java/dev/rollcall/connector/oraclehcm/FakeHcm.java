package dev.rollcall.connector.oraclehcm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small Oracle HCM from {@code facts/oracle-hcm.md}: workers, emps, locations, describe, tokens.
 */
final class FakeHcm implements AutoCloseable {

  /** A request as it came. */
  record Sent(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      String body) {
    String resource() {
      return path.replaceFirst(".*/resources/[^/]+/", "");
    }
  }

  /** What is answered in place of what was asked for. */
  record Fault(int status, String body, Map<String, String> headers) {}

  private static final Pattern CONDITION =
      Pattern.compile("(\\S+)\\s*(>=|<=|=|<|>|in)\\s*(\\(.*\\)|'.*'|\\S+)");

  /** The rows of each person, as the resource that is asked for tells them. */
  final TreeMap<Long, List<Map<String, @Nullable Object>>> people = new TreeMap<>();

  final Map<Long, String> locations = new TreeMap<>();
  final Set<Long> broken = new HashSet<>();
  final Set<String> queryable =
      new LinkedHashSet<>(
          List.of("PersonId", "TerminationDate", "workRelationships.TerminationDate"));

  /** No more rows than this come in a page. */
  int cap = 499;

  /** Whether a page says that there is more when it is the last but full. */
  boolean liesAboutMore;

  /** Whether people are answered with a page of HTML. */
  boolean html;

  /** What happens behind the back of the reader after each page of people. */
  Runnable between = () -> {};

  private final Deque<Fault> faults = new ArrayDeque<>();
  private final List<Sent> sent = new ArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int tokens;

  FakeHcm() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  synchronized void put(long id, List<Map<String, @Nullable Object>> rows) {
    people.put(id, rows);
  }

  synchronized void remove(long id) {
    people.remove(id);
  }

  /** The next calls to the resources are answered like this. */
  synchronized void fail(Fault... next) {
    faults.addAll(List.of(next));
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent);
  }

  synchronized List<Sent> sent(String resource) {
    return sent.stream().filter(one -> one.resource().equals(resource)).toList();
  }

  synchronized void forget() {
    sent.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new LinkedHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getLast()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Sent request =
        new Sent(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            query(exchange.getRequestURI().getRawQuery()),
            headers,
            body);
    Fault answer = answer(request);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean cut = answer.headers().containsKey("X-Cut");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes, 0, cut ? bytes.length / 2 : bytes.length);
    }
    exchange.close();
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> query = new LinkedHashMap<>();
    if (raw != null) {
      for (String pair : raw.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        query.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private synchronized Fault answer(Sent request) {
    sent.add(request);
    if (request.path().equals("/token")) {
      tokens++;
      return ok(
          "{\"access_token\":\"T%d\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
              .formatted(tokens));
    }
    Fault fault = faults.poll();
    if (fault != null) {
      return fault;
    }
    String resource = request.resource();
    if (resource.endsWith("/describe")) {
      return ok(
          JsonMapper.shared()
              .writeValueAsString(describe(resource.substring(0, resource.indexOf('/')))));
    }
    if (resource.equals("locations")) {
      List<Map<String, @Nullable Object>> rows = new ArrayList<>();
      String only = request.query().getOrDefault("q", "").replaceAll("\\D", "");
      locations.forEach((id, name) -> {
        if (only.isEmpty() || only.equals(id.toString())) {
          rows.add(Workers.row("LocationId", id, "LocationName", name));
        }
      });
      return page(request, rows);
    }
    if (html) {
      return ok("<html>maintenance</html>");
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (List<Map<String, @Nullable Object>> theirs : people.values()) {
      for (Map<String, @Nullable Object> row : theirs) {
        if (matches(row, request.query().get("q"))) {
          rows.add(row);
        }
      }
    }
    rows.sort(Comparator.comparingLong(FakeHcm::id));
    Fault page = page(request, rows);
    between.run();
    return page;
  }

  private static long id(Map<String, @Nullable Object> row) {
    return (Long) Objects.requireNonNull(row.get("PersonId"));
  }

  private static Fault ok(String body) {
    return new Fault(200, body, Map.of());
  }

  private Map<String, Object> describe(String resource) {
    List<Object> own = new ArrayList<>();
    List<Object> relations = new ArrayList<>();
    for (String name : List.of("PersonId", "CreationDate", "TerminationDate", "PersonNumber")) {
      own.add(attribute(name, queryable.contains(name)));
    }
    relations.add(
        attribute("TerminationDate", queryable.contains("workRelationships.TerminationDate")));
    return Map.of(
        "Resources",
        Map.of(
            resource,
            Map.of(
                "attributes",
                own,
                "children",
                Map.of("workRelationships", Map.of("attributes", relations)))));
  }

  private static Map<String, Object> attribute(String name, boolean queryable) {
    return Map.of(
        "name",
        name,
        "type",
        name.equals("PersonId") ? "integer" : "string",
        "queryable",
        queryable);
  }

  private Fault page(Sent request, List<Map<String, @Nullable Object>> rows) {
    int offset = Integer.parseInt(request.query().getOrDefault("offset", "0"));
    int limit = Math.min(cap, Integer.parseInt(request.query().getOrDefault("limit", "25")));
    List<Map<String, @Nullable Object>> items =
        rows.subList(Math.min(offset, rows.size()), Math.min(offset + limit, rows.size()));
    boolean more = offset + limit < rows.size() && !liesAboutMore;
    boolean bad =
        !"PersonId".equals(request.query().get("fields"))
            && items.stream().anyMatch(row -> broken.contains(row.get("PersonId")));
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("items", items);
    page.put("count", items.size());
    page.put("hasMore", more);
    page.put("limit", limit);
    page.put("offset", offset);
    String body = JsonMapper.shared().writeValueAsString(page);
    return ok(
        bad
            ? body.substring(0, body.length() / 2)
                + "Too many objects match the primary key oracle.jbo.Key[300]"
            : body);
  }

  private boolean matches(Map<String, @Nullable Object> row, @Nullable String q) {
    if (q == null) {
      return true;
    }
    for (String part : q.split(" and ", -1)) {
      Matcher condition = CONDITION.matcher(part.strip());
      if (!condition.matches()) {
        throw new IllegalArgumentException(part);
      }
      if (!queryable.contains(condition.group(1))) {
        throw new IllegalArgumentException("not queryable: " + condition.group(1));
      }
      if (!holds(values(row, condition.group(1)), condition.group(2), condition.group(3))) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(List<String> values, String operator, String operand) {
    String wanted = operand.replaceAll("[()']", "");
    return values.stream()
        .anyMatch(value ->
            switch (operator) {
              case "in" -> List.of(wanted.split(",")).contains(value);
              case "=" -> value.equals(wanted);
              case ">=" -> value.compareTo(wanted) >= 0;
              case "<=" -> value.compareTo(wanted) <= 0;
              case ">" -> value.compareTo(wanted) > 0;
              default -> value.compareTo(wanted) < 0;
            });
  }

  private static List<String> values(Map<?, ?> row, String attribute) {
    int dot = attribute.indexOf('.');
    if (dot < 0) {
      Object value = row.get(attribute);
      return value == null ? List.of() : List.of(value.toString());
    }
    List<String> values = new ArrayList<>();
    if (row.get(attribute.substring(0, dot)) instanceof Map<?, ?> child
        && child.get("items") instanceof List<?> items) {
      for (Object item : items) {
        if (item instanceof Map<?, ?> one) {
          values.addAll(values(one, attribute.substring(dot + 1)));
        }
      }
    }
    return values;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
