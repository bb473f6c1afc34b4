package dev.rollcall.simulators.peoplesoft.broker;

import dev.rollcall.simulators.http.Outcome;
import java.net.URI;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The publication queue, partitioned by EMPLID: one person's contracts go out strictly one after
 * another, those of different people in parallel. Everything is guarded by this object's monitor,
 * except the sending itself.
 */
public final class Broker implements AutoCloseable {
  /** Where it is written down that a contract came to stand elsewhere. */
  @FunctionalInterface
  public interface Log {
    void moved(long contract, Standing standing);
  }

  private final Sender sender;
  private final Log log;
  private final Faults faults;
  private final Map<Long, Contract> contracts = new LinkedHashMap<>();
  private final Map<Long, Standing> standings = new HashMap<>();
  private final Map<Long, Long> retryAt = new HashMap<>();
  private final Map<String, Partition> partitions = new HashMap<>();
  private final SequencedSet<Partition> ready = new LinkedHashSet<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());
  private Node node;
  private BrokerSettings settings;
  private boolean up = true;
  private boolean closed;
  private int working;

  public Broker(Sender sender, Log log, Faults faults, Node node, BrokerSettings settings) {
    this.sender = sender;
    this.log = log;
    this.faults = faults;
    this.node = node;
    this.settings = settings;
  }

  /** Takes over what an earlier life left: what was under way then is tried again. */
  public synchronized void restore(Collection<Contract> inOrder, Map<Long, Standing> known) {
    for (Contract contract : inOrder) {
      contracts.put(contract.id(), contract);
      Standing standing = known.getOrDefault(contract.id(), Standing.NEW);
      standings.put(contract.id(), standing);
      if (standing.status() != ContractStatus.DONE) {
        queue(contract);
      }
    }
    pump();
  }

  /** Queues contracts in the given order of delivery; none goes out before all are queued. */
  public synchronized void accept(List<Contract> inOrder) {
    for (Contract contract : inOrder) {
      contracts.put(contract.id(), contract);
      standings.put(contract.id(), Standing.NEW);
      queue(contract);
    }
    pump();
  }

  /** Sends a contract again by hand; false while it is still on its way by itself. */
  public synchronized boolean resend(long id) {
    Contract contract = contracts.get(id);
    Standing standing = standings.get(id);
    if (contract == null || standing == null || standing.status() == ContractStatus.WORKING) {
      return false;
    }
    if (standing.status() == ContractStatus.DONE) {
      queue(contract);
    }
    move(contract, standing.resent());
    retryAt.remove(id);
    wake(contract.emplid());
    return true;
  }

  public synchronized List<Long> resend(ContractStatus status) {
    List<Long> chosen =
        contracts.keySet().stream().filter(id -> standing(id).status() == status).toList();
    return chosen.stream().filter(this::resend).toList();
  }

  public synchronized void point(Node other) {
    node = other;
    up = true;
    retryAt.clear();
    ready.addAll(partitions.values());
    pump();
  }

  public synchronized void set(BrokerSettings other) {
    settings = other;
    ready.addAll(partitions.values());
    pump();
  }

  public synchronized Node node() {
    return node;
  }

  public synchronized BrokerSettings settings() {
    return settings;
  }

  public synchronized boolean up() {
    return up && node.url() != null;
  }

  public synchronized Optional<Contract> contract(long id) {
    return Optional.ofNullable(contracts.get(id));
  }

  public synchronized Standing standing(long id) {
    return standings.getOrDefault(id, Standing.NEW);
  }

  /** How many contracts from this id on stand where; every status is named. */
  public synchronized Map<ContractStatus, Integer> counts(long fromId) {
    Map<ContractStatus, Integer> counts = new EnumMap<>(ContractStatus.class);
    for (ContractStatus status : ContractStatus.values()) {
      counts.put(status, 0);
    }
    for (long id : contracts.keySet()) {
      if (id >= fromId) {
        counts.merge(standing(id).status(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Pings the node now; a good answer marks it up. */
  public Outcome ping() {
    Node asked = node();
    URI url = asked.url();
    if (url == null) {
      return new Outcome.Unreachable("no listener is set");
    }
    Outcome outcome = sender.ping(url, asked, settings());
    synchronized (this) {
      boolean good =
          outcome instanceof Outcome.Answered(int status, String body) && status / 100 == 2;
      if (good && !up) {
        up = true;
        retryAt.clear();
        ready.addAll(partitions.values());
        pump();
      }
    }
    return outcome;
  }

  /** Sends a message as it is, past the queue. */
  public Outcome send(RawMessage message) {
    Node target = node();
    URI url = message.listener().orElse(target.url());
    return url == null
        ? new Outcome.Unreachable("no listener is set")
        : sender.send(message, url, target, settings());
  }

  /** Stops sending, cuts what is under way and waits until nothing is written any more. */
  @Override
  public synchronized void close() {
    closed = true;
    timer.shutdownNow();
    sender.close();
    boolean interrupted = false;
    while (working > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void queue(Contract contract) {
    Partition partition = partitions.computeIfAbsent(contract.emplid(), emplid -> new Partition());
    partition.waiting.add(contract);
    ready.add(partition);
  }

  private synchronized void wake(String emplid) {
    Partition partition = partitions.get(emplid);
    if (partition != null) {
      ready.add(partition);
    }
    pump();
  }

  private void pump() {
    URI url = node.url();
    while (url != null && up && !closed && working < settings.parallel() && !ready.isEmpty()) {
      Partition partition = ready.removeFirst();
      @Nullable Contract next = partition.busy ? null : next(partition);
      if (next != null) {
        partition.busy = true;
        working++;
        standings.put(next.id(), standing(next.id()).working());
        Node target = node;
        BrokerSettings how = settings;
        Thread.startVirtualThread(() -> work(partition, next, url, target, how));
      }
    }
  }

  /** The contract to send next; a held-back head holds the others back unless told otherwise. */
  private @Nullable Contract next(Partition partition) {
    for (Contract contract : partition.waiting) {
      boolean due =
          switch (standing(contract.id()).status()) {
            case NEW -> true;
            case RETRY -> due(contract.id());
            case ERROR, TIMEOUT, WORKING, DONE -> false;
          };
      if (due) {
        return contract;
      }
      if (settings.headOfLine()) {
        return null;
      }
    }
    return null;
  }

  private boolean due(long id) {
    @Nullable Long at = retryAt.get(id);
    return at == null || System.nanoTime() - at >= 0;
  }

  private void work(
      Partition partition, Contract contract, URI url, Node target, BrokerSettings how) {
    Verdict verdict;
    try {
      verdict = sender.send(contract, url, target, how, twists(contract));
    } catch (RuntimeException e) {
      verdict = new Verdict(ContractStatus.ERROR, null, null, "the simulator failed: " + e, false);
    }
    settle(partition, contract, verdict);
  }

  private Set<Twist> twists(Contract contract) {
    Set<Twist> twists = faults.take(contract.emplid());
    Standing standing = standing(contract.id());
    boolean first = standing.tries() == 1 && standing.delivered() == 0;
    contract.twists().stream().filter(twist -> first || !twist.spoils()).forEach(twists::add);
    return twists;
  }

  private synchronized void settle(Partition partition, Contract contract, Verdict verdict) {
    working--;
    partition.busy = false;
    if (closed) {
      notifyAll();
      return;
    }
    Standing standing = standing(contract.id()).after(verdict, settings.maxTries());
    move(contract, standing);
    if (standing.status() == ContractStatus.DONE) {
      partition.waiting.remove(contract);
      if (contract.twists().contains(Twist.RESEND) && standing.delivered() == 1) {
        queue(contract);
        move(contract, standing.resent());
      }
    } else if (standing.status() == ContractStatus.RETRY) {
      retryAt.put(
          contract.id(), System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.retryMillis()));
      later(() -> wake(contract.emplid()));
    }
    if (verdict.nodeDown() && up) {
      up = false;
      later(this::pingUntilUp);
    }
    ready.add(partition);
    pump();
  }

  private void pingUntilUp() {
    ping();
    synchronized (this) {
      if (!up) {
        later(this::pingUntilUp);
      }
    }
  }

  private void later(Runnable task) {
    if (!closed) {
      var _ = timer.schedule(task, settings.retryMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void move(Contract contract, Standing standing) {
    standings.put(contract.id(), standing);
    log.moved(contract.id(), standing);
  }
}
