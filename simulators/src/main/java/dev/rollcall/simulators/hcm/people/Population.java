package dev.rollcall.simulators.hcm.people;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everybody at one moment, in the order of their person ids. Immutable: an answer that is being
 * written sees one state, and an older state can be shown again.
 */
public final class Population {
  /** Nobody, nowhere. */
  public static final Population EMPTY = new Population(List.of(), List.of(), 0);

  private final List<Worker> workers;
  private final List<Location> locations;
  private final int serial;
  private final Map<String, Worker> byNumber = new HashMap<>();

  private Population(List<Worker> workers, List<Location> locations, int serial) {
    this.workers = workers;
    this.locations = locations;
    this.serial = serial;
    workers.forEach(worker -> byNumber.put(worker.personNumber(), worker));
  }

  public List<Worker> workers() {
    return workers;
  }

  public List<Location> locations() {
    return locations;
  }

  /** How many people were ever made, those that are gone included. */
  int serial() {
    return serial;
  }

  public Optional<Worker> find(String personNumber) {
    return Optional.ofNullable(byNumber.get(personNumber));
  }

  /** The same with some people made or changed; {@code made} counts the new ones. */
  Population with(Collection<Worker> some, int made) {
    Map<Long, Worker> changed = new HashMap<>();
    some.forEach(worker -> changed.put(worker.personId(), worker));
    List<Worker> all = new ArrayList<>(workers.size() + made);
    for (Worker worker : workers) {
      Worker other = changed.remove(worker.personId());
      all.add(other == null ? worker : other);
    }
    if (!changed.isEmpty()) {
      all.addAll(changed.values());
      all.sort(Comparator.comparingLong(Worker::personId));
    }
    return new Population(List.copyOf(all), locations, serial + made);
  }

  Population without(Set<Long> personIds) {
    return new Population(
        workers.stream().filter(worker -> !personIds.contains(worker.personId())).toList(),
        locations,
        serial);
  }

  Population at(List<Location> other) {
    return new Population(workers, List.copyOf(other), serial);
  }
}
