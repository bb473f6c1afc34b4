package dev.rollcall.sync.budget;

import java.time.Duration;
import java.util.Map;

/**
 * What an installation says of a target's limits.
 *
 * @param reserve the part of the org limit that Rollcall leaves to others, at least 0 and below 1
 * @param orgLimits calls a window for the whole org, by bucket; where one is missing, the limit of
 *     our own credential alone counts
 * @param patience how long a call waits for room before it is told to come again
 */
public record BudgetSettings(double reserve, Map<String, Integer> orgLimits, Duration patience) {

  /** What is left to others unless somebody says otherwise. */
  public static final double DEFAULT_RESERVE = 0.2;

  /** How long a call waits unless somebody says otherwise. */
  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(5);

  public BudgetSettings {
    if (!(reserve >= 0 && reserve < 1)) {
      throw new IllegalArgumentException("reserve must be at least 0 and below 1, not " + reserve);
    }
    orgLimits.forEach((bucket, limit) -> {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "The org limit of " + bucket + " must be at least 1, not " + limit);
      }
    });
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative");
    }
    orgLimits = Map.copyOf(orgLimits);
  }

  /** No org limit is known; a fifth of it is kept for others as soon as it is. */
  public static BudgetSettings defaults() {
    return new BudgetSettings(DEFAULT_RESERVE, Map.of(), DEFAULT_PATIENCE);
  }

  /** The same with these org limits. */
  public BudgetSettings withOrgLimits(Map<String, Integer> limits) {
    return new BudgetSettings(reserve, limits, patience);
  }

  Terms of(String bucket) {
    return new Terms(reserve, orgLimits.get(bucket));
  }
}
