package dev.rollcall.simulators.peoplesoft.hr;

import dev.rollcall.simulators.peoplesoft.population.NamePool;
import dev.rollcall.simulators.peoplesoft.population.Population;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Makes believable people; the same seed and number give the same person. */
final class HrPopulation {
  private final long seed;

  HrPopulation(long seed) {
    this.seed = seed;
  }

  static String oprid(int number) {
    return "U%07d".formatted(number);
  }

  static String emplid(int number) {
    return "%011d".formatted(700_000 + number);
  }

  /** Somebody who is hired or enrolled, and has no account yet. */
  HrPerson person(int number) {
    RandomGenerator random = Population.random(seed, number);
    // Every tenth has the name of the one before.
    RandomGenerator names = Population.random(seed, number % 10 == 9 ? number - 1 : number);
    names.nextInt();
    String first = NamePool.first(names);
    String last = NamePool.last(names);
    boolean prefers = random.nextInt(100) < 20;
    Set<String> types = types(random);
    boolean employed = types.stream().anyMatch(type -> IdentityType.of(type).employed());
    Map<String, String> emails = emails(number, random);
    return new HrPerson(
        oprid(number),
        emplid(number),
        first,
        random.nextInt(4) == 0 ? NamePool.first(random) : " ",
        last,
        prefers ? NamePool.first(random) : " ",
        prefers ? last : " ",
        emails,
        emails.keySet().stream().skip(random.nextInt(emails.size())).findFirst().orElse(" "),
        random.nextInt(3) == 0 ? " " : "555-%04d".formatted(random.nextInt(10_000)),
        employed ? "A" : " ",
        types);
  }

  private static Set<String> types(RandomGenerator random) {
    Set<String> types = new TreeSet<>();
    types.add(
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3 -> "STAFF";
          case 4, 5, 6 -> "FACULTY";
          case 7, 8 -> "ADJUNCT";
          case 9 -> "CONTRACTOR";
          default -> IdentityType.STUDENT;
        });
    if (random.nextInt(10) == 0) {
      types.add(IdentityType.ALL.get(random.nextInt(IdentityType.ALL.size())).code());
    }
    return types;
  }

  /** All types are there, and now and then one is blank. */
  private static Map<String, String> emails(int number, RandomGenerator random) {
    Map<String, String> emails = new TreeMap<>();
    for (String type : Set.of("HOME", "BUSN", "PERS", "CAMP").stream().sorted().toList()) {
      emails.put(type, random.nextInt(25) == 0 ? " " : email(number, type, random));
    }
    return emails;
  }

  static String email(int number, String type, RandomGenerator random) {
    return "p%d.%d@%s.example.edu"
        .formatted(number, random.nextInt(1_000), type.toLowerCase(java.util.Locale.ROOT));
  }
}
