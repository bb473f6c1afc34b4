package dev.rollcall.simulators.okta.limits;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rate limits of one tenant. A bucket has one window of 60 seconds, which the first call in it
 * opens; each caller may use a share of it, all together the whole. Calls of others are charged up
 * to the moment somebody looks, in the order of their time. Safe for many threads.
 */
public final class Budgets {
  /**
   * The limits.
   *
   * @param buckets calls per window of the whole tenant, by bucket
   * @param concurrency calls under way at once, of the whole tenant
   */
  public record Limits(Map<String, Integer> buckets, int concurrency) {
    int of(String bucket) {
      return buckets.getOrDefault(bucket, buckets.getOrDefault(Bucket.OTHER, 600));
    }
  }

  /**
   * Whether a call may pass, and what its answer says about the limit.
   *
   * @param limit of the caller, not of the tenant
   * @param reset when the window ends, seconds since 1970
   */
  public record Verdict(boolean allowed, int limit, int remaining, long reset) {}

  /** Calls of one kind in one window. */
  public record Count(long used, long refused) {
    private static final Count NONE = new Count(0, 0);

    private Count plus(boolean allowed) {
      return allowed ? new Count(used + 1, refused) : new Count(used, refused + 1);
    }
  }

  /**
   * What became of one window.
   *
   * @param limit of the whole tenant
   * @param callers by principal
   * @param others by name of the scripted traffic
   */
  public record Window(
      Instant opened,
      Instant ends,
      int limit,
      long used,
      Map<String, Count> callers,
      Map<String, Count> others) {}

  /** Calls under way, and how many were too many. */
  public record Concurrency(int now, int most, long refused) {}

  private static final int WINDOW_MILLIS = 60_000;
  private static final int KEPT_WINDOWS = 500;
  // What Okta suggests after too many calls at once was seen to be far off.
  private static final int BOGUS_RESET_SECONDS = 114;

  private static final class Open {
    final long from;
    long used;
    final Map<String, Count> callers = new TreeMap<>();
    final Map<String, Count> others = new TreeMap<>();

    Open(long from) {
      this.from = from;
    }

    boolean covers(long millis) {
      return millis >= from && millis < from + WINDOW_MILLIS;
    }
  }

  private static final class Flow {
    final Traffic traffic;
    long next;

    Flow(Traffic traffic) {
      this.traffic = traffic;
    }
  }

  private final Clock clock;
  private final Supplier<Limits> limits;
  private final Map<String, Deque<Open>> windows = new LinkedHashMap<>();
  private final Map<String, Flow> flows = new LinkedHashMap<>();
  private final Map<Traffic.Kind, Count> totals = new HashMap<>();
  private final Map<String, Integer> inside = new HashMap<>();
  private int insideAll;
  private int mostInside;
  private long refusedInside;

  public Budgets(Clock clock, Supplier<Limits> limits) {
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Charges one call.
   *
   * @param share of each bucket that this caller may use, in percent
   */
  public synchronized Verdict take(String bucket, String caller, int share) {
    long now = clock.millis();
    run(bucket, now);
    Open window = window(bucket, now);
    int all = limits.get().of(bucket);
    int cap = cap(all, share);
    Count count = window.callers.getOrDefault(caller, Count.NONE);
    boolean allowed = count.used() < cap && window.used < all;
    count = count.plus(allowed);
    window.callers.put(caller, count);
    if (allowed) {
      window.used++;
    }
    return new Verdict(
        allowed, cap, (int) Math.max(0, cap - count.used()), (window.from + WINDOW_MILLIS) / 1000);
  }

  /** What a refusal at this moment would say that did not come from counting. */
  public synchronized Verdict exhausted(String bucket, int share, int seconds) {
    return new Verdict(
        false, cap(limits.get().of(bucket), share), 0, clock.millis() / 1000 + seconds);
  }

  /** Begins a call; empty when there is room, else what the refusal says. */
  public synchronized Optional<Verdict> enter(String caller, int share) {
    int own = inside.getOrDefault(caller, 0);
    int most = limits.get().concurrency();
    if (insideAll >= most || own >= cap(most, share)) {
      refusedInside++;
      return Optional.of(crowded());
    }
    inside.put(caller, own + 1);
    insideAll++;
    mostInside = Math.max(mostInside, insideAll);
    return Optional.empty();
  }

  /** Ends a call that {@link #enter} let in. */
  public synchronized void leave(String caller) {
    inside.merge(caller, -1, Integer::sum);
    insideAll--;
  }

  /** What a refusal says when too many calls are under way. */
  public Verdict crowded() {
    return new Verdict(false, 0, 0, clock.millis() / 1000 + BOGUS_RESET_SECONDS);
  }

  /** Begins scripted traffic, in place of what had this name; none a minute ends it. */
  public synchronized void script(Traffic traffic) {
    run(clock.millis());
    if (traffic.perMinute() == 0) {
      flows.remove(traffic.name());
    } else {
      flows.put(traffic.name(), new Flow(traffic));
    }
  }

  /** The scripted traffic that has not been taken back. */
  public synchronized List<Traffic> traffic() {
    return flows.values().stream().map(flow -> flow.traffic).toList();
  }

  /** The last windows of each bucket, oldest first, up to now. */
  public synchronized Map<String, List<Window>> windows() {
    run(clock.millis());
    Map<String, List<Window>> all = new LinkedHashMap<>();
    windows.forEach((bucket, opens) -> {
      List<Window> told = new ArrayList<>();
      for (Open open : opens) {
        told.add(
            new Window(
                Instant.ofEpochMilli(open.from),
                Instant.ofEpochMilli(open.from + WINDOW_MILLIS),
                limits.get().of(bucket),
                open.used,
                new TreeMap<>(open.callers),
                new TreeMap<>(open.others)));
      }
      all.put(bucket, told);
    });
    return all;
  }

  /** All scripted calls so far, by kind: how many passed, how many were refused. */
  public synchronized Map<Traffic.Kind, Count> others() {
    run(clock.millis());
    Map<Traffic.Kind, Count> all = new TreeMap<>();
    for (Traffic.Kind kind : Traffic.Kind.values()) {
      all.put(kind, totals.getOrDefault(kind, Count.NONE));
    }
    return all;
  }

  public synchronized Concurrency concurrency() {
    return new Concurrency(insideAll, mostInside, refusedInside);
  }

  private static int cap(int all, int share) {
    return Math.max(1, all * share / 100);
  }

  private Open window(String bucket, long millis) {
    Deque<Open> opens = windows.computeIfAbsent(bucket, name -> new ArrayDeque<>());
    @Nullable Open last = opens.peekLast();
    if (last != null && last.covers(millis)) {
      return last;
    }
    // Whole seconds, as the answers tell the end in whole seconds.
    Open fresh = new Open(millis / 1000 * 1000);
    opens.addLast(fresh);
    if (opens.size() > KEPT_WINDOWS) {
      opens.removeFirst();
    }
    return fresh;
  }

  private void run(long now) {
    flows.values().stream()
        .map(flow -> flow.traffic.bucket())
        .distinct()
        .toList()
        .forEach(bucket -> run(bucket, now));
  }

  private void run(String bucket, long now) {
    List<Flow> here =
        flows.values().stream().filter(flow -> flow.traffic.bucket().equals(bucket)).toList();
    int all = limits.get().of(bucket);
    for (Flow flow = earliest(here, now); flow != null; flow = earliest(here, now)) {
      long at = flow.traffic.at(flow.next);
      flow.next++;
      Open window = window(bucket, at);
      boolean allowed = window.used < all;
      if (allowed) {
        window.used++;
      }
      String name = flow.traffic.name();
      window.others.put(name, window.others.getOrDefault(name, Count.NONE).plus(allowed));
      Traffic.Kind kind = flow.traffic.kind();
      totals.put(kind, totals.getOrDefault(kind, Count.NONE).plus(allowed));
    }
  }

  private static @Nullable Flow earliest(List<Flow> flows, long now) {
    @Nullable Flow earliest = null;
    long when = Long.MAX_VALUE;
    for (Flow flow : flows) {
      long at = flow.traffic.at(flow.next);
      if (at <= now && at < when && !flow.traffic.over(at)) {
        earliest = flow;
        when = at;
      }
    }
    return earliest;
  }
}
