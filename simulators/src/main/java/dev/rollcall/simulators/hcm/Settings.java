package dev.rollcall.simulators.hcm;

import dev.rollcall.simulators.hcm.rest.Framework;
import dev.rollcall.simulators.hcm.rest.Rules;
import java.util.Map;
import java.util.Set;

/**
 * How this tenant behaves.
 *
 * @param pageCap the most rows of a page, whatever is asked for: 499, or 500
 * @param usualLimit the rows of a page where nothing is asked for
 * @param nextLinks whether a page that is not the last has a link to the next one
 * @param wrongTotals whether {@code totalResults} is wrong behind an offset
 * @param citizenshipRows whether employees have a row for each citizenship
 * @param hidden resources, children and attributes that are left out, by path
 * @param visiblePercent how many percent of the people the caller may see
 * @param forbidden resources that are answered 403
 * @param queryable whether an attribute can be queried, by path, where it is not as usual
 * @param basic whether a user name and password are taken
 * @param tokenSeconds how long an access token is good
 * @param latencyMillis how long each read takes, in real time
 * @param deepMillis how much longer it takes for each 1000 rows of offset
 */
record Settings(
    int pageCap,
    int usualLimit,
    boolean nextLinks,
    boolean wrongTotals,
    boolean citizenshipRows,
    Set<String> hidden,
    int visiblePercent,
    Set<String> forbidden,
    Map<String, Boolean> queryable,
    boolean basic,
    int tokenSeconds,
    long latencyMillis,
    long deepMillis) {
  static final Settings DEFAULTS =
      new Settings(
          499, 25, true, false, true, Set.of(), 100, Set.of(), Map.of(), true, 3_600, 0, 0);

  Settings {
    if (pageCap < 1 || usualLimit < 1 || tokenSeconds < 1) {
      throw new IllegalArgumentException(
          "'pageCap', 'usualLimit' and 'tokenSeconds' must be at least 1");
    }
    if (visiblePercent < 0 || visiblePercent > 100) {
      throw new IllegalArgumentException("'visiblePercent' is a percentage from 0 to 100");
    }
    if (latencyMillis < 0 || deepMillis < 0) {
      throw new IllegalArgumentException("a delay must not be negative");
    }
    if (!Framework.resources().containsAll(forbidden)) {
      throw new IllegalArgumentException("'forbidden' has some of " + Framework.resources());
    }
    hidden = Set.copyOf(hidden);
    forbidden = Set.copyOf(forbidden);
    queryable = Map.copyOf(queryable);
  }

  Rules rules() {
    return new Rules(
        pageCap,
        usualLimit,
        nextLinks,
        wrongTotals,
        citizenshipRows,
        hidden,
        visiblePercent,
        queryable);
  }
}
