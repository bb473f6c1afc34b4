package dev.rollcall.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.Match;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/**
 * Four hundred days of a person, hour by hour: looked at only when a message comes or the date that
 * the last plan named, the account must be as the rules say on every one of them.
 */
final class AffiliationDaysPropertyTest {

  private static final int DAYS = 400;
  private static final int HOURS = DAYS * 24;

  /** No date at all, however one counts. */
  private static final int UNREADABLE = Integer.MAX_VALUE;

  /**
   * An affiliation.
   *
   * @param from days after the first one; null when blank
   * @param to days after the first one, or {@link #UNREADABLE}; null when blank
   */
  record Told(
      String institution,
      String code,
      String status,
      @Nullable Integer from,
      @Nullable Integer to) {

    Row row(LocalDate first, boolean deleted) {
      Map<String, Value> fields = new HashMap<>();
      fields.put("INSTITUTION", Value.of(institution));
      fields.put("SCC_AFL_CODE", Value.of(code));
      fields.put("START_DT", Value.of(date(first, from)));
      if (!deleted) {
        fields.put("SCC_AFL_STATUS", Value.of(status));
        fields.put("END_DT", Value.of(date(first, to)));
      }
      return new Row(fields, 1, deleted);
    }

    private static String date(LocalDate first, @Nullable Integer days) {
      if (days == null) {
        return "";
      }
      return days == UNREADABLE ? "30.06.2026" : first.plusDays(days).toString();
    }

    boolean isRowOf(Told other) {
      return institution.equals(other.institution)
          && code.equals(other.code)
          && Objects.equals(from, other.from);
    }

    Told starting(@Nullable Integer day) {
      return new Told(institution, code, status, day, to);
    }

    Told ending(@Nullable Integer day) {
      return new Told(institution, code, status, from, day);
    }

    Told being(String now) {
      return new Told(institution, code, now, from, to);
    }
  }

  enum Kind {
    ADDS,
    REMOVES,
    MOVES_THE_START,
    MOVES_THE_END,
    CHANGES_THE_STATUS,
    DELETES_THE_PERSON,
    ADDS_THE_PERSON
  }

  /**
   * A message.
   *
   * @param hour when it comes, after the first moment
   * @param place of the affiliation it is about, as far as there are any
   * @param other what it says about it, in the part that its kind speaks of
   */
  record Message(int hour, Kind kind, int place, Told other) {}

  /** What Campus knows, as messages have told it. */
  private static final class Campus {
    private final LocalDate first;
    private final boolean complete;
    private final List<Told> rows = new ArrayList<>();
    private final List<Told> gone = new ArrayList<>();
    private Standing standing = Standing.ADDED;

    Campus(LocalDate first, boolean complete, List<Told> told) {
      this.first = first;
      this.complete = complete;
      told.forEach(this::add);
    }

    void take(Message message) {
      switch (message.kind()) {
        case ADDS -> add(message.other());
        case DELETES_THE_PERSON -> standing = Standing.DELETED;
        case ADDS_THE_PERSON -> standing = Standing.ADDED;
        case REMOVES, MOVES_THE_START, MOVES_THE_END, CHANGES_THE_STATUS -> {
          if (!rows.isEmpty()) {
            Told row = rows.get(message.place() % rows.size());
            remove(row);
            changed(message, row).ifPresent(this::add);
          }
        }
      }
    }

    private static Optional<Told> changed(Message message, Told row) {
      return switch (message.kind()) {
        case MOVES_THE_START -> Optional.of(row.starting(message.other().from()));
        case MOVES_THE_END -> Optional.of(row.ending(message.other().to()));
        case CHANGES_THE_STATUS -> Optional.of(row.being(message.other().status()));
        case REMOVES, ADDS, DELETES_THE_PERSON, ADDS_THE_PERSON -> Optional.empty();
      };
    }

    private void add(Told row) {
      rows.removeIf(row::isRowOf);
      gone.removeIf(row::isRowOf);
      rows.add(row);
    }

    private void remove(Told row) {
      rows.remove(row);
      gone.add(row);
    }

    Facts facts() {
      List<Row> told = new ArrayList<>();
      rows.forEach(row -> told.add(row.row(first, false)));
      if (!complete) {
        gone.forEach(row -> told.add(row.row(first, true)));
      }
      return Person.with(standing)
          .record(Person.AFFILIATION, new RecordFacts(complete, told))
          .facts();
    }
  }

  /** An account that is planned for, but only when there is reason to. */
  private static final class Kept {
    private final Planner planner;
    private @Nullable Account account;
    private Instant due = Instant.MIN;

    Kept(Counting counting) {
      this.planner =
          new MessagePlanner(
              Mapping.campusDefaults(),
              new PlanSettings(false, null, Account.Status.ENABLED, Map.of(), counting));
    }

    void look(Facts facts, Instant now, ZoneId zone) {
      LocalDate today = LocalDate.ofInstant(now, zone);
      Match match =
          account == null
              ? new Match.None("nobody has it")
              : new Match.Linked("17", "linked to account 17");
      Plan plan = planner.plan(facts, planner.want(facts, today), match, account, today);
      account = Applied.to(account, plan.changes());
      due = plan.next() == null ? Instant.MAX : plan.next().date().atStartOfDay(zone).toInstant();
      assertThat(due).as("never again at once").isAfter(now);
    }

    void check(NaiveEvaluator naive, Standing standing, Instant now) {
      Account is = account;
      if (is == null) {
        assertThat(standing)
            .as("no account is made of somebody who is deleted")
            .isEqualTo(Standing.DELETED);
        return;
      }
      Map<String, Boolean> wanted = new TreeMap<>(naive.affiliations());
      is.affiliations()
          .forEach(held -> {
            var key = held.affiliation().key();
            String name =
                "%s %s %s"
                    .formatted(key.institution(), key.code(), Objects.toString(key.from(), ""));
            boolean counts =
                Boolean.TRUE.equals(wanted.remove(name)) && standing != Standing.DELETED;
            assertThat(held.enabled()).as("%s at %s", name, now).isEqualTo(counts);
          });
      assertThat(wanted).as("told of and not on the account at %s", now).isEmpty();
      assertThat(is.groups()).as("groups at %s", now).isEqualTo(naive.roles());
    }
  }

  @Property(tries = 60)
  void everyHourIsAsTheNaiveEvaluatorSays(
      @ForAll("zones") ZoneId zone,
      @ForAll("countings") Counting counting,
      @ForAll boolean complete,
      @ForAll("rows") List<Told> told,
      @ForAll("messages") List<Message> messages) {
    live(zone, zone, HOURS, counting, complete, told, messages);
  }

  /** Who moves the institution to another zone looks at everybody again. */
  @Property(tries = 30)
  void everyHourIsAsTheNaiveEvaluatorSaysWhenTheZoneChanges(
      @ForAll("zones") ZoneId before,
      @ForAll("zones") ZoneId after,
      @ForAll @IntRange(max = HOURS) int change,
      @ForAll("rows") List<Told> told,
      @ForAll("messages") List<Message> messages) {
    live(before, after, change, Counting.usual(), true, told, messages);
  }

  private static void live(
      ZoneId before,
      ZoneId after,
      int change,
      Counting counting,
      boolean complete,
      List<Told> told,
      List<Message> messages) {
    LocalDate first = firstDay(before);
    Campus campus = new Campus(first, complete, told);
    Kept kept = new Kept(counting);
    // On the half hour: 23:30 UTC is another day in most of the zones.
    Instant start = first.atStartOfDay(ZoneId.of("UTC")).toInstant().plus(Duration.ofMinutes(30));
    Facts facts = campus.facts();
    for (int hour = 0; hour < HOURS; hour++) {
      Instant now = start.plus(Duration.ofHours(hour));
      ZoneId zone = hour < change ? before : after;
      boolean news = hour == change;
      for (Message message : messages) {
        if (message.hour() == hour) {
          campus.take(message);
          facts = campus.facts();
          news = true;
        }
      }
      if (news || !now.isBefore(kept.due)) {
        kept.look(facts, now, zone);
      }
      kept.check(
          new NaiveEvaluator(facts, LocalDate.ofInstant(now, zone), counting),
          facts.standing(),
          now);
    }
  }

  /** In the window of Apia lies 2011-12-30, a day that never was there. */
  private static LocalDate firstDay(ZoneId zone) {
    return zone.getId().equals("Pacific/Apia")
        ? LocalDate.parse("2011-06-01")
        : LocalDate.parse("2026-01-01");
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            "America/New_York", "Pacific/Auckland", "Pacific/Apia", "Africa/Cairo", "UTC")
        .map(ZoneId::of);
  }

  @Provide
  Arbitrary<Counting> countings() {
    return Combinators.combine(
            Arbitraries.of(Set.of("A", "Active"), Set.of("a"), Set.of("CURRENT", "A")),
            Arbitraries.of(true, true, false),
            Arbitraries.of(true, true, false))
        .as(Counting::new);
  }

  @Provide
  Arbitrary<List<Told>> rows() {
    return told().list().ofMaxSize(4);
  }

  @Provide
  Arbitrary<List<Message>> messages() {
    return Combinators.combine(
            Arbitraries.integers().between(0, HOURS - 1),
            Arbitraries.frequency(
                Tuple.of(3, Kind.ADDS),
                Tuple.of(3, Kind.REMOVES),
                Tuple.of(5, Kind.MOVES_THE_START),
                Tuple.of(5, Kind.MOVES_THE_END),
                Tuple.of(2, Kind.CHANGES_THE_STATUS),
                Tuple.of(1, Kind.DELETES_THE_PERSON),
                Tuple.of(1, Kind.ADDS_THE_PERSON)),
            Arbitraries.integers().between(0, 3),
            told())
        .as(Message::new)
        .list()
        .ofMaxSize(12);
  }

  private static Arbitrary<Told> told() {
    return Combinators.combine(
            Arbitraries.of("PSUNV", "PSUNV", "GLAKE"),
            Arbitraries.of("STUDENT", "STAFF"),
            Arbitraries.of("A", "A", "A", "Active", "ACTIVE", "current", "I"),
            days().injectNull(0.15),
            Arbitraries.frequencyOf(Tuple.of(20, days()), Tuple.of(1, Arbitraries.just(UNREADABLE)))
                .injectNull(0.2))
        .as(Told::new);
  }

  private static Arbitrary<Integer> days() {
    return Arbitraries.integers().between(-40, DAYS + 40);
  }
}
