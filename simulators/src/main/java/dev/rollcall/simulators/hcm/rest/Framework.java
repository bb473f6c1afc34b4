package dev.rollcall.simulators.hcm.rest;

import dev.rollcall.simulators.hcm.people.Location;
import dev.rollcall.simulators.hcm.people.Population;
import dev.rollcall.simulators.hcm.people.Worker;
import dev.rollcall.simulators.state.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads resources of a population: collections, items, children and descriptions. Knows nothing of
 * who asks, of faults and of HTTP. Safe for many threads.
 */
public final class Framework {
  /**
   * A call.
   *
   * @param base the address up to the version of the API
   * @param path of the resource below it, decoded
   * @param version of the framework that was asked for
   * @param today where no {@code effectiveDate} is named
   * @param number of the call, which decides what nothing else does
   */
  public record Read(
      String base,
      List<String> path,
      Map<String, String> query,
      int version,
      LocalDate today,
      long number) {
    String parameter(String name) {
      return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
      return parameter(name).equals("true");
    }
  }

  /** The rows of a collection of the top level. */
  @FunctionalInterface
  private interface Rows<R> {
    List<R> of(Population population, LocalDate day, Rules rules);
  }

  private record Collection<R>(Resource<R> resource, Rows<R> rows, ToLongFunction<R> id) {}

  /** What the rows of a query depend on; populations are told apart by identity. */
  private record Asked(
      Population population, String name, LocalDate day, Rules rules, String q, String order) {}

  private static final int KEPT = 8;
  private static final int MOST_VERSIONS = 9;

  private static final Map<String, Collection<?>> COLLECTIONS =
      Map.of(
          "workers",
          new Collection<>(
              Resources.WORKERS,
              (population, day, rules) ->
                  seen(Resources.workers(population, day), Worker::personId, rules),
              Worker::personId),
          "emps",
          new Collection<>(
              Resources.EMPLOYEES,
              (population, day, rules) ->
                  seen(
                      Resources.employees(population, day, rules.citizenshipRows()),
                      row -> row.worker().personId(),
                      rules),
              row -> row.worker().personId()),
          "locations",
          new Collection<>(
              Resources.LOCATIONS,
              (population, day, rules) -> Resources.locations(population, day),
              Location::id));

  private final Map<Asked, List<?>> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Asked, List<?>> eldest) {
          return size() > KEPT;
        }
      };

  /** The resources there are. */
  public static Set<String> resources() {
    return COLLECTIONS.keySet();
  }

  /**
   * The version that a header asks for.
   *
   * @param header empty where there is none
   * @throws Problem 400 where there is no such version
   */
  public static int version(String header) {
    if (header.isEmpty()) {
      return 1;
    }
    if (!header.matches("[1-9]")) {
      throw Problem.bad(
          "There is no version "
              + header
              + " of the REST framework, but 1 to "
              + MOST_VERSIONS
              + ".");
    }
    return Integer.parseInt(header);
  }

  /**
   * Answers a call.
   *
   * @throws Problem where it is refused, or finds nothing
   */
  public Found read(Read read, Population population, Rules rules) {
    @Nullable Collection<?> collection = COLLECTIONS.get(read.path().getFirst());
    if (collection == null) {
      throw new Problem(404, "There is no resource " + read.path().getFirst() + ".");
    }
    return read(read, population, rules, collection);
  }

  private <R> Found read(Read read, Population population, Rules rules, Collection<R> collection) {
    Resource<R> resource = collection.resource();
    String at = read.base() + "/" + resource.name();
    List<String> below = read.path().subList(1, read.path().size());
    Resource.Style style =
        new Resource.Style(read.version(), read.flag("onlyData"), rules.hidden());
    Resource.Queryable queryable = (path, usual) -> rules.queryable().getOrDefault(path, usual);
    if (below.equals(List.of("describe"))) {
      return new Found.One(described(read, resource, queryable));
    }
    if (below.isEmpty()) {
      LocalDate day = day(read, read.today());
      List<R> rows = rows(read, population, rules, collection, day, queryable);
      Listing<R> listing = new Listing<>(resource, rows, at, resource.name(), collection.id());
      return page(read, rules, style, day, listing);
    }
    LocalDate day = day(read, Resources.day(below.getFirst()).orElseThrow(() -> missing(read)));
    LocalDate named = Resources.day(below.getFirst()).orElse(day);
    R row =
        collection.rows().of(population, day, rules).stream()
            .filter(one -> resource.key(one, named).equals(below.getFirst()))
            .findFirst()
            .orElseThrow(() -> missing(read));
    Level<R> level = new Level<>(resource, row, at + "/" + below.getFirst(), resource.name());
    return below(read, rules, style, day, level, below.subList(1, below.size()), queryable);
  }

  /** An item on the way down an address. */
  private record Level<R>(Resource<R> resource, R row, String at, String path) {}

  /** The rows of a collection, with where it stands. */
  private record Listing<R>(
      Resource<R> resource, List<R> rows, String at, String path, ToLongFunction<R> id) {}

  private <R> Found below(
      Read read,
      Rules rules,
      Resource.Style style,
      LocalDate day,
      Level<R> level,
      List<String> rest,
      Resource.Queryable queryable) {
    if (rest.isEmpty()) {
      String parent = level.at().substring(0, level.at().lastIndexOf('/'));
      Wish wish = Wish.of(level.resource(), read.parameter("fields"), read.parameter("expand"));
      return new Found.One(
          level.resource().item(level.row(), wish, style, day, parent, level.path()));
    }
    if (rest.size() < 2
        || !rest.getFirst().equals("child")
        || !level.resource().children().contains(rest.get(1))
        || rules.hidden().contains(level.path() + "." + rest.get(1))) {
      throw missing(read);
    }
    return child(
        read, rules, style, day, level, level.resource().child(rest.get(1)), rest, queryable);
  }

  private <P, C> Found child(
      Read read,
      Rules rules,
      Resource.Style style,
      LocalDate day,
      Level<P> level,
      Child<P, C> child,
      List<String> rest,
      Resource.Queryable queryable) {
    String at = level.at() + "/child/" + child.name();
    String path = level.path() + "." + child.name();
    List<C> rows = child.rows().of(level.row(), day);
    if (rest.size() > 2) {
      C row =
          rows.stream()
              .filter(one -> child.resource().key(one, day).equals(rest.get(2)))
              .findFirst()
              .orElseThrow(() -> missing(read));
      Level<C> next = new Level<>(child.resource(), row, at + "/" + rest.get(2), path);
      return below(read, rules, style, day, next, rest.subList(3, rest.size()), queryable);
    }
    Predicate<C> fits =
        Query.of(read.parameter("q"), read.version(), child.resource(), day, queryable);
    List<C> ordered =
        Order.of(read.parameter("orderBy"), child.resource())
            .sorted(rows.stream().filter(fits).toList(), read.number());
    return page(
        read, rules, style, day, new Listing<>(child.resource(), ordered, at, path, row -> 0));
  }

  @SuppressWarnings("unchecked")
  private <R> List<R> rows(
      Read read,
      Population population,
      Rules rules,
      Collection<R> collection,
      LocalDate day,
      Resource.Queryable queryable) {
    Resource<R> resource = collection.resource();
    Order<R> order = Order.of(read.parameter("orderBy"), resource);
    String q = query(read);
    Predicate<R> fits = Query.of(q, read.version(), resource, day, queryable);
    Asked asked =
        new Asked(
            population,
            resource.name(),
            day,
            rules,
            read.version() == 1 ? "1 " + q : q,
            read.parameter("orderBy"));
    if (order.firm()) {
      synchronized (kept) {
        List<?> known = kept.get(asked);
        if (known != null) {
          return (List<R>) known;
        }
      }
    }
    List<R> some = collection.rows().of(population, day, rules).stream().filter(fits).toList();
    List<R> sorted = order.sorted(some, read.number());
    if (order.firm()) {
      synchronized (kept) {
        kept.put(asked, sorted);
      }
    }
    return sorted;
  }

  /** The query, to which a finder adds its own. */
  private static String query(Read read) {
    String q = read.parameter("q");
    String finder = read.parameter("finder");
    if (finder.isEmpty()) {
      return q;
    }
    if (!finder.matches("findByPersonId;PersonId=\\d+")) {
      throw Problem.bad("The finder parameter is invalid: " + finder);
    }
    String found = finder.substring(finder.indexOf(';') + 1);
    String and = read.version() == 1 ? ";" : " and ";
    return q.isBlank() ? found : found + and + (read.version() == 1 ? q : "(" + q + ")");
  }

  private <R> Found.Page page(
      Read read, Rules rules, Resource.Style style, LocalDate day, Listing<R> listing) {
    int limit = Math.min(number(read, "limit", rules.usualLimit(), 1), rules.pageCap());
    int offset = number(read, "offset", 0, 0);
    Wish wish = Wish.of(listing.resource(), read.parameter("fields"), read.parameter("expand"));
    int from = Math.min(offset, listing.rows().size());
    int to = Math.min(from + limit, listing.rows().size());
    List<ObjectNode> items = new ArrayList<>(to - from);
    List<Long> ids = new ArrayList<>(to - from);
    for (R row : listing.rows().subList(from, to)) {
      items.add(listing.resource().item(row, wish, style, day, listing.at(), listing.path()));
      ids.add(listing.id().applyAsLong(row));
    }
    boolean more = to < listing.rows().size();
    int total = listing.rows().size() - (rules.wrongTotals() ? from : 0);
    return new Found.Page(
        listing.resource().name(),
        items,
        ids,
        more,
        limit,
        offset,
        read.flag("totalResults") ? OptionalInt.of(total) : OptionalInt.empty(),
        listing.at(),
        rules.nextLinks() && more ? next(read, listing.at(), to, limit) : "");
  }

  private static String next(Read read, String at, int offset, int limit) {
    Map<String, String> query = new LinkedHashMap<>(read.query());
    query.put("offset", String.valueOf(offset));
    query.put("limit", String.valueOf(limit));
    return query.entrySet().stream()
        .map(each ->
            each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", at + "?", ""));
  }

  private static int number(Read read, String name, int usual, int least) {
    String text = read.parameter(name);
    if (text.isEmpty()) {
      return usual;
    }
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least) {
      throw Problem.bad("The " + name + " parameter is invalid: " + text);
    }
    return Integer.parseInt(text);
  }

  private static LocalDate day(Read read, LocalDate usual) {
    String text = read.parameter("effectiveDate");
    try {
      return text.isEmpty() ? usual : LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.bad("The effectiveDate parameter is invalid: " + text);
    }
  }

  private static <R> ObjectNode described(
      Read read, Resource<R> resource, Resource.Queryable queryable) {
    ObjectNode whole = Json.MAPPER.createObjectNode();
    ObjectNode described = resource.described(resource.name(), queryable);
    if (!resource.name().equals("locations")) {
      described
          .putObject("collection")
          .putArray("finders")
          .addObject()
          .put("name", "findByPersonId")
          .putArray("attributes")
          .addObject()
          .put("name", "PersonId")
          .put("type", "integer");
    }
    described
        .putArray("links")
        .addObject()
        .put("rel", "self")
        .put("href", read.base() + "/" + resource.name() + "/describe");
    whole.putObject("Resources").set(resource.name(), described);
    return whole;
  }

  private static <R> List<R> seen(List<R> rows, ToLongFunction<R> person, Rules rules) {
    return rules.visiblePercent() == 100
        ? rows
        : rows.stream().filter(row -> rules.sees(person.applyAsLong(row))).toList();
  }

  private static Problem missing(Read read) {
    return new Problem(404, "There is nothing at " + String.join("/", read.path()) + ".");
  }
}
