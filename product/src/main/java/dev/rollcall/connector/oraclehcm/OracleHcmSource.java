package dev.rollcall.connector.oraclehcm;

import dev.rollcall.connector.oraclehcm.HcmRun.Kind;
import dev.rollcall.connector.oraclehcm.HcmRun.State;
import dev.rollcall.connector.oraclehcm.HcmStage.Stored;
import dev.rollcall.connector.oraclehcm.HcmStage.Told;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Facts;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.PolledSource;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Oracle HCM Cloud as a source that is polled: pages are read into a stage, and only when all of
 * them were, is told whose record differs from what was known. Who is not named has not left; who
 * has a last day that is over is read once more before anything is said about them. Two of these,
 * for active people and for leavers, share a stage. Safe for use by many threads and processes.
 */
public final class OracleHcmSource implements PolledSource {

  private final HcmPeople people;
  private final HcmStage stage;
  private final Kind kind;
  private final RunReader reader;
  private final Clock clock;

  /**
   * @param stage of this source alone
   * @param kind who is read by the poll
   */
  public OracleHcmSource(HcmPeople people, HcmStage stage, Kind kind, Clock clock) {
    this.people = people;
    this.stage = stage;
    this.kind = kind;
    this.clock = clock;
    this.reader = new RunReader(people, stage, clock);
  }

  /**
   * As {@link PolledSource#changes}: a page is read, of which nothing is told; behind the last one
   * is told who changed, so many at once as is asked.
   */
  @Override
  public Changes changes(@Nullable String checkpoint, int limit) {
    RunCheckpoint from = RunCheckpoint.read(checkpoint);
    Stored run = from.run() == null ? null : stage.find(from.run()).orElse(null);
    if (run == null || run.run().kind() != kind || !isToGoOn(run)) {
      run = begin();
    }
    if (run.run().state() == State.RUNNING) {
      run = read(run);
    }
    return run.run().state() == State.RUNNING
        ? new Changes(
            List.of(),
            new RunCheckpoint(from.told(), run.run().id(), run.run().pages()).write(),
            true,
            List.of())
        : tell(from, run, limit);
  }

  /** A run of yesterday would mix two days; one that was told of or given up is over. */
  private boolean isToGoOn(Stored run) {
    return switch (run.run().state()) {
      case RUNNING ->
          run.run().effective().equals(today()) && run.scope().equals(people.settings().scope());
      case COMPLETE -> true;
      case INCOMPLETE, FAILED -> false;
    };
  }

  private Stored begin() {
    // What cannot be asked by is refused before anything is read.
    people.described();
    LocalDate today = today();
    people.loadLocations(today);
    return stage.begin(kind, people.settings().scope(), today, Instant.now(clock));
  }

  private Stored read(Stored run) {
    long id = run.run().id();
    try {
      people.prepareLocations(run.run().effective());
      RunReader.Step step = reader.next(run);
      if (!step.more()) {
        refuseCollapse(step.run());
        stage.end(id, State.COMPLETE, note(), Instant.now(clock));
        return stage.find(id).orElse(step.run());
      }
      return step.run();
    } catch (ConnectorException failure) {
      State state =
          switch (failure.kind()) {
            case RATE_LIMITED, UNAVAILABLE -> State.INCOMPLETE;
            case REFUSED_CREDENTIALS, NOT_FOUND, CONFLICT, INVALID, UNREADABLE -> State.FAILED;
          };
      stage.end(id, state, failure.getMessage(), Instant.now(clock));
      throw failure;
    }
  }

  /** Whether the resource cannot be asked for just those in question. */
  private @Nullable String note() {
    boolean limited = kind == Kind.LEAVERS || people.settings().createdDays() > 0;
    return limited && !people.asksByDays(kind)
        ? "Oracle HCM cannot be asked for just these people; all were read"
        : null;
  }

  /**
   * A role that is missing shows as fewer rows, with success ({@code facts/oracle-hcm.md §8}).
   *
   * @throws ConnectorException when there are much fewer people than the last time
   */
  private void refuseCollapse(Stored run) {
    if (!reader.isWhole(kind)) {
      return;
    }
    Optional<HcmRun> before = stage.lastComplete(kind, run.scope());
    int percent = people.settings().collapsePercent();
    if (before.isPresent()
        && (long) run.run().read() * 100 < (long) before.get().read() * (100 - percent)) {
      throw RunReader.unreadable(
          "Oracle HCM names %d people, and named %d before: more than %d %% fewer; nothing is concluded from that. Look at the data security of %s; if it is right, raise collapsePercent for one run"
              .formatted(run.run().read(), before.get().read(), percent, people.settings().auth()));
    }
  }

  private Changes tell(RunCheckpoint from, Stored run, int limit) {
    // A database that was put back does not know the numbers that were told since.
    long told = Math.min(from.told(), stage.number());
    List<Told> rows = stage.changed(kind, told, limit);
    LocalDate today = today();
    boolean more = rows.size() >= limit;
    long reached = rows.isEmpty() ? told : rows.getLast().number();
    return new Changes(
        rows.stream().map(row -> changed(row, today)).toList(),
        new RunCheckpoint(reached, more ? run.run().id() : null, more ? run.run().pages() : 0)
            .write(),
        more,
        List.of());
  }

  private Changed changed(Told row, LocalDate today) {
    LocalDate last = row.lastDay();
    return new Changed(
        new SubjectKey(stage.source(), row.personId()), last != null && last.isBefore(today));
  }

  /**
   * What the stage says; who has left by it is read of Oracle HCM once more, because an end can be
   * corrected or taken back.
   */
  @Override
  public Map<SubjectKey, Facts> fetch(Collection<SubjectKey> subjects) {
    LocalDate today = today();
    Map<String, WorkerRecord> records = staged(ids(subjects));
    Map<String, WorkerRecord> left =
        records.entrySet().stream()
            .filter(entry -> entry.getValue().left(today))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    if (!left.isEmpty()) {
      records.putAll(confirmed(left, today));
    }
    return facts(records);
  }

  /** Of whom the stage says that they left and Oracle HCM nothing, nothing is said. */
  private Map<String, WorkerRecord> confirmed(Map<String, WorkerRecord> left, LocalDate today) {
    Map<String, WorkerRecord> now = new HashMap<>(people.now(left.keySet(), today, today));
    Map<LocalDate, List<String>> others =
        left.entrySet().stream()
            .filter(entry -> !now.containsKey(entry.getKey()))
            .collect(
                Collectors.groupingBy(
                    entry -> Objects.requireNonNull(entry.getValue().lastDay()),
                    TreeMap::new,
                    Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
    // As of today they may not be shown any more; as of their last day they are.
    others.forEach((last, ids) -> now.putAll(people.now(ids, last, today)));
    stage.put(now.values(), Instant.now(clock));
    for (String id : left.keySet()) {
      if (!now.containsKey(id)) {
        throw new ConnectorException(
            ErrorKind.NOT_FOUND,
            "Oracle HCM said that PersonId %s left, and does not name them any more; nothing is concluded from that. Look at the person there, and at the data security of %s"
                .formatted(id, people.settings().auth()),
            null);
      }
    }
    return now;
  }

  /** As Oracle HCM tells it now; what it tells is kept. */
  @Override
  public Map<SubjectKey, Facts> fetchNow(Collection<SubjectKey> subjects) {
    LocalDate today = today();
    List<String> ids = ids(subjects);
    Map<String, WorkerRecord> now = people.now(ids, today, today);
    stage.put(now.values(), Instant.now(clock));
    Map<String, WorkerRecord> left =
        staged(ids).entrySet().stream()
            .filter(entry -> !now.containsKey(entry.getKey()) && entry.getValue().left(today))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Map<String, WorkerRecord> all = new HashMap<>(now);
    if (!left.isEmpty()) {
      all.putAll(confirmed(left, today));
    }
    return facts(all);
  }

  private Map<String, WorkerRecord> staged(List<String> ids) {
    try {
      return stage.records(ids);
    } catch (DataAccessException e) {
      throw unavailable(e);
    }
  }

  private Map<SubjectKey, Facts> facts(Map<String, WorkerRecord> records) {
    Map<SubjectKey, Facts> facts = new HashMap<>();
    records.forEach((id, record) ->
        facts.put(new SubjectKey(stage.source(), id), record.facts(stage.source())));
    return facts;
  }

  private List<String> ids(Collection<SubjectKey> subjects) {
    return subjects.stream()
        .filter(subject -> subject.source().equals(stage.source()))
        .map(SubjectKey::id)
        .distinct()
        .toList();
  }

  @Override
  public List<SubjectKey> known(@Nullable String after, int limit) {
    try {
      return stage.known(after, limit).stream()
          .map(id -> new SubjectKey(stage.source(), id))
          .toList();
    } catch (DataAccessException e) {
      throw unavailable(e);
    }
  }

  private ConnectorException unavailable(DataAccessException e) {
    return new ConnectorException(
        ErrorKind.UNAVAILABLE, "the people of " + stage.source() + " cannot be read now", e);
  }

  /** The host: whoever has another one has another Oracle HCM. */
  @Override
  public Optional<String> environment() {
    return Optional.of(people.settings().url().getHost());
  }

  private LocalDate today() {
    return LocalDate.now(clock.withZone(people.settings().zone()));
  }
}
