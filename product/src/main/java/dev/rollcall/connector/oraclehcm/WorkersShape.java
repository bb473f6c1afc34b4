package dev.rollcall.connector.oraclehcm;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code workers}: one row a person, with children ({@code facts/oracle-hcm.md §5}). */
final class WorkersShape implements WorkerShape {

  private static final String START = "EffectiveStartDate";
  private static final String END = "EffectiveEndDate";

  @Override
  public Map<String, String> parts() {
    return Map.of(
        "expand",
        "names,emails,phones,addresses,citizenships,legislativeInfo,workRelationships.assignments");
  }

  @Override
  public String termination() {
    return "workRelationships.TerminationDate";
  }

  @Override
  public boolean severalRows() {
    return false;
  }

  @Override
  public WorkerRecord read(String personId, List<JsonNode> rows, LocalDate today) {
    List<WorkerRecord> records =
        rows.stream().map(row -> read(personId, row, today)).distinct().toList();
    if (records.size() != 1) {
      throw new UnusableRow("several rows that contradict each other");
    }
    return records.getFirst();
  }

  private static WorkerRecord read(String personId, JsonNode row, LocalDate today) {
    Given given = new Given();
    given.take("personNumber", row, "PersonNumber");
    given.takeDate("dateOfBirth", row, "DateOfBirth");
    given.take("userName", row, "UserName");
    JsonNode relation = relation(given, row, today);
    String legislation = relation == null ? null : Given.text(relation.get("LegislationCode"));
    names(given, row, legislation, today);
    emails(given, row, today);
    phone(given, row, today);
    address(given, row, today);
    citizenship(given, row);
    legislative(given, row, legislation, today);
    return given.record(personId);
  }

  /** Without any nothing is known of how they stand: that ends nobody's access, and begins none. */
  private static @Nullable JsonNode relation(Given given, JsonNode row, LocalDate today) {
    JsonNode relation =
        first(
            Given.children(row, "workRelationships"),
            Relation.order("StartDate", "TerminationDate", "PrimaryFlag", today)
                .thenComparing(Given.byNumber("PeriodOfServiceId")));
    if (relation == null) {
      return null;
    }
    given.take("legalEntityId", relation, "LegalEntityId");
    given.takeDate("hireDate", relation, "StartDate");
    given.takeDate(WorkerRecord.TERMINATION, relation, "TerminationDate");
    given.take("workerType", relation, "WorkerType");
    JsonNode assignment =
        first(
            Given.children(relation, "assignments"),
            inEffect(START, END, today)
                .thenComparing(
                    Given.first(one ->
                        Given.isYes(one, "PrimaryAssignmentFlag")
                            || (!one.has("PrimaryAssignmentFlag")
                                && Given.isYes(one, "PrimaryFlag"))))
                .thenComparing(Given.latest(START))
                .thenComparing(Given.byNumber("EffectiveSequence").reversed())
                .thenComparing(Given.byNumber("AssignmentId")));
    if (assignment != null) {
      given.take(WorkerRecord.LOCATION, assignment, "LocationId");
      given.take("departmentId", assignment, "DepartmentId");
    }
    return relation;
  }

  private static void names(
      Given given, JsonNode row, @Nullable String legislation, LocalDate today) {
    JsonNode name =
        first(
            Given.children(row, "names"),
            inEffect(START, END, today)
                .thenComparing(ofLegislation(legislation))
                .thenComparing(Given.latest(START))
                .thenComparing(Given.byNumber("PersonNameId")));
    if (name != null) {
      given.take("firstName", name, "FirstName");
      given.take("lastName", name, "LastName");
      given.take("middleName", name, "MiddleNames");
      given.take("displayName", name, "DisplayName");
      given.takeDate("effectiveStartDate", name, START);
    }
  }

  private static void emails(Given given, JsonNode row, LocalDate today) {
    List<JsonNode> emails = Given.children(row, "emails");
    if (emails != null) {
      given.put("email", address(emails, "W1", today));
      given.put("secondEmail", address(emails, "H1", today));
    }
  }

  /** The one address of a kind; several are not chosen from. */
  private static @Nullable String address(List<JsonNode> emails, String type, LocalDate today) {
    List<JsonNode> counting =
        emails.stream()
            .filter(one -> type.equals(Given.text(one.get("EmailType"))))
            .filter(one -> Given.covers(one, "FromDate", "ToDate", today))
            .toList();
    Set<String> addresses = addresses(counting.stream());
    if (addresses.size() > 1) {
      addresses = addresses(counting.stream().filter(one -> Given.isYes(one, "PrimaryFlag")));
    }
    if (addresses.size() > 1 || (addresses.isEmpty() && !addresses(counting.stream()).isEmpty())) {
      throw new UnusableRow(
          "several e-mail addresses of the type %s, and not one is the primary".formatted(type));
    }
    return addresses.isEmpty() ? null : addresses.iterator().next();
  }

  private static Set<String> addresses(Stream<JsonNode> emails) {
    return emails
        .map(one -> Given.text(one.get("EmailAddress")))
        .filter(Objects::nonNull)
        .map(Objects::requireNonNull)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static void phone(Given given, JsonNode row, LocalDate today) {
    List<JsonNode> phones = Given.children(row, "phones");
    if (phones == null) {
      return;
    }
    JsonNode mobile =
        first(
            phones.stream()
                .filter(one -> "WM".equals(Given.text(one.get("PhoneType"))))
                .filter(one -> Given.covers(one, "FromDate", "ToDate", today))
                .toList(),
            Given.first(one -> Given.isYes(one, "PrimaryFlag"))
                .thenComparing(Given.latest("FromDate"))
                .thenComparing(Given.byNumber("PhoneId")));
    given.put(
        "mobilePhone",
        mobile == null
            ? null
            : Phone.joined(
                Given.text(mobile.get("CountryCodeNumber")),
                Given.text(mobile.get("AreaCode")),
                Given.text(mobile.get("PhoneNumber"))));
  }

  /** Where they live: the home address, else the primary one. */
  private static void address(Given given, JsonNode row, LocalDate today) {
    List<JsonNode> addresses = Given.children(row, "addresses");
    if (addresses == null) {
      return;
    }
    JsonNode home =
        first(
            addresses.stream().filter(one -> Given.covers(one, START, END, today)).toList(),
            Given.first(one -> "HOME".equals(Given.text(one.get("AddressType"))))
                .thenComparing(Given.first(one -> Given.isYes(one, "PrimaryFlag")))
                .thenComparing(Given.latest(START))
                .thenComparing(Given.byNumber("AddressId")));
    given.put("countryCode", home == null ? null : Given.text(home.get("Country")));
    given.put("zipCode", home == null ? null : Given.text(home.get("PostalCode")));
  }

  private static void citizenship(Given given, JsonNode row) {
    List<JsonNode> citizenships = Given.children(row, "citizenships");
    if (citizenships == null) {
      return;
    }
    JsonNode one =
        Citizenship.one(
            citizenships,
            citizenships.stream().anyMatch(some -> some.has("CitizenshipToDate"))
                ? "CitizenshipToDate"
                : "ToDate",
            some -> Given.text(some.get("CitizenshipId")));
    given.put("citizenshipId", one == null ? null : Given.text(one.get("CitizenshipId")));
    given.put("citizenshipStatus", one == null ? null : Given.text(one.get("CitizenshipStatus")));
    given.put("citizenshipLegislationCode", one == null ? null : Given.text(one.get(country(one))));
  }

  /** Oracle's documents do not say what the resource calls it; these were seen. */
  private static String country(JsonNode citizenship) {
    return Stream.of("CitizenshipLegislationCode", "LegislationCode")
        .filter(citizenship::has)
        .findFirst()
        .orElse("Citizenship");
  }

  private static void legislative(
      Given given, JsonNode row, @Nullable String legislation, LocalDate today) {
    List<JsonNode> all = Given.children(row, "legislativeInfo");
    if (all == null) {
      return;
    }
    JsonNode one =
        first(
            all,
            inEffect(START, END, today)
                .thenComparing(ofLegislation(legislation))
                .thenComparing(Given.latest(START)));
    if (one == null) {
      given.put("maritalStatus", null);
      given.put("militaryVetStatus", null);
    } else {
      given.take("maritalStatus", one, "MaritalStatus");
      given.take("militaryVetStatus", one, "MilitaryVetStatus");
    }
  }

  private static Comparator<JsonNode> inEffect(String from, String to, LocalDate today) {
    return Given.first(one -> Given.covers(one, from, to, today));
  }

  private static Comparator<JsonNode> ofLegislation(@Nullable String legislation) {
    return Given.first(
        one -> legislation != null && legislation.equals(Given.text(one.get("LegislationCode"))));
  }

  private static @Nullable JsonNode first(
      @Nullable List<JsonNode> all, Comparator<JsonNode> order) {
    return all == null ? null : all.stream().min(order).orElse(null);
  }
}
