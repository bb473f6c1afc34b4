package dev.rollcall.simulators.hcm.rest;

import dev.rollcall.simulators.state.Json;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a call found. */
public sealed interface Found {
  /** One item, or the description of a resource. */
  record One(ObjectNode body) implements Found {}

  /**
   * One page of a collection.
   *
   * @param ids whom or what each item is about
   * @param total of all pages, where it was asked for
   * @param self the address of the collection, without a query
   * @param next where the next page is; empty where nothing says so
   */
  record Page(
      String name,
      List<ObjectNode> items,
      List<Long> ids,
      boolean hasMore,
      int limit,
      int offset,
      OptionalInt total,
      String self,
      String next)
      implements Found {
    /** The page as it is answered. */
    public ObjectNode body() {
      ObjectNode body = Json.MAPPER.createObjectNode();
      body.putArray("items").addAll(items);
      total.ifPresent(all -> body.put("totalResults", all));
      body.put("count", items.size());
      body.put("hasMore", hasMore);
      body.put("limit", limit);
      body.put("offset", offset);
      ArrayNode links = body.putArray("links");
      Resource.link(links, "self", self, name, "collection");
      if (!next.isEmpty() && hasMore) {
        Resource.link(links, "next", next, name, "collection");
      }
      return body;
    }

    /** The first rows of the page alone; more of them are said to follow. */
    public Page cut(int rows) {
      if (rows >= items.size()) {
        return this;
      }
      return new Page(
          name, items.subList(0, rows), ids.subList(0, rows), true, limit, offset, total, self, "");
    }

    /** The page without a row, as if there were none. */
    public Page emptied() {
      return new Page(
          name,
          List.of(),
          List.of(),
          false,
          limit,
          offset,
          total.isPresent() ? OptionalInt.of(0) : total,
          self,
          "");
    }

    /** The page without a link to the next one. */
    public Page unlinked() {
      return new Page(name, items, ids, hasMore, limit, offset, total, self, "");
    }

    /** The page as if it were the last. */
    public Page last() {
      return new Page(name, items, ids, false, limit, offset, total, self, "");
    }

    /** What is written when a row breaks in the middle of the page, after the status was sent. */
    public String broken(int row) {
      String before =
          items.subList(0, row).stream()
              .map(Json.MAPPER::writeValueAsString)
              .collect(Collectors.joining(","));
      return "{\"items\":["
          + before
          + (row > 0 ? "," : "")
          + "Too many objects match the primary key oracle.jbo.Key["
          + ids.get(row)
          + " ].";
    }
  }
}
