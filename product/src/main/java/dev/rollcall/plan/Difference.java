package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.Origin;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares one person's wanted with their found account; only real differences become changes. Used
 * once.
 */
final class Difference {

  private static final String DELETED = "the source deleted the person";

  private final String login;
  private final PlanSettings settings;
  private final AffiliationMapper mapper;
  private final Facts facts;
  private final Wanted wanted;
  private final LocalDate today;

  private final Map<String, Value> before;
  private final Set<String> groupsBefore;
  private final HeldAffiliations heldBefore;
  private final List<Change> changes = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Origin> origins = new LinkedHashMap<>();
  private final List<HeldAffiliation> held = new ArrayList<>();
  private final WantedGroups groups = new WantedGroups();
  private @Nullable Upcoming next;

  /**
   * @param login the attribute that is never changed on an existing account: that would make a
   *     second identity of it
   */
  Difference(
      String login,
      PlanSettings settings,
      AffiliationMapper mapper,
      Facts facts,
      Wanted wanted,
      @Nullable Account found,
      LocalDate today) {
    this.login = login;
    this.settings = settings;
    this.mapper = mapper;
    this.facts = facts;
    this.wanted = wanted;
    this.today = today;
    this.next = wanted.next();
    this.before = found == null ? Map.of() : found.attributes();
    this.groupsBefore = found == null ? Set.of() : found.groups();
    this.heldBefore = new HeldAffiliations(found);
  }

  /** The account is made. */
  Plan create(Match match, String loginName) {
    changes.add(new Change.Create(loginName, match.reason()));
    keep(login, wanted.attributes().get(login));
    attributes();
    createdAttributes();
    affiliations();
    groups(settings.createdStatus());
    return plan(match, null, settings.createdStatus());
  }

  /** What only a new account is given; what is mapped wins. */
  private void createdAttributes() {
    settings
        .createdAttributes()
        .forEach((attribute, text) -> {
          if (!values.containsKey(attribute)) {
            Origin origin =
                new Origin("default of a new identity", "configuration", attribute, null);
            Mapped mapped = new Mapped(new Value.Text(text), origin, text);
            keep(attribute, mapped);
            compare(attribute, mapped);
          }
        });
  }

  /** The account is brought up to date. */
  Plan update(Match match, Account found) {
    Status status = found.status();
    // Where new ones begin disabled, somebody else enables them, and nobody can tell the two apart.
    if (status == Status.DISABLED
        && settings.createdStatus() == Status.ENABLED
        && facts.standing() == Facts.Standing.ADDED) {
      status = Status.ENABLED;
      changes.add(new Change.Activate("the source has the person, the account is disabled"));
    }
    keepLogin();
    attributes();
    affiliations();
    groups(status);
    return plan(match, found.id(), status);
  }

  /**
   * The person is deleted: nothing counts any more, and nothing is forgotten. What was told before
   * is still written, or it would depend on how soon the deletion came.
   */
  Plan disable(Match match, Account found) {
    if (found.status() == Status.ENABLED) {
      changes.add(new Change.Deactivate(DELETED));
    }
    keepLogin();
    attributes();
    for (WantedAffiliation told : wanted.affiliations()) {
      HeldAffiliation has = heldBefore.take(told, wanted.affiliations());
      putDeleted(
          has, has == null ? told.affiliation() : told.filledFrom(has.affiliation()).affiliation());
    }
    heldBefore.left().forEach(has -> putDeleted(has, has.affiliation()));
    changes.addAll(groups.none(groupsBefore, DELETED));
    return plan(match, found.id(), Status.DISABLED);
  }

  private void putDeleted(@Nullable HeldAffiliation has, Affiliation affiliation) {
    put(has, new HeldAffiliation(affiliation, false), DELETED);
  }

  private Plan plan(Match match, @Nullable String accountId, Status status) {
    return new Plan(
        match,
        new Account(accountId, status, values, groups.names(), held),
        changes,
        origins,
        next,
        null,
        status == Status.ENABLED ? missing() : List.of(),
        wanted.remarks());
  }

  /** What the source does not tell may be there all the same; what it clears will not be. */
  private List<String> missing() {
    return settings.expected().stream()
        .filter(attribute -> {
          Value value = values.getOrDefault(attribute, before.get(attribute));
          return value == null || value.textOrNull() == null;
        })
        .toList();
  }

  private void keepLogin() {
    Value found = before.get(login);
    Mapped mapped = wanted.attributes().get(login);
    if (mapped != null && mapped.value().equals(found)) {
      keep(login, mapped);
    } else if (found != null) {
      values.put(login, found);
    }
  }

  private void attributes() {
    wanted
        .attributes()
        .forEach((attribute, mapped) -> {
          if (!attribute.equals(login)) {
            keep(attribute, mapped);
            compare(attribute, mapped);
          }
        });
  }

  private void keep(String attribute, @Nullable Mapped mapped) {
    if (mapped != null) {
      values.put(attribute, mapped.value());
      origins.put(attribute, mapped.origin());
    }
  }

  private void compare(String attribute, Mapped mapped) {
    Value found = before.get(attribute);
    String text = found == null ? null : found.textOrNull();
    if (!Objects.equals(text, mapped.value().textOrNull())) {
      changes.add(
          new Change.Update(attribute, text, mapped.value(), mapped.origin(), mapped.explained()));
    }
  }

  private void affiliations() {
    for (WantedAffiliation told : wanted.affiliations()) {
      HeldAffiliation has = heldBefore.take(told, wanted.affiliations());
      WantedAffiliation full = has == null ? told : told.filledFrom(has.affiliation());
      next = Upcoming.earlier(next, full.next(today));
      put(has, full.on(today), full.why(today));
    }
    for (HeldAffiliation has : heldBefore.left()) {
      String why = mapper.whyGone(facts, has.affiliation());
      if (why != null) {
        put(has, new HeldAffiliation(has.affiliation(), false), "does not count: " + why);
      } else {
        leaveAlone(has);
      }
    }
  }

  /** What nothing is told of stays as it is, but for its own last day. */
  private void leaveAlone(HeldAffiliation has) {
    LocalDate to = has.affiliation().to();
    if (has.enabled() && to != null && to.isBefore(today)) {
      put(
          has,
          new HeldAffiliation(has.affiliation(), false),
          "does not count any more: ended on " + to);
    } else {
      groups.add(has, has.enabled() ? "counts" : "does not count");
      if (has.enabled()) {
        next = Upcoming.earlier(next, WantedAffiliation.end(has.affiliation(), today));
      }
    }
  }

  private void groups(Status status) {
    changes.addAll(
        status == Status.ENABLED
            ? groups.changes(groupsBefore)
            : groups.none(groupsBefore, "the account is disabled"));
  }

  private void put(@Nullable HeldAffiliation has, HeldAffiliation wants, String reason) {
    held.add(wants);
    groups.add(wants, reason);
    if (!wants.equals(has)) {
      changes.add(new Change.PutAffiliation(has, wants, reason));
    }
  }
}
