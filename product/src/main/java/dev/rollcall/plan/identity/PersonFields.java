package dev.rollcall.plan.identity;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the one row of PERSON.
 *
 * @param complete whether a field that is missing is known to be empty
 */
record PersonFields(Map<String, Value> fields, boolean complete) {

  static final String RECORD = "PERSON";
  static final String OPRID = "OPRID";
  static final String EMPLID = "EMPLID";
  static final String FIRST = "FIRST_NAME";
  static final String MIDDLE = "MIDDLE_NAME";
  static final String LAST = "LAST_NAME";
  static final String PREFERRED_FIRST = "PREF_FIRST_NAME";
  static final String PREFERRED_LAST = "PREF_LAST_NAME";
  static final String PHONE = "PHONE";
  static final String HR_STATUS = "HR_STATUS";
  static final String EMAIL = "EMAIL_";

  PersonFields {
    fields = Map.copyOf(fields);
  }

  /** The person's, or null when the source gave no row. */
  static @Nullable PersonFields of(Facts facts) {
    RecordFacts record = facts.record(RECORD);
    if (record != null) {
      for (Row row : record.rows()) {
        if (!row.deleted()) {
          return new PersonFields(row.fields(), record.complete())
              .with(OPRID, Value.of(facts.subject().id()));
        }
      }
    }
    return null;
  }

  /** The same with one field more. */
  PersonFields with(String field, Value value) {
    Map<String, Value> more = new HashMap<>(fields);
    more.put(field, value);
    return new PersonFields(more, complete);
  }

  /** What is known of a field; null when nothing is. */
  @Nullable Value get(String field) {
    Value value = fields.get(field);
    return value == null && complete ? new Value.Cleared() : value;
  }

  /** A field's text; null when it has none or nothing is known of it. */
  @Nullable String text(String field) {
    Value value = fields.get(field);
    return value == null ? null : value.textOrNull();
  }
}
