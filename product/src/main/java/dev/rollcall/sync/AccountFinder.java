package dev.rollcall.sync;

import dev.rollcall.link.Links;
import dev.rollcall.model.Account;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Matcher;
import dev.rollcall.plan.Wanted;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the accounts of a claim's subjects: by link, else by search. */
final class AccountFinder {

  private final Links links;

  AccountFinder(Links links) {
    this.links = links;
  }

  /** The account of each of these subjects, or that there is none, or that it is not clear. */
  Map<SubjectKey, Found> find(Instance instance, Map<SubjectKey, Wanted> wanted) {
    Map<SubjectKey, String> linked = links.find(instance.targetName(), wanted.keySet());
    Map<String, Account> accounts = instance.target().read(linked.values());
    Map<SubjectKey, Found> found = new HashMap<>();
    Map<SubjectKey, Wanted> unlinked = new HashMap<>();
    wanted.forEach((subject, want) -> {
      String id = linked.get(subject);
      if (id == null) {
        unlinked.put(subject, want);
      } else {
        found.put(subject, new Found(Matcher.byLink(id, accounts.get(id)), accounts.get(id)));
      }
    });
    found.putAll(search(instance, unlinked));
    return found;
  }

  private Map<SubjectKey, Found> search(Instance instance, Map<SubjectKey, Wanted> unlinked) {
    Map<SubjectKey, Map<String, String>> criteria = new HashMap<>();
    unlinked.forEach((subject, want) -> {
      if (!want.criteria().isEmpty()) {
        criteria.put(subject, want.criteria());
      }
    });
    Map<SubjectKey, List<Account>> hits =
        criteria.isEmpty() ? Map.of() : instance.target().search(criteria);
    Set<String> ids = new HashSet<>();
    hits.values().forEach(list -> list.forEach(account -> ids.add(idOf(account))));
    Map<String, SubjectKey> owners = links.owners(instance.targetName(), ids);
    Map<SubjectKey, Found> found = new HashMap<>();
    unlinked.forEach((subject, want) ->
        found.put(subject, match(subject, want, hits.getOrDefault(subject, List.of()), owners)));
    return found;
  }

  private static Found match(
      SubjectKey subject, Wanted wanted, List<Account> hits, Map<String, SubjectKey> owners) {
    List<Matcher.Candidate> candidates =
        hits.stream().map(hit -> new Matcher.Candidate(idOf(hit), owners.get(idOf(hit)))).toList();
    Match match = Matcher.bySearch(subject, wanted.criteria(), candidates);
    return new Found(match, match instanceof Match.Unique ? hits.getFirst() : null);
  }

  private static String idOf(Account account) {
    return String.valueOf(account.id());
  }
}
