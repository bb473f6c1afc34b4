package dev.rollcall.simulators.peoplesoft.message;

import java.util.List;

/**
 * The records of SCC_CONSTITUENT_SYNC in message order; the constants are the names on the wire.
 */
public enum RecordType {
  /** Level 0, the parent of all others. */
  SCC_CM_PERSON_I(Field.key("EMPLID"), Field.date("BIRTHDATE")),
  PERSON_SA(Field.key("EMPLID"), Field.text("CAMPUS_ID")),
  SCC_PER_NAME_I(
      Field.key("EMPLID"),
      Field.key("NAME_TYPE"),
      Field.keyDate("EFFDT"),
      Field.text("EFF_STATUS"),
      Field.text("FIRST_NAME"),
      Field.text("LAST_NAME")),
  SCC_PER_EMAIL_I(
      Field.key("EMPLID"),
      Field.key("E_ADDR_TYPE"),
      Field.text("EMAIL_ADDR"),
      Field.text("PREF_EMAIL_FLAG")),
  SCC_PER_PHONE_I(
      Field.key("EMPLID"),
      Field.key("PHONE_TYPE"),
      Field.text("PHONE"),
      Field.text("PREF_PHONE_FLAG")),
  SCC_AFL_PERSON(
      Field.key("EMPLID"),
      Field.key("INSTITUTION"),
      Field.key("SCC_AFL_CODE"),
      Field.text("SCC_AFL_STATUS"),
      Field.text("SCC_AFL_STS_DESCR"),
      Field.keyDate("START_DT"),
      Field.date("END_DT"));

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes it so
  private final List<Field> fields;

  RecordType(Field... fields) {
    this.fields = List.of(fields);
  }

  List<Field> fields() {
    return fields;
  }
}
