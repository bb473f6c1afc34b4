package dev.rollcall.connector.oraclehcm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** People as Oracle HCM tells them. */
final class Workers {

  static final long FIRST = 300000000010000L;
  static final long HEADQUARTERS = 501;

  private Workers() {}

  static Map<String, @Nullable Object> row(@Nullable Object... pairs) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      row.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return row;
  }

  @SafeVarargs
  @SuppressWarnings("varargs")
  static Map<String, @Nullable Object> children(Map<String, @Nullable Object>... items) {
    return row("items", List.of(items), "count", items.length, "hasMore", false);
  }

  static Map<String, @Nullable Object> relation(
      String start, @Nullable String end, boolean primary) {
    return row(
        "PeriodOfServiceId",
        4L,
        "LegislationCode",
        "US",
        "LegalEntityId",
        101L,
        "WorkerType",
        "E",
        "PrimaryFlag",
        primary,
        "StartDate",
        start,
        "TerminationDate",
        end,
        "assignments",
        children(
            row(
                "AssignmentId",
                3L,
                "EffectiveStartDate",
                start,
                "EffectiveEndDate",
                "4712-12-31",
                "PrimaryAssignmentFlag",
                true,
                "LocationId",
                HEADQUARTERS,
                "DepartmentId",
                701L)));
  }

  /** Somebody with everything, in workers. */
  static Map<String, @Nullable Object> worker(long id, String name, @Nullable String end) {
    return row(
        "PersonId", id,
        "PersonNumber", Long.toString(id % 100000),
        "DateOfBirth", "1988-03-14",
        "CreationDate", "2019-05-20T15:02:11+00:00",
        "names",
            children(
                row(
                    "PersonNameId",
                    5L,
                    "EffectiveStartDate",
                    "2019-06-03",
                    "EffectiveEndDate",
                    "4712-12-31",
                    "LegislationCode",
                    "US",
                    "LastName",
                    name,
                    "FirstName",
                    "Avery",
                    "MiddleNames",
                    null,
                    "DisplayName",
                    "Avery " + name)),
        "emails",
            children(
                row(
                    "EmailAddressId",
                    6L,
                    "EmailType",
                    "W1",
                    "EmailAddress",
                    name.toLowerCase(Locale.ROOT) + "@corp.example",
                    "FromDate",
                    "2019-06-03",
                    "ToDate",
                    null,
                    "PrimaryFlag",
                    true)),
        "phones",
            children(
                row(
                    "PhoneId", 7L,
                    "PhoneType", "WM",
                    "CountryCodeNumber", "1",
                    "AreaCode", "555",
                    "PhoneNumber", "0100143",
                    "PrimaryFlag", true)),
        "addresses",
            children(
                row(
                    "AddressId", 8L,
                    "AddressType", "HOME",
                    "Country", "US",
                    "PostalCode", "02704",
                    "PrimaryFlag", true)),
        "citizenships", children(),
        "legislativeInfo",
            children(row("LegislationCode", "US", "MaritalStatus", "S", "MilitaryVetStatus", "N")),
        "workRelationships", children(relation("2019-06-03", end, true)));
  }

  static Map<String, @Nullable Object> emp(long id, String name, @Nullable String end) {
    return row(
        "PersonId",
        id,
        "PersonNumber",
        Long.toString(id % 100000),
        "FirstName",
        "Avery",
        "MiddleName",
        null,
        "LastName",
        name,
        "DisplayName",
        "Avery " + name,
        "WorkMobilePhoneCountryCode",
        "1",
        "WorkMobilePhoneAreaCode",
        "555",
        "WorkMobilePhoneNumber",
        "0100143",
        "WorkEmail",
        name.toLowerCase(Locale.ROOT) + "@corp.example",
        "Country",
        "US",
        "PostalCode",
        "02704",
        "DateOfBirth",
        "1988-03-14",
        "LegalEntityId",
        101L,
        "HireDate",
        "2019-06-03",
        "TerminationDate",
        end,
        "MaritalStatus",
        "S",
        "EffectiveStartDate",
        "2019-06-03",
        "UserName",
        name.toLowerCase(Locale.ROOT),
        "CitizenshipId",
        null,
        "CitizenshipStatus",
        null,
        "CitizenshipLegislationCode",
        null,
        "CitizenshipToDate",
        null,
        "MilitaryVetStatus",
        "N",
        "CreationDate",
        "2019-05-20T15:02:11+00:00",
        "WorkerType",
        "E",
        "assignments",
        List.of(
            row(
                "AssignmentId", 3L,
                "EffectiveStartDate", "2024-01-01",
                "EffectiveEndDate", "4712-12-31",
                "PrimaryAssignmentFlag", "Y",
                "PrimaryWorkRelationFlag", "Y",
                "LocationId", HEADQUARTERS,
                "DepartmentId", 701L)));
  }
}
