package dev.rollcall.schedule;

import dev.rollcall.db.FaultText;
import dev.rollcall.schedule.JobState.Outcome;
import dev.rollcall.schedule.Schedule.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs jobs when they are due: each by one process at a time and once for all processes on the
 * database. Jobs that were due many times while nobody looked run once. Each job runs on a thread
 * of its own.
 */
public final class Scheduler implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Scheduler.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration STOPPING = Duration.ofSeconds(10);

  /** Clocks of several processes differ; a due time further away than that was made by no clock. */
  private static final Duration SLACK = Duration.ofHours(1);

  private final Schedule schedule;
  private final Clock clock;
  private final String node;
  private final Map<String, Job> jobs;
  private final Duration lease;
  private final Map<String, Turn> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService loops = Executors.newScheduledThreadPool(2);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;

  /**
   * @param node this process, as shown to people
   * @param jobs no two of one name
   */
  public Scheduler(Schedule schedule, Clock clock, String node, List<Job> jobs) {
    this(schedule, clock, node, jobs, LEASE);
  }

  Scheduler(Schedule schedule, Clock clock, String node, List<Job> jobs, Duration lease) {
    this.schedule = schedule;
    this.clock = clock;
    this.node = node;
    this.lease = lease;
    this.jobs =
        jobs.stream()
            .collect(
                Collectors.toMap(
                    Job::name,
                    job -> job,
                    (one, other) -> {
                      throw new IllegalArgumentException("Two jobs are called " + one.name());
                    },
                    LinkedHashMap::new));
  }

  /** Starts looking for jobs that are due. */
  public void start() {
    if (jobs.isEmpty()) {
      return;
    }
    every(LOOK_EVERY, this::look);
    every(lease.dividedBy(3), this::renew);
  }

  /** Begins every job that is due and that nobody runs. */
  void look() {
    Map<String, Standing> standing =
        schedule.standing(jobs.keySet()).stream()
            .collect(Collectors.toMap(Standing::job, one -> one));
    for (Job job : jobs.values()) {
      Instant now = clock.instant();
      Standing one = standing.get(job.name());
      if (one == null) {
        schedule.enlist(job.name(), job.timing().first(now));
      } else if (one.due().isAfter(now.plus(job.timing().longest()).plus(SLACK))) {
        // The clock was set back, or the job is to run more often than it did.
        schedule.move(one, job.timing().next(now));
      } else if (one.open() && !running.containsKey(job.name())) {
        begin(job, now);
      }
    }
  }

  private void begin(Job job, Instant now) {
    Turn turn = new Turn();
    if (stopping || !schedule.take(job.name(), turn.token(), node, lease, job.timing().next(now))) {
      return;
    }
    running.put(job.name(), turn);
    threads.execute(() -> run(job, turn));
  }

  private void run(Job job, Turn turn) {
    try (var _ = MDC.putCloseable("job", job.name())) {
      String said = work(job, turn);
      end(job, turn, stopping && turn.isOver() ? Outcome.STOPPED : Outcome.DONE, said);
    } catch (RuntimeException failure) {
      if (stopping) {
        log.info("Job {} was stopped: {}", job.name(), FaultText.of(failure));
      } else {
        log.warn(
            "Job {} failed and is tried again next time; the schedule says why",
            job.name(),
            failure);
      }
      end(job, turn, stopping ? Outcome.STOPPED : Outcome.FAILED, failure.toString());
    }
  }

  private String work(Job job, Turn turn) {
    try {
      return job.work().run(turn);
    } finally {
      // Before its end is written, or the renewal would take the end for a loss.
      running.remove(job.name(), turn);
    }
  }

  private void end(Job job, Turn turn, Outcome outcome, String said) {
    try {
      schedule.end(turn.token(), outcome, said);
    } catch (RuntimeException unreachable) {
      log.warn(
          "How job {} ended cannot be kept, so it is taken for lost: {}",
          job.name(),
          FaultText.of(unreachable));
    }
  }

  private void renew() {
    running.forEach((job, turn) -> {
      if (!schedule.renew(turn.token(), lease) && running.get(job) == turn && !turn.isOver()) {
        log.warn("Job {} was taken over: this process was away for longer than its lease", job);
        turn.end();
      }
    });
  }

  /** Begins nothing more, tells what runs to stop and waits for it, bounded. */
  @Override
  public void close() {
    stopping = true;
    loops.shutdown();
    running.values().forEach(Turn::end);
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("Jobs {} did not stop in time; others take them over", running.keySet());
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
    loops.shutdownNow();
  }

  private void every(Duration interval, Runnable work) {
    var _ =
        loops.scheduleWithFixedDelay(
            () -> {
              try {
                work.run();
              } catch (RuntimeException failure) {
                log.warn("Tried again soon: {}", FaultText.of(failure));
              }
            },
            0,
            interval.toMillis(),
            TimeUnit.MILLISECONDS);
  }
}
