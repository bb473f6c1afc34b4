package dev.rollcall.simulators.peoplesoft.population;

import dev.rollcall.simulators.peoplesoft.population.ExpectedIdentity.ExpectedAffiliation;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a correct identity looks like on a day. Deliberately naive and straight from the
 * truth, never from messages, so that it can disagree with whoever read the messages wrongly.
 */
public final class Expectation {
  private Expectation() {}

  public static ExpectedIdentity of(Person person, LocalDate day) {
    @Nullable Name name = null;
    @Nullable Name anyType = null;
    for (Name row : person.names()) {
      if (row.effdt().isAfter(day)) {
        continue;
      }
      // The date is picked first, the status tested afterwards; on a tie the later row wins.
      if (row.type().equals("PRI") && (name == null || !row.effdt().isBefore(name.effdt()))) {
        name = row;
      }
      if (anyType == null || !row.effdt().isBefore(anyType.effdt())) {
        anyType = row;
      }
    }
    boolean named = name != null && name.status().equals("A");
    List<ExpectedAffiliation> affiliations = affiliations(person, day);
    boolean started = anyType != null && anyType.status().equals("A");
    return new ExpectedIdentity(
        person.emplid(),
        person.emplid(),
        named && name != null ? text(name.first()) : null,
        named && name != null ? text(name.last()) : null,
        email(person.emails()),
        phone(person.phones()),
        text(person.campusId()),
        started && anyType != null ? anyType.effdt() : null,
        person.deleted() ? "Disabled" : "Enabled",
        affiliations,
        roles(affiliations));
  }

  private static List<ExpectedAffiliation> affiliations(Person person, LocalDate day) {
    List<ExpectedAffiliation> all = new ArrayList<>();
    for (Affiliation row : person.affiliations()) {
      all.add(affiliation(row, !person.deleted() && enabled(row, day)));
    }
    for (Affiliation row : person.removedAffiliations()) {
      all.add(affiliation(row, false));
    }
    return all;
  }

  /** A role for each code of which an affiliation counts; nothing counts for the deleted. */
  private static List<String> roles(List<ExpectedAffiliation> affiliations) {
    return affiliations.stream()
        .filter(ExpectedAffiliation::enabled)
        .map(ExpectedAffiliation::code)
        .distinct()
        .sorted()
        .toList();
  }

  private static ExpectedAffiliation affiliation(Affiliation row, boolean enabled) {
    return new ExpectedAffiliation(row.institution(), row.code(), row.from(), row.to(), enabled);
  }

  private static boolean enabled(Affiliation row, LocalDate day) {
    boolean active = row.status().equals("A") || row.status().equalsIgnoreCase("Active");
    boolean begun = row.from() == null || !day.isBefore(row.from());
    boolean over = row.to() != null && day.isAfter(row.to());
    return active && begun && !over;
  }

  private static @Nullable String email(List<Email> rows) {
    for (Email row : rows) {
      if (row.preferred()) {
        return text(row.address());
      }
    }
    return rows.isEmpty() ? null : text(rows.getFirst().address());
  }

  private static @Nullable String phone(List<Phone> rows) {
    for (Phone row : rows) {
      if (row.preferred()) {
        return text(row.number());
      }
    }
    return rows.isEmpty() ? null : text(rows.getFirst().number());
  }

  private static @Nullable String text(String value) {
    return value.isBlank() ? null : value;
  }
}
