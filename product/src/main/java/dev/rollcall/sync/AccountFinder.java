package dev.rollcall.sync;

import dev.rollcall.link.Links;
import dev.rollcall.model.Account;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.plan.Likeness;
import dev.rollcall.plan.Matcher;
import dev.rollcall.plan.Matcher.Hit;
import dev.rollcall.plan.Wanted;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds the accounts of a claim's subjects: by link, else by search. */
final class AccountFinder {

  private final Links links;

  AccountFinder(Links links) {
    this.links = links;
  }

  /**
   * The account of each of these subjects, or that there is none, or that it is not clear.
   *
   * @param decided what people decided about some of them
   * @param rivals of the whole claim, of which these subjects may be a part
   */
  Map<SubjectKey, Found> find(
      Instance instance,
      Map<SubjectKey, Wanted> wanted,
      Map<SubjectKey, Decision> decided,
      Rivals rivals) {
    Map<SubjectKey, String> linked = links.find(instance.targetName(), wanted.keySet());
    Set<String> ids = new HashSet<>(linked.values());
    decided.values().stream().map(Decision::account).filter(Objects::nonNull).forEach(ids::add);
    Map<String, Account> accounts = instance.target().read(ids);
    Map<SubjectKey, Found> found = new HashMap<>();
    Map<SubjectKey, Wanted> unlinked = new HashMap<>();
    wanted.forEach((subject, want) -> {
      String id = linked.get(subject);
      Decision decision = decided.get(subject);
      Account account = id == null ? null : accounts.get(id);
      // Whose linked account is gone is searched again: in our own database only once a person
      // decided so, because nobody but us removes one there.
      boolean again = decision != null || instance.outside() != null;
      if (id == null || (account == null && again)) {
        unlinked.put(subject, want);
      } else {
        found.put(subject, new Found(Matcher.byLink(id, account, decision), account));
      }
    });
    found.putAll(search(instance, unlinked, decided, accounts, rivals));
    return found;
  }

  private Map<SubjectKey, Found> search(
      Instance instance,
      Map<SubjectKey, Wanted> unlinked,
      Map<SubjectKey, Decision> decided,
      Map<String, Account> read,
      Rivals rivals) {
    Map<SubjectKey, Map<String, String>> criteria = new HashMap<>();
    unlinked.forEach((subject, want) -> {
      if (!want.criteria().isEmpty()) {
        criteria.put(subject, want.criteria());
      }
    });
    Map<SubjectKey, List<Account>> hits =
        criteria.isEmpty() ? Map.of() : instance.target().search(criteria);
    Set<String> ids = new HashSet<>(read.keySet());
    hits.values().forEach(list -> list.forEach(account -> ids.add(idOf(account))));
    Map<String, SubjectKey> owners = links.owners(instance.targetName(), ids);
    Map<String, SubjectKey> others = named(instance, unlinked, hits);
    Map<SubjectKey, Found> found = new TreeMap<>(Comparator.comparing(SubjectKey::toString));
    unlinked.forEach((subject, want) -> {
      List<Account> accounts = hits.getOrDefault(subject, List.of());
      List<Hit> candidates =
          accounts.stream()
              .map(account ->
                  new Hit(
                      idOf(account),
                      owners.get(idOf(account)),
                      Matcher.agreed(account, want.criteria()),
                      others.get(login(account, want))))
              .toList();
      Decision decision = decided.get(subject);
      String chosen = decision == null ? null : decision.account();
      Account account =
          chosen != null ? read.get(chosen) : accounts.size() == 1 ? accounts.getFirst() : null;
      Match match =
          decision == null
              ? Matcher.bySearch(subject, want.criteria(), candidates)
              : Matcher.byDecision(
                  decision,
                  want.criteria(),
                  account,
                  candidates,
                  chosen == null ? null : owners.get(chosen));
      found.put(
          subject,
          switch (match) {
            case Match.Unique unique -> new Found(unique, account);
            case Match.Ambiguous unclear -> new Found(explained(unclear, want, accounts), null);
            case Match.Linked _, Match.None _ -> new Found(match, null);
          });
    });
    return rivals.suspend(found, unlinked, decided.keySet());
  }

  private static Match explained(Match.Ambiguous unclear, Wanted want, List<Account> accounts) {
    return Likeness.explained(
        unclear,
        want,
        accounts.stream().collect(Collectors.toMap(AccountFinder::idOf, account -> account)));
  }

  /**
   * Whose logins the accounts have that were found by something else than the login: an account
   * that carries another person's login is that person's, also before it is linked.
   */
  private static Map<String, SubjectKey> named(
      Instance instance, Map<SubjectKey, Wanted> unlinked, Map<SubjectKey, List<Account>> hits) {
    Map<String, SubjectKey> named = new HashMap<>();
    hits.forEach((subject, accounts) -> {
      Wanted want = unlinked.get(subject);
      if (want != null && want.criteria().size() > 1) {
        for (Account account : accounts) {
          String login = login(account, want);
          if (!login.isBlank() && !want.criteria().containsValue(login)) {
            named.put(login, new SubjectKey(instance.sourceName(), login));
          }
        }
      }
    });
    if (!named.isEmpty()) {
      Set<SubjectKey> known = instance.source().fetch(Set.copyOf(named.values())).keySet();
      named.values().retainAll(known);
    }
    return named;
  }

  /** The account's value of what identifies; the first criterion is that. */
  private static String login(Account account, Wanted wanted) {
    for (String identifying : wanted.criteria().keySet()) {
      return textOf(account, identifying);
    }
    return "";
  }

  private static String textOf(Account account, String attribute) {
    Value value = account.attributes().get(attribute);
    String text = value == null ? null : value.textOrNull();
    return text == null ? "" : text;
  }

  private static String idOf(Account account) {
    return String.valueOf(account.id());
  }
}
