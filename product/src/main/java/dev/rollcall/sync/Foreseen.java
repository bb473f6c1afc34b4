package dev.rollcall.sync;

import dev.rollcall.model.Account;
import dev.rollcall.model.Change;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import dev.rollcall.spi.Application;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The accounts as they would be after what was only thought about: those that would be made, and
 * those that would be called something else. Who is thought about later finds them, as they would
 * if it had been done; so the second of two people with one name is told the login they would get.
 * For one thread.
 */
final class Foreseen {

  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, SubjectKey> owners = new HashMap<>();

  /** The accounts by what was ever searched for. */
  private final Map<String, Set<String>> index = new HashMap<>();

  private final Set<String> searched = new HashSet<>();

  /** Takes what would be done about somebody as done. */
  void note(Worked worked) {
    Application application = worked.application();
    if (application == null) {
      return;
    }
    Account found = application.found();
    SubjectKey subject = application.subject();
    if (found == null) {
      put("to be made for " + subject, subject, application.wanted().attributes());
      return;
    }
    Map<String, Value> values = new HashMap<>(found.attributes());
    boolean differs = false;
    for (Change change : application.changes()) {
      if (change instanceof Change.Update update) {
        values.put(update.attribute(), update.after());
        differs |= searched.contains(update.attribute());
      }
    }
    if (differs) {
      put(String.valueOf(found.id()), subject, values);
    }
  }

  private void put(String id, SubjectKey subject, Map<String, Value> values) {
    accounts.put(id, new Account(id, Account.Status.STAGED, values, Set.of(), List.of()));
    owners.put(id, subject);
    for (String attribute : searched) {
      Value value = values.get(attribute);
      String text = value == null ? null : value.textOrNull();
      if (text != null) {
        index.computeIfAbsent(key(attribute, text), _ -> new LinkedHashSet<>()).add(id);
      }
    }
  }

  /** What a search would find then. */
  Map<SubjectKey, List<Account>> laidOver(
      Map<SubjectKey, List<Account>> hits, Map<SubjectKey, Map<String, String>> criteria) {
    criteria.values().forEach(wanted -> searched.addAll(wanted.keySet()));
    if (accounts.isEmpty()) {
      return hits;
    }
    Map<SubjectKey, List<Account>> then = new HashMap<>();
    criteria.forEach((subject, wanted) -> {
      Set<String> ids = new HashSet<>();
      wanted.forEach(
          (attribute, value) -> ids.addAll(index.getOrDefault(key(attribute, value), Set.of())));
      List<Account> all =
          new ArrayList<>(
              hits.getOrDefault(subject, List.of()).stream()
                  .filter(hit -> !accounts.containsKey(String.valueOf(hit.id())))
                  .toList());
      ids.stream().sorted().map(accounts::get).forEach(all::add);
      if (!all.isEmpty()) {
        then.put(subject, all);
      }
    });
    return then;
  }

  /** Whose accounts these would be, beside those that are linked. */
  Map<String, SubjectKey> laidOver(Map<String, SubjectKey> linked, Collection<String> ids) {
    if (accounts.isEmpty()) {
      return linked;
    }
    Map<String, SubjectKey> then = new LinkedHashMap<>(linked);
    for (String id : ids) {
      SubjectKey owner = owners.get(id);
      if (owner != null) {
        then.put(id, owner);
      }
    }
    return then;
  }

  private static String key(String attribute, String value) {
    return attribute + " " + value.toLowerCase(Locale.ROOT);
  }
}
