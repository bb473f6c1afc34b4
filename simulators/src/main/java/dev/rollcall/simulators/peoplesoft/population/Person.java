package dev.rollcall.simulators.peoplesoft.population;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What Campus holds about one person.
 *
 * @param campusId blank when there is none
 * @param removedAffiliations rows that were published once and are gone from Campus since
 * @param published whether a message has announced this person as added
 */
public record Person(
    String emplid,
    LocalDate birthdate,
    String campusId,
    List<Name> names,
    List<Email> emails,
    List<Phone> phones,
    List<Affiliation> affiliations,
    List<Affiliation> removedAffiliations,
    boolean published,
    boolean deleted) {

  public Person {
    names = List.copyOf(names);
    emails = List.copyOf(emails);
    phones = List.copyOf(phones);
    affiliations = List.copyOf(affiliations);
    removedAffiliations = List.copyOf(removedAffiliations);
  }

  public static Person unpublished(String emplid, LocalDate birthdate) {
    return new Person(
        emplid, birthdate, "", List.of(), List.of(), List.of(), List.of(), List.of(), false, false);
  }

  public Person withCampusId(String id) {
    return new Person(
        emplid,
        birthdate,
        id,
        names,
        emails,
        phones,
        affiliations,
        removedAffiliations,
        published,
        deleted);
  }

  public Person withNames(List<Name> rows) {
    return new Person(
        emplid,
        birthdate,
        campusId,
        rows,
        emails,
        phones,
        affiliations,
        removedAffiliations,
        published,
        deleted);
  }

  public Person withEmails(List<Email> rows) {
    return new Person(
        emplid,
        birthdate,
        campusId,
        names,
        rows,
        phones,
        affiliations,
        removedAffiliations,
        published,
        deleted);
  }

  public Person withPhones(List<Phone> rows) {
    return new Person(
        emplid,
        birthdate,
        campusId,
        names,
        emails,
        rows,
        affiliations,
        removedAffiliations,
        published,
        deleted);
  }

  /**
   * Replaces the affiliations and remembers what the outside has seen and no longer sees. A new row
   * that is the only one of its institution and code is no other affiliation than the one that the
   * outside has seen last, only with another start.
   */
  public Person withAffiliations(List<Affiliation> rows) {
    List<Affiliation> removed = new ArrayList<>(removedAffiliations);
    if (published) {
      removed.addAll(affiliations);
    }
    List<List<String>> seen = removed.stream().map(Affiliation::key).toList();
    List<List<String>> present = rows.stream().map(Affiliation::key).toList();
    removed.removeIf(row -> present.contains(row.key()));
    for (Affiliation row : rows) {
      if (!seen.contains(row.key()) && rows.stream().filter(row::isOfCode).count() == 1) {
        removed.stream()
            .filter(row::isOfCode)
            .max(
                Comparator.comparing(
                    Affiliation::from, Comparator.nullsFirst(Comparator.naturalOrder())))
            .ifPresent(removed::remove);
      }
    }
    return new Person(
        emplid, birthdate, campusId, names, emails, phones, rows, removed, published, deleted);
  }

  public Person asPublished() {
    return standing(true, false);
  }

  public Person asDeleted() {
    return standing(published, true);
  }

  private Person standing(boolean nowPublished, boolean nowDeleted) {
    return new Person(
        emplid,
        birthdate,
        campusId,
        names,
        emails,
        phones,
        affiliations,
        removedAffiliations,
        nowPublished,
        nowDeleted);
  }
}
