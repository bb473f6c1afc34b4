package dev.rollcall.sync;

import dev.rollcall.model.Candidate;
import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Matcher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * People of one claim who would be given the same account, or each an account with what identifies
 * the other: worked one after the other the second would have been suspended, so it is here too.
 * One is made for each claim, which may be thought about in parts.
 */
final class Rivals {

  private final Map<String, SubjectKey> taken = new HashMap<>();

  /**
   * The same, with all but the first of each such people suspended.
   *
   * @param found in a fixed order, so that it does not depend on chance who is first
   * @param decided about whom a person decided: they come first, and a second attribute that others
   *     have too is what was decided about
   */
  Map<SubjectKey, Found> suspend(Map<SubjectKey, Found> found, Set<SubjectKey> decided) {
    Map<SubjectKey, Found> result = new HashMap<>();
    for (boolean now : List.of(true, false)) {
      found.forEach((subject, one) -> {
        if (decided.contains(subject) == now) {
          result.put(subject, suspended(subject, one, one.wanted().criteria(), now));
        }
      });
    }
    return result;
  }

  private Found suspended(
      SubjectKey subject, Found found, Map<String, String> criteria, boolean decided) {
    return switch (found.match()) {
      case Match.Unique(String account, String why) -> {
        SubjectKey first = taken.putIfAbsent("account " + account, subject);
        yield first == null || first.equals(subject)
            ? found
            : suspended(
                found,
                List.of(Matcher.contested(subject, criteria, account, found.account(), first)),
                why + ", but so it is for " + first);
      }
      case Match.None(String why) -> {
        Found left = found;
        boolean identifying = true;
        for (Map.Entry<String, String> criterion : criteria.entrySet()) {
          String key = criterion.getKey() + " " + criterion.getValue();
          SubjectKey first = taken.putIfAbsent(key, subject);
          if (first != null && !first.equals(subject) && (identifying || !decided)) {
            left = suspended(found, List.of(), why + ", but " + first + " has the same " + key);
          }
          identifying = false;
        }
        yield left;
      }
      case Match.Linked _, Match.Ambiguous _ -> found;
    };
  }

  private static Found suspended(Found found, List<Candidate> candidates, String why) {
    return new Found(new Match.Ambiguous(candidates, why), null, found.wanted());
  }
}
