package dev.rollcall.plan;

import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import dev.rollcall.model.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The groups an account is to be in: the code of every affiliation that counts, once however many
 * of that code there are ({@code facts/oim-campus-connector.md §7}). Used once.
 */
final class WantedGroups {

  /** An affiliation, and why it counts or does not. */
  private record Reasoned(Affiliation affiliation, String why) {
    @Override
    public String toString() {
      return affiliation.code()
          + " at "
          + affiliation.institution()
          + " (status "
          + (affiliation.status() == null ? "none" : affiliation.status())
          + ", "
          + (affiliation.from() == null ? "open" : affiliation.from())
          + " to "
          + (affiliation.to() == null ? "open" : affiliation.to())
          + ") "
          + why;
    }
  }

  private final Map<String, List<Reasoned>> counting = new TreeMap<>();
  private final Map<String, List<Reasoned>> idle = new TreeMap<>();

  /**
   * Takes an affiliation as the account is going to have it.
   *
   * @param why why it does not count, if it does not: that it does, its status and dates say
   */
  void add(HeldAffiliation held, String why) {
    (held.enabled() ? counting : idle)
        .computeIfAbsent(held.affiliation().code(), _ -> new ArrayList<>())
        .add(new Reasoned(held.affiliation(), held.enabled() ? "counts" : why));
  }

  /** None, whatever counts: an account that its owner may not use is in no group. */
  List<Change> none(Set<String> before, String why) {
    counting.clear();
    return before.stream().<Change>map(group -> new Change.LeaveGroup(group, why)).toList();
  }

  /** What has to be done about the groups an account was found in, in the order of their names. */
  List<Change> changes(Set<String> before) {
    List<Change> changes = new ArrayList<>();
    counting.forEach((group, why) -> {
      if (!before.contains(group)) {
        changes.add(new Change.JoinGroup(group, joined(why)));
      }
    });
    for (String group : before) {
      if (!counting.containsKey(group)) {
        List<Reasoned> why = idle.getOrDefault(group, List.of());
        changes.add(
            new Change.LeaveGroup(
                group, why.isEmpty() ? "no affiliation has this code" : joined(why)));
      }
    }
    return changes;
  }

  Set<String> names() {
    return new TreeSet<>(counting.keySet());
  }

  private static String joined(List<Reasoned> why) {
    return why.stream().map(Reasoned::toString).collect(Collectors.joining("; "));
  }
}
