package dev.rollcall.survival;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** People to whom things happen all the time, told from several threads until it is enough. */
final class Load implements AutoCloseable {

  private static final int THREADS = 6;

  private final List<Person> people = new ArrayList<>();
  private final Semaphore pace = new Semaphore(0);
  private final IntegrationBroker broker;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService senders = Executors.newFixedThreadPool(THREADS);
  private final List<Future<?>> sending = new ArrayList<>();
  private volatile boolean enough;

  /**
   * Starts at once.
   *
   * @param perSecond attempts, of all people together
   */
  Load(int howMany, long seed, int perSecond, Supplier<List<URI>> nodes) {
    for (int i = 0; i < howMany; i++) {
      people.add(new Person(i, seed));
    }
    broker = new IntegrationBroker(nodes, pace);
    long interval = TimeUnit.SECONDS.toMicros(1) / perSecond;
    var _ =
        clock.scheduleAtFixedRate(
            () -> {
              if (pace.availablePermits() < THREADS) {
                pace.release();
              }
            },
            0,
            interval,
            TimeUnit.MICROSECONDS);
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread;
      sending.add(senders.submit(() -> send(first)));
    }
  }

  /** Every person belongs to one thread, so that theirs go out in order. */
  private Void send(int first) throws InterruptedException {
    while (!enough) {
      for (int i = first; i < people.size(); i += THREADS) {
        broker.deliver(people.get(i).next());
      }
    }
    return null;
  }

  /** Waits until everybody has an identity; from then on people come and go. */
  void introduceEverybody(Tables tables) {
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> tables.count("select count(*) from identity") == people.size());
    people.forEach(Person::mayLeave);
  }

  /** Waits until this many messages more were acknowledged. */
  void awaitDelivered(int more) {
    int wanted = broker.acknowledged().size() + more;
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> broker.acknowledged().size() >= wanted);
  }

  /** Ends the load: returns when the last message of everybody is acknowledged. */
  void finish() {
    enough = true;
    try {
      for (Future<?> one : sending) {
        one.get(2, TimeUnit.MINUTES);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    } catch (ExecutionException | TimeoutException failure) {
      throw new IllegalStateException("The load did not come to its end", failure);
    }
  }

  List<Person> people() {
    return people;
  }

  IntegrationBroker broker() {
    return broker;
  }

  @Override
  public void close() {
    enough = true;
    broker.close();
    clock.shutdownNow();
    senders.shutdownNow();
  }
}
