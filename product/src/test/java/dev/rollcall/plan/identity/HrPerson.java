package dev.rollcall.plan.identity;

import dev.rollcall.model.Facts;
import dev.rollcall.model.RecordFacts;
import dev.rollcall.model.Row;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Somebody as the person query gives them; everything can be said otherwise. */
record HrPerson(Map<String, Value> fields, List<String> types, boolean complete, boolean told) {

  static final SubjectKey SUBJECT = new SubjectKey("hr", "JDOE");

  static HrPerson jane(String... types) {
    return new HrPerson(Map.of(), List.of(types), true, true)
        .with("EMPLID", "0012345")
        .with("FIRST_NAME", "Jane")
        .with("MIDDLE_NAME", "Quincy")
        .with("LAST_NAME", "Doe")
        .with("PREF_FIRST_NAME", " ")
        .with("PREF_LAST_NAME", " ")
        .with("EMAIL_HOME", "jane@home.example")
        .with("EMAIL_PREF", "jane@pref.example")
        .with("EMAIL_BUSN", "jane@busn.example")
        .with("EMAIL_PERS", "jane@pers.example")
        .with("PHONE", "555-0100")
        .with("HR_STATUS", "A");
  }

  /** With another value; one blank is empty. */
  HrPerson with(String field, String value) {
    Map<String, Value> more = new HashMap<>(fields);
    more.put(field, Value.of(value));
    return new HrPerson(more, types, complete, told);
  }

  /** As of a query that has no such column. */
  HrPerson without(String field) {
    Map<String, Value> less = new HashMap<>(fields);
    less.remove(field);
    return new HrPerson(less, types, complete, told);
  }

  HrPerson holding(String... others) {
    return new HrPerson(fields, List.of(others), complete, told);
  }

  /** The source does not say that these are all identity types there are. */
  HrPerson andPerhapsMore() {
    return new HrPerson(fields, types, false, told);
  }

  /** The source says nothing about identity types. */
  HrPerson withoutWord() {
    return new HrPerson(fields, types, complete, false);
  }

  Facts facts() {
    Map<String, RecordFacts> records = new HashMap<>();
    records.put("PERSON", new RecordFacts(false, List.of(new Row(fields, 0, false))));
    if (told) {
      Stream<Row> rows =
          types.stream()
              .map(type -> new Row(Map.of("IDENTITY_TYPE", new Value.Text(type)), 0, false));
      records.put("IDENTITY_TYPE", new RecordFacts(complete, rows.toList()));
    }
    return new Facts(SUBJECT, Facts.Standing.ADDED, records);
  }
}
