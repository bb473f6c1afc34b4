package dev.rollcall.sync;

import dev.rollcall.link.Links;
import dev.rollcall.model.Account;
import dev.rollcall.model.Decision;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Correlation;
import dev.rollcall.plan.Likeness;
import dev.rollcall.plan.Wanted;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the accounts of a claim's subjects: by link, else by search. */
final class AccountFinder {

  private final Links links;
  private final Foreseen foreseen;

  AccountFinder(Links links) {
    this(links, new Foreseen());
  }

  /**
   * @param foreseen what is to be taken as done although it is not
   */
  AccountFinder(Links links, Foreseen foreseen) {
    this.links = links;
    this.foreseen = foreseen;
  }

  /**
   * The account of each of these subjects, or that there is none, or that it is not clear.
   *
   * @param correlation of the planner that said what is wanted
   * @param decided what people decided about some of them
   * @param rivals of the whole claim, of which these subjects may be a part
   */
  Map<SubjectKey, Found> find(
      Instance instance,
      Correlation correlation,
      Map<SubjectKey, Wanted> wanted,
      Map<SubjectKey, Decision> decided,
      Rivals rivals) {
    Map<SubjectKey, String> linked = links.find(instance.targetName(), wanted.keySet());
    Set<String> ids = new HashSet<>(linked.values());
    decided.values().stream().map(Decision::account).filter(Objects::nonNull).forEach(ids::add);
    Map<String, Account> accounts = instance.target().read(ids);
    Map<SubjectKey, Found> found = new HashMap<>();
    Map<SubjectKey, AccountSearch> unlinked = new HashMap<>();
    Map<SubjectKey, AccountSearch> contested = new HashMap<>();
    wanted.forEach((subject, want) -> {
      String id = linked.get(subject);
      Decision decision = decided.get(subject);
      Account account = id == null ? null : accounts.get(id);
      // Whose linked account is gone is searched again: in our own database only once a person
      // decided so, because nobody but us removes one there.
      boolean again = decision != null || instance.elsewhere();
      if (id == null || (account == null && again)) {
        String chosen = decision == null ? null : decision.account();
        Account own = chosen == null ? null : accounts.get(chosen);
        unlinked.put(subject, new AccountSearch(correlation, subject, want, own, decision));
        return;
      }
      found.put(subject, new Found(correlation.byLink(want, id, account, decision), account, want));
      if (account != null && !correlation.contested(want, account).isEmpty()) {
        contested.put(subject, new AccountSearch(correlation, subject, want, account, decision));
      }
    });
    Map<SubjectKey, AccountSearch> searches = new HashMap<>(unlinked);
    searches.putAll(contested);
    search(instance, searches);
    contested.forEach((subject, search) ->
        found.computeIfPresent(
            subject, (_, one) -> new Found(one.match(), one.account(), search.wanted())));
    found.putAll(matched(instance, unlinked, decided, rivals));
    return found;
  }

  /** Searches until nobody wants anything else than what was searched for. */
  private void search(Instance instance, Map<SubjectKey, AccountSearch> searches) {
    Map<SubjectKey, AccountSearch> open = searches;
    while (!open.isEmpty()) {
      Map<SubjectKey, Map<String, String>> criteria = new HashMap<>();
      open.forEach((subject, search) -> {
        Map<String, String> next = search.next();
        if (!next.isEmpty()) {
          criteria.put(subject, next);
        }
      });
      Map<SubjectKey, List<Account>> hits =
          criteria.isEmpty()
              ? Map.of()
              : foreseen.laidOver(instance.target().search(criteria), criteria);
      Set<String> ids = new HashSet<>();
      hits.values().forEach(list -> list.forEach(account -> ids.add(idOf(account))));
      open.values().forEach(search -> search.ownId().ifPresent(ids::add));
      Map<String, SubjectKey> owners =
          foreseen.laidOver(links.owners(instance.targetName(), ids), ids);
      Map<String, SubjectKey> others = named(instance, open, hits);
      Map<SubjectKey, AccountSearch> further = new HashMap<>();
      open.forEach((subject, search) -> {
        search.found(hits.getOrDefault(subject, List.of()), owners, others);
        if (search.wantsOther()) {
          further.put(subject, search);
        }
      });
      open = further;
    }
  }

  private Map<SubjectKey, Found> matched(
      Instance instance,
      Map<SubjectKey, AccountSearch> searches,
      Map<SubjectKey, Decision> decided,
      Rivals rivals) {
    Map<SubjectKey, Found> found = new TreeMap<>(Comparator.comparing(SubjectKey::toString));
    searches.forEach((subject, search) -> {
      Match match = search.match();
      found.put(
          subject,
          switch (match) {
            case Match.Unique(String id, String _) ->
                new Found(match, account(instance, search, id), search.wanted());
            case Match.Ambiguous unclear ->
                new Found(explained(unclear, search), null, search.wanted());
            case Match.Linked _, Match.None _ -> new Found(match, null, search.wanted());
          });
    });
    return rivals.suspend(found, decided.keySet());
  }

  /** One of several hits is read again: a search need not have looked at all of it then. */
  private static @Nullable Account account(Instance instance, AccountSearch search, String id) {
    Account own = search.own();
    if (own != null) {
      return own;
    }
    return search.accounts().size() == 1
        ? search.accounts().get(id)
        : instance.target().read(List.of(id)).get(id);
  }

  private static Match explained(Match.Ambiguous unclear, AccountSearch search) {
    return Likeness.explained(unclear, search.wanted(), search.accounts());
  }

  /**
   * Whose logins the accounts have that were found by something else than the login: an account
   * that carries another person's login is that person's, also before it is linked.
   */
  private static Map<String, SubjectKey> named(
      Instance instance,
      Map<SubjectKey, AccountSearch> searches,
      Map<SubjectKey, List<Account>> hits) {
    Map<String, SubjectKey> named = new HashMap<>();
    hits.forEach((subject, accounts) -> {
      AccountSearch search = searches.get(subject);
      Wanted want = search == null ? null : search.wanted();
      if (want != null && want.criteria().size() > 1) {
        for (Account account : accounts) {
          String login = AccountSearch.login(account, want);
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

  private static String idOf(Account account) {
    return String.valueOf(account.id());
  }
}
