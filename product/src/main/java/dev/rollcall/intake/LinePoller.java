package dev.rollcall.intake;

import dev.rollcall.db.Database;
import dev.rollcall.event.Events;
import dev.rollcall.event.Lines;
import dev.rollcall.event.Lines.Fresh;
import dev.rollcall.event.Lines.Standing;
import dev.rollcall.event.NewEvent;
import dev.rollcall.guard.WorkGate;
import dev.rollcall.model.Cause;
import dev.rollcall.model.Line;
import dev.rollcall.model.LineAction;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.LineSource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Takes over the open lines of a source's requests. Ours are stored first, with an event for each
 * subject, then the source's are set to INPR: whoever dies in between finds them stored. Those that
 * name nobody are ended at once. To be run by one process at a time.
 */
public final class LinePoller {

  private static final int TOGETHER = 500;

  private final Database database;
  private final Events events;
  private final Lines lines;
  private final WorkGate gate;
  private final Clock clock;
  private final String instance;
  private final LineSource source;
  private final Runnable wakeUp;

  /**
   * @param wakeUp called when there is something to work
   */
  public LinePoller(
      Database database,
      Events events,
      Lines lines,
      WorkGate gate,
      Clock clock,
      String instance,
      LineSource source,
      Runnable wakeUp) {
    this.database = database;
    this.events = events;
    this.lines = lines;
    this.gate = gate;
    this.clock = clock;
    this.instance = instance;
    this.source = source;
    this.wakeUp = wakeUp;
  }

  /**
   * Takes over what is open.
   *
   * @param enough ends it early, between two parts
   * @return what came of it, in one line
   * @throws dev.rollcall.spi.ConnectorException when the source cannot be asked
   */
  public String poll(BooleanSupplier enough) {
    Optional<String> objection = gate.objection(instance);
    if (objection.isPresent()) {
      return "Not asked: " + objection.get();
    }
    int nameless = source.endNameless();
    int taken = 0;
    boolean more = true;
    while (more && !enough.getAsBoolean()) {
      List<Line> open = source.open(TOGETHER);
      int fresh = open.isEmpty() ? 0 : take(open);
      taken += fresh;
      // Whoever reads nothing new would only read the same again.
      more = fresh > 0 && open.size() == TOGETHER;
    }
    return taken + " lines" + (nameless == 0 ? "" : ", and " + nameless + " that name nobody");
  }

  private int take(List<Line> open) {
    List<Line.Key> keys = open.stream().map(Line::key).toList();
    Map<Line.Key, Standing> standing = lines.standing(instance, keys);
    Set<Line.Key> again = again(standing);
    List<Line> fresh = new ArrayList<>();
    // One that was finished and is set back only now is not recorded: the next time it is.
    List<Line.Key> recorded = new ArrayList<>();
    for (Line line : open) {
      Standing last = standing.get(line.key());
      if (last == null || again.contains(line.key())) {
        fresh.add(line);
        recorded.add(line.key());
      } else if (last.open()) {
        recorded.add(line.key());
      }
    }
    if (!fresh.isEmpty()) {
      database.inTransaction(() -> store(fresh, standing));
      wakeUp.run();
    }
    source.begun(recorded);
    return fresh.size();
  }

  /**
   * The finished ones that somebody set back to NEW. The source is asked again: a line is reported
   * before it is finished here, so one that stands on NEW after it was seen finished was set back.
   */
  private Set<Line.Key> again(Map<Line.Key, Standing> standing) {
    Set<Line.Key> finished = new HashSet<>();
    standing.forEach((key, one) -> {
      if (!one.open()) {
        finished.add(key);
      }
    });
    return finished.isEmpty() ? Set.of() : source.stillNew(finished);
  }

  private void store(List<Line> fresh, Map<Line.Key, Standing> standing) {
    Map<SubjectKey, Boolean> subjects = new LinkedHashMap<>();
    for (Line line : fresh) {
      subjects.merge(
          line.subject(),
          LineAction.DEACTIVATE.code().equals(line.action()),
          (one, other) -> one || other);
    }
    Instant now = Instant.now(clock);
    List<NewEvent> asked = new ArrayList<>();
    subjects.forEach((subject, leaver) ->
        asked.add(
            NewEvent.now(
                instance,
                subject,
                Cause.REQUEST,
                leaver ? Priority.LEAVER : Priority.NORMAL,
                now)));
    List<Long> ids = events.append(asked);
    Map<SubjectKey, Long> event = new HashMap<>();
    int place = 0;
    for (SubjectKey subject : subjects.keySet()) {
      event.put(subject, ids.get(place++));
    }
    List<Fresh> stored = new ArrayList<>();
    for (Line line : fresh) {
      Standing last = standing.get(line.key());
      Long its = event.get(line.subject());
      if (its != null) {
        stored.add(new Fresh(line, last == null ? 1 : last.generation() + 1, its));
      }
    }
    lines.append(instance, stored);
  }
}
