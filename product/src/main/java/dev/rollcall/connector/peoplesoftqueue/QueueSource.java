package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.Facts;
import dev.rollcall.model.Line;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.LineSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request queue of PeopleSoft ({@code facts/peoplesoft.md §1.9}). A batch's status follows from
 * its lines and is written with them. Safe for use by many threads and processes.
 */
public final class QueueSource implements LineSource {
  private final PeopleSoftDatabase database;
  private final People people;
  private final QueueLines lines;

  /**
   * @param people whom the lines are about
   */
  public QueueSource(PeopleSoftDatabase database, QueueTables tables, People people) {
    this.database = database;
    this.people = people;
    this.lines = new QueueLines(tables, database.dialect());
  }

  /** As {@link LineSource#open}; a line whose OPRID is blank is left out. */
  @Override
  public List<Line> open(int limit) {
    return database.read(
        "the lines of the request queue cannot be read",
        jdbc -> lines.open(jdbc, people::subject, limit));
  }

  @Override
  public Set<Line.Key> stillNew(Collection<Line.Key> asked) {
    if (asked.isEmpty()) {
      return Set.of();
    }
    return database.read(
        "the lines of the request queue cannot be read", jdbc -> lines.stillNew(jdbc, asked));
  }

  @Override
  public void begun(Collection<Line.Key> begun) {
    database.inTransaction(
        "lines of the request queue cannot be marked as begun",
        jdbc -> {
          lines.lock(jdbc, begun);
          List<Line.Key> changed = begun.stream().filter(line -> lines.begin(jdbc, line)).toList();
          lines.derive(jdbc, changed);
          return changed.size();
        });
  }

  @Override
  public int endNameless() {
    // Mostly there is none: no transaction is begun and no batch locked for that.
    List<Line.Key> nameless =
        database.read("the lines of the request queue cannot be read", lines::nameless);
    write(nameless.stream().map(QueueLines::ended).toList(), true);
    return nameless.size();
  }

  /**
   * As {@link LineSource#report}, whatever else a line says at present; one that PeopleSoft removed
   * stays removed. What is written already is not written again, so a batch keeps its LASTUPDDTTM.
   */
  @Override
  public void report(List<Result> results) {
    write(results, false);
  }

  /**
   * @param onNew whether the lines that stand on NEW are written, or all others
   */
  private void write(List<Result> results, boolean onNew) {
    if (results.isEmpty()) {
      return;
    }
    database.inTransaction(
        "what became of lines of the request queue cannot be written",
        jdbc -> {
          lines.lock(jdbc, results.stream().map(Result::line).toList());
          List<Line.Key> changed = new ArrayList<>();
          for (Result result : results) {
            if (lines.write(jdbc, result, onNew)) {
              changed.add(result.line());
            }
          }
          lines.derive(jdbc, changed);
          return changed.size();
        });
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
