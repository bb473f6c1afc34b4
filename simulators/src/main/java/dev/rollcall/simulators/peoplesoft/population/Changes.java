package dev.rollcall.simulators.peoplesoft.population;

import dev.rollcall.simulators.peoplesoft.population.Changed.Redated;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** Applies one believable change to a person; empty where that change is not possible. */
public final class Changes {
  private final RandomGenerator random;
  private final LocalDate today;

  public Changes(RandomGenerator random, LocalDate today) {
    this.random = random;
    this.today = today;
  }

  /** Any kind by its weight; a person for whom nothing else is possible gets a new name. */
  public Changed any(Person person) {
    int total = 0;
    for (ChangeKind kind : ChangeKind.values()) {
      total += kind.weight();
    }
    while (true) {
      int drawn = random.nextInt(total);
      for (ChangeKind kind : ChangeKind.values()) {
        drawn -= kind.weight();
        if (drawn < 0) {
          Optional<Changed> changed = apply(kind, person);
          if (changed.isPresent()) {
            return changed.get();
          }
          break;
        }
      }
    }
  }

  public Optional<Changed> apply(ChangeKind kind, Person person) {
    return switch (kind) {
      case NAME_TODAY -> named(person, today, "A");
      case NAME_INACTIVATED -> named(person, today, "I");
      case NAME_FUTURE -> named(person, today.plusDays(1 + random.nextInt(60)), "A");
      case NAME_FIXED ->
          pick(person.names(), name -> true)
              .map(name -> {
                String last = NamePool.otherLast(name.last(), random);
                Name fixed = new Name(name.type(), name.effdt(), name.status(), name.first(), last);
                return Changed.to(person.withNames(replace(person.names(), name, fixed)));
              });
      case NAME_REDATED -> redated(person);
      case EMAIL_CHANGED ->
          pick(person.emails(), email -> true)
              .map(email -> {
                Email other = new Email(email.type(), address(person, email), email.preferred());
                return Changed.to(person.withEmails(replace(person.emails(), email, other)));
              });
      case EMAIL_ADDED -> emailAdded(person);
      case EMAIL_REMOVED ->
          pick(person.emails(), email -> true)
              .map(email -> Changed.to(person.withEmails(without(person.emails(), email))));
      case PHONE_CHANGED ->
          phone(person, phone -> true, Population.number(random) + random.nextInt(9));
      case PHONE_BLANKED -> phone(person, phone -> !phone.number().isBlank(), "");
      case AFFILIATION_ADDED -> affiliationAdded(person);
      case AFFILIATION_ENDED ->
          affiliation(
              person,
              row -> row.to() == null && (row.from() == null || row.from().isBefore(today)),
              row -> row.ended(today.minusDays(random.nextInt(2))));
      case AFFILIATION_INACTIVATED ->
          affiliation(person, row -> !row.status().equals("I"), Affiliation::inactivated);
      case AFFILIATION_REMOVED ->
          pick(person.affiliations(), row -> true)
              .map(row -> Changed.to(person.withAffiliations(without(person.affiliations(), row))));
      case CAMPUS_ID_SET ->
          Optional.of(
              Changed.to(
                  person.withCampusId(
                      "C" + person.emplid() + "-" + today.getDayOfYear() + random.nextInt(1_000))));
      case CAMPUS_ID_CLEARED ->
          person.campusId().isBlank()
              ? Optional.empty()
              : Optional.of(Changed.to(person.withCampusId("")));
      case DELETED -> Optional.of(Changed.to(person.asDeleted()));
    };
  }

  /** A primary name from this day on: a new row, or a change to the row that starts that day. */
  private Optional<Changed> named(Person person, LocalDate day, String status) {
    Optional<Name> present =
        pick(person.names(), name -> name.type().equals("PRI") && name.effdt().equals(day));
    String before = person.names().isEmpty() ? "" : person.names().getFirst().last();
    String last = NamePool.otherLast(present.map(Name::last).orElse(before), random);
    Name name = new Name("PRI", day, status, NamePool.first(random), last);
    if (present.isPresent()) {
      return Optional.of(
          Changed.to(person.withNames(replace(person.names(), present.get(), name))));
    }
    // No two rows of different types on one day: which of them starts the person would be a tie.
    return dayTaken(person, day)
        ? Optional.empty()
        : Optional.of(Changed.to(person.withNames(with(person.names(), name))));
  }

  private Optional<Changed> redated(Person person) {
    Optional<Name> picked = pick(person.names(), name -> name.type().equals("PRI"));
    if (picked.isEmpty()) {
      return Optional.empty();
    }
    Name name = picked.get();
    LocalDate day = name.effdt().plusDays(random.nextInt(41) - 20L);
    if (dayTaken(person, day)) {
      return Optional.empty();
    }
    // The new key is a new row, so it stands where a new row stands: last.
    List<Name> names = with(without(person.names(), name), name.redated(day));
    return Optional.of(
        new Changed(person.withNames(names), Optional.of(new Redated("PRI", name.effdt(), day))));
  }

  private static boolean dayTaken(Person person, LocalDate day) {
    return person.names().stream().anyMatch(name -> name.effdt().equals(day));
  }

  private Optional<Changed> emailAdded(Person person) {
    List<String> types = new ArrayList<>(Population.EMAIL_TYPES);
    types.removeAll(person.emails().stream().map(Email::type).toList());
    return pick(types, type -> true)
        .map(type -> {
          boolean preferred = random.nextBoolean();
          List<Email> emails = new ArrayList<>();
          for (Email email : person.emails()) {
            emails.add(new Email(email.type(), email.address(), email.preferred() && !preferred));
          }
          emails.add(new Email(type, Population.email(person.emplid(), type, random), preferred));
          return Changed.to(person.withEmails(emails));
        });
  }

  private String address(Person person, Email email) {
    return "n" + random.nextInt(10_000) + Population.email(person.emplid(), email.type(), random);
  }

  private Optional<Changed> phone(Person person, Predicate<Phone> which, String number) {
    return pick(person.phones(), which)
        .map(phone -> {
          Phone other = new Phone(phone.type(), number, phone.preferred());
          return Changed.to(person.withPhones(replace(person.phones(), phone, other)));
        });
  }

  private Optional<Changed> affiliationAdded(Person person) {
    Affiliation row = Population.affiliation(random, today);
    boolean present =
        person.affiliations().stream()
            .anyMatch(other ->
                other.code().equals(row.code()) && other.institution().equals(row.institution()));
    return present
        ? Optional.empty()
        : Optional.of(Changed.to(person.withAffiliations(with(person.affiliations(), row))));
  }

  private Optional<Changed> affiliation(
      Person person, Predicate<Affiliation> which, UnaryOperator<Affiliation> change) {
    return pick(person.affiliations(), which)
        .map(row ->
            Changed.to(
                person.withAffiliations(replace(person.affiliations(), row, change.apply(row)))));
  }

  private <T> Optional<T> pick(List<T> rows, Predicate<T> which) {
    List<T> possible = rows.stream().filter(which).toList();
    return possible.isEmpty()
        ? Optional.empty()
        : Optional.of(possible.get(random.nextInt(possible.size())));
  }

  private static <T> List<T> replace(List<T> rows, T old, T other) {
    return rows.stream().map(row -> row.equals(old) ? other : row).toList();
  }

  private static <T> List<T> with(List<T> rows, T row) {
    List<T> more = new ArrayList<>(rows);
    more.add(row);
    return more;
  }

  private static <T> List<T> without(List<T> rows, T row) {
    List<T> fewer = new ArrayList<>(rows);
    fewer.remove(row);
    return fewer;
  }
}
