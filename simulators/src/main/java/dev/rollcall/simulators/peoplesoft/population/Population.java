package dev.rollcall.simulators.peoplesoft.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes believable people. The same seed, number and day give the same person; dates hang on the
 * day, because "future" and "ended" mean nothing without one.
 */
public final class Population {
  static final List<String> EMAIL_TYPES = List.of("CAMP", "HOME", "BUSN", "OTHR");
  static final List<String> PHONE_TYPES = List.of("HOME", "CELL", "BUSN");
  static final List<String> CODES =
      List.of("STUDENT", "EMPLOYEE", "FACULTY", "ALUMNI", "APPLICANT", "ADVISOR");

  private final long seed;
  private final LocalDate today;

  public Population(long seed, LocalDate today) {
    this.seed = seed;
    this.today = today;
  }

  /** The random numbers of one thing of a seed, independent of its neighbours. */
  public static RandomGenerator random(long seed, long number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).split();
  }

  public static String emplid(int number) {
    if (number % 17 == 5) {
      return "X%07d".formatted(number);
    }
    return number % 23 == 7 ? "%011d".formatted(number) : "%010d".formatted(7_120_000 + number);
  }

  public Person person(int number) {
    RandomGenerator random = random(seed, number);
    String emplid = emplid(number);
    Person person = Person.unpublished(emplid, today.minusDays(6_200 + random.nextInt(18_000)));
    return person
        .withCampusId(random.nextInt(10) < 7 ? "C" + emplid : "")
        .withNames(names(random))
        .withEmails(emails(emplid, random))
        .withPhones(phones(random))
        .withAffiliations(affiliations(random));
  }

  /** All dates differ, except that now and then a preferred name starts with its primary one. */
  private List<Name> names(RandomGenerator random) {
    String first = NamePool.first(random);
    String last = NamePool.last(random);
    int kind = random.nextInt(100);
    LocalDate current = today.minusDays(30 + random.nextInt(4_000));
    List<Name> names = new ArrayList<>();
    if (kind < 3) {
      names.add(new Name("PRI", today.plusDays(1 + random.nextInt(60)), "A", first, last));
      return names;
    }
    names.add(new Name("PRI", current, kind < 8 ? "I" : "A", first, last));
    if (kind < 8 || random.nextInt(100) < 30) {
      LocalDate earlier = current.minusDays(1 + random.nextInt(900));
      names.add(new Name("PRI", earlier, "A", first, NamePool.otherLast(last, random)));
    }
    if (random.nextInt(100) < 15) {
      LocalDate later = today.plusDays(1 + random.nextInt(90));
      names.add(new Name("PRI", later, "A", first, NamePool.otherLast(last, random)));
    }
    int preferred = random.nextInt(100);
    if (preferred < 20) {
      LocalDate newer = today.minusDays(2 + random.nextInt(25));
      names.add(new Name("PRF", newer, preferred < 5 ? "I" : "A", NamePool.first(random), last));
    } else if (preferred < 25 && kind >= 8) {
      names.add(new Name("PRF", current, "A", NamePool.first(random), last));
    }
    shuffle(names, random);
    return names;
  }

  private static List<Email> emails(String emplid, RandomGenerator random) {
    List<String> types = new ArrayList<>(EMAIL_TYPES);
    shuffle(types, random);
    int count = random.nextInt(4);
    int preferred = random.nextInt(10) == 0 ? -1 : random.nextInt(4) % Math.max(1, count);
    List<Email> emails = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String address = random.nextInt(30) == 0 ? "" : email(emplid, types.get(i), random);
      emails.add(new Email(types.get(i), address, i == preferred));
    }
    return emails;
  }

  static String email(String emplid, String type, RandomGenerator random) {
    String mark = random.nextInt(3) == 0 ? "+o'r&d" : "." + random.nextInt(1_000);
    return "p" + emplid + mark + "@" + type.toLowerCase(Locale.ROOT) + ".example.edu";
  }

  private static List<Phone> phones(RandomGenerator random) {
    List<String> types = new ArrayList<>(PHONE_TYPES);
    shuffle(types, random);
    int count = random.nextInt(3);
    int preferred = random.nextInt(10) == 0 ? -1 : random.nextInt(2) % Math.max(1, count);
    List<Phone> phones = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      phones.add(
          new Phone(types.get(i), random.nextInt(20) == 0 ? "" : number(random), i == preferred));
    }
    return phones;
  }

  static String number(RandomGenerator random) {
    int digits = random.nextInt(10_000);
    return switch (random.nextInt(3)) {
      case 0 -> "555-%04d".formatted(digits);
      case 1 -> "+49 30 55%04d".formatted(digits);
      default -> "(0)20/7946 %04d x7".formatted(digits);
    };
  }

  private List<Affiliation> affiliations(RandomGenerator random) {
    int count = random.nextInt(5);
    Set<String> seen = new TreeSet<>();
    List<Affiliation> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Affiliation row = affiliation(random, today);
      if (seen.add(row.institution() + row.code())) {
        rows.add(row);
        if (row.from() != null && random.nextInt(100) < 8) {
          LocalDate from = row.from().minusDays(800);
          rows.add(
              new Affiliation(
                  row.institution(), row.code(), "A", "Active", from, from.plusDays(300)));
        }
      }
    }
    return rows;
  }

  static Affiliation affiliation(RandomGenerator random, LocalDate today) {
    int kind = random.nextInt(10);
    LocalDate past = today.minusDays(10 + random.nextInt(1_500));
    @Nullable LocalDate from =
        switch (kind) {
          case 0 -> today.plusDays(1 + random.nextInt(60));
          case 1 -> today;
          case 2 -> null;
          default -> past;
        };
    @Nullable LocalDate to =
        switch (kind) {
          case 3 -> today.minusDays(1 + random.nextInt(9));
          case 4 -> today;
          case 5, 6 -> today.plusDays(1 + random.nextInt(400));
          default -> null;
        };
    String status = kind == 7 ? "I" : random.nextInt(12) == 0 ? "Active" : "A";
    return new Affiliation(
        random.nextInt(4) == 0 ? "GLAKE" : "PSUNV",
        CODES.get(random.nextInt(CODES.size())),
        status,
        status.equals("I") ? "Inactive" : "Active",
        from,
        to);
  }

  private static <T> void shuffle(List<T> list, RandomGenerator random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
