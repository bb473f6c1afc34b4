package dev.rollcall.simulators.peoplesoft.message;

import dev.rollcall.simulators.peoplesoft.population.Affiliation;
import dev.rollcall.simulators.peoplesoft.population.Email;
import dev.rollcall.simulators.peoplesoft.population.Name;
import dev.rollcall.simulators.peoplesoft.population.Person;
import dev.rollcall.simulators.peoplesoft.population.Phone;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person as the rows Campus keeps, in the order of its lists. */
final class PersonRows {
  private PersonRows() {}

  /** The level-0 row. */
  static Row root(Person person) {
    return Row.of(RecordType.SCC_CM_PERSON_I, person.emplid(), person.birthdate().toString());
  }

  /** Everything below it. */
  static List<Row> children(Person person) {
    String emplid = person.emplid();
    List<Row> rows = new ArrayList<>();
    rows.add(Row.of(RecordType.PERSON_SA, emplid, person.campusId()));
    for (Name name : person.names()) {
      rows.add(
          Row.of(
              RecordType.SCC_PER_NAME_I,
              emplid,
              name.type(),
              name.effdt().toString(),
              name.status(),
              name.first(),
              name.last()));
    }
    for (Email email : person.emails()) {
      rows.add(
          Row.of(
              RecordType.SCC_PER_EMAIL_I,
              emplid,
              email.type(),
              email.address(),
              flag(email.preferred())));
    }
    for (Phone phone : person.phones()) {
      rows.add(
          Row.of(
              RecordType.SCC_PER_PHONE_I,
              emplid,
              phone.type(),
              phone.number(),
              flag(phone.preferred())));
    }
    for (Affiliation row : person.affiliations()) {
      rows.add(
          Row.of(
              RecordType.SCC_AFL_PERSON,
              emplid,
              row.institution(),
              row.code(),
              row.status(),
              row.description(),
              day(row.from()),
              day(row.to())));
    }
    return rows;
  }

  private static String flag(boolean set) {
    return set ? "Y" : "N";
  }

  private static String day(@Nullable LocalDate date) {
    return date == null ? "" : date.toString();
  }
}
