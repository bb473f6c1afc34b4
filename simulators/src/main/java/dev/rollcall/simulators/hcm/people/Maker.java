package dev.rollcall.simulators.hcm.people;

import dev.rollcall.simulators.hcm.people.Worker.Address;
import dev.rollcall.simulators.hcm.people.Worker.Assignment;
import dev.rollcall.simulators.hcm.people.Worker.Citizenship;
import dev.rollcall.simulators.hcm.people.Worker.Email;
import dev.rollcall.simulators.hcm.people.Worker.Legislative;
import dev.rollcall.simulators.hcm.people.Worker.Name;
import dev.rollcall.simulators.hcm.people.Worker.Phone;
import dev.rollcall.simulators.hcm.people.Worker.Relationship;
import dev.rollcall.simulators.peoplesoft.population.NamePool;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes believable people: the same from the same numbers, whatever day it is asked again. */
final class Maker {
  /** All ids lie above this, so that they have 15 digits. */
  static final long BASE = 300_000_000_000_000L;

  private static final long FIRST_PERSON = 10_000;
  private static final long GAP = 13;
  private static final int FIRST_NUMBER = 100_000;
  private static final long UNKNOWN_LOCATION = BASE + 9_999;
  static final int LOCATIONS = 130;
  private static final int DEPARTMENTS = 40;

  private static final List<String> FOUR_BYTES = List.of("𠮷田", "𡈽井", "𝒜ria", "𐐀lma", "Ana 🌻");
  private static final List<String> JOBS =
      List.of("Support Analyst", "Buyer", "Welder", "Nurse", "Controller", "Planner", "Driver");
  private static final List<String> TEAMS =
      List.of("Customer Support", "Purchasing", "Works", "Care", "Finance", "Planning", "Fleet");
  private static final List<String> MARITAL = List.of("S", "M", "D", "W");

  /** A legal employer and its country. */
  private record Employer(long id, String name, String country, String dialling) {}

  private static final List<Employer> EMPLOYERS =
      List.of(
          new Employer(BASE + 101, "Sample US Legal Entity", "US", "1"),
          new Employer(BASE + 102, "Sample GB Legal Entity", "GB", "44"),
          new Employer(BASE + 103, "Beispiel DE Gesellschaft", "DE", "49"),
          new Employer(BASE + 104, "Ejemplo MX Empresa", "MX", "52"));

  private final LocalDate today;
  private final Instant now;
  private final RandomGenerator random;
  private final int within;

  /**
   * Makes a maker.
   *
   * @param within how many days ago recent leavers left at most
   */
  Maker(LocalDate today, Instant now, RandomGenerator random, int within) {
    this.today = today;
    this.now = now.truncatedTo(ChronoUnit.MILLIS);
    this.random = random;
    this.within = Math.max(1, within);
  }

  /** The locations of a tenant: more than one page of them, some closed, some to be renamed. */
  static List<Location> locations(LocalDate today) {
    List<Location> all = new ArrayList<>();
    LocalDate opened = LocalDate.of(2001, 1, 1);
    for (int i = 0; i < LOCATIONS; i++) {
      Employer in = EMPLOYERS.get(i % EMPLOYERS.size());
      String town = i == 0 ? "Springfield" : town(i);
      String name = i == 0 ? "Springfield Headquarters" : town + " Site " + i;
      boolean renamed = i % 40 == 17;
      LocalDate later = today.plusDays(20);
      Location one =
          new Location(
              Location.FIRST + i,
              opened,
              renamed ? later.minusDays(1) : Worker.OPEN,
              name,
              i % 25 != 24,
              (i + 1) + " Sample Plaza",
              i % 3 == 0 ? "Floor 3" : null,
              town,
              "Sample County",
              in.country().equals("US") ? "IL" : null,
              in.country(),
              postal(i));
      all.add(one);
      if (renamed) {
        all.add(named(one, later, Worker.OPEN, town + " Campus " + i));
      }
    }
    return all;
  }

  static Location named(Location one, LocalDate from, LocalDate to, String name) {
    return new Location(
        one.id(),
        from,
        to,
        name,
        one.active(),
        one.line1(),
        one.line2(),
        one.town(),
        one.region1(),
        one.region2(),
        one.country(),
        one.postalCode());
  }

  private static String town(int i) {
    List<String> towns = List.of("Örebro", "Cardiff", "Köln", "Puebla", "Reno", "Leeds", "Essen");
    return towns.get(i % towns.size());
  }

  private static String postal(int i) {
    return "%05d".formatted((i * 7919L + 1_103) % 99_999);
  }

  /** The person id of the n-th person ever made. */
  static long personId(int serial) {
    return BASE + FIRST_PERSON + GAP * serial + serial % 5;
  }

  /** The number of the n-th person ever made. */
  static String personNumber(int serial) {
    return String.valueOf(FIRST_NUMBER + serial);
  }

  /** What somebody is drawn to be. */
  Set<Trait> draw(Map<Trait, Double> mix) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    double drawn = random.nextDouble();
    for (Trait one : Trait.relations()) {
      drawn -= mix.getOrDefault(one, 0.0);
      if (drawn < 0) {
        traits.add(one);
        break;
      }
    }
    for (Trait one : Trait.values()) {
      if (!one.relation() && random.nextDouble() < mix.getOrDefault(one, 0.0)) {
        traits.add(one);
      }
    }
    return traits;
  }

  /**
   * Makes somebody.
   *
   * @param shared the work address to give to whoever shares one
   * @param hired the day of the hire; empty draws one that fits
   */
  Worker make(
      long personId,
      String number,
      Set<Trait> traits,
      Optional<String> shared,
      Optional<LocalDate> hired) {
    Employer employer = EMPLOYERS.get(weighted());
    LocalDate start = hired.orElseGet(() -> start(traits));
    Instant created = stamp(start.minusDays(1 + random.nextInt(20)));
    boolean sparse = traits.contains(Trait.SPARSE);
    String first = NamePool.first(random);
    String last =
        traits.contains(Trait.FOUR_BYTES)
            ? FOUR_BYTES.get(random.nextInt(FOUR_BYTES.size()))
            : NamePool.last(random);
    String mail = ascii(first) + "." + ascii(last) + "." + number + "@corp.example";
    boolean mailed = !traits.contains(Trait.NO_EMAIL) && !traits.contains(Trait.PENDING);
    return new Worker(
        personId,
        number,
        LocalDate.of(1955 + random.nextInt(48), 1 + random.nextInt(12), 1 + random.nextInt(28)),
        created,
        created,
        traits.contains(Trait.PENDING) ? null : mailed ? mail : "user." + number,
        names(personId, traits, employer, start, first, last),
        mailed ? emails(personId, traits, start, shared.orElse(mail), number) : List.of(),
        sparse ? List.of() : phones(personId, traits, employer, start, number),
        sparse ? List.of() : List.of(address(personId, employer, start)),
        sparse ? List.of() : citizenships(personId, traits, employer, start),
        legislation(personId, traits, employer, start, sparse),
        relationships(personId, number, traits, employer, start));
  }

  private int weighted() {
    int drawn = random.nextInt(10);
    return drawn < 6 ? 0 : drawn < 8 ? 1 : drawn - 6;
  }

  private LocalDate start(Set<Trait> traits) {
    if (traits.contains(Trait.FUTURE_HIRE)) {
      return today.plusDays(1 + random.nextInt(30));
    }
    if (traits.contains(Trait.PENDING)) {
      return today.minusDays(random.nextInt(20));
    }
    return today.minusDays(1_500 + random.nextInt(7_000));
  }

  private Instant stamp(LocalDate day) {
    Instant at = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    // Stamps have no fraction, or three digits of one.
    long seconds = 28_800L + random.nextInt(36_000);
    Instant then =
        at.plusSeconds(seconds).plusMillis(random.nextBoolean() ? random.nextInt(1_000) : 0);
    return then.isAfter(now) ? now : then;
  }

  private List<Name> names(
      long personId,
      Set<Trait> traits,
      Employer employer,
      LocalDate start,
      String first,
      String last) {
    boolean sparse = traits.contains(Trait.SPARSE);
    String middle = sparse || random.nextInt(3) > 0 ? null : NamePool.first(random);
    LocalDate changes = today.plusDays(1 + random.nextInt(30));
    boolean later = traits.contains(Trait.FUTURE_NAME) && changes.isAfter(start);
    Name name =
        name(
            child(personId, 1, 0),
            start,
            employer.country(),
            sparse ? null : first,
            middle,
            last,
            null);
    if (!later) {
      return List.of(name);
    }
    Name next =
        name(
            child(personId, 1, 1),
            changes,
            employer.country(),
            first,
            middle,
            NamePool.otherLast(last, random),
            last);
    return List.of(until(name, changes.minusDays(1)), next);
  }

  static Name name(
      long id,
      LocalDate from,
      String legislation,
      @Nullable String first,
      @Nullable String middle,
      String last,
      @Nullable String previous) {
    String display = first == null ? last : first + " " + last;
    return new Name(
        id,
        from,
        Worker.OPEN,
        legislation,
        null,
        first,
        middle,
        last,
        first == null ? null : first.substring(0, first.offsetByCodePoints(0, 1)) + ".",
        previous,
        display);
  }

  static Name until(Name name, LocalDate day) {
    return new Name(
        name.id(),
        name.from(),
        day,
        name.legislation(),
        name.title(),
        name.first(),
        name.middle(),
        name.last(),
        name.knownAs(),
        name.previousLast(),
        name.display());
  }

  private List<Email> emails(
      long personId, Set<Trait> traits, LocalDate start, String mail, String number) {
    List<Email> emails = new ArrayList<>();
    if (traits.contains(Trait.SEVERAL_EMAILS)) {
      LocalDate ended = start.plusDays(30);
      emails.add(
          new Email(
              child(personId, 2, 1),
              Worker.WORK_EMAIL,
              "old." + number + "@corp.example",
              start,
              ended.isBefore(today) ? ended : start,
              false,
              stamp(start)));
      emails.add(
          new Email(
              child(personId, 2, 2),
              Worker.HOME_EMAIL,
              "home." + number + "@mail.example",
              start,
              null,
              false,
              stamp(start)));
    }
    emails.add(
        new Email(child(personId, 2, 0), Worker.WORK_EMAIL, mail, start, null, true, stamp(start)));
    if (traits.contains(Trait.TWO_WORK_EMAILS)) {
      emails.add(
          new Email(
              child(personId, 2, 3),
              Worker.WORK_EMAIL,
              "second." + number + "@corp.example",
              start,
              null,
              random.nextBoolean(),
              stamp(start)));
    }
    return emails;
  }

  private List<Phone> phones(
      long personId, Set<Trait> traits, Employer employer, LocalDate start, String number) {
    List<Phone> phones = new ArrayList<>();
    boolean several = traits.contains(Trait.SEVERAL_PHONES);
    if (several) {
      phones.add(phone(personId, 0, "W1", employer, start, number, true));
      phones.add(phone(personId, 1, "H1", employer, start, number, false));
    }
    if (several || random.nextInt(4) > 0) {
      phones.add(phone(personId, 2, Worker.WORK_MOBILE, employer, start, number, !several));
    }
    return phones;
  }

  private Phone phone(
      long personId,
      int index,
      String type,
      Employer employer,
      LocalDate start,
      String number,
      boolean primary) {
    return new Phone(
        child(personId, 3, index),
        type,
        employer.country(),
        employer.dialling(),
        employer.country().equals("US") ? "555" : null,
        "01" + index + "-" + number,
        null,
        start,
        null,
        primary);
  }

  private Address address(long personId, Employer employer, LocalDate start) {
    int drawn = random.nextInt(90_000);
    return new Address(
        child(personId, 4, 0),
        start,
        Worker.OPEN,
        "HOME",
        (1 + drawn % 300) + " Example Street",
        null,
        town(drawn),
        employer.country().equals("US") ? "Sample County" : null,
        employer.country().equals("US") ? "IL" : null,
        employer.country(),
        postal(drawn),
        true);
  }

  private List<Citizenship> citizenships(
      long personId, Set<Trait> traits, Employer employer, LocalDate start) {
    List<Citizenship> all = new ArrayList<>();
    if (traits.contains(Trait.TWO_CITIZENSHIPS)) {
      LocalDate ended = random.nextInt(3) > 0 ? start.minusDays(100) : null;
      all.add(new Citizenship(child(personId, 5, 1), "IE", "A", start.minusYears(20), ended));
    }
    all.add(new Citizenship(child(personId, 5, 0), employer.country(), "A", start, null));
    return all;
  }

  private List<Legislative> legislation(
      long personId, Set<Trait> traits, Employer employer, LocalDate start, boolean sparse) {
    List<Legislative> all = new ArrayList<>();
    String marital = MARITAL.get(random.nextInt(MARITAL.size()));
    all.add(legislative(personId, 0, employer, start, sparse ? null : marital));
    if (traits.contains(Trait.SECOND_RELATIONSHIP) || traits.contains(Trait.TRANSFERRED)) {
      all.add(legislative(personId, 1, other(employer), start, marital));
    }
    return all;
  }

  private Legislative legislative(
      long personId, int index, Employer in, LocalDate start, @Nullable String marital) {
    return new Legislative(
        child(personId, 6, index),
        start,
        Worker.OPEN,
        in.country(),
        marital == null ? null : random.nextBoolean() ? "F" : "M",
        marital,
        in.country().equals("US") && marital != null ? "N" : null);
  }

  private static Employer other(Employer employer) {
    return EMPLOYERS.get((EMPLOYERS.indexOf(employer) + 1) % EMPLOYERS.size());
  }

  private List<Relationship> relationships(
      long personId, String number, Set<Trait> traits, Employer employer, LocalDate start) {
    String type =
        traits.contains(Trait.CONTINGENT) ? "C" : traits.contains(Trait.PENDING) ? "P" : "E";
    Relationship first = relationship(personId, 0, number, traits, employer, type, true, start);
    List<Relationship> all = new ArrayList<>();
    Optional<Trait> relation = traits.stream().filter(Trait::relation).findFirst();
    if (relation.isEmpty()) {
      return List.of(first);
    }
    switch (relation.get()) {
      case FUTURE_TERMINATION -> {
        LocalDate last = today.plusDays(random.nextInt(40));
        all.add(ended(first, last, today.minusDays(random.nextInt(20)), stamp(today)));
      }
      case RECENT_LEAVER -> {
        LocalDate last = today.minusDays(1 + random.nextInt(within));
        all.add(ended(first, last, last.minusDays(14), stamp(last)));
      }
      case LONG_GONE -> {
        LocalDate last = today.minusDays(400 + random.nextInt(900));
        all.add(ended(first, last, last.minusDays(30), stamp(last)));
      }
      case REHIRED -> {
        LocalDate last = today.minusDays(200 + random.nextInt(900));
        LocalDate again = today.minusDays(random.nextInt(150));
        all.add(ended(first, last, last, stamp(last)).with(false, stamp(again)));
        all.add(relationship(personId, 1, number + "-2", Set.of(), employer, "E", true, again));
      }
      case SECOND_RELATIONSHIP -> {
        LocalDate since = today.minusDays(random.nextInt(700));
        all.add(first);
        all.add(
            relationship(personId, 1, number + "-2", Set.of(), other(employer), "E", false, since));
      }
      case TRANSFERRED -> {
        LocalDate last = today.minusDays(1 + random.nextInt(300));
        all.add(ended(first, last, last, stamp(last)).with(false, stamp(last)));
        all.add(
            relationship(
                personId,
                1,
                number + "-2",
                Set.of(),
                other(employer),
                "E",
                true,
                last.plusDays(1)));
      }
      case CONTINGENT,
          PENDING,
          FUTURE_HIRE,
          NO_EMAIL,
          SEVERAL_EMAILS,
          TWO_WORK_EMAILS,
          SHARED_EMAIL,
          SEVERAL_PHONES,
          TWO_CITIZENSHIPS,
          FOUR_BYTES,
          SPARSE,
          UNKNOWN_LOCATION,
          MOVED,
          FUTURE_NAME ->
          all.add(first);
    }
    return all;
  }

  /** Another relationship of somebody, with an employer drawn. */
  Relationship relationship(
      Worker worker, boolean primary, String type, LocalDate start, boolean elsewhere) {
    int index = worker.relationships().size();
    long present = worker.relationships().getLast().legalEntityId();
    Employer same =
        EMPLOYERS.stream()
            .filter(one -> one.id() == present)
            .findFirst()
            .orElse(EMPLOYERS.getFirst());
    return relationship(
        worker.personId(),
        index,
        worker.personNumber() + "-" + (index + 1),
        Set.of(),
        elsewhere ? other(same) : same,
        type,
        primary,
        start);
  }

  private Relationship relationship(
      long personId,
      int index,
      String number,
      Set<Trait> traits,
      Employer employer,
      String type,
      boolean primary,
      LocalDate start) {
    int team = random.nextInt(TEAMS.size());
    long location =
        traits.contains(Trait.UNKNOWN_LOCATION)
            ? UNKNOWN_LOCATION
            : Location.FIRST + random.nextInt(LOCATIONS);
    Assignment hired =
        new Assignment(
            child(personId, 8, index),
            type + number,
            JOBS.get(random.nextInt(JOBS.size())),
            start,
            Worker.OPEN,
            type.equals("P") ? "ADD_PEN_WKR" : "HIRE",
            true,
            primary,
            BASE + 701 + random.nextInt(DEPARTMENTS),
            TEAMS.get(team),
            location,
            random.nextInt(5) == 0 ? null : BASE + FIRST_PERSON);
    List<Assignment> rows = List.of(hired);
    LocalDate moved = start.plusDays(365);
    if (traits.contains(Trait.MOVED) && moved.isBefore(today.minusDays(1_400))) {
      rows = List.of(hired.until(moved.minusDays(1)), hired.since(moved, "TRANSFER", true));
    }
    return new Relationship(
        child(personId, 7, index),
        employer.country(),
        employer.id(),
        employer.name(),
        type,
        primary,
        start,
        null,
        null,
        stamp(start),
        rows);
  }

  /** The same relationship with a last day, after which its assignment is inactive. */
  static Relationship ended(
      Relationship one, LocalDate last, @Nullable LocalDate told, Instant at) {
    List<Assignment> rows = new ArrayList<>();
    for (Assignment row : one.assignments()) {
      if (row.from().isAfter(last)) {
        continue;
      }
      if (row.to().isAfter(last)) {
        rows.add(row.until(last));
        rows.add(row.since(last.plusDays(1), "TERMINATION", false));
      } else {
        rows.add(row);
      }
    }
    return one.ending(last, told, at).with(rows, at);
  }

  /** The same relationship without a last day. */
  static Relationship reversed(Relationship one, Instant at) {
    List<Assignment> rows = new ArrayList<>();
    for (Assignment row : one.assignments()) {
      if (!row.active()) {
        Assignment before = rows.removeLast();
        rows.add(before.until(Worker.OPEN));
      } else {
        rows.add(row);
      }
    }
    return one.ending(null, null, at).with(rows, at);
  }

  /** The id of a row below a person: unique for its kind. */
  static long child(long personId, int kind, int index) {
    return BASE + kind * 100_000_000_000L + (personId - BASE) * 100 + index;
  }

  /** The small letters of ASCII in a name; {@code x} where there are none. */
  private static String ascii(String name) {
    String plain =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z]", "");
    return plain.isEmpty() ? "x" : plain.substring(0, Math.min(20, plain.length()));
  }
}
