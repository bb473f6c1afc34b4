package dev.rollcall.sync;

import dev.rollcall.model.EventStatus;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many events this process has worked since it started, by instance and what they became. Only
 * for measuring: everything that matters stands in the database. Safe for use by many threads.
 */
public final class OutcomeCounts {

  private record Kind(String instance, EventStatus status) {}

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String instance, EventStatus status) {
    counts.computeIfAbsent(new Kind(instance, status), _ -> new LongAdder()).increment();
  }

  /**
   * How many events of the instance became this.
   *
   * @param status {@link EventStatus#NEW} for those that wait again
   */
  public long of(String instance, EventStatus status) {
    LongAdder count = counts.get(new Kind(instance, status));
    return count == null ? 0 : count.sum();
  }
}
