package dev.rollcall.bench;

/** A message of the usual size about one person. */
final class BenchMessage {

  private BenchMessage() {}

  static String xml(String emplid) {
    StringBuilder rows = new StringBuilder();
    row(rows, "PERSON_SA", emplid, "<CAMPUS_ID>C%s</CAMPUS_ID>".formatted(emplid));
    for (String name : new String[] {"PRI|2013-08-20", "PRI|2019-02-01", "PRF|2015-01-01"}) {
      String[] parts = name.split("\\|", 2);
      row(
          rows,
          "SCC_PER_NAME_I",
          emplid,
          "<NAME_TYPE>%s</NAME_TYPE><EFFDT>%s</EFFDT><EFF_STATUS>A</EFF_STATUS>"
                  .formatted(parts[0], parts[1])
              + "<FIRST_NAME>Kevin</FIRST_NAME><LAST_NAME>Anderson</LAST_NAME>");
    }
    row(
        rows,
        "SCC_PER_EMAIL_I",
        emplid,
        "<E_ADDR_TYPE>CAMP</E_ADDR_TYPE><EMAIL_ADDR>%s@campus.example</EMAIL_ADDR>"
                .formatted(emplid)
            + "<PREF_EMAIL_FLAG>Y</PREF_EMAIL_FLAG>");
    for (String code : new String[] {"STUDENT", "EMPLOYEE"}) {
      row(
          rows,
          "SCC_AFL_PERSON",
          emplid,
          "<INSTITUTION>PSUNV</INSTITUTION><SCC_AFL_CODE>%s</SCC_AFL_CODE>".formatted(code)
              + "<SCC_AFL_STATUS>A</SCC_AFL_STATUS><SCC_AFL_STS_DESCR>Active</SCC_AFL_STS_DESCR>"
              + "<START_DT>2020-09-01</START_DT><END_DT>2035-06-30</END_DT>");
    }
    return "<?xml version=\"1.0\"?><SCC_CONSTITUENT_SYNC><FieldTypes/><MsgData><Transaction>"
        + "<SCC_CM_PERSON_I class=\"R\"><EMPLID>%s</EMPLID>".formatted(emplid)
        + "<BIRTHDATE>1990-01-01</BIRTHDATE>"
        + rows
        + "</SCC_CM_PERSON_I><PSCAMA class=\"R\"><LANGUAGE_CD>ENG</LANGUAGE_CD>"
        + "<AUDIT_ACTN>A</AUDIT_ACTN></PSCAMA></Transaction></MsgData></SCC_CONSTITUENT_SYNC>";
  }

  private static void row(StringBuilder rows, String record, String emplid, String fields) {
    rows.append(
            "<%s class=\"R\"><EMPLID>%s</EMPLID>%s</%s>".formatted(record, emplid, fields, record))
        .append("<PSCAMA class=\"R\"><AUDIT_ACTN>A</AUDIT_ACTN></PSCAMA>");
  }
}
