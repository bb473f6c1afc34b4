package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmSettings.Filter;
import dev.rollcall.connector.oraclehcm.PageReader.Part;
import dev.rollcall.connector.oraclehcm.PageReader.Place;
import dev.rollcall.http.HttpSender;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Value;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The workers of one Oracle HCM, read with the resource that is set. Nothing is kept but what is
 * said of the resource and what locations are called. Safe for use by many threads.
 */
public final class HcmPeople {

  private static final int TOGETHER = 50;

  private final HcmSettings settings;
  private final HcmClient client;
  private final PageReader pages;
  private final WorkerShape shape;
  private final Locations locations;
  private volatile @Nullable Described described;

  /**
   * @param sender with the patience of the settings
   * @param clock of tokens, and of how long the names of locations are believed
   * @param pause waits before a call is made again
   */
  public HcmPeople(HcmSettings settings, HttpSender sender, Clock clock, Pause pause) {
    this.settings = settings;
    this.client = new HcmClient(settings, sender, clock, pause);
    this.pages = new PageReader(client, settings.mostQuarantined());
    this.shape = WorkerShape.of(settings);
    this.locations = new Locations(client, pages, clock);
  }

  HcmSettings settings() {
    return settings;
  }

  WorkerShape shape() {
    return shape;
  }

  HcmClient client() {
    return client;
  }

  /**
   * What the resource says about itself, asked once.
   *
   * @throws ConnectorException when it cannot be asked, or a configured filter is not queryable
   */
  Described described() {
    Described known = described;
    if (known == null) {
      known = Described.ask(client, settings);
      known.check(settings.filters());
      described = known;
    }
    return known;
  }

  /** Whether only the rows in question come, or all, of which we take those. */
  boolean asksByDays(Kind kind) {
    return switch (kind) {
      case ACTIVE -> settings.createdDays() > 0 && described().isQueryable("CreationDate");
      case LEAVERS -> described().isQueryable(shape.termination());
    };
  }

  /**
   * What a run reads.
   *
   * @param today as of which day
   */
  RowQuery all(Kind kind, LocalDate today) {
    Described known = described();
    Question question = new Question(settings.framework());
    for (Filter filter : settings.filters()) {
      String name = filter.attribute();
      question.and(name, "=", filter.value(), known.isNumber(name));
    }
    if (asksByDays(kind)) {
      LocalDate since = since(kind, today);
      switch (kind) {
        case ACTIVE -> question.and("CreationDate", ">=", since.toString(), false);
        case LEAVERS ->
            question
                .and(shape.termination(), ">=", since.toString(), false)
                .and(shape.termination(), "<", today.toString(), false);
      }
    }
    return query(question.isEmpty() ? null : question.text(), today);
  }

  /** From which day on rows are taken. */
  LocalDate since(Kind kind, LocalDate today) {
    return today.minusDays(
        switch (kind) {
          case ACTIVE -> settings.createdDays();
          case LEAVERS -> settings.deactivatedDays();
        });
  }

  /** Whether a person is one of those in question. */
  boolean isMeant(Kind kind, WorkerRecord record, JsonNode row, LocalDate today) {
    return switch (kind) {
      case ACTIVE -> {
        LocalDate created = settings.createdDays() == 0 ? null : WorkerShape.created(row);
        yield created == null || !created.isBefore(since(kind, today));
      }
      case LEAVERS -> {
        LocalDate last = record.lastDay();
        yield last != null && last.isBefore(today) && !last.isBefore(since(kind, today));
      }
    };
  }

  private RowQuery query(@Nullable String q, LocalDate on) {
    return new RowQuery(
        settings.reader().resource(), "PersonId", shape.parts(), q, on, settings.framework());
  }

  Part read(RowQuery query, int offset, int limit) {
    return pages.read(query, offset, limit);
  }

  void loadLocations(LocalDate on) {
    locations.load(on);
  }

  void checkLocations(LocalDate on) {
    locations.check(on);
  }

  void prepareLocations(LocalDate on) {
    locations.prepare(on);
  }

  /**
   * What the rows of one person say.
   *
   * @throws UnusableRow when that cannot be told
   * @throws ConnectorException when the name of a location cannot be asked for
   */
  WorkerRecord record(String personId, List<JsonNode> rows, LocalDate today) {
    WorkerRecord record = shape.read(personId, rows, today);
    Value location = record.fields().get(WorkerRecord.LOCATION);
    return switch (location) {
      case null -> record;
      case Value.Cleared() -> record.with(WorkerRecord.LOCATION_NAME, location);
      case Value.Text(String id) -> {
        String name = locations.name(id, today);
        yield record.with(
            WorkerRecord.LOCATION_NAME, name == null ? new Value.Cleared() : Value.of(name));
      }
    };
  }

  /**
   * Reads people now.
   *
   * @param personIds each once; one that cannot be an id is nobody's
   * @param on as of which day
   * @return whom Oracle HCM names
   * @throws ConnectorException when the read failed, or what is told of one of them cannot be used
   */
  Map<String, WorkerRecord> now(Collection<String> personIds, LocalDate on, LocalDate today) {
    List<String> ids = personIds.stream().filter(id -> id.matches("\\d{1,18}")).sorted().toList();
    Map<String, WorkerRecord> found = new HashMap<>();
    int together = settings.framework() == 1 ? 1 : TOGETHER;
    for (int from = 0; from < ids.size(); from += together) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + together));
      String q = settings.framework() == 1 ? "PersonId=" + some.getFirst() : Question.oneOf(some);
      prepareLocations(today);
      Map<String, List<JsonNode>> rows = new LinkedHashMap<>();
      for (Place place : pages.all(query(q, on), HcmSettings.MOST_ROWS)) {
        if (place.row() == null || place.key() == null) {
          throw unusable(place.key(), String.valueOf(place.broken()), null);
        }
        rows.computeIfAbsent(place.key(), _ -> new ArrayList<>()).add(place.row());
      }
      rows.forEach((id, theirs) -> {
        // Whom nobody asked for is told when a question is not understood; that is no answer.
        if (some.contains(id)) {
          try {
            found.put(id, record(id, theirs, today));
          } catch (UnusableRow reason) {
            throw unusable(id, String.valueOf(reason.getMessage()), reason);
          }
        }
      });
    }
    return found;
  }

  private static ConnectorException unusable(
      @Nullable String personId, String reason, @Nullable Throwable cause) {
    return new ConnectorException(
        ErrorKind.UNREADABLE,
        "what Oracle HCM tells of %s cannot be used: %s"
            .formatted(
                personId == null ? "one of those asked for" : "PersonId " + personId, reason),
        cause);
  }
}
