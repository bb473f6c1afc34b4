package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.connector.peoplesoftqueue.ViewCheckpoint.Place;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.PolledSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Who changed, by a query of the site. Whoever PeopleSoft's cross-reference knows and the query for
 * everybody does not name any more has vanished. Safe for use by many threads and processes.
 */
public final class ViewSource implements PolledSource {
  private static final String FAILED = "the query 'changes' failed";
  private static final Set<String> YES = Set.of("Y", "YES", "T", "TRUE", "1");
  private static final int MOST_VANISHED = 1_000;

  private record ChangedRow(Place place, boolean leaver) {}

  private final PeopleSoftDatabase database;
  private final People people;
  private final ChangeQuery query;
  private final @Nullable CrossReference crossReference;
  private final Clock clock;

  /**
   * @param crossReference by which is noticed who vanished; null where nobody looks
   * @param clock of {@code :today}, and of how often to look who vanished
   */
  public ViewSource(
      PeopleSoftDatabase database,
      People people,
      ChangeQuery query,
      @Nullable CrossReference crossReference,
      Clock clock) {
    this.database = database;
    this.people = people;
    this.query = query;
    this.crossReference = crossReference;
    this.clock = clock;
  }

  /**
   * As {@link PolledSource#changes}. A limit is one of rows; whom the overlap brings again is not
   * told again, so a page may tell nobody although there is more.
   */
  @Override
  public Changes changes(@Nullable String checkpoint, int limit) {
    ViewCheckpoint from = ViewCheckpoint.read(checkpoint);
    LocalDateTime start = from.began() == null ? databaseClock() : from.began();
    List<ChangedRow> rows = page(from, limit);
    Map<SubjectKey, Boolean> changed = new LinkedHashMap<>();
    for (ChangedRow row : rows) {
      if (!from.wasTold(row.place())) {
        changed.merge(
            people.subject(row.place().oprid()), row.leaver(), (one, other) -> one || other);
      }
    }
    ViewCheckpoint next =
        from.after(rows.stream().map(ChangedRow::place).toList(), start, query.overlap());
    boolean more = rows.size() >= limit;
    List<SubjectKey> vanished = List.of();
    if (!more) {
      next = next.ended(query.overlap());
      Instant now = Instant.now(clock);
      if (isTimeToLook(next.looked(), now)) {
        vanished = vanished();
        next = next.lookedAt(now);
      }
    }
    return new Changes(
        changed.entrySet().stream().map(one -> new Changed(one.getKey(), one.getValue())).toList(),
        next.write(),
        more,
        vanished);
  }

  private LocalDateTime databaseClock() {
    return database.read(
        "the PeopleSoft database cannot be asked for the time",
        jdbc ->
            jdbc.sql(database.dialect().askNow())
                .query((row, _) -> row.getObject(1, LocalDateTime.class))
                .single());
  }

  private List<ChangedRow> page(ViewCheckpoint from, int limit) {
    Place place = from.place();
    String behind =
        place == null
            ? "c.CHANGED is null or c.CHANGED >= :since"
            : "c.CHANGED is null or c.CHANGED > :stamp or (c.CHANGED = :stamp and c.OPRID > :oprid)";
    String sql =
        "select c.* from ("
            + query.sql()
            + ") c where "
            + behind
            + " order by c.CHANGED, c.OPRID"
            + database.dialect().firstRows(limit);
    ResultSetExtractor<List<ChangedRow>> reading = ViewSource::rows;
    return database.read(
        FAILED,
        jdbc -> {
          StatementSpec statement =
              jdbc.sql(sql)
                  .param("since", from.since(query.overlap()))
                  .param("today", LocalDate.now(clock));
          if (place != null) {
            statement = statement.param("stamp", place.stamp()).param("oprid", place.oprid());
          }
          return statement.query(reading);
        });
  }

  private static List<ChangedRow> rows(ResultSet rows) throws SQLException {
    boolean tellsLeavers = false;
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      tellsLeavers |= rows.getMetaData().getColumnLabel(column).equalsIgnoreCase("LEAVER");
    }
    List<ChangedRow> read = new ArrayList<>();
    while (rows.next()) {
      String oprid = rows.getString("OPRID");
      if (oprid == null || oprid.isBlank()) {
        throw new ConnectorException(
            ErrorKind.INVALID, "the query 'changes' gives a row without an OPRID", null);
      }
      LocalDateTime stamp = rows.getObject("CHANGED", LocalDateTime.class);
      if (stamp == null) {
        throw new ConnectorException(
            ErrorKind.INVALID,
            "the query 'changes' gives OPRID %s without saying when it CHANGED"
                .formatted(oprid.strip()),
            null);
      }
      boolean leaver = tellsLeavers && isYes(rows.getString("LEAVER"));
      read.add(new ChangedRow(new Place(stamp, oprid.strip()), leaver));
    }
    return read;
  }

  private static boolean isYes(@Nullable String flag) {
    return flag != null && YES.contains(flag.strip().toUpperCase(Locale.ROOT));
  }

  private boolean isTimeToLook(@Nullable Instant looked, Instant now) {
    return crossReference != null
        && (looked == null || !now.isBefore(looked.plus(query.vanishedEvery())));
  }

  /**
   * @throws ConnectorException when the query for everybody names nobody: that is no list of people
   *     (promise 3)
   */
  private List<SubjectKey> vanished() {
    if (crossReference == null) {
      return List.of();
    }
    List<String> missing = crossReference.notIn(people.query().everybody(), MOST_VANISHED);
    if (missing.isEmpty()) {
      return List.of();
    }
    if (people.known(null, 1).isEmpty()) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "the query 'everybody' names nobody although PeopleSoft's cross-reference does; nothing is concluded from that",
          null);
    }
    return new HashSet<>(missing).stream().sorted().map(people::subject).toList();
  }

  @Override
  public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    return people.fetch(subjects);
  }

  @Override
  public List<SubjectKey> known(@Nullable String after, int limit) {
    return people.known(after, limit);
  }

  /**
   * The name the database calls itself.
   *
   * @throws ConnectorException when it cannot be asked
   */
  @Override
  public Optional<String> environment() {
    return Optional.of(database.environment());
  }
}
