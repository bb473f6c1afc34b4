package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Candidate;
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

/** Thinks about one person with the tables of one message. */
final class PersonPlanner {

  private final PlanSettings settings;
  private final Ruling ruling;
  private final AttributeRule primary;
  private final AttributeMapper attributes;
  private final AffiliationMapper affiliations;

  PersonPlanner(Tables tables) {
    Mapping mapping = tables.mapping();
    this.settings = tables.settings();
    this.ruling = new Ruling(tables.rules(), mapping.attributes());
    this.primary = mapping.primary();
    this.attributes = new AttributeMapper(mapping.attributes());
    this.affiliations =
        new AffiliationMapper(
            mapping.affiliation(), mapping.moreOfAffiliation(), settings.counting());
  }

  Wanted want(Facts facts, LocalDate today) {
    Horizon horizon = new Horizon(today);
    Map<String, Mapped> mapped = attributes.map(facts, horizon);
    List<WantedAffiliation> held = affiliations.map(facts, horizon);
    Upcoming next = horizon.next();
    // Nothing counts for a deleted person, whatever the day; their values still follow the facts.
    for (WantedAffiliation affiliation : isDeleted(facts) ? List.<WantedAffiliation>of() : held) {
      next = Upcoming.earlier(next, affiliation.next(today));
    }
    Outcome excluded = ruling.excluded(facts.subject().id(), text(mapped, primary.attribute()));
    if (excluded != null) {
      return new Wanted(mapped, held, Map.of(), null, horizon.remarks(), excluded);
    }
    Ruling.Ruled ruled =
        ruling.rule(mapped, held.stream().map(one -> one.on(today)).toList(), isDeleted(facts));
    return new Wanted(
        ruled.values(),
        held,
        ruled.stop() == null ? criteria(ruled.values()) : Map.of(),
        next,
        horizon.remarks(),
        ruled.stop());
  }

  /** The login, and the second attribute where one is set and known; the login comes first. */
  private Map<String, String> criteria(Map<String, Mapped> mapped) {
    Map<String, String> criteria = new LinkedHashMap<>();
    String login = login(mapped);
    if (login == null) {
      return criteria;
    }
    criteria.put(primary.attribute(), login);
    String second = settings.matchAlso();
    String value = second == null ? null : text(mapped, second);
    if (second != null && value != null) {
      criteria.put(second, value);
    }
    return criteria;
  }

  Plan plan(Facts facts, Wanted wanted, Match match, @Nullable Account found, LocalDate today) {
    Outcome stop = wanted.stop();
    if (stop != null) {
      return stopped(match, wanted, wanted.next(), stop);
    }
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
      return stopped(
          match, wanted, null, new Outcome.Suspended(reason, List.of(Candidate.linked(accountId))));
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
    return new Plan(match, account, List.of(), origins, next, outcome, List.of(), wanted.remarks());
  }

  private Difference difference(
      Facts facts, Wanted wanted, @Nullable Account found, LocalDate today) {
    return new Difference(primary.attribute(), settings, affiliations, facts, wanted, found, today);
  }

  private @Nullable String login(Map<String, Mapped> mapped) {
    return text(mapped, primary.attribute());
  }

  private static @Nullable String text(Map<String, Mapped> mapped, String attribute) {
    Mapped one = mapped.get(attribute);
    return one == null ? null : one.value().textOrNull();
  }

  private static boolean isDeleted(Facts facts) {
    return facts.standing() == Standing.DELETED;
  }
}
