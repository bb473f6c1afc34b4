package dev.rollcall.sync.budget;

import dev.rollcall.db.Database;
import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.spi.CallBudget;
import dev.rollcall.spi.NotNow;
import dev.rollcall.sync.budget.BudgetTable.Seen;
import dev.rollcall.sync.budget.BudgetTable.Thought;
import dev.rollcall.sync.budget.Taken.Granted;
import dev.rollcall.sync.budget.Taken.Later;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * The budget of one target, shared by all processes on the database. What matters is in the
 * database alone: a process that dies costs the permits it had not used, for a minute or two. Safe
 * for many threads; must be called outside a transaction.
 */
public final class RateBudget implements CallBudget {

  private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);
  private static final Duration CROWDED = Duration.ofMillis(200);
  private static final long JITTER_MILLIS = 1_000;

  private final BudgetTable table;
  private final Clock clock;
  private final Pace pace;
  private final RandomGenerator random;
  private final String target;
  private final BudgetSettings settings;
  private final AtOnce atOnce = new AtOnce();

  /** Threads of one process queue here instead of writing the same row against each other. */
  private final Map<String, ReentrantLock> queues = new ConcurrentHashMap<>();

  /**
   * @param clock for what is shown and for when to come again, never for the spacing
   * @param pace the time by which calls are spaced
   * @param target the target system's name, the same for all instances that call it
   */
  public RateBudget(
      Database database,
      Clock clock,
      Pace pace,
      RandomGenerator random,
      String target,
      BudgetSettings settings) {
    this.table = new BudgetTable(database.jdbc(), clock, pace, target);
    this.clock = clock;
    this.pace = pace;
    this.random = random;
    this.target = target;
    this.settings = settings;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException inside a transaction
   */
  @Override
  public void acquire(String bucket, Priority priority) {
    Instant deadline = null;
    while (true) {
      Thought<Taken> asked = take(bucket, priority);
      Instant now = asked.now();
      deadline = deadline == null ? now.plus(settings.patience()) : deadline;
      switch (asked.result()) {
        case Later(var ignored, var at, var why) -> {
          if (at.isAfter(deadline)) {
            throw notNow(bucket, Duration.between(now, at), why);
          }
          sleep(bucket, Duration.between(now, at));
        }
        case Granted granted -> {
          if (isStillGood(bucket, now, granted)) {
            enter(bucket, granted, deadline);
            return;
          }
        }
      }
    }
  }

  private Thought<Taken> take(String bucket, Priority priority) {
    Terms terms = settings.of(bucket);
    ReentrantLock queue = queue(bucket);
    queue.lock();
    try {
      return table.take(
          bucket, terms, (known, now) -> known.take(now, priority, terms, settings.patience()));
    } finally {
      queue.unlock();
    }
  }

  /**
   * Waits for the moment of a permit. Meanwhile a refused call may have stopped the bucket, or
   * another window may have begun.
   */
  private boolean isStillGood(String bucket, Instant now, Granted granted) {
    if (!granted.at().isAfter(now)) {
      return true;
    }
    try {
      sleep(bucket, Duration.between(now, granted.at()));
    } catch (NotNow interrupted) {
      giveBack(bucket, granted);
      throw interrupted;
    }
    Seen seen = table.look(bucket);
    Instant stopped = seen.bucket().stoppedUntil();
    if (stopped != null && seen.now().isBefore(stopped)) {
      giveBack(bucket, granted);
      return false;
    }
    boolean holds = seen.bucket().holds(granted.given());
    if (!seen.bucket().use(granted.given()).equals(seen.bucket())) {
      table.change(bucket, settings.of(bucket), (known, then) -> known.use(granted.given()));
    }
    return holds;
  }

  /** Waits while this process makes as many calls as it may at the same time. */
  private void enter(String bucket, Granted granted, Instant deadline) {
    Instant now = granted.at();
    while (!atOnce.enter(now)) {
      if (now.isAfter(deadline)) {
        giveBack(bucket, granted);
        throw notNow(bucket, CROWDED, "too many calls at once");
      }
      sleep(bucket, CROWDED);
      now = now.plus(CROWDED);
    }
  }

  private void giveBack(String bucket, Granted granted) {
    table.change(bucket, settings.of(bucket), (known, now) -> known.giveBack(granted.given()));
  }

  @Override
  public void unused(String bucket) {
    atOnce.leave();
  }

  @Override
  public void learn(Call call) {
    Duration jitter = jitter();
    Terms terms = settings.of(call.bucket());
    Call.Room room = call.room();
    ReentrantLock queue = queue(call.bucket());
    Thought<Bucket> learned;
    queue.lock();
    try {
      learned =
          table.end(
              call.bucket(),
              terms,
              Bucket.isRefused(call),
              (known, now) -> known.learn(now, call, terms, jitter));
    } catch (RuntimeException unlearned) {
      atOnce.leave();
      throw unlearned;
    } finally {
      queue.unlock();
    }
    atOnce.leave(learned.now(), room != null && room.tooManyAtOnce());
  }

  /** How many calls this process makes at the same time, at most. */
  int mostAtOnce() {
    return atOnce.most();
  }

  private ReentrantLock queue(String bucket) {
    return queues.computeIfAbsent(bucket, name -> new ReentrantLock(true));
  }

  private void sleep(String bucket, Duration duration) {
    try {
      pace.sleep(duration.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : duration);
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw notNow(bucket, Duration.ZERO, "this process is stopping");
    }
  }

  private Duration jitter() {
    return Duration.ofMillis(random.nextLong(JITTER_MILLIS));
  }

  private NotNow notNow(String bucket, Duration after, String why) {
    Instant until = clock.instant().plus(after).plus(jitter());
    return new NotNow(
        until,
        "No room for a call to %s in %s before %s: %s"
            .formatted(target, bucket, until.truncatedTo(ChronoUnit.SECONDS), why));
  }
}
