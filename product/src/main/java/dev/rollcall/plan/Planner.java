package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Facts.Standing;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Thinks about one person: what the facts say on a day, and what is to be done to their account.
 * The same arguments always give the same answer. May be shared by threads.
 */
public final class Planner {

  private final PlanSettings settings;
  private final AttributeRule primary;
  private final AttributeMapper attributes;
  private final AffiliationMapper affiliations;

  public Planner(Mapping mapping, PlanSettings settings) {
    this.settings = settings;
    this.primary = mapping.primary();
    this.attributes = new AttributeMapper(mapping.attributes());
    this.affiliations = new AffiliationMapper(mapping.affiliation());
  }

  /** What the facts say on this day, and by what to search for the account. */
  public Wanted want(Facts facts, LocalDate today) {
    Horizon horizon = new Horizon(today);
    Map<String, Mapped> mapped = attributes.map(facts, horizon);
    List<WantedAffiliation> held = affiliations.map(facts, horizon);
    Upcoming next = horizon.next();
    for (WantedAffiliation affiliation : held) {
      next = Upcoming.earlier(next, affiliation.next(today));
    }
    String login = login(mapped);
    return new Wanted(
        mapped,
        held,
        login == null ? Map.of() : Map.of(primary.attribute(), login),
        isDeleted(facts) ? null : next,
        horizon.remarks());
  }

  /**
   * What is to be done on this day.
   *
   * @param wanted what {@link #want} said about the same facts on the same day
   * @param match as {@link Matcher} decided
   * @param found the matched account as read, null when there is none
   */
  public Plan plan(
      Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today) {
    return switch (match) {
      case Match.Ambiguous(var candidates, var reason) ->
          stopped(match, wanted, null, new Outcome.Suspended(reason, candidates));
      case Match.None none -> unmatched(facts, wanted, none, today);
      case Match.Linked(var id, var reason) -> matched(facts, wanted, match, id, found, today);
      case Match.Unique(var id, var reason) -> matched(facts, wanted, match, id, found, today);
    };
  }

  private Plan unmatched(Facts facts, Wanted wanted, Match.None match, LocalDate today) {
    if (isDeleted(facts)) {
      return skipped(match, wanted, null, "deleted in the source and no account here");
    }
    String login = login(wanted.attributes());
    if (login == null) {
      return withoutLogin(match, wanted);
    }
    if (facts.standing() == Standing.NEVER_ADDED && !settings.createOnChange()) {
      return skipped(
          match,
          wanted,
          null,
          "unmatched-change: the source told only changes, never that it added the person, and "
              + match.reason());
    }
    return difference(facts, wanted, null, today).create(match, login);
  }

  private Plan matched(
      Facts facts,
      Wanted wanted,
      Match match,
      String accountId,
      @Nullable Account found,
      LocalDate today) {
    if (found == null) {
      String reason = "account " + accountId + " is gone; " + match.reason();
      return stopped(match, wanted, null, new Outcome.Suspended(reason, List.of(accountId)));
    }
    if (isDeleted(facts)) {
      return difference(facts, wanted, found, today).disable(match, found);
    }
    if (login(wanted.attributes()) == null) {
      return withoutLogin(match, wanted);
    }
    return difference(facts, wanted, found, today).update(match, found);
  }

  private Plan withoutLogin(Match match, Wanted wanted) {
    return skipped(
        match,
        wanted,
        wanted.next(),
        "no %s: %s gives no value".formatted(primary.attribute(), primary.text()));
  }

  private static Plan skipped(Match match, Wanted wanted, @Nullable Upcoming next, String reason) {
    return stopped(match, wanted, next, new Outcome.Skipped(reason));
  }

  private static Plan stopped(
      Match match, Wanted wanted, @Nullable Upcoming next, Outcome outcome) {
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, Origin> origins = new LinkedHashMap<>();
    wanted
        .attributes()
        .forEach((attribute, mapped) -> {
          values.put(attribute, mapped.value());
          origins.put(attribute, mapped.origin());
        });
    Account account = new Account(null, Account.Status.ENABLED, values, List.of());
    return new Plan(match, account, List.of(), origins, next, outcome);
  }

  private Difference difference(
      Facts facts, Wanted wanted, @Nullable Account found, LocalDate today) {
    return new Difference(primary.attribute(), affiliations, facts, wanted, found, today);
  }

  private @Nullable String login(Map<String, Mapped> mapped) {
    Mapped login = mapped.get(primary.attribute());
    return login == null ? null : login.value().textOrNull();
  }

  private static boolean isDeleted(Facts facts) {
    return facts.standing() == Standing.DELETED;
  }
}
