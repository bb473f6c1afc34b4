package dev.rollcall.sync;

import dev.rollcall.model.Match;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.plan.Wanted;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   */
  Map<SubjectKey, Found> suspend(Map<SubjectKey, Found> found, Map<SubjectKey, Wanted> wanted) {
    Map<SubjectKey, Found> result = new HashMap<>();
    found.forEach((subject, one) -> {
      Found decided = one;
      Wanted want = wanted.get(subject);
      switch (one.match()) {
        case Match.Unique(String account, String why) -> {
          SubjectKey first = taken.putIfAbsent("account " + account, subject);
          if (first != null && !first.equals(subject)) {
            decided = suspended(List.of(account), why + ", but so it is for " + first);
          }
        }
        case Match.None(String why) -> {
          Map<String, String> criteria = want == null ? Map.of() : want.criteria();
          for (Map.Entry<String, String> criterion : criteria.entrySet()) {
            String key = criterion.getKey() + " " + criterion.getValue();
            SubjectKey first = taken.putIfAbsent(key, subject);
            if (first != null && !first.equals(subject)) {
              decided = suspended(List.of(), why + ", but " + first + " has the same " + key);
            }
          }
        }
        case Match.Linked _, Match.Ambiguous _ -> {}
      }
      result.put(subject, decided);
    });
    return result;
  }

  private static Found suspended(List<String> candidates, String why) {
    return new Found(new Match.Ambiguous(candidates, why), null);
  }
}
