package dev.rollcall.simulators.hcm.rest;

import dev.rollcall.simulators.hcm.rest.Attribute.Getter;
import dev.rollcall.simulators.state.Json;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A resource: its attributes in the order of the payload, its children, and what names an item in
 * an address.
 *
 * @param <R> its rows
 */
public final class Resource<R> {
  private static final int CHILD_LIMIT = 25;

  private final String name;
  private final BiFunction<R, LocalDate, String> key;
  private final Map<String, Attribute<R>> attributes = new LinkedHashMap<>();
  private final Map<String, Child<R, ?>> children = new LinkedHashMap<>();

  /**
   * How an answer is written.
   *
   * @param version of the framework
   * @param onlyData whether items go without links
   * @param hidden paths such as {@code workers.citizenships} that the caller may not see
   */
  public record Style(int version, boolean onlyData, Set<String> hidden) {
    boolean collections() {
      return version >= 3;
    }
  }

  Resource(String name, BiFunction<R, LocalDate, String> key) {
    this.name = name;
    this.key = key;
  }

  String name() {
    return name;
  }

  Resource<R> text(String attribute, Getter<R> getter) {
    return add(attribute, Attribute.Type.STRING, true, getter);
  }

  Resource<R> number(String attribute, Getter<R> getter) {
    return add(attribute, Attribute.Type.INTEGER, true, getter);
  }

  Resource<R> date(String attribute, Getter<R> getter) {
    return add(attribute, Attribute.Type.DATE, true, getter);
  }

  Resource<R> flag(String attribute, Getter<R> getter) {
    return add(attribute, Attribute.Type.FLAG, true, getter);
  }

  Resource<R> stamp(String attribute, boolean queryable, Getter<R> getter) {
    return add(attribute, Attribute.Type.TIMESTAMP, queryable, getter);
  }

  /** A text that cannot be queried. */
  Resource<R> unqueryable(String attribute, Getter<R> getter) {
    return add(attribute, Attribute.Type.STRING, false, getter);
  }

  /** Texts that have no value here, but whose keys are there. */
  Resource<R> empty(String... names) {
    for (String each : names) {
      add(each, Attribute.Type.STRING, false, row -> null);
    }
    return this;
  }

  private Resource<R> add(
      String attribute, Attribute.Type type, boolean queryable, Getter<R> getter) {
    attributes.put(attribute, new Attribute<>(attribute, type, queryable, getter));
    return this;
  }

  <C> Resource<R> child(String childName, Child.Rows<R, C> rows, Resource<C> resource) {
    children.put(childName, new Child<>(childName, rows, resource));
    return this;
  }

  Set<String> children() {
    return children.keySet();
  }

  Child<R, ?> child(String childName) {
    Child<R, ?> child = children.get(childName);
    if (child == null) {
      throw Problem.bad("The resource " + name + " has no child " + childName + ".");
    }
    return child;
  }

  Attribute<R> attribute(String attribute) {
    Attribute<R> found = attributes.get(attribute);
    if (found == null) {
      throw Problem.bad("The resource " + name + " has no attribute " + attribute + ".");
    }
    return found;
  }

  /**
   * The attribute at the end of a path such as {@code workRelationships.assignments.LocationId}.
   */
  Attribute<?> along(List<String> path) {
    Resource<?> in = this;
    for (String step : path.subList(0, path.size() - 1)) {
      in = in.child(step).resource();
    }
    return in.attribute(path.getLast());
  }

  /** The values at the end of a path, without nulls. */
  void collect(R row, List<String> path, LocalDate day, List<Object> into) {
    if (path.size() > 1) {
      child(path.getFirst()).collect(row, path.subList(1, path.size()), day, into);
      return;
    }
    @Nullable Object value = attribute(path.getFirst()).getter().of(row);
    if (value != null) {
      into.add(value);
    }
  }

  /** What names an item in an address, as of a day. */
  String key(R row, LocalDate day) {
    return key.apply(row, day);
  }

  /**
   * One row as the answer has it.
   *
   * @param at the address of the collection it stands in
   * @param path of the resource, for what is hidden
   */
  ObjectNode item(R row, Wish wish, Style style, LocalDate day, String at, String path) {
    ObjectNode item = Json.MAPPER.createObjectNode();
    for (Attribute<R> each : attributes.values()) {
      if (wish.has(each.name())
          && (style.hidden().isEmpty() || !style.hidden().contains(path + "." + each.name()))) {
        each.write(row, item);
      }
    }
    String self = at + "/" + key(row, day);
    for (Child<R, ?> each : children.values()) {
      Wish wanted = wish.children().get(each.name());
      String below = path + "." + each.name();
      if (wanted != null && !style.hidden().contains(below)) {
        item.set(each.name(), children(each, row, wanted, style, day, self, below));
      }
    }
    if (!style.onlyData()) {
      ArrayNode links = item.putArray("links");
      ObjectNode first = link(links, "self", self, name, "item");
      first
          .putObject("properties")
          .put("changeIndicator", "ACED0005" + Integer.toHexString(item.hashCode()));
      link(links, "canonical", self, name, "item");
      children
          .keySet()
          .forEach(one -> link(links, "child", self + "/child/" + one, one, "collection"));
    }
    return item;
  }

  private static <P, C> JsonNode children(
      Child<P, C> child, P row, Wish wish, Style style, LocalDate day, String parent, String path) {
    String at = parent + "/child/" + child.name();
    List<C> rows = child.rows().of(row, day);
    List<C> shown =
        style.collections() ? rows.subList(0, Math.min(rows.size(), CHILD_LIMIT)) : rows;
    ArrayNode items = Json.MAPPER.createArrayNode();
    shown.forEach(each -> items.add(child.resource().item(each, wish, style, day, at, path)));
    if (!style.collections()) {
      return items;
    }
    ObjectNode collection = Json.MAPPER.createObjectNode();
    collection.set("items", items);
    collection.put("count", shown.size());
    collection.put("hasMore", shown.size() < rows.size());
    collection.put("limit", CHILD_LIMIT);
    collection.put("offset", 0);
    // Links of expanded collections stay, whatever onlyData says.
    link(collection.putArray("links"), "self", at, child.name(), "collection");
    return collection;
  }

  static ObjectNode link(ArrayNode links, String rel, String href, String name, String kind) {
    return links.addObject().put("rel", rel).put("href", href).put("name", name).put("kind", kind);
  }

  /**
   * What a caller may know of the resource before using it.
   *
   * @param queryable decides it, by path and by what the attribute says of itself
   */
  ObjectNode described(String path, Queryable queryable) {
    ObjectNode described = Json.MAPPER.createObjectNode();
    ArrayNode all = described.putArray("attributes");
    for (Attribute<R> each : attributes.values()) {
      all.addObject()
          .put("name", each.name())
          .put("type", each.type().word())
          .put("updatable", false)
          .put("mandatory", false)
          .put("queryable", queryable.allows(path + "." + each.name(), each.queryable()));
    }
    ObjectNode below = described.putObject("children");
    children.forEach((childName, child) ->
        below.set(childName, child.resource().described(path + "." + childName, queryable)));
    return described;
  }

  /** Decides what can be queried. */
  @FunctionalInterface
  public interface Queryable {
    boolean allows(String path, boolean usual);
  }
}
