package dev.rollcall.plan;

import dev.rollcall.model.Account;
import dev.rollcall.model.Account.HeldAffiliation;
import dev.rollcall.model.Affiliation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The affiliations found on an account, taken out one by one as the facts tell of them. */
final class HeldAffiliations {

  private final Map<Affiliation.Key, HeldAffiliation> left = new LinkedHashMap<>();

  HeldAffiliations(@Nullable Account found) {
    if (found != null) {
      found.affiliations().forEach(has -> left.put(has.affiliation().key(), has));
    }
  }

  /**
   * Takes the account's row for what is told, or null when it has none. Institution and code tell
   * affiliations apart, and the first day only where a code repeats: so the only one of its code
   * that is told is the account's latest of that code, whose first day has moved ({@code
   * facts/oim-campus-connector.md §7}).
   *
   * @param all everything that is told, so that nobody else's row is taken
   */
  @Nullable HeldAffiliation take(WantedAffiliation told, List<WantedAffiliation> all) {
    HeldAffiliation same = left.remove(told.affiliation().key());
    if (same != null || told.unreadable().contains(AffiliationField.FROM)) {
      return same;
    }
    return told.unknown().contains(AffiliationField.FROM)
        ? takeOnlyOneOfCode(told.affiliation(), all)
        : takeMoved(told.affiliation(), all);
  }

  private @Nullable HeldAffiliation takeMoved(Affiliation told, List<WantedAffiliation> all) {
    long ofCode = all.stream().filter(other -> isSameCode(other.affiliation().key(), told)).count();
    return ofCode > 1
        ? null
        : left.keySet().stream()
            .filter(key -> isSameCode(key, told))
            .max(
                Comparator.comparing(
                    Affiliation.Key::from, Comparator.nullsFirst(Comparator.naturalOrder())))
            .map(left::remove)
            .orElse(null);
  }

  private static boolean isSameCode(Affiliation.Key key, Affiliation told) {
    return key.institution().equals(told.institution()) && key.code().equals(told.code());
  }

  /** What is told without its first day can only be the one row of its institution and code. */
  private @Nullable HeldAffiliation takeOnlyOneOfCode(
      Affiliation told, List<WantedAffiliation> all) {
    Set<Affiliation.Key> others =
        all.stream().map(other -> other.affiliation().key()).collect(Collectors.toSet());
    List<Affiliation.Key> fitting =
        left.keySet().stream()
            .filter(key -> isSameCode(key, told) && !others.contains(key))
            .toList();
    return fitting.size() == 1 ? left.remove(fitting.getFirst()) : null;
  }

  /** What nobody has taken. */
  Collection<HeldAffiliation> left() {
    return left.values();
  }
}
