package dev.rollcall.connector.oraclehcm;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is told of one person, whichever resource told it, under the names of seed 002. A field that
 * is null there is cleared; one that the resource does not have, or that we may not see, is
 * missing.
 *
 * @param fields in the order of {@link #FIELDS}
 */
record WorkerRecord(String personId, Map<String, Value> fields) {

  static final String RECORD = "WORKER";
  static final String TERMINATION = "terminationDate";
  static final String LOCATION = "locationId";
  static final String LOCATION_NAME = "locationName";

  static final List<String> FIELDS =
      List.of(
          "firstName",
          "lastName",
          "userName",
          "email",
          "secondEmail",
          "mobilePhone",
          "middleName",
          "displayName",
          "countryCode",
          "zipCode",
          "personNumber",
          "dateOfBirth",
          "legalEntityId",
          "hireDate",
          TERMINATION,
          "maritalStatus",
          "personId",
          "effectiveStartDate",
          "citizenshipId",
          "citizenshipStatus",
          "citizenshipLegislationCode",
          "militaryVetStatus",
          "workerType",
          LOCATION,
          LOCATION_NAME,
          "departmentId");

  WorkerRecord {
    Map<String, Value> ordered = new LinkedHashMap<>();
    for (String field : FIELDS) {
      Value value = fields.get(field);
      if (value != null) {
        ordered.put(field, value);
      }
    }
    fields = Collections.unmodifiableMap(ordered);
  }

  /** Reads what {@link #json} wrote. */
  static WorkerRecord of(String personId, String json) {
    Map<String, Value> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : JsonMapper.shared().readTree(json).properties()) {
      JsonNode value = field.getValue();
      fields.put(
          field.getKey(), value.isNull() ? new Value.Cleared() : new Value.Text(value.asString()));
    }
    return new WorkerRecord(personId, fields);
  }

  String json() {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    fields.forEach((field, value) -> texts.put(field, value.textOrNull()));
    return JsonMapper.shared().writeValueAsString(texts);
  }

  /** The text of a field; null when it has none or nothing is known of it. */
  @Nullable String text(String field) {
    Value value = fields.get(field);
    return value == null ? null : value.textOrNull();
  }

  WorkerRecord with(String field, Value value) {
    Map<String, Value> more = new HashMap<>(fields);
    more.put(field, value);
    return new WorkerRecord(personId, more);
  }

  /** Their last day, null when none is known. */
  @Nullable LocalDate lastDay() {
    String text = text(TERMINATION);
    return text == null ? null : LocalDate.parse(text);
  }

  /** Whether their last day is over. */
  boolean left(LocalDate today) {
    LocalDate last = lastDay();
    return last != null && last.isBefore(today);
  }

  Facts facts(String source) {
    return new Facts(
        new SubjectKey(source, personId),
        Facts.Standing.ADDED,
        Map.of(RECORD, new RecordFacts(false, List.of(new Row(fields, 0, false)))));
  }
}
