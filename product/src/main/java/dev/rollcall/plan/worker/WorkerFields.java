package dev.rollcall.plan.worker;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the one row of WORKER.
 *
 * @param fields what is known; a field that is missing is not known
 */
record WorkerFields(Map<String, Value> fields) {

  static final String RECORD = "WORKER";
  static final String HIRE = "hireDate";
  static final String TERMINATION = "terminationDate";
  static final String TYPE = "workerType";
  static final String LOCATION = "locationId";
  static final String LOCATION_NAME = "locationName";

  /** All there are, in the order in which they are shown (seed 002). */
  static final List<String> ALL =
      List.of(
          WorkerSettings.LOGIN,
          "firstName",
          "lastName",
          WorkerSettings.EMAIL,
          "secondEmail",
          "mobilePhone",
          "middleName",
          "displayName",
          "countryCode",
          "zipCode",
          "personNumber",
          "dateOfBirth",
          "legalEntityId",
          HIRE,
          TERMINATION,
          "maritalStatus",
          "personId",
          "effectiveStartDate",
          "citizenshipId",
          "citizenshipStatus",
          "citizenshipLegislationCode",
          "militaryVetStatus",
          TYPE,
          LOCATION,
          LOCATION_NAME,
          "departmentId");

  WorkerFields {
    fields = Map.copyOf(fields);
  }

  /** The person's, or null when the source gave no row. */
  static @Nullable WorkerFields of(Facts facts) {
    RecordFacts record = facts.record(RECORD);
    if (record != null) {
      for (Row row : record.rows()) {
        if (!row.deleted()) {
          return new WorkerFields(row.fields());
        }
      }
    }
    return null;
  }

  boolean knows(String field) {
    return fields.containsKey(field);
  }

  @Nullable String text(String field) {
    Value value = fields.get(field);
    return value == null ? null : value.textOrNull();
  }

  /**
   * A date.
   *
   * @throws IllegalArgumentException when it is none; the message names the field
   */
  @Nullable LocalDate date(String field) {
    String text = text(field);
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException(
          "%s '%s' is no date (yyyy-MM-dd)".formatted(field, text), wrong);
    }
  }
}
