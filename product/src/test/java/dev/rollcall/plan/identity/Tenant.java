package dev.rollcall.plan.identity;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.Status;
import dev.rollcall.model.Change;
import dev.rollcall.model.Facts;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Correlation.Searched;
import dev.rollcall.plan.Matcher.Hit;
import dev.rollcall.plan.Plan;
import dev.rollcall.plan.Wanted;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts to plan against, searched as an engine does. */
final class Tenant {

  static final LocalDate TODAY = LocalDate.parse("2026-03-10");

  final IdentityTypePlanner planner;
  final Map<String, Account> accounts = new LinkedHashMap<>();
  final Map<String, SubjectKey> links = new HashMap<>();

  Tenant(IdentitySettings settings) {
    this.planner = new IdentityTypePlanner(settings);
  }

  static Tenant shipped() {
    return new Tenant(IdentitySettings.shipped());
  }

  /** The same plan, and with what it was made. */
  record Planned(Wanted wanted, Match match, @Nullable Account found, Plan plan) {
    List<Change> changes() {
      return plan.changes();
    }
  }

  Planned plan(HrPerson person) {
    return plan(person.facts());
  }

  Planned plan(Facts facts) {
    Sought sought = seek(facts);
    Plan plan = planner.plan(facts, sought.wanted(), sought.match(), sought.found(), TODAY);
    return new Planned(sought.wanted(), sought.match(), sought.found(), plan);
  }

  record Sought(Wanted wanted, Match match, @Nullable Account found) {}

  /** By link, else by one search after the other. */
  Sought seek(Facts facts) {
    Wanted wanted = planner.want(facts, TODAY);
    String linked =
        links.entrySet().stream()
            .filter(link -> link.getValue().equals(facts.subject()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    Account own = linked == null ? null : accounts.get(linked);
    List<Account> hits = new ArrayList<>();
    while (true) {
      Map<String, String> criteria =
          own == null ? wanted.criteria() : planner.correlation().contested(wanted, own);
      for (Account account : accounts.values()) {
        if (!planner.correlation().agreed(account, criteria).isEmpty() && !hits.contains(account)) {
          hits.add(account);
        }
      }
      Searched searched = searched(facts.subject(), wanted, own, hits);
      Optional<Wanted> other = planner.correlation().instead(searched, false);
      if (other.isPresent()) {
        wanted = other.get();
        continue;
      }
      if (linked != null) {
        return new Sought(wanted, planner.correlation().byLink(wanted, linked, own, null), own);
      }
      Match match = planner.correlation().bySearch(searched);
      return new Sought(
          wanted,
          match,
          match instanceof Match.Unique(String id, String _) ? accounts.get(id) : null);
    }
  }

  private Searched searched(
      SubjectKey subject, Wanted wanted, @Nullable Account own, List<Account> hits) {
    Map<String, Account> byId = new HashMap<>();
    List<Hit> found = new ArrayList<>();
    for (Account account : hits) {
      String id = String.valueOf(account.id());
      byId.put(id, account);
      found.add(
          new Hit(
              id, links.get(id), planner.correlation().agreed(account, wanted.criteria()), null));
    }
    return new Searched(subject, wanted, own, found, byId);
  }

  /** Does what was planned; whoever has an account then is linked to it. */
  void apply(Planned planned) {
    Account found = planned.found();
    if (found == null && planned.changes().isEmpty()) {
      return;
    }
    String id = found == null ? "00u" + accounts.size() : String.valueOf(found.id());
    accounts.put(id, planner.after(found, id, planned.changes()));
    links.put(id, HrPerson.SUBJECT);
  }

  /** Plans, applies, and gives the account. */
  Account bring(HrPerson person) {
    apply(plan(person));
    return own();
  }

  Account own() {
    return links.entrySet().stream()
        .filter(link -> link.getValue().equals(HrPerson.SUBJECT))
        .map(link -> accounts.get(link.getKey()))
        .findFirst()
        .orElseThrow();
  }

  /** Puts an account there that nobody here has made. */
  Account has(String id, Status status, Set<String> groups, String... attributes) {
    Map<String, Value> values = new HashMap<>();
    for (String attribute : attributes) {
      String[] parts = attribute.split("=", 2);
      values.put(parts[0], new Value.Text(parts[1]));
    }
    Account account = new Account(id, status, values, groups, List.of());
    accounts.put(id, account);
    return account;
  }

  static @Nullable String text(Account account, String attribute) {
    Value value = account.attributes().get(attribute);
    return value == null ? null : value.textOrNull();
  }

  static List<String> kinds(List<Change> changes) {
    return changes.stream()
        .map(change ->
            switch (change) {
              case Change.Create(String login, String _) -> "Create " + login;
              case Change.Update update -> "Update " + update.attribute();
              case Change.JoinGroup(String group, String _) -> "Join " + group;
              case Change.LeaveGroup(String group, String _) -> "Leave " + group;
              case Change.Activate _ -> "Activate";
              case Change.Deactivate _ -> "Deactivate";
              case Change.Suspend _ -> "Suspend";
              case Change.Unsuspend _ -> "Unsuspend";
              case Change.PutAffiliation _ -> "PutAffiliation";
            })
        .toList();
  }
}
