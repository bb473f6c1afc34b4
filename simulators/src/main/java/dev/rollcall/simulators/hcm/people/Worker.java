package dev.rollcall.simulators.hcm.people;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One person as HCM holds them, past, present and future rows together. Nothing here is a string of
 * the wire: what an answer shows as of a day is worked out from it.
 *
 * @param personId immutable, unique, 15 digits
 * @param updated of the person alone: a changed child row does not move it
 * @param userName of the user account; null where there is none
 */
public record Worker(
    long personId,
    String personNumber,
    @Nullable LocalDate dateOfBirth,
    Instant created,
    Instant updated,
    @Nullable String userName,
    List<Name> names,
    List<Email> emails,
    List<Phone> phones,
    List<Address> addresses,
    List<Citizenship> citizenships,
    List<Legislative> legislation,
    List<Relationship> relationships) {
  /** The day that stands for an open end. */
  public static final LocalDate OPEN = LocalDate.of(4712, 12, 31);

  /** The type of a work e-mail address. */
  public static final String WORK_EMAIL = "W1";

  /** The type of a home e-mail address. */
  public static final String HOME_EMAIL = "H1";

  /** The type of a work mobile phone. */
  public static final String WORK_MOBILE = "WM";

  public Worker {
    names = List.copyOf(names);
    emails = List.copyOf(emails);
    phones = List.copyOf(phones);
    addresses = List.copyOf(addresses);
    citizenships = List.copyOf(citizenships);
    legislation = List.copyOf(legislation);
    relationships = List.copyOf(relationships);
  }

  /** A row that holds from one day to another, both inclusive. */
  public interface Dated {
    LocalDate from();

    LocalDate to();

    default boolean holds(LocalDate day) {
      return !from().isAfter(day) && !to().isBefore(day);
    }
  }

  public record Name(
      long id,
      LocalDate from,
      LocalDate to,
      String legislation,
      @Nullable String title,
      @Nullable String first,
      @Nullable String middle,
      String last,
      @Nullable String knownAs,
      @Nullable String previousLast,
      String display)
      implements Dated {}

  /** An e-mail address; a null {@code to} is an open end. */
  public record Email(
      long id,
      String type,
      String address,
      LocalDate from,
      @Nullable LocalDate to,
      boolean primary,
      Instant updated) {}

  public record Phone(
      long id,
      String type,
      String legislation,
      @Nullable String countryCode,
      @Nullable String area,
      String number,
      @Nullable String extension,
      LocalDate from,
      @Nullable LocalDate to,
      boolean primary) {}

  public record Address(
      long id,
      LocalDate from,
      LocalDate to,
      String type,
      String line1,
      @Nullable String line2,
      @Nullable String town,
      @Nullable String region1,
      @Nullable String region2,
      String country,
      @Nullable String postalCode,
      boolean primary)
      implements Dated {}

  public record Citizenship(
      long id, String country, @Nullable String status, LocalDate from, @Nullable LocalDate to) {}

  public record Legislative(
      long id,
      LocalDate from,
      LocalDate to,
      String legislation,
      @Nullable String gender,
      @Nullable String marital,
      @Nullable String militaryVet)
      implements Dated {}

  /**
   * A work relationship.
   *
   * @param type E, C, N or P
   * @param termination the last day, inclusive; null where none is known
   * @param notified when the termination was entered
   */
  public record Relationship(
      long id,
      String legislation,
      long legalEntityId,
      String legalEmployer,
      String type,
      boolean primary,
      LocalDate start,
      @Nullable LocalDate termination,
      @Nullable LocalDate notified,
      Instant updated,
      List<Assignment> assignments) {
    public Relationship {
      assignments = List.copyOf(assignments);
    }

    /** Whether it has begun and its last day is not over. */
    public boolean holds(LocalDate day) {
      return !start.isAfter(day) && (termination == null || !termination.isBefore(day));
    }

    boolean pending() {
      return type.equals("P");
    }

    Relationship with(boolean nowPrimary, Instant at) {
      return new Relationship(
          id,
          legislation,
          legalEntityId,
          legalEmployer,
          type,
          nowPrimary,
          start,
          termination,
          notified,
          at,
          assignments);
    }

    Relationship ending(@Nullable LocalDate day, @Nullable LocalDate told, Instant at) {
      return new Relationship(
          id,
          legislation,
          legalEntityId,
          legalEmployer,
          type,
          primary,
          start,
          day,
          told,
          at,
          assignments);
    }

    Relationship with(List<Assignment> other, Instant at) {
      return new Relationship(
          id,
          legislation,
          legalEntityId,
          legalEmployer,
          type,
          primary,
          start,
          termination,
          notified,
          at,
          other);
    }
  }

  /** One dated row of an assignment. */
  public record Assignment(
      long id,
      String number,
      String name,
      LocalDate from,
      LocalDate to,
      String action,
      boolean active,
      boolean primary,
      long departmentId,
      String departmentName,
      @Nullable Long locationId,
      @Nullable Long managerId)
      implements Dated {
    Assignment until(LocalDate day) {
      return new Assignment(
          id,
          number,
          name,
          from,
          day,
          action,
          active,
          primary,
          departmentId,
          departmentName,
          locationId,
          managerId);
    }

    Assignment since(LocalDate day, String nowAction, boolean nowActive) {
      return new Assignment(
          id,
          number,
          name,
          day,
          OPEN,
          nowAction,
          nowActive,
          primary,
          departmentId,
          departmentName,
          locationId,
          managerId);
    }

    Assignment at(@Nullable Long location) {
      return new Assignment(
          id,
          number,
          name,
          from,
          to,
          action,
          active,
          primary,
          departmentId,
          departmentName,
          location,
          managerId);
    }

    Assignment in(long department, String name2) {
      return new Assignment(
          id,
          number,
          name,
          from,
          to,
          action,
          active,
          primary,
          department,
          name2,
          locationId,
          managerId);
    }
  }

  /** Whether HCM shows them at all as of a day: some relationship has begun. */
  public boolean visible(LocalDate day) {
    return relationships.stream().anyMatch(one -> !one.start().isAfter(day));
  }

  /** The relationships that have begun, ended ones included. */
  public List<Relationship> begun(LocalDate day) {
    return relationships.stream().filter(one -> !one.start().isAfter(day)).toList();
  }

  /** The relationships at work on a day; a pending worker's is none. */
  public List<Relationship> current(LocalDate day) {
    return relationships.stream().filter(one -> one.holds(day) && !one.pending()).toList();
  }

  /**
   * The relationship that speaks for the person on a day: of those at work, else of those begun,
   * the primary one, else the one that began last.
   */
  public Optional<Relationship> leading(LocalDate day) {
    return leading(begun(day), day);
  }

  /** The same among some relationships that have begun. */
  public static Optional<Relationship> leading(List<Relationship> begun, LocalDate day) {
    List<Relationship> current =
        begun.stream().filter(one -> one.holds(day) && !one.pending()).toList();
    return (current.isEmpty() ? begun : current)
        .stream()
            .max(
                Comparator.comparing(Relationship::primary)
                    .thenComparing(Relationship::start)
                    .thenComparingLong(Relationship::id));
  }

  /** The one of some dated rows that holds on a day. */
  public static <T extends Dated> Optional<T> held(List<T> rows, LocalDate day) {
    return rows.stream().filter(one -> one.holds(day)).findFirst();
  }

  /** Whether a stretch with a possibly open end holds on a day. */
  public static boolean within(LocalDate from, @Nullable LocalDate to, LocalDate day) {
    return !from.isAfter(day) && (to == null || !to.isBefore(day));
  }

  Worker withNames(List<Name> other) {
    return copy(
        updated, other, emails, phones, addresses, citizenships, legislation, relationships);
  }

  Worker withEmails(List<Email> other) {
    return copy(updated, names, other, phones, addresses, citizenships, legislation, relationships);
  }

  Worker withPhones(List<Phone> other) {
    return copy(updated, names, emails, other, addresses, citizenships, legislation, relationships);
  }

  Worker withAddresses(List<Address> other) {
    return copy(updated, names, emails, phones, other, citizenships, legislation, relationships);
  }

  Worker withCitizenships(List<Citizenship> other) {
    return copy(updated, names, emails, phones, addresses, other, legislation, relationships);
  }

  Worker withLegislation(List<Legislative> other) {
    return copy(updated, names, emails, phones, addresses, citizenships, other, relationships);
  }

  Worker withRelationships(List<Relationship> other) {
    return copy(updated, names, emails, phones, addresses, citizenships, legislation, other);
  }

  Worker touched(Instant at) {
    return copy(at, names, emails, phones, addresses, citizenships, legislation, relationships);
  }

  Worker called(@Nullable String login) {
    return new Worker(
        personId,
        personNumber,
        dateOfBirth,
        created,
        updated,
        login,
        names,
        emails,
        phones,
        addresses,
        citizenships,
        legislation,
        relationships);
  }

  private Worker copy(
      Instant nowUpdated,
      List<Name> nowNames,
      List<Email> nowEmails,
      List<Phone> nowPhones,
      List<Address> nowAddresses,
      List<Citizenship> nowCitizenships,
      List<Legislative> nowLegislation,
      List<Relationship> nowRelationships) {
    return new Worker(
        personId,
        personNumber,
        dateOfBirth,
        created,
        nowUpdated,
        userName,
        nowNames,
        nowEmails,
        nowPhones,
        nowAddresses,
        nowCitizenships,
        nowLegislation,
        nowRelationships);
  }
}
