package dev.rollcall.connector.oraclehcm;

import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads parts of a collection. A part that cannot be understood is read again in halves, down to
 * the one row that does it; the others come whole.
 */
final class PageReader {

  /**
   * A row, or that there is one which cannot be read.
   *
   * @param position in the collection, from 0
   * @param row null when it cannot be read
   * @param key what identifies it, null when not even that can be read
   * @param broken why it cannot be read, null when it can
   */
  record Place(
      int position, @Nullable JsonNode row, @Nullable String key, @Nullable String broken) {}

  /**
   * A part.
   *
   * @param places one behind the other
   * @param more whether there may be more behind
   * @param saysMore whether the other side said so
   */
  record Part(List<Place> places, boolean more, boolean saysMore) {
    Part {
      places = List.copyOf(places);
    }
  }

  private final HcmClient client;
  private final int mostBroken;

  /**
   * @param mostBroken with more broken rows in one part than that it is given up
   */
  PageReader(HcmClient client, int mostBroken) {
    this.client = client;
    this.mostBroken = mostBroken;
  }

  /**
   * Reads a part.
   *
   * @throws ConnectorException when it cannot be had, or too much of it is broken
   */
  Part read(RowQuery query, int offset, int limit) {
    List<Place> places = new ArrayList<>();
    Ends ends = halves(query, offset, limit, places);
    return new Part(places, ends.more(), ends.says());
  }

  /** Whether there may be more, and whether the other side said so. */
  private record Ends(boolean more, boolean says) {}

  private Ends halves(RowQuery query, int offset, int limit, List<Place> places) {
    try {
      return whole(query, offset, limit, places);
    } catch (BrokenAnswer broken) {
      if (limit == 1) {
        places.add(new Place(offset, null, key(query, offset), broken.getMessage()));
        if (places.stream().filter(one -> one.broken() != null).count() > mostBroken) {
          throw new ConnectorException(
              ErrorKind.UNREADABLE,
              "more than %d rows of %s cannot be read, the last at offset %d: %s"
                  .formatted(mostBroken, query.resource(), offset, broken.getMessage()),
              broken);
        }
        return new Ends(true, false);
      }
      Ends ends = new Ends(true, true);
      int end = offset + limit;
      int next = offset;
      int part = limit / 2;
      while (next < end && ends.more()) {
        int before = places.size();
        ends = halves(query, next, Math.min(part, end - next), places);
        next += places.size() - before;
        if (places.size() == before) {
          ends = new Ends(false, false);
        }
      }
      return ends;
    }
  }

  private Ends whole(RowQuery query, int offset, int limit, List<Place> places) {
    JsonNode answer =
        client.get(query.resource(), query.parameters(offset, limit), query.framework());
    JsonNode items = answer.get("items");
    if (items == null || !items.isArray()) {
      throw new BrokenAnswer("success, and an object without items");
    }
    int position = offset;
    for (JsonNode item : items) {
      JsonNode key = item.path(query.key());
      boolean known = key.isIntegralNumber() || key.isString();
      places.add(
          known
              ? new Place(position, item, key.asString(), null)
              : new Place(position, null, null, "a row without " + query.key()));
      position++;
    }
    // What is granted may be less than what was asked for; hasMore is known to be false too early.
    int granted = answer.path("limit").asInt(limit);
    int full = granted > 0 ? Math.min(limit, granted) : limit;
    boolean says = answer.path("hasMore").asBoolean(false);
    return new Ends(!items.isEmpty() && (says || items.size() >= full), says);
  }

  private @Nullable String key(RowQuery query, int offset) {
    try {
      JsonNode key =
          client
              .get(query.resource(), query.keysOnly().parameters(offset, 1), query.framework())
              .path("items")
              .path(0)
              .path(query.key());
      return key.isIntegralNumber() || key.isString() ? key.asString() : null;
    } catch (BrokenAnswer again) {
      return null;
    } catch (ConnectorException refused) {
      return null;
    }
  }

  /**
   * Reads all there is, a part after the other, without looking whether rows move meanwhile.
   *
   * @throws ConnectorException when it cannot be had
   */
  List<Place> all(RowQuery query, int limit) {
    List<Place> all = new ArrayList<>();
    boolean more = true;
    while (more) {
      Part part = read(query, all.size(), limit);
      all.addAll(part.places());
      more = part.more();
    }
    return all;
  }
}
