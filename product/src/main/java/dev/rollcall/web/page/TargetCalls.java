package dev.rollcall.web.page;

import dev.rollcall.sync.Instance;
import dev.rollcall.sync.budget.BudgetStanding;
import dev.rollcall.sync.budget.BudgetStanding.Forecast;
import dev.rollcall.web.WebParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of one target stand.
 *
 * @param instances that call it
 * @param buckets by name; none before the first call
 * @param waiting events that are due of these instances
 * @param forecast by priority, the most urgent first: when the slowest bucket is through
 * @param eta when all of them will have had their calls; null when none waits, or it is not known
 */
record TargetCalls(
    String target,
    List<String> instances,
    List<BudgetStanding> buckets,
    long waiting,
    List<Forecast> forecast,
    @Nullable Instant eta) {

  /** Every target outside, in the order of the settings; nothing is asked when there is none. */
  static List<TargetCalls> all(WebParts parts) {
    Map<String, List<String>> targets = new LinkedHashMap<>();
    for (Instance instance : parts.instances()) {
      if (instance.outside() != null) {
        targets.computeIfAbsent(instance.targetName(), _ -> new ArrayList<>()).add(instance.name());
      }
    }
    if (targets.isEmpty()) {
      return List.of();
    }
    List<BudgetStanding> standing = parts.budgets().standing();
    return targets.entrySet().stream()
        .map(one ->
            of(
                one.getKey(),
                one.getValue(),
                standing.stream().filter(bucket -> bucket.target().equals(one.getKey())).toList()))
        .toList();
  }

  private static TargetCalls of(
      String target, List<String> instances, List<BudgetStanding> buckets) {
    Map<String, Forecast> slowest = new LinkedHashMap<>();
    for (BudgetStanding bucket : buckets) {
      bucket.forecast().forEach(one -> slowest.merge(one.priority(), one, TargetCalls::later));
    }
    List<Forecast> forecast = List.copyOf(slowest.values());
    return new TargetCalls(
        target,
        instances,
        buckets,
        buckets.stream().mapToLong(BudgetStanding::waiting).max().orElse(0),
        forecast,
        forecast.isEmpty() ? null : forecast.getLast().eta());
  }

  private static Forecast later(Forecast one, Forecast other) {
    Instant eta = one.eta();
    Instant otherEta = other.eta();
    if (eta == null || otherEta == null) {
      return eta == null ? one : other;
    }
    return otherEta.isAfter(eta) ? other : one;
  }

  /** Buckets that nobody calls at the moment. */
  public List<BudgetStanding> stopped() {
    return buckets.stream().filter(bucket -> bucket.stoppedUntil() != null).toList();
  }

  /** The bucket with the least room in its window; null before the first call. */
  public @Nullable BudgetStanding tightest() {
    return buckets.stream().max(Comparator.comparingDouble(TargetCalls::share)).orElse(null);
  }

  private static double share(BudgetStanding bucket) {
    return bucket.used() / (double) Math.max(1, bucket.permitted());
  }

  /** How much of a bucket's window is used, in whole hundredths, at most 100. */
  public long usedPercent(BudgetStanding bucket) {
    return Math.min(100, Math.round(share(Objects.requireNonNull(bucket)) * 100));
  }
}
