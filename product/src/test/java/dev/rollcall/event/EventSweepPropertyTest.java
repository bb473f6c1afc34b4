package dev.rollcall.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.db.Database;
import dev.rollcall.db.SqlArrays;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Swept;
import dev.rollcall.testing.SharedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever happened, what is removed is what the rule says when it is read slowly. */
class EventSweepPropertyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant BEFORE = START.plus(Duration.ofDays(6));

  /**
   * What is drawn of an event.
   *
   * @param parent which of those that ended earlier it follows up; none when there are fewer
   * @param origin whether its subject's link names it
   */
  record Drawn(
      int subject,
      int instance,
      EventStatus status,
      int attempt,
      boolean preview,
      boolean decision,
      int day,
      int parent,
      boolean origin) {}

  /** An event as it stands in the table. */
  record Told(
      long id,
      String key,
      EventStatus status,
      int attempt,
      boolean preview,
      boolean decision,
      @Nullable Instant ended,
      @Nullable Long parent,
      boolean origin) {

    boolean endedWell() {
      return status == EventStatus.COMPLETED
          || (status == EventStatus.SKIPPED && attempt > 0 && !preview);
    }

    /** A person decided what it follows up. */
    boolean isRejection() {
      return decision && status == EventStatus.SKIPPED;
    }

    boolean endedBadly() {
      return status == EventStatus.ERROR
          || status == EventStatus.SUSPENDED
          || (status == EventStatus.SKIPPED && preview);
    }

    boolean endedAfter(Told other) {
      if (ended == null || other.ended == null) {
        return false;
      }
      int order = ended.compareTo(other.ended);
      return order > 0 || (order == 0 && id > other.id);
    }
  }

  @Provide
  Arbitrary<List<Drawn>> histories() {
    Arbitrary<EventStatus> status =
        Arbitraries.of(EventStatus.class).filter(one -> one != EventStatus.QUEUED);
    return Combinators.combine(
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 1),
            status,
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(0, 9),
            Arbitraries.integers().between(-8, 8),
            Arbitraries.of(true, false, false, false))
        .as((subject, instance, ended, attempt, kind, day, parent, origin) ->
            new Drawn(
                subject,
                instance,
                ended,
                attempt,
                (kind & 1) > 0,
                (kind & 2) > 0,
                day,
                parent,
                origin))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 80)
  void whatGoesIsWhatTheRuleSays(
      @ForAll("histories") List<Drawn> drawn, @ForAll @IntRange(min = 1, max = 9) int piece) {
    Database database = SharedDatabase.emptied();
    List<Told> events = told(drawn);
    insert(database, events);
    Map<Long, String> kept = new HashMap<>();
    Set<Long> stay = new HashSet<>();
    for (Told event : events) {
      Optional<String> reason = reason(event, events);
      reason.ifPresent(why -> kept.put(event.id(), why));
      if (reason.isPresent() || !isOld(event)) {
        stay.add(event.id());
      }
    }
    Map<String, Long> reasons = new HashMap<>();
    kept.values().forEach(why -> reasons.merge(why, 1L, Long::sum));
    Swept expected = new Swept(events.size() - stay.size(), reasons);

    assertThat(sweep(database, false, piece)).isEqualTo(expected);
    assertThat(ids(database)).as("only looked").hasSameSizeAs(events);
    assertThat(sweep(database, true, piece)).isEqualTo(expected);
    assertThat(ids(database)).isEqualTo(stay);
    assertThat(sweep(database, true, piece)).isEqualTo(new Swept(0, reasons));
    assertThat(ids(database)).isEqualTo(stay);
  }

  /** The rule, as it stands in the settings' reference. */
  private static Optional<String> reason(Told event, List<Told> all) {
    if (!isOld(event)) {
      return Optional.empty();
    }
    List<Told> ofSubject = all.stream().filter(other -> other.key().equals(event.key())).toList();
    if (event.status() == EventStatus.COMPLETED
        && ofSubject.stream()
            .noneMatch(
                other -> other.status() == EventStatus.COMPLETED && other.endedAfter(event))) {
      return Optional.of("lastCompleted");
    }
    if (event.origin()) {
      return Optional.of("origin");
    }
    boolean solved =
        ofSubject.stream().anyMatch(other -> other.endedWell() && other.endedAfter(event))
            || all.stream()
                .anyMatch(other ->
                    (other.endedWell() || other.isRejection())
                        && other.parent() != null
                        && other.parent() == event.id());
    if (event.endedBadly() && !solved) {
      return Optional.of(
          switch (event.status()) {
            case ERROR -> "errorWithoutSuccessor";
            case SUSPENDED -> "unresolved";
            default -> "preview";
          });
    }
    return Optional.empty();
  }

  private static boolean isOld(Told event) {
    return event.ended() != null && event.ended().isBefore(BEFORE);
  }

  /** Ids in another order than the ends; nothing follows up what ended later. */
  private static List<Told> told(List<Drawn> drawn) {
    List<Told> events = new ArrayList<>();
    long id = 0;
    for (Drawn one : drawn) {
      id++;
      boolean open = one.status() == EventStatus.NEW;
      Told event =
          new Told(
              id,
              one.instance() + " " + one.subject(),
              one.status(),
              one.attempt(),
              one.preview(),
              one.decision(),
              open ? null : START.plus(Duration.ofDays(one.day())),
              null,
              one.origin() && !open);
      List<Told> before =
          events.stream()
              .filter(other -> open ? other.ended() != null : event.endedAfter(other))
              .sorted(Comparator.comparingLong(Told::id).reversed())
              .toList();
      boolean follows = one.parent() >= 0 && one.parent() < before.size();
      events.add(
          new Told(
              event.id(),
              event.key(),
              event.status(),
              event.attempt(),
              event.preview(),
              event.decision(),
              event.ended(),
              follows ? before.get(one.parent()).id() : null,
              event.origin()));
    }
    return events;
  }

  private static void insert(Database database, List<Told> events) {
    database
        .jdbc()
        .sql(
            """
            insert into event (id, instance, source, subject, cause, priority, status, attempt, due,
              parent, appended_at, finished_at, reason)
            overriding system value
            select id, split_part(key, ' ', 1), 'campus', split_part(key, ' ', 2), cause, 2,
              status, attempt, :start, parent, :start, ended, reason
            from unnest(:ids::bigint[], :keys::text[], :statuses::text[], :attempts::integer[],
              :ends::timestamptz[], :parents::bigint[], :reasons::text[],
              :causes::text[])
              as n (id, key, status, attempt, ended, parent, reason, cause)
            """)
        .param("ids", SqlArrays.numbers(events, Told::id))
        .param("keys", SqlArrays.texts(events, Told::key))
        .param("statuses", SqlArrays.texts(events, event -> event.status().code()))
        .param("attempts", SqlArrays.numbers(events, Told::attempt))
        .param("ends", SqlArrays.texts(events, Told::ended))
        .param("parents", SqlArrays.numbers(events, Told::parent))
        .param(
            "causes", SqlArrays.texts(events, event -> event.decision() ? "RESOLVED" : "MESSAGE"))
        .param("reasons", SqlArrays.texts(events, event -> event.preview() ? "preview" : null))
        .param("start", START.atOffset(ZoneOffset.UTC))
        .update();
    Map<String, List<Told>> origins = new HashMap<>();
    events.stream()
        .filter(Told::origin)
        .forEach(event -> origins.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(event));
    origins.forEach((key, named) -> link(database, key, named));
  }

  /** One of them made the link, each gave a value. */
  private static void link(Database database, String key, List<Told> named) {
    StringBuilder origins = new StringBuilder("{");
    for (Told event : named.subList(1, named.size())) {
      origins
          .append(origins.length() > 1 ? "," : "")
          .append("\"value%d\":{\"origin\":{},\"event\":%d}".formatted(event.id(), event.id()));
    }
    database
        .jdbc()
        .sql(
            "insert into link (target, source, subject, account_id, linked_at, event, origins)"
                + " values (:target, 'campus', :subject, :key, now(), :event, :origins::jsonb)")
        .param("target", "of " + key.charAt(0))
        .param("subject", key.substring(2))
        .param("key", key)
        .param("event", named.getFirst().id())
        .param("origins", origins.append("}").toString())
        .update();
  }

  private static Swept sweep(Database database, boolean remove, int piece) {
    EventSweep sweep = new EventSweep(database.jdbc(), BEFORE, remove, piece);
    Swept all = Swept.NOTHING;
    for (Optional<Swept> one = sweep.next(); one.isPresent(); one = sweep.next()) {
      all = all.and(one.get());
    }
    return all;
  }

  private static Set<Long> ids(Database database) {
    return new HashSet<>(
        database.jdbc().sql("select id from event").query((row, n) -> row.getLong(1)).list());
  }
}
