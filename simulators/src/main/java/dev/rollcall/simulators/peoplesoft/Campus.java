package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.http.Exchange;
import dev.rollcall.simulators.peoplesoft.broker.Broker;
import dev.rollcall.simulators.peoplesoft.broker.BrokerSettings;
import dev.rollcall.simulators.peoplesoft.broker.Contract;
import dev.rollcall.simulators.peoplesoft.broker.ContractStatus;
import dev.rollcall.simulators.peoplesoft.broker.Faults;
import dev.rollcall.simulators.peoplesoft.broker.Ledger;
import dev.rollcall.simulators.peoplesoft.broker.Node;
import dev.rollcall.simulators.peoplesoft.broker.Sender;
import dev.rollcall.simulators.peoplesoft.broker.Standing;
import dev.rollcall.simulators.peoplesoft.broker.Twist;
import dev.rollcall.simulators.peoplesoft.message.ConstituentSync;
import dev.rollcall.simulators.peoplesoft.population.Person;
import dev.rollcall.simulators.peoplesoft.population.Population;
import dev.rollcall.simulators.state.Json;
import dev.rollcall.simulators.state.JsonLines;
import dev.rollcall.simulators.state.SimulatedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One Campus database from its first journal line to its reset. People, contracts and their order
 * are guarded by this object's monitor; the broker guards the rest.
 */
final class Campus implements AutoCloseable {
  /** A message about to be published, and how it is sent. */
  record Draft(ConstituentSync message, Set<Twist> twists) {}

  private static final Duration SLOW_BODY = Duration.ofSeconds(1);

  private final SimulatedClock clock;
  private final JsonLines journal;
  private final Ledger ledger;
  private final Faults faults = new Faults();
  private final Broker broker;
  private final Map<String, Person> people = new LinkedHashMap<>();
  private final Map<Long, Contract> contracts = new LinkedHashMap<>();
  private final Map<Long, Standing> standings = new HashMap<>();
  private Instant lastStamp = Instant.EPOCH;
  private long lastContract;
  private int lastPerson;
  private Node node;
  private BrokerSettings settings;
  private boolean closed;
  private Optional<Entry.Played> played = Optional.empty();

  private Campus(Path directory, SimulatedClock clock, Node node, BrokerSettings settings) {
    this.clock = clock;
    this.node = node;
    this.settings = settings;
    Path file = journalFile(directory);
    JsonLines.read(file, line -> replay(Json.MAPPER.treeToValue(line, Entry.class)));
    journal = JsonLines.open(file);
    ledger = new Ledger(ledgerFile(directory), clock);
    Sender sender = new Sender(ledger, clock, new Exchange(SLOW_BODY));
    broker =
        new Broker(
            sender,
            (contract, standing) -> journal.append(new Entry.Moved(contract, standing)),
            faults,
            this.node,
            this.settings);
  }

  /** Opens a state directory, new or left behind; node and settings hold unless it knows others. */
  static Campus open(Path directory, SimulatedClock clock, Node node, BrokerSettings settings) {
    Campus campus = new Campus(directory, clock, node, settings);
    List<Contract> inOrder = new ArrayList<>(campus.contracts.values());
    inOrder.sort(Comparator.comparingLong(Contract::position));
    campus.broker.restore(inOrder, campus.standings);
    campus.contracts.clear();
    campus.standings.clear();
    return campus;
  }

  /** Puts a directory's files aside, so that the next opening starts empty. */
  static void setAside(Path directory) {
    JsonLines.rotate(journalFile(directory));
    JsonLines.rotate(ledgerFile(directory));
  }

  private static Path journalFile(Path directory) {
    return directory.resolve("peoplesoft-journal.jsonl");
  }

  private static Path ledgerFile(Path directory) {
    return directory.resolve("peoplesoft-ledger.jsonl");
  }

  Broker broker() {
    return broker;
  }

  Faults faults() {
    return faults;
  }

  Ledger ledger() {
    return ledger;
  }

  SimulatedClock clock() {
    return clock;
  }

  LocalDate today() {
    return LocalDate.now(clock);
  }

  synchronized List<Person> people() {
    return List.copyOf(people.values());
  }

  synchronized Optional<Person> person(String emplid) {
    return Optional.ofNullable(people.get(emplid));
  }

  synchronized long lastContract() {
    return lastContract;
  }

  synchronized Optional<Entry.Played> played() {
    return played;
  }

  /** Makes people that are not published yet. */
  synchronized List<Person> populate(int count, long seed) {
    Population population = new Population(seed, today());
    List<Person> made = new ArrayList<>();
    while (made.size() < count) {
      lastPerson++;
      if (!people.containsKey(Population.emplid(lastPerson))) {
        made.add(population.person(lastPerson));
      }
    }
    journal.append(new Entry.Populated(made));
    made.forEach(person -> people.put(person.emplid(), person));
    return made;
  }

  /**
   * Makes this the truth and queues what is said about it.
   *
   * @param drafts in the order of publication
   * @param lastFirst whether they are delivered in the opposite order
   */
  synchronized List<Contract> publish(Person person, List<Draft> drafts, boolean lastFirst) {
    if (closed) {
      throw new IllegalStateException("this Campus was reset");
    }
    long first = lastContract + 1;
    List<Contract> made = new ArrayList<>();
    for (Draft draft : drafts) {
      long id = ++lastContract;
      long position = lastFirst ? first + drafts.size() - 1 - (id - first) : id;
      made.add(
          new Contract(
              id,
              position,
              person.emplid(),
              UUID.randomUUID().toString(),
              stamp(),
              draft.message(),
              draft.twists()));
    }
    journal.append(new Entry.Published(person, made));
    people.put(person.emplid(), person);
    broker.accept(made.stream().sorted(Comparator.comparingLong(Contract::position)).toList());
    return made;
  }

  void point(Node other) {
    journal.append(new Entry.Pointed(other));
    broker.point(other);
  }

  void settle(BrokerSettings other) {
    journal.append(new Entry.Settled(other));
    broker.set(other);
  }

  void moveClock(Duration offset) {
    journal.append(new Entry.ClockMoved(offset));
    clock.move(offset);
  }

  /** Notes that a play begins with the next contract, unless one is still being published. */
  synchronized Optional<Entry.Played> beginPlay() {
    if (played.isPresent() && !played.get().complete()) {
      return Optional.empty();
    }
    long id = played.map(Entry.Played::id).orElse(0L) + 1;
    return Optional.of(note(new Entry.Played(id, lastContract + 1, false, Optional.empty())));
  }

  /** Notes that a play has published all it will; a reset may have come before it. */
  synchronized void endPlay(Entry.Played play, Optional<String> failure) {
    if (!closed) {
      note(play.ended(failure));
    }
  }

  Map<ContractStatus, Integer> counts(long fromContract) {
    return broker.counts(fromContract);
  }

  /** Ends everything under way; whoever still wants to publish is refused. */
  @Override
  public synchronized void close() {
    closed = true;
    broker.close();
    ledger.close();
    journal.close();
  }

  private Entry.Played note(Entry.Played play) {
    journal.append(play);
    played = Optional.of(play);
    return play;
  }

  /** Strictly rising, so that of two messages of one person the newer is always the newer. */
  private Instant stamp() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    lastStamp = now.isAfter(lastStamp) ? now : lastStamp.plus(1, ChronoUnit.MICROS);
    return lastStamp;
  }

  private void replay(Entry entry) {
    switch (entry) {
      case Entry.Populated(List<Person> made) -> {
        made.forEach(person -> people.put(person.emplid(), person));
        lastPerson += made.size();
      }
      case Entry.Published(Person person, List<Contract> made) -> {
        people.put(person.emplid(), person);
        for (Contract contract : made) {
          contracts.put(contract.id(), contract);
          lastContract = Math.max(lastContract, contract.id());
          if (contract.published().isAfter(lastStamp)) {
            lastStamp = contract.published();
          }
        }
      }
      case Entry.Moved(long contract, Standing standing) -> standings.put(contract, standing);
      case Entry.Pointed(Node other) -> node = other;
      case Entry.Settled(BrokerSettings other) -> settings = other;
      case Entry.ClockMoved(Duration offset) -> clock.move(offset);
      // Whatever a killed play had not published is lost with it; it is not under way any more.
      case Entry.Played play ->
          played =
              Optional.of(
                  play.complete() ? play : play.ended(Optional.of("killed while publishing")));
    }
  }
}
