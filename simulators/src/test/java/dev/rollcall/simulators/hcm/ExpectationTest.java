package dev.rollcall.simulators.hcm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What the control API expects of everybody, against what a plain reader makes of the answers: both
 * resources, on several days, with everything that people can be.
 */
class ExpectationTest {
  private static final List<String> DAYS = List.of("2026-09-01", "2026-09-20", "2026-10-15");

  private final Calling calling;

  ExpectationTest(@TempDir Path directory) {
    calling = Calling.in(directory);
  }

  @AfterEach
  void stop() {
    calling.close();
  }

  @Test
  void whatIsExpectedIsWhatWorkersShow() {
    calling.control.post("hcm/fill", "{'people':3000,'seed':5}");
    calling.control.post("hcm/change", "{'people':200}");
    calling.control.post("hcm/terminate", "{'people':20,'inDays':-3}");
    calling.control.post("hcm/rehire", "{'people':5,'inDays':-1}");
    calling.control.post("hcm/transfer", "{'people':5}");
    calling.control.post("hcm/reverse", "{'people':5}");
    Set<String> left = new HashSet<>();
    for (String day : DAYS) {
      Map<Long, String> locations = locations(day);
      Map<String, JsonNode> rows = new HashMap<>();
      for (JsonNode row :
          calling.everything("workers", "orderBy=PersonId&expand=all&effectiveDate=" + day, "4")) {
        rows.put(row.path("PersonNumber").asString(), row);
      }
      int compared = 0;
      for (JsonNode expected : calling.control.get("hcm/expected?date=" + day)) {
        String number = expected.path("personNumber").asString();
        JsonNode row = rows.remove(number);
        assertThat(row != null).as(number + day).isEqualTo(expected.path("visible").asBoolean());
        if (row == null) {
          assertThat(expected.path("standing").asString()).isEqualTo("future");
          continue;
        }
        if (expected.path("standing").asString().equals("left")) {
          left.add(number);
        }
        compare(expected, worker(row, locations, day), Set.of("userName"), day);
        compared++;
      }
      assertThat(rows).isEmpty();
      assertThat(compared).isGreaterThan(2_900);
    }
    assertThat(left).hasSizeGreaterThan(50);
  }

  @Test
  void whatIsExpectedIsWhatEmployeesShow() {
    calling.control.post("hcm/fill", "{'people':2000,'seed':11}");
    String day = "2026-09-01";
    Map<Long, String> locations = locations(day);
    Map<String, List<JsonNode>> rows = new HashMap<>();
    for (JsonNode row : calling.everything("emps", "orderBy=PersonId&expand=assignments", "1")) {
      rows.computeIfAbsent(row.path("PersonNumber").asString(), number -> new ArrayList<>())
          .add(row);
    }
    int twice = 0;
    for (JsonNode expected : calling.control.get("hcm/expected")) {
      String number = expected.path("personNumber").asString();
      List<JsonNode> found = rows.getOrDefault(number, List.of());
      assertThat(!found.isEmpty()).as(number).isEqualTo(expected.path("employee").asBoolean());
      if (found.isEmpty()) {
        continue;
      }
      twice += found.size() - 1;
      JsonNode row =
          found.stream()
              .filter(one -> one.path("CitizenshipToDate").isNull())
              .findFirst()
              .orElse(found.getFirst());
      compare(expected, employee(row, locations), Set.of("secondEmail"), day);
    }
    assertThat(twice).isPositive();
  }

  @Test
  void everythingThatPeopleCanBeIsThere() {
    calling.control.post("hcm/fill", "{'people':3000}");
    JsonNode all = calling.control.get("hcm/expected");
    List<JsonNode> expected = all.valueStream().toList();

    for (String standing : List.of("future", "pending", "active", "left")) {
      assertThat(expected)
          .as(standing)
          .anyMatch(one -> one.path("standing").asString().equals(standing));
    }
    assertThat(expected).anyMatch(one -> one.path("profile").path("email").isNull());
    assertThat(expected)
        .anyMatch(one -> one.path("open").path("email").asString("").startsWith("shared by"));
    assertThat(expected)
        .anyMatch(one -> one.path("open").path("email").asString("").startsWith("two work"));
    assertThat(expected).anyMatch(one -> one.path("open").has("citizenshipId"));
    assertThat(expected).anyMatch(one -> one.path("open").has("hireDate"));
    assertThat(expected)
        .anyMatch(one ->
            one.path("profile")
                .path("lastName")
                .asString("")
                .codePoints()
                .anyMatch(c -> c > 65_535));
    assertThat(expected)
        .anyMatch(one ->
            one.path("standing").asString().equals("active")
                && one.path("profile").path("terminationDate").asString("").compareTo("2026-09-01")
                    >= 0);
    assertThat(expected)
        .anyMatch(one ->
            !one.path("profile").path("locationId").isNull()
                && one.path("profile").path("locationName").isNull());
    long certain = expected.stream().filter(one -> one.path("certain").asBoolean()).count();
    assertThat(certain).isGreaterThan(1_800).isLessThan(3_000);
    assertThat(calling.control.get("hcm/expected?leftWithin=10").size()).isBetween(20, 200);
    assertThat(calling.control.get("hcm/expected?standing=left").size())
        .isGreaterThan(calling.control.get("hcm/expected?leftWithin=10").size());
  }

  @Test
  void theLastDayIsWorkedAndTheDayAfterIsNot() {
    calling.control.post("hcm/fill", "{'people':3,'plain':true}");
    calling.control.post("hcm/terminate", "{'personNumber':'100001','date':'2026-09-10'}");

    assertThat(standing("2026-09-10")).isEqualTo("active");
    assertThat(standing("2026-09-11")).isEqualTo("left");

    calling.control.post("hcm/rehire", "{'personNumber':'100001','date':'2026-09-20'}");

    assertThat(standing("2026-09-19")).isEqualTo("left");
    assertThat(standing("2026-09-20")).isEqualTo("active");

    calling.control.post("hcm/cancel", "{'personNumber':'100001'}");

    assertThat(standing("2026-09-20")).isEqualTo("left");

    calling.control.post("hcm/reverse", "{'personNumber':'100001'}");

    assertThat(standing("2026-09-20")).isEqualTo("active");

    calling.control.post("hcm/terminate", "{'personNumber':'100001','date':'2026-09-10'}");
    calling.control.post("hcm/reverse", "{'personNumber':'100001','date':'2026-09-12'}");

    assertThat(standing("2026-09-12")).isEqualTo("active");
    assertThat(standing("2026-09-13")).isEqualTo("left");
  }

  private String standing(String day) {
    return calling.control.get("hcm/expected/100001?date=" + day).path("standing").asString();
  }

  private static void compare(
      JsonNode expected, Map<String, @Nullable String> read, Set<String> unread, String day) {
    String who = expected.path("personNumber").asString() + " on " + day;
    expected
        .path("profile")
        .forEachEntry((field, value) -> {
          if (!expected.path("open").has(field) && !unread.contains(field)) {
            assertThat(read.get(field))
                .as(field + " of " + who)
                .isEqualTo(value.isNull() ? null : value.asString());
          }
        });
  }

  private Map<Long, String> locations(String day) {
    Map<Long, String> names = new HashMap<>();
    for (JsonNode one :
        calling.everything("locations", "orderBy=LocationId&effectiveDate=" + day, "4")) {
      names.put(one.path("LocationId").asLong(), one.path("LocationName").asString());
    }
    return names;
  }

  private static Map<String, @Nullable String> worker(
      JsonNode row, Map<Long, String> locations, String day) {
    JsonNode name = first(row, "names");
    JsonNode address = first(row, "addresses");
    JsonNode relation = leading(items(row, "workRelationships"), day);
    JsonNode assignment = first(relation, "assignments");
    JsonNode legislative =
        items(row, "legislativeInfo").stream()
            .filter(one -> one.path("LegislationCode").equals(relation.path("LegislationCode")))
            .findFirst()
            .orElse(first(row, "legislativeInfo"));
    JsonNode citizenship =
        items(row, "citizenships").stream()
            .filter(one -> one.path("ToDate").isNull())
            .findFirst()
            .orElse(first(row, "citizenships"));
    Map<String, @Nullable String> read = new LinkedHashMap<>();
    read.put("firstName", text(name, "FirstName"));
    read.put("lastName", text(name, "LastName"));
    read.put("middleName", text(name, "MiddleNames"));
    read.put("displayName", text(name, "DisplayName"));
    read.put("email", typed(row, "emails", "EmailType", "W1", "EmailAddress", day));
    JsonNode mobile = typedRow(row, "phones", "PhoneType", "WM", day);
    read.put(
        "mobilePhone",
        mobile.isMissingNode()
            ? null
            : digits(
                text(mobile, "CountryCodeNumber"),
                text(mobile, "AreaCode"),
                text(mobile, "PhoneNumber")));
    read.put("countryCode", text(address, "Country"));
    read.put("zipCode", text(address, "PostalCode"));
    read.put("personNumber", text(row, "PersonNumber"));
    read.put("personId", text(row, "PersonId"));
    read.put("dateOfBirth", text(row, "DateOfBirth"));
    read.put("legalEntityId", text(relation, "LegalEntityId"));
    read.put("hireDate", text(relation, "StartDate"));
    read.put("terminationDate", text(relation, "TerminationDate"));
    read.put("workerType", text(relation, "WorkerType"));
    read.put("maritalStatus", text(legislative, "MaritalStatus"));
    read.put("militaryVetStatus", text(legislative, "MilitaryVetStatus"));
    read.put("effectiveStartDate", text(name, "EffectiveStartDate"));
    read.put("citizenshipId", text(citizenship, "CitizenshipId"));
    read.put("citizenshipStatus", text(citizenship, "CitizenshipStatus"));
    read.put("citizenshipLegislationCode", text(citizenship, "Citizenship"));
    read.put("locationId", text(assignment, "LocationId"));
    read.put("locationName", locations.get(assignment.path("LocationId").asLong(0)));
    read.put("departmentId", text(assignment, "DepartmentId"));
    return read;
  }

  private static Map<String, @Nullable String> employee(JsonNode row, Map<Long, String> locations) {
    JsonNode assignment = row.path("assignments").path(0);
    Map<String, @Nullable String> read = new LinkedHashMap<>();
    read.put("firstName", text(row, "FirstName"));
    read.put("lastName", text(row, "LastName"));
    read.put("userName", text(row, "UserName"));
    read.put("middleName", text(row, "MiddleName"));
    read.put("displayName", text(row, "DisplayName"));
    read.put("email", text(row, "WorkEmail"));
    read.put(
        "mobilePhone",
        text(row, "WorkMobilePhoneNumber") == null
            ? null
            : digits(
                text(row, "WorkMobilePhoneCountryCode"),
                text(row, "WorkMobilePhoneAreaCode"),
                text(row, "WorkMobilePhoneNumber")));
    read.put("countryCode", text(row, "Country"));
    read.put("zipCode", text(row, "PostalCode"));
    read.put("personNumber", text(row, "PersonNumber"));
    read.put("personId", text(row, "PersonId"));
    read.put("dateOfBirth", text(row, "DateOfBirth"));
    read.put("legalEntityId", text(row, "LegalEntityId"));
    read.put("hireDate", text(row, "HireDate"));
    read.put("terminationDate", text(row, "TerminationDate"));
    read.put("workerType", text(row, "WorkerType"));
    read.put("maritalStatus", text(row, "MaritalStatus"));
    read.put("militaryVetStatus", text(row, "MilitaryVetStatus"));
    read.put("effectiveStartDate", text(row, "EffectiveStartDate"));
    read.put("citizenshipId", text(row, "CitizenshipId"));
    read.put("citizenshipStatus", text(row, "CitizenshipStatus"));
    read.put("citizenshipLegislationCode", text(row, "CitizenshipLegislationCode"));
    read.put("locationId", text(assignment, "LocationId"));
    read.put("locationName", locations.get(assignment.path("LocationId").asLong(0)));
    read.put("departmentId", text(assignment, "DepartmentId"));
    return read;
  }

  private static List<JsonNode> items(JsonNode row, String child) {
    return row.path(child).path("items").valueStream().toList();
  }

  private static JsonNode first(JsonNode row, String child) {
    return row.path(child).path("items").path(0);
  }

  /** Of those at work, else of all, the primary one, else the latest. */
  private static JsonNode leading(List<JsonNode> relations, String day) {
    List<JsonNode> current =
        relations.stream()
            .filter(one -> text(one, "WorkerType") == null || !"P".equals(text(one, "WorkerType")))
            .filter(one -> {
              String last = text(one, "TerminationDate");
              return last == null || last.compareTo(day) >= 0;
            })
            .toList();
    List<JsonNode> some = current.isEmpty() ? relations : current;
    return some.stream()
        .max(
            Comparator.comparing((JsonNode one) -> one.path("PrimaryFlag").asBoolean())
                .thenComparing(one -> one.path("StartDate").asString()))
        .orElseThrow();
  }

  private static JsonNode typedRow(
      JsonNode row, String child, String typeName, String type, String day) {
    return items(row, child).stream()
        .filter(one -> one.path(typeName).asString().equals(type))
        .filter(one -> {
          String ends = text(one, "ToDate");
          String begins = one.path("FromDate").asString();
          return begins.compareTo(day) <= 0 && (ends == null || ends.compareTo(day) >= 0);
        })
        .findFirst()
        .orElse(row.path("nothing of that type"));
  }

  private static @Nullable String typed(
      JsonNode row, String child, String typeName, String type, String value, String day) {
    return text(typedRow(row, child, typeName, type, day), value);
  }

  private static String digits(@Nullable String... parts) {
    StringBuilder digits = new StringBuilder();
    for (@Nullable String part : parts) {
      digits.append(part == null ? "" : part.replaceAll("\\D", ""));
    }
    return digits.toString();
  }

  private static @Nullable String text(JsonNode row, String name) {
    JsonNode value = row.path(name);
    return value.isNull() || value.isMissingNode() ? null : value.asString();
  }
}
