package dev.rollcall.simulators.hcm.people;

import dev.rollcall.simulators.hcm.people.Worker.Address;
import dev.rollcall.simulators.hcm.people.Worker.Assignment;
import dev.rollcall.simulators.hcm.people.Worker.Citizenship;
import dev.rollcall.simulators.hcm.people.Worker.Email;
import dev.rollcall.simulators.hcm.people.Worker.Legislative;
import dev.rollcall.simulators.hcm.people.Worker.Name;
import dev.rollcall.simulators.hcm.people.Worker.Phone;
import dev.rollcall.simulators.hcm.people.Worker.Relationship;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.EnumNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.EnumNaming;

/**
 * Works out what each person's profile has to be on a day. Deliberately naive and straight from the
 * truth, never from an answer, so that it can disagree with whoever read the answers wrongly.
 */
public final class Expectation {
  /** How somebody stands on a day. */
  @EnumNaming(LowerCamelCaseStrategy.class)
  public enum Standing {
    /** Entered, but not shown before the first day. */
    FUTURE,
    /** A pending worker. */
    PENDING,
    ACTIVE,
    /** The last day of every relationship is over. */
    LEFT
  }

  /**
   * What is expected of one person.
   *
   * @param visible whether HCM shows them as of that day
   * @param employee whether the flat resource of employees has them, too
   * @param leftOn the last day of whoever left
   * @param certain whether nothing is open
   * @param open the fields that the documents leave open for this person, and why
   * @param profile every field, null where there is no value; ids as text, dates as yyyy-MM-dd, of
   *     {@code mobilePhone} the digits alone
   */
  public record Expected(
      String personNumber,
      Standing standing,
      boolean visible,
      boolean employee,
      @Nullable LocalDate leftOn,
      boolean certain,
      Map<String, String> open,
      Map<String, @Nullable String> profile) {}

  private final LocalDate day;
  private final Map<Long, String> locations = new HashMap<>();
  private final Map<String, List<String>> mailboxes = new HashMap<>();

  /** Prepares for a day: who shares an address is known only of all together. */
  public Expectation(Population population, LocalDate day) {
    this.day = day;
    for (Location one : population.locations()) {
      if (one.holds(day)) {
        locations.put(one.id(), one.name());
      }
    }
    for (Worker one : population.workers()) {
      for (Email email : work(one)) {
        mailboxes
            .computeIfAbsent(email.address(), address -> new ArrayList<>(1))
            .add(one.personNumber());
      }
    }
  }

  /** What is expected of somebody. */
  public Expected of(Worker worker) {
    Map<String, String> open = new LinkedHashMap<>();
    Map<String, @Nullable String> profile = new LinkedHashMap<>();
    Optional<Relationship> relationship = relationship(worker, open);
    Optional<Assignment> assignment =
        relationship.flatMap(one -> Worker.held(one.assignments(), day));
    Optional<Name> name = Worker.held(worker.names(), day);
    profile.put("firstName", name.map(Name::first).orElse(null));
    profile.put("lastName", name.map(Name::last).orElse(null));
    profile.put("userName", worker.userName());
    profile.put("email", email(worker, open));
    profile.put("secondEmail", home(worker, open));
    profile.put("mobilePhone", mobile(worker, open));
    profile.put("middleName", name.map(Name::middle).orElse(null));
    profile.put("displayName", name.map(Name::display).orElse(null));
    Optional<Address> address = address(worker, open);
    profile.put("countryCode", address.map(Address::country).orElse(null));
    profile.put("zipCode", address.map(Address::postalCode).orElse(null));
    profile.put("personNumber", worker.personNumber());
    profile.put("dateOfBirth", text(worker.dateOfBirth()));
    profile.put("legalEntityId", text(relationship.map(Relationship::legalEntityId).orElse(null)));
    profile.put("hireDate", text(relationship.map(Relationship::start).orElse(null)));
    profile.put("terminationDate", text(relationship.map(Relationship::termination).orElse(null)));
    Optional<Legislative> legislative = legislative(worker, relationship, open);
    profile.put("maritalStatus", legislative.map(Legislative::marital).orElse(null));
    profile.put("personId", String.valueOf(worker.personId()));
    profile.put("effectiveStartDate", since(name, assignment, open));
    Optional<Citizenship> citizenship = citizenship(worker, open);
    profile.put("citizenshipId", text(citizenship.map(Citizenship::id).orElse(null)));
    profile.put("citizenshipStatus", citizenship.map(Citizenship::status).orElse(null));
    profile.put("citizenshipLegislationCode", citizenship.map(Citizenship::country).orElse(null));
    profile.put("militaryVetStatus", legislative.map(Legislative::militaryVet).orElse(null));
    profile.put("workerType", relationship.map(Relationship::type).orElse(null));
    @Nullable Long location = assignment.map(Assignment::locationId).orElse(null);
    profile.put("locationId", text(location));
    profile.put("locationName", location == null ? null : locations.get(location));
    profile.put("departmentId", text(assignment.map(Assignment::departmentId).orElse(null)));
    Standing standing = standing(worker);
    return new Expected(
        worker.personNumber(),
        standing,
        worker.visible(day),
        worker.begun(day).stream().anyMatch(one -> one.type().equals("E")),
        standing == Standing.LEFT ? leftOn(worker) : null,
        open.isEmpty(),
        open,
        profile);
  }

  /** How somebody stands. */
  public Standing standing(Worker worker) {
    List<Relationship> begun = worker.begun(day);
    if (begun.isEmpty()) {
      return Standing.FUTURE;
    }
    if (!worker.current(day).isEmpty()) {
      return Standing.ACTIVE;
    }
    return begun.stream().anyMatch(one -> one.pending() && one.holds(day))
        ? Standing.PENDING
        : Standing.LEFT;
  }

  private @Nullable LocalDate leftOn(Worker worker) {
    return worker.begun(day).stream()
        .map(Relationship::termination)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private Optional<Relationship> relationship(Worker worker, Map<String, String> open) {
    List<Relationship> current = worker.current(day);
    List<Relationship> some = current.isEmpty() ? worker.begun(day) : current;
    Optional<Relationship> leading = worker.leading(day);
    boolean latest =
        some.stream()
            .allMatch(one -> leading.filter(it -> !it.start().isBefore(one.start())).isPresent());
    long primary = some.stream().filter(Relationship::primary).count();
    if (some.size() > 1 && (!latest || primary != 1)) {
      for (String field :
          List.of(
              "legalEntityId",
              "hireDate",
              "terminationDate",
              "workerType",
              "locationId",
              "locationName",
              "departmentId",
              "maritalStatus",
              "militaryVetStatus",
              "effectiveStartDate")) {
        open.put(field, "the primary work relationship is not the one that began last");
      }
    }
    return leading;
  }

  private List<Email> work(Worker worker) {
    return emails(worker, Worker.WORK_EMAIL);
  }

  private List<Email> emails(Worker worker, String type) {
    return worker.emails().stream()
        .filter(one -> one.type().equals(type) && Worker.within(one.from(), one.to(), day))
        .toList();
  }

  private @Nullable String email(Worker worker, Map<String, String> open) {
    List<Email> work = work(worker);
    if (work.isEmpty()) {
      if (worker.emails().stream().anyMatch(one -> one.type().equals(Worker.WORK_EMAIL))) {
        open.put("email", "the work address holds on other days alone");
      }
      return null;
    }
    if (work.size() > 1) {
      open.put("email", "two work addresses");
    }
    Email one = work.stream().filter(Email::primary).findFirst().orElse(work.getFirst());
    List<String> owners = mailboxes.getOrDefault(one.address(), List.of());
    if (owners.size() > 1) {
      open.put("email", "shared by " + owners);
    }
    return one.address();
  }

  private @Nullable String home(Worker worker, Map<String, String> open) {
    List<Email> home = emails(worker, Worker.HOME_EMAIL);
    if (home.isEmpty()) {
      return null;
    }
    open.put("secondEmail", "no document says what belongs here");
    return home.getFirst().address();
  }

  private @Nullable String mobile(Worker worker, Map<String, String> open) {
    List<Phone> mobiles =
        worker.phones().stream()
            .filter(one ->
                one.type().equals(Worker.WORK_MOBILE) && Worker.within(one.from(), one.to(), day))
            .toList();
    if (mobiles.size() > 1) {
      open.put("mobilePhone", "two work mobiles");
    }
    return mobiles.isEmpty()
        ? null
        : (text(mobiles.getFirst().countryCode(), "")
                + text(mobiles.getFirst().area(), "")
                + mobiles.getFirst().number())
            .replaceAll("\\D", "");
  }

  private Optional<Address> address(Worker worker, Map<String, String> open) {
    List<Address> homes =
        worker.addresses().stream()
            .filter(one -> one.type().equals("HOME") && one.holds(day))
            .toList();
    List<Address> primary = homes.stream().filter(Address::primary).toList();
    List<Address> some = primary.isEmpty() ? homes : primary;
    if (some.size() > 1) {
      open.put("countryCode", "several home addresses");
      open.put("zipCode", "several home addresses");
    }
    return some.stream().findFirst();
  }

  private Optional<Legislative> legislative(
      Worker worker, Optional<Relationship> relationship, Map<String, String> open) {
    List<Legislative> held = worker.legislation().stream().filter(one -> one.holds(day)).toList();
    Optional<Legislative> first =
        held.stream()
            .filter(one ->
                relationship.filter(it -> it.legislation().equals(one.legislation())).isPresent())
            .findFirst()
            .or(() -> held.stream().findFirst());
    if (held.stream().map(Legislative::marital).distinct().count() > 1) {
      open.put("maritalStatus", "another one by legislation");
    }
    if (held.stream().map(Legislative::militaryVet).distinct().count() > 1) {
      open.put("militaryVetStatus", "another one by legislation");
    }
    return first;
  }

  private Optional<Citizenship> citizenship(Worker worker, Map<String, String> open) {
    List<Citizenship> held =
        worker.citizenships().stream().filter(one -> one.to() == null).toList();
    if (held.size() > 1 || (held.isEmpty() && !worker.citizenships().isEmpty())) {
      for (String field :
          List.of("citizenshipId", "citizenshipStatus", "citizenshipLegislationCode")) {
        open.put(field, held.isEmpty() ? "all have an end" : "several without an end");
      }
    }
    return held.isEmpty()
        ? worker.citizenships().stream().findFirst()
        : Optional.of(held.getFirst());
  }

  private static @Nullable String since(
      Optional<Name> name, Optional<Assignment> assignment, Map<String, String> open) {
    @Nullable LocalDate named = name.map(Name::from).orElse(null);
    @Nullable LocalDate assigned = assignment.map(Assignment::from).orElse(null);
    if (!Objects.equals(named, assigned)) {
      open.put("effectiveStartDate", "the name's and the assignment's differ");
    }
    return text(named);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static String text(@Nullable String value, String fallback) {
    return value == null ? fallback : value;
  }
}
