package dev.rollcall.simulators.hcm.rest;

import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * How the framework of this tenant behaves.
 *
 * @param pageCap the most rows of a page, whatever is asked for
 * @param usualLimit the rows of a page where nothing is asked for
 * @param nextLinks whether a page that is not the last says where the next one is
 * @param wrongTotals whether {@code totalResults} is wrong behind an offset, as is reported
 * @param citizenshipRows whether employees have a row for each citizenship
 * @param hidden paths such as {@code workers.citizenships} that the caller may not see
 * @param visiblePercent how many percent of the people the caller may see
 * @param queryable what can be queried, other than usual, by path
 */
public record Rules(
    int pageCap,
    int usualLimit,
    boolean nextLinks,
    boolean wrongTotals,
    boolean citizenshipRows,
    Set<String> hidden,
    int visiblePercent,
    Map<String, Boolean> queryable) {
  public Rules {
    hidden = Set.copyOf(hidden);
    queryable = Map.copyOf(queryable);
  }

  boolean sees(long personId) {
    return new SplittableRandom(personId).nextInt(100) < visiblePercent;
  }
}
