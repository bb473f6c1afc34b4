package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.PageReader.Place;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What locations are called: all of them are read at the beginning of a run, one that is missing is
 * asked for once ({@code facts/oracle-hcm.md §5}). Safe for use by many threads.
 */
final class Locations {

  private static final String RESOURCE = "locations";
  private static final int FRAMEWORK = 4;
  private static final Duration BELIEVED = Duration.ofHours(1);

  private final HcmClient client;
  private final PageReader pages;
  private final Clock clock;
  private final Map<String, Optional<String>> names = new ConcurrentHashMap<>();
  private volatile Instant since = Instant.MIN;

  Locations(HcmClient client, PageReader pages, Clock clock) {
    this.client = client;
    this.pages = pages;
    this.clock = clock;
  }

  /**
   * Reads all of them.
   *
   * @throws ConnectorException when they cannot be read: nobody's location is to look empty then
   */
  void load(LocalDate on) {
    List<Place> all = pages.all(query(on, null), HcmSettings.MOST_ROWS);
    names.clear();
    since = Instant.now(clock);
    for (Place place : all) {
      if (place.row() != null && place.key() != null) {
        names.put(place.key(), name(place.row()));
      }
    }
  }

  /**
   * Looks whether they can be read.
   *
   * @throws ConnectorException when they cannot
   */
  void check(LocalDate on) {
    pages.read(query(on, null), 0, 1);
  }

  /** Reads all of them, unless that was done lately. */
  void prepare(LocalDate on) {
    if (since.equals(Instant.MIN) || since.plus(BELIEVED).isBefore(Instant.now(clock))) {
      load(on);
    }
  }

  /**
   * What a location is called.
   *
   * @return null when there is none of this id, or it has no name
   * @throws ConnectorException when it is missing and cannot be asked for
   */
  @Nullable String name(String id, LocalDate on) {
    Optional<String> known = names.get(id);
    if (known == null) {
      known = ask(id, on);
      names.put(id, known);
    }
    return known.orElse(null);
  }

  private Optional<String> ask(String id, LocalDate on) {
    if (!id.matches("\\d+")) {
      return Optional.empty();
    }
    JsonNode answer =
        client.whole(RESOURCE, query(on, "LocationId = " + id).parameters(0, 1), FRAMEWORK);
    JsonNode found = answer.path("items").path(0);
    return id.equals(found.path("LocationId").asString("")) ? name(found) : Optional.empty();
  }

  private static RowQuery query(LocalDate on, @Nullable String q) {
    return new RowQuery(
        RESOURCE,
        "LocationId",
        Map.of("fields", "LocationId,LocationCode,LocationName"),
        q,
        on,
        FRAMEWORK);
  }

  private static Optional<String> name(JsonNode location) {
    return Optional.ofNullable(Given.text(location.get("LocationName")));
  }
}
