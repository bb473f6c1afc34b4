package dev.rollcall.simulators.hcm;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.rollcall.simulators.hcm.people.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** The scripted faults still to come, in the order in which they were scripted. */
final class Faults {
  /**
   * A fault for some reads.
   *
   * @param resource whose reads; empty for any
   * @param skip how many such reads pass first
   * @param times how many reads it hits
   * @param probability of each such read to be hit
   * @param millis how slow, or when to come again
   * @param person whose row breaks; 0 for none
   * @param insert how many rows come after the page
   * @param delete how many rows go after the page
   * @param seen the people of a stale answer
   */
  record Script(
      Fault fault,
      Optional<String> resource,
      int skip,
      int times,
      double probability,
      long seed,
      long millis,
      long person,
      int insert,
      int delete,
      @JsonIgnore Population seen) {
    private Script left(int nowSkip, int nowTimes) {
      return new Script(
          fault,
          resource,
          nowSkip,
          nowTimes,
          probability,
          seed,
          millis,
          person,
          insert,
          delete,
          seen);
    }
  }

  private static final class Waiting {
    final Script script;
    final SplittableRandom random;
    int skip;
    int times;

    Waiting(Script script) {
      this.script = script;
      random = new SplittableRandom(script.seed());
      skip = script.skip();
      times = script.times();
    }
  }

  private final List<Waiting> waiting = new ArrayList<>();

  synchronized void script(Script script) {
    waiting.add(new Waiting(script));
  }

  /** What is still to come, with what is left of it. */
  synchronized List<Script> waiting() {
    return waiting.stream().map(one -> one.script.left(one.skip, one.times)).toList();
  }

  synchronized void clear() {
    waiting.clear();
  }

  /** The first scripted fault that hits this read, which uses it up by one. */
  synchronized Optional<Script> take(String resource) {
    for (Waiting one : List.copyOf(waiting)) {
      if (one.script.fault() != Fault.BROKEN_ROW && meant(one, resource) && hits(one)) {
        spend(one);
        return Optional.of(one.script);
      }
    }
    return Optional.empty();
  }

  /** The person whose row breaks a page of these, which uses that fault up by one. */
  synchronized Optional<Long> takeBroken(String resource, Set<Long> people) {
    for (Waiting one : List.copyOf(waiting)) {
      if (one.script.fault() == Fault.BROKEN_ROW
          && meant(one, resource)
          && people.contains(one.script.person())
          && hits(one)) {
        spend(one);
        return Optional.of(one.script.person());
      }
    }
    return Optional.empty();
  }

  private void spend(Waiting one) {
    one.times--;
    waiting.removeIf(other -> other.times == 0);
  }

  private static boolean meant(Waiting one, String resource) {
    return one.script.resource().orElse(resource).equals(resource);
  }

  private static boolean hits(Waiting one) {
    if (one.skip > 0) {
      one.skip--;
      return false;
    }
    return one.script.probability() >= 1 || one.random.nextDouble() < one.script.probability();
  }
}
