package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.peoplesoft.population.Person;
import dev.rollcall.simulators.peoplesoft.population.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A whole scenario: people are announced, then things happen to them.
 *
 * @param outOfOrder the fraction of changes that are delivered after a newer one
 */
record Play(int people, int changes, long seed, double outOfOrder, Dressing dressing) {
  private static final double NEWCOMERS = 0.04;

  void run(Campus campus) {
    RandomGenerator random = Population.random(seed, -1);
    Registrar registrar = new Registrar(campus, dressing, random);
    campus.populate(people, seed).forEach(registrar::announce);
    List<String> living = living(campus);
    int left = changes;
    while (left > 0) {
      left -= step(campus, registrar, living, random, left);
    }
  }

  /** One or two changes; the truth stands still meanwhile, whoever else works on it. */
  private int step(
      Campus campus, Registrar registrar, List<String> living, RandomGenerator random, int left) {
    synchronized (campus) {
      if (living.isEmpty() || random.nextDouble() < NEWCOMERS) {
        Person newcomer = campus.populate(1, seed).getFirst();
        registrar.announce(newcomer);
        living.add(newcomer.emplid());
        return 1;
      }
      String emplid = living.get(random.nextInt(living.size()));
      Person before = campus.person(emplid).orElseThrow();
      int made = 1;
      if (left > 1 && random.nextDouble() < outOfOrder) {
        made = registrar.changeTwiceLate(before).size();
      } else {
        registrar.change(before, Optional.empty());
      }
      if (campus.person(emplid).orElseThrow().deleted()) {
        living.remove(emplid);
      }
      return made;
    }
  }

  private static List<String> living(Campus campus) {
    return new ArrayList<>(
        campus.people().stream()
            .filter(person -> person.published() && !person.deleted())
            .map(Person::emplid)
            .toList());
  }
}
