package dev.rollcall.connector.oraclehcm;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * {@code emps}: flat, several rows for a person where the key of a row has several values, as with
 * two citizenships ({@code facts/oracle-hcm.md §2}). Only what is mapped is asked for: the rows
 * have national ids.
 */
final class EmpsShape implements WorkerShape {

  private static final String START = "EffectiveStartDate";

  private static final String FIELDS =
      String.join(
              ",",
              "PersonId",
              "PersonNumber",
              "FirstName",
              "MiddleName",
              "LastName",
              "DisplayName",
              "WorkMobilePhoneCountryCode",
              "WorkMobilePhoneAreaCode",
              "WorkMobilePhoneNumber",
              "WorkEmail",
              "Country",
              "PostalCode",
              "DateOfBirth",
              "LegalEntityId",
              "HireDate",
              "TerminationDate",
              "MaritalStatus",
              START,
              "UserName",
              "CitizenshipId",
              "CitizenshipStatus",
              "CitizenshipLegislationCode",
              "CitizenshipToDate",
              "MilitaryVetStatus",
              "CreationDate",
              "WorkerType")
          + ";assignments:LocationId,DepartmentId,EffectiveStartDate,EffectiveEndDate,"
          + "PrimaryAssignmentFlag,PrimaryWorkRelationFlag,AssignmentId";

  @Override
  public Map<String, String> parts() {
    return Map.of("fields", FIELDS);
  }

  @Override
  public String termination() {
    return "TerminationDate";
  }

  @Override
  public boolean severalRows() {
    return true;
  }

  @Override
  public WorkerRecord read(String personId, List<JsonNode> rows, LocalDate today) {
    Comparator<JsonNode> order =
        Relation.order("HireDate", "TerminationDate", "PrimaryWorkRelationFlag", today);
    JsonNode leading = rows.stream().min(order).orElseThrow();
    List<JsonNode> same =
        rows.stream()
            .filter(row ->
                Objects.equals(Given.date(row, "HireDate"), Given.date(leading, "HireDate"))
                    && Objects.equals(
                        Given.date(row, "TerminationDate"), Given.date(leading, "TerminationDate")))
            .toList();
    JsonNode counting =
        Objects.requireNonNullElse(
            Citizenship.one(same, "CitizenshipToDate", row -> Given.text(row.get("CitizenshipId"))),
            leading);
    WorkerRecord record = read(personId, counting, today);
    for (JsonNode other : same) {
      boolean alike =
          Objects.equals(
              Given.text(other.get("CitizenshipId")), Given.text(counting.get("CitizenshipId")));
      if (alike && !read(personId, other, today).equals(record)) {
        throw new UnusableRow("several rows that contradict each other");
      }
    }
    return record;
  }

  private static WorkerRecord read(String personId, JsonNode row, LocalDate today) {
    Given given = new Given();
    given.take("firstName", row, "FirstName");
    given.take("middleName", row, "MiddleName");
    given.take("lastName", row, "LastName");
    given.take("displayName", row, "DisplayName");
    given.take("userName", row, "UserName");
    given.take("email", row, "WorkEmail");
    given.take("countryCode", row, "Country");
    given.take("zipCode", row, "PostalCode");
    given.take("personNumber", row, "PersonNumber");
    given.takeDate("dateOfBirth", row, "DateOfBirth");
    given.take("legalEntityId", row, "LegalEntityId");
    given.takeDate("hireDate", row, "HireDate");
    given.takeDate(WorkerRecord.TERMINATION, row, "TerminationDate");
    given.take("maritalStatus", row, "MaritalStatus");
    given.takeDate("effectiveStartDate", row, START);
    given.take("citizenshipId", row, "CitizenshipId");
    given.take("citizenshipStatus", row, "CitizenshipStatus");
    given.take("citizenshipLegislationCode", row, "CitizenshipLegislationCode");
    given.take("militaryVetStatus", row, "MilitaryVetStatus");
    given.take("workerType", row, "WorkerType");
    if (row.has("WorkMobilePhoneNumber")) {
      given.put(
          "mobilePhone",
          Phone.joined(
              Given.text(row.get("WorkMobilePhoneCountryCode")),
              Given.text(row.get("WorkMobilePhoneAreaCode")),
              Given.text(row.get("WorkMobilePhoneNumber"))));
    }
    assignment(given, row, today);
    return given.record(personId);
  }

  private static void assignment(Given given, JsonNode row, LocalDate today) {
    List<JsonNode> assignments = Given.children(row, "assignments");
    if (assignments == null) {
      return;
    }
    assignments.stream()
        .min(
            Given.first(one -> Given.covers(one, START, "EffectiveEndDate", today))
                .thenComparing(Given.first(one -> Given.isYes(one, "PrimaryWorkRelationFlag")))
                .thenComparing(Given.first(one -> Given.isYes(one, "PrimaryAssignmentFlag")))
                .thenComparing(Given.latest(START))
                .thenComparing(Given.byNumber("AssignmentId")))
        .ifPresent(one -> {
          given.take(WorkerRecord.LOCATION, one, "LocationId");
          given.take("departmentId", one, "DepartmentId");
        });
  }
}
