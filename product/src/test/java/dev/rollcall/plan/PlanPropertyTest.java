package dev.rollcall.plan;

import static dev.rollcall.plan.People.DAYS;
import static dev.rollcall.plan.People.FIRST;
import static dev.rollcall.plan.Person.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.Match;
import dev.rollcall.plan.Matcher.Hit;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever the facts, on whatever day. */
final class PlanPropertyTest {

  private static final Planner PLANNER =
      new MessagePlanner(Mapping.campusDefaults(), new PlanSettings(false));

  @Property(tries = 2000)
  void everyDayIsAsTheNaiveEvaluatorSays(
      @ForAll("people") Facts facts, @ForAll @IntRange(max = DAYS) int day) {
    LocalDate today = FIRST.plusDays(day);
    NaiveEvaluator naive = new NaiveEvaluator(facts, today);

    Wanted wanted = PLANNER.want(facts, today);

    assertThat(attributes(wanted)).isEqualTo(naive.attributes());
    assertThat(affiliations(wanted, today)).isEqualTo(naive.affiliations());
  }

  @Property(tries = 200)
  void lookingOnlyOnTheUpcomingDaysMissesNothing(@ForAll("people") Facts facts) {
    if (facts.standing() == Standing.DELETED) {
      return;
    }
    Map<String, String> attributes = Map.of();
    Map<String, Boolean> affiliations = Map.of();
    LocalDate due = FIRST;
    for (int day = 0; day <= DAYS; day++) {
      LocalDate today = FIRST.plusDays(day);
      if (today.equals(due)) {
        Wanted wanted = PLANNER.want(facts, today);
        attributes = attributes(wanted);
        affiliations = affiliations(wanted, today);
        due = dueAfter(today, wanted.next());
      }
      NaiveEvaluator naive = new NaiveEvaluator(facts, today);
      assertThat(attributes).as("attributes on %s", today).isEqualTo(naive.attributes());
      assertThat(affiliations).as("affiliations on %s", today).isEqualTo(naive.affiliations());
    }
  }

  @Property(tries = 200)
  void anAccountPlannedOnlyOnTheUpcomingDaysIsTheOnePlannedEveryDay(
      @ForAll("people") Facts before, @ForAll("people") Facts facts) {
    Account account = account(before);
    Account daily = account;
    Account due = account;
    LocalDate next = FIRST;
    for (int day = 0; day <= DAYS; day++) {
      LocalDate today = FIRST.plusDays(day);
      daily = Applied.to(daily, plan(facts, daily, today).changes());
      if (today.equals(next)) {
        Plan plan = plan(facts, due, today);
        due = Applied.to(due, plan.changes());
        next = dueAfter(today, plan.next());
      }
      assertThat(due).as("on %s", today).isEqualTo(daily);
    }
  }

  @Property
  void whatIsAppliedIsNotChangedAgain(
      @ForAll("people") Facts before,
      @ForAll("people") Facts facts,
      @ForAll @IntRange(max = DAYS) int day) {
    LocalDate today = FIRST.plusDays(day);
    Account once = Applied.to(account(before), plan(facts, account(before), today).changes());

    assertThat(plan(facts, once, today).changes()).isEmpty();
  }

  @Property
  void whatIsPlannedIsWhatIsWanted(
      @ForAll("people") Facts before,
      @ForAll("people") Facts facts,
      @ForAll @IntRange(max = DAYS) int day) {
    Plan plan = plan(facts, account(before), FIRST.plusDays(day));
    Account after = Applied.to(account(before), plan.changes());

    if (plan.stop() == null && after != null) {
      assertThat(after.status()).isEqualTo(plan.wanted().status());
      assertThat(after.affiliations()).containsAll(plan.wanted().affiliations());
      plan.wanted()
          .attributes()
          .forEach((attribute, value) ->
              assertThat(text(after, attribute)).as(attribute).isEqualTo(value.textOrNull()));
    }
  }

  @Property
  void everyChangeSaysWhyAndTheLoginIsNeverChanged(
      @ForAll("people") Facts before, @ForAll("people") Facts facts) {
    assertThat(plan(facts, account(before), FIRST).changes())
        .allSatisfy(change -> assertThat(change.reason()).isNotBlank())
        .noneMatch(
            change -> change instanceof Change.Update update && update.attribute().equals("login"));
  }

  @Property
  void theSameQuestionHasTheSameAnswer(@ForAll("people") Facts facts) {
    assertThat(plan(facts, null, FIRST)).isEqualTo(plan(facts, null, FIRST));
  }

  @Provide
  Arbitrary<Facts> people() {
    return People.anybody();
  }

  /** The account somebody with these facts would have got before. */
  private static @Nullable Account account(Facts facts) {
    LocalDate before = FIRST.minusDays(10);
    return Applied.to(null, plan(facts, null, before).changes());
  }

  private static Plan plan(Facts facts, @Nullable Account found, LocalDate today) {
    Wanted wanted = PLANNER.want(facts, today);
    List<Hit> candidates = found == null ? List.of() : List.of(new Hit("17", null));
    Match match = Matcher.bySearch(SUBJECT, wanted.criteria(), candidates);
    return PLANNER.plan(facts, wanted, match, found, today);
  }

  private static LocalDate dueAfter(LocalDate today, @Nullable Upcoming next) {
    if (next == null) {
      return LocalDate.MAX;
    }
    assertThat(next.date()).isAfter(today);
    assertThat(next.why()).isNotBlank();
    return next.date();
  }

  private static Map<String, String> attributes(Wanted wanted) {
    Map<String, String> state = new TreeMap<>();
    wanted
        .attributes()
        .forEach((attribute, mapped) ->
            state.put(attribute, Objects.requireNonNullElse(mapped.value().textOrNull(), "")));
    return state;
  }

  private static Map<String, Boolean> affiliations(Wanted wanted, LocalDate today) {
    Map<String, Boolean> state = new TreeMap<>();
    for (WantedAffiliation affiliation : wanted.affiliations()) {
      var key = affiliation.affiliation().key();
      state.put(
          "%s %s %s".formatted(key.institution(), key.code(), Objects.toString(key.from(), "")),
          affiliation.enabled(today));
    }
    return state;
  }

  private static @Nullable String text(Account account, String attribute) {
    var value = account.attributes().get(attribute);
    return value == null ? null : value.textOrNull();
  }
}
