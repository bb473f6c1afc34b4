package dev.rollcall.sync;

import dev.rollcall.db.FaultText;
import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.guard.WorkGate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Claims due events of one instance and hands each claim to a worker; as many claims at a time as
 * there are slots. One thread claims, each claim is worked on a virtual thread of its own.
 */
final class Dispatcher implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final int MOST_IDS = 20;

  private final Instance instance;
  private final Claims claims;
  private final WorkGate gate;
  private final ClaimWorker worker;
  private final InFlight inFlight;
  private final EngineSettings settings;
  private final WakeUp wakeUp = new WakeUp();
  private final Semaphore slots;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopping;

  Dispatcher(
      Instance instance,
      Claims claims,
      WorkGate gate,
      ClaimWorker worker,
      InFlight inFlight,
      EngineSettings settings) {
    this.instance = instance;
    this.claims = claims;
    this.gate = gate;
    this.worker = worker;
    this.inFlight = inFlight;
    this.settings = settings;
    this.slots = new Semaphore(settings.claimsAtOnce());
  }

  /** Something was appended, here or elsewhere. */
  void wakeUp() {
    wakeUp.call();
  }

  @Override
  public void run() {
    boolean failing = false;
    while (!stopping) {
      try {
        slots.acquire();
        if (stopping) {
          slots.release();
          return;
        }
        Optional<Claim> claim = claimOrFreeSlot();
        failing = false;
        if (claim.isPresent()) {
          threads.execute(() -> work(claim.get()));
        } else {
          wakeUp.await(settings.poll());
        }
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException failure) {
        if (!failing) {
          log.warn("{}: no claims for now: {}", instance.name(), FaultText.of(failure));
        }
        failing = true;
        pause();
      }
    }
  }

  private Optional<Claim> claimOrFreeSlot() {
    Optional<Claim> claim = Optional.empty();
    try {
      if (worker.ready() && gate.objection(instance.name()).isEmpty()) {
        claim = claims.claim(instance.name(), instance.state(), settings.claimSize());
      }
      claim.ifPresent(taken -> inFlight.add(taken.token()));
      return claim;
    } finally {
      if (claim.isEmpty()) {
        slots.release();
      }
    }
  }

  private void work(Claim claim) {
    try (var _ = MDC.putCloseable("instance", claim.instance());
        var _ = MDC.putCloseable("events", ids(claim))) {
      worker.work(claim);
    } finally {
      inFlight.remove(claim.token());
      slots.release();
      // What waited behind these subjects can be claimed now.
      wakeUp.call();
    }
  }

  /** What its lines of the log are found by; a claim may be of hundreds. */
  private static String ids(Claim claim) {
    String ids =
        claim.events().stream()
            .limit(MOST_IDS)
            .map(event -> Long.toString(event.id()))
            .collect(Collectors.joining(" "));
    return claim.events().size() > MOST_IDS ? ids + " ..." : ids;
  }

  private void pause() {
    try {
      wakeUp.await(AFTER_FAILURE);
    } catch (InterruptedException stop) {
      stopping = true;
    }
  }

  /** Claims nothing more; returns at once. */
  void claimNothingMore() {
    stopping = true;
    wakeUp.call();
  }

  /** Claims nothing more and waits, at most so long, for what is being worked. */
  void stop(Duration patience) throws InterruptedException {
    claimNothingMore();
    if (slots.tryAcquire(settings.claimsAtOnce(), patience.toMillis(), TimeUnit.MILLISECONDS)) {
      // The claiming thread may be waiting for one: it has to see that all is over.
      slots.release(settings.claimsAtOnce());
    } else {
      log.warn("{}: some claims did not end in time and are given back", instance.name());
    }
    threads.shutdownNow();
  }
}
