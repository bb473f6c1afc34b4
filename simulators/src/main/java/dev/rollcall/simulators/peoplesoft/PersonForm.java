package dev.rollcall.simulators.peoplesoft;

import dev.rollcall.simulators.http.BadCall;
import dev.rollcall.simulators.http.Call;
import dev.rollcall.simulators.peoplesoft.population.Affiliation;
import dev.rollcall.simulators.peoplesoft.population.Changed;
import dev.rollcall.simulators.peoplesoft.population.Changed.Redated;
import dev.rollcall.simulators.peoplesoft.population.Email;
import dev.rollcall.simulators.peoplesoft.population.Name;
import dev.rollcall.simulators.peoplesoft.population.Person;
import dev.rollcall.simulators.peoplesoft.population.Phone;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads one person from a control call: a list that is given replaces, one that is not stays. */
final class PersonForm {
  static final Set<String> KEYS =
      Set.of(
          "emplid",
          "birthdate",
          "campusId",
          "names",
          "emails",
          "phones",
          "affiliations",
          "redated");

  private PersonForm() {}

  static Changed read(Call call, Person before) {
    Person after = before;
    if (call.body().has("campusId")) {
      after = after.withCampusId(call.text("campusId").orElse(""));
    }
    if (call.has("names")) {
      List<Name> names = List.of(call.value("names", Name[].class));
      after = after.withNames(distinct(names, name -> List.of(name.type(), name.effdt())));
    }
    if (call.has("emails")) {
      List<Email> emails = List.of(call.value("emails", Email[].class));
      after = after.withEmails(distinct(emails, Email::type));
    }
    if (call.has("phones")) {
      List<Phone> phones = List.of(call.value("phones", Phone[].class));
      after = after.withPhones(distinct(phones, Phone::type));
    }
    if (call.has("affiliations")) {
      List<Affiliation> rows = List.of(call.value("affiliations", Affiliation[].class));
      after = after.withAffiliations(distinct(rows, Affiliation::key));
    }
    return new Changed(after, redated(call, before, after));
  }

  static Person unknown(Call call) {
    return Person.unpublished(
        call.required("emplid"),
        call.value("birthdate", LocalDate.class, LocalDate.of(1990, 1, 1)));
  }

  /** A key change must lead from a row that is there to one that will be. */
  private static Optional<Redated> redated(Call call, Person before, Person after) {
    if (!call.has("redated")) {
      return Optional.empty();
    }
    Redated redated = call.value("redated", Redated.class);
    boolean known =
        has(before, redated.nameType(), redated.old())
            && !has(before, redated.nameType(), redated.corrected())
            && !has(after, redated.nameType(), redated.old())
            && has(after, redated.nameType(), redated.corrected());
    if (!known) {
      throw new BadCall(
          "'redated' must name a row there was under its old date and is under the corrected one");
    }
    return Optional.of(redated);
  }

  private static boolean has(Person person, String type, LocalDate day) {
    return person.names().stream()
        .anyMatch(name -> name.type().equals(type) && name.effdt().equals(day));
  }

  private static <T> List<T> distinct(List<T> rows, Function<T, Object> key) {
    if (rows.stream().map(key).distinct().count() < rows.size()) {
      throw new BadCall("two rows have the same key in " + rows);
    }
    return rows;
  }
}
