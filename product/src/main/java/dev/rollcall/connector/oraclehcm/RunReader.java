package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmStage.Page;
import dev.rollcall.connector.oraclehcm.HcmStage.Position;
import dev.rollcall.connector.oraclehcm.HcmStage.Read;
import dev.rollcall.connector.oraclehcm.HcmStage.Stored;
import dev.rollcall.connector.oraclehcm.HcmStage.Unusable;
import dev.rollcall.connector.oraclehcm.PageReader.Part;
import dev.rollcall.connector.oraclehcm.PageReader.Place;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.ConnectorException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the next page of a run and keeps it. Rows come in the order of PersonId, so a page that
 * begins with somebody who is known already has left nobody out, however many rows came or went
 * before it; one that does not is read again from further back.
 */
final class RunReader {

  /** More often the rows of one run have not moved further than the overlap. */
  private static final int MOST_STEPS = 100;

  private final HcmPeople people;
  private final HcmStage stage;
  private final Clock clock;

  RunReader(HcmPeople people, HcmStage stage, Clock clock) {
    this.people = people;
    this.stage = stage;
    this.clock = clock;
  }

  /**
   * A page as it was read.
   *
   * @param offset where it begins
   * @param limit how many rows were asked for
   * @param calls how many pages were read until it joined what came before
   */
  private record Joined(Part part, int offset, int limit, int calls) {}

  /** The rows of one person, and where the first of them stands. */
  private record Group(String key, long id, List<JsonNode> rows, int position) {}

  /** What came of a page. */
  record Step(Stored run, boolean more) {}

  /**
   * Reads a page.
   *
   * @throws ConnectorException when it cannot be had, or cannot be believed
   */
  Step next(Stored run) {
    HcmSettings settings = people.settings();
    LocalDate today = run.run().effective();
    RowQuery query = people.all(run.run().kind(), today);
    Position from = run.position();
    int limit = settings.limit();
    while (true) {
      Joined joined = joined(query, from, limit);
      List<Place> places = joined.part().places();
      List<Group> groups = groups(places);
      // The last one's further rows may stand on the next page.
      boolean held = people.shape().severalRows() && joined.part().more() && !groups.isEmpty();
      int kept = held ? rowsBefore(groups.getLast(), places) : places.size();
      if (held && kept <= Math.max(1, from.consumed() - joined.offset())) {
        if (limit < HcmSettings.MOST_ROWS) {
          limit = Math.min(HcmSettings.MOST_ROWS, limit * 2);
          continue;
        }
        if (kept == 0) {
          throw unreadable("a page of Oracle HCM holds rows of one person alone");
        }
      }
      return keep(run, joined, held ? groups.subList(0, groups.size() - 1) : groups, kept);
    }
  }

  private Joined joined(RowQuery query, Position from, int limit) {
    int calls = 0;
    int overlap = from.lastId() == null ? 0 : overlap(from);
    int back = overlap;
    while (true) {
      int offset = Math.max(0, from.consumed() - back);
      // From further back it still has to reach as far.
      int reaching = Math.min(HcmSettings.MOST_ROWS, limit + back - overlap);
      Part part = people.read(query, offset, reaching);
      calls++;
      if (offset == 0 || joins(part, from.lastId())) {
        return new Joined(part, offset, reaching, calls);
      }
      back = Math.max(back, 1) * 2;
    }
  }

  private static boolean joins(Part part, @Nullable Long lastId) {
    if (lastId == null) {
      return true;
    }
    for (Place place : part.places()) {
      if (place.row() != null && place.key() != null) {
        Long id = number(place.key());
        return id != null && id <= lastId;
      }
    }
    return false;
  }

  /** At most half of what a page brings, so that each page goes further. */
  private int overlap(Position from) {
    return Math.max(1, Math.min(people.settings().overlap(), from.usual() / 2));
  }

  private Step keep(Stored run, Joined joined, List<Group> groups, int kept) {
    HcmSettings settings = people.settings();
    Position from = run.position();
    Part part = joined.part();
    LocalDate today = run.run().effective();
    List<Read> read = new ArrayList<>();
    List<Unusable> unusable = new ArrayList<>();
    part.places().stream()
        .filter(place -> place.row() == null)
        .forEach(place -> unusable.add(unusable(place)));
    // Of whom one row cannot be read the others do not say enough.
    Set<String> partly = new HashSet<>();
    unusable.forEach(row -> partly.add(String.valueOf(row.personId())));
    @Nullable Long last = from.lastId();
    int news = 0;
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      boolean isNew = last == null || group.id() > last;
      if (isNew) {
        last = group.id();
        news++;
      }
      // The first one's rows may have begun before the page; they have been read then.
      if ((i > 0 || joined.offset() == 0 || isNew) && !partly.contains(group.key())) {
        take(run.run().kind(), group, today, read, unusable);
      }
    }
    int rows = part.places().size();
    int usual = Math.max(from.usual(), Math.min(rows, settings.limit()));
    boolean shrunk = part.saysMore() && rows < Math.min(usual, joined.limit());
    if (shrunk && from.shrunk()) {
      throw unreadable(
          "Oracle HCM gives fewer rows than asked for, twice, and says that there are more");
    }
    if (from.lastId() == null && rows == 0 && isWhole(run.run().kind())) {
      throw unreadable(
          "Oracle HCM names nobody; nothing is concluded from that. Look at the data security of "
              + settings.auth());
    }
    int consumed = joined.offset() + kept;
    boolean stands =
        part.more() && consumed <= from.consumed() && Objects.equals(last, from.lastId());
    int stepped = from.stepped() + joined.calls() - 1 + (stands ? 1 : 0);
    if (stepped > MOST_STEPS) {
      throw unreadable("the rows of Oracle HCM move faster than they can be read");
    }
    Position reached = new Position(consumed, usual, last, shrunk, stepped);
    Stored now =
        stage.keep(
            run, new Page(read, news, joined.calls(), unusable), reached, Instant.now(clock));
    if (now.run().quarantined() > settings.mostQuarantined()) {
      throw unreadable(
          "%d rows of Oracle HCM cannot be used, more than the %d that are borne; the last: %s"
              .formatted(
                  now.run().quarantined(),
                  settings.mostQuarantined(),
                  unusable.isEmpty() ? "" : unusable.getLast().reason()));
    }
    return new Step(now, part.more());
  }

  private void take(
      Kind kind, Group group, LocalDate today, List<Read> read, List<Unusable> unusable) {
    try {
      WorkerRecord record = people.record(group.key(), group.rows(), today);
      boolean meant = people.isMeant(kind, record, group.rows().getFirst(), today);
      if (meant) {
        read.add(new Read(record, kind == Kind.ACTIVE && record.left(today)));
      }
    } catch (UnusableRow reason) {
      unusable.add(
          new Unusable(
              "person " + group.key(),
              group.position(),
              group.key(),
              String.valueOf(reason.getMessage())));
    }
  }

  private static Unusable unusable(Place place) {
    String reason = String.valueOf(place.broken());
    return place.key() == null
        ? new Unusable("row " + place.position(), place.position(), null, reason)
        : new Unusable("person " + place.key(), place.position(), place.key(), reason);
  }

  /**
   * The rows that can be read, by person.
   *
   * @throws ConnectorException when they do not come in order: then nobody can tell who is missing
   */
  private static List<Group> groups(List<Place> places) {
    List<Group> groups = new ArrayList<>();
    for (Place place : places) {
      if (place.row() == null || place.key() == null) {
        continue;
      }
      Long id = number(place.key());
      if (id == null) {
        throw unreadable("Oracle HCM gives a PersonId that is no number");
      }
      Group last = groups.isEmpty() ? null : groups.getLast();
      if (last != null && id < last.id()) {
        throw unreadable("the rows of Oracle HCM do not come in the order of PersonId");
      }
      if (last != null && id == last.id()) {
        last.rows().add(place.row());
      } else {
        List<JsonNode> rows = new ArrayList<>();
        rows.add(place.row());
        groups.add(new Group(place.key(), id, rows, place.position()));
      }
    }
    return groups;
  }

  private static int rowsBefore(Group group, List<Place> places) {
    return places.isEmpty() ? 0 : group.position() - places.getFirst().position();
  }

  private static @Nullable Long number(String key) {
    return key.matches("\\d{1,18}") ? Long.valueOf(key) : null;
  }

  /** Whether a run of this kind reads everybody, so that nobody at all cannot be true. */
  boolean isWhole(Kind kind) {
    return kind == Kind.ACTIVE && people.settings().createdDays() == 0;
  }

  static ConnectorException unreadable(String message) {
    return new ConnectorException(ErrorKind.UNREADABLE, message, null);
  }
}
