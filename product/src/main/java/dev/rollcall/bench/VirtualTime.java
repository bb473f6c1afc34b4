package dev.rollcall.bench;

import dev.rollcall.sync.budget.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Time that passes only when everybody waits. Whoever works in it is a thread of its own, but only
 * one runs at a time: the one whose moment comes first. So minutes pass in seconds, and two runs
 * are the same.
 */
public final class VirtualTime implements Pace {

  private record Sleeper(Instant wakes, long number, Semaphore turn) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(Comparator.comparing(Sleeper::wakes).thenComparingLong(Sleeper::number));
  private volatile Instant now;
  private long number;

  /**
   * @param start what time it is at first
   */
  public VirtualTime(Instant start) {
    this.now = start;
  }

  @Override
  public Optional<Instant> now() {
    return Optional.of(now);
  }

  /** What time it is. */
  public Instant time() {
    return now;
  }

  /** Lets others go on until this much time has passed; only for those that {@link #run} runs. */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Sleeper me = sleeper(now.plus(duration));
    wakeNext();
    me.turn().acquire();
  }

  private Sleeper sleeper(Instant wakes) {
    Sleeper sleeper = new Sleeper(wakes, number++, new Semaphore(0));
    sleepers.add(sleeper);
    return sleeper;
  }

  private void wakeNext() {
    Sleeper first = sleepers.poll();
    if (first != null) {
      if (first.wakes().isAfter(now)) {
        now = first.wakes();
      }
      first.turn().release();
    }
  }

  /**
   * Runs all of these, until each has come to its end.
   *
   * @throws IllegalStateException when one of them failed
   */
  public void run(List<? extends Runnable> all) throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (Runnable one : all) {
      Sleeper start = sleeper(now);
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                start.turn().acquireUninterruptibly();
                try {
                  one.run();
                } catch (RuntimeException | Error failure) {
                  failures.add(failure); // one at a time: nobody else writes here
                } finally {
                  wakeNext();
                }
              }));
    }
    wakeNext();
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("It did not come to its end", failures.getFirst());
    }
  }
}
