package dev.rollcall.app;

/** SCC_CONSTITUENT_FULLSYNC files, written from the rowset rules and not from our reader. */
final class FullSync {

  private static final String HEAD =
      """
      <?xml version="1.0"?>
      <SCC_CONSTITUENT_FULLSYNC>
        <FieldTypes>
          <SCC_CM_PERSON_I class="R"><EMPLID type="CHAR"/></SCC_CM_PERSON_I>
          <PERSON_SA class="R"><EMPLID type="CHAR"/></PERSON_SA>
          <SCC_PER_NAME_I2 class="R"><EMPLID type="CHAR"/></SCC_PER_NAME_I2>
          <SCC_PER_EMAIL_I class="R"><EMPLID type="CHAR"/></SCC_PER_EMAIL_I>
          <SCC_AFL_PERSON class="R"><EMPLID type="CHAR"/></SCC_AFL_PERSON>
        </FieldTypes>
        <MsgData>
      """;
  private static final String TAIL = "  </MsgData>\n</SCC_CONSTITUENT_FULLSYNC>\n";

  static String person(String emplid, String last, String email, String... affiliations) {
    StringBuilder rows = new StringBuilder();
    row(
        rows,
        emplid,
        "SCC_PER_NAME_I2",
        "<NAME_TYPE>PRI</NAME_TYPE><EFFDT>2020-01-01</EFFDT><EFF_STATUS>A</EFF_STATUS>"
            + "<FIRST_NAME>Kim</FIRST_NAME><LAST_NAME>"
            + last
            + "</LAST_NAME>");
    row(
        rows,
        emplid,
        "SCC_PER_EMAIL_I",
        "<E_ADDR_TYPE>CAMP</E_ADDR_TYPE><EMAIL_ADDR>" + email + "</EMAIL_ADDR>");
    for (String code : affiliations) {
      row(
          rows,
          emplid,
          "SCC_AFL_PERSON",
          "<INSTITUTION>PSUNV</INSTITUTION><SCC_AFL_CODE>"
              + code
              + "</SCC_AFL_CODE>"
              + "<SCC_AFL_STATUS>A</SCC_AFL_STATUS><START_DT>2020-09-01</START_DT><END_DT/>");
    }
    return "<Transaction>\n<SCC_CM_PERSON_I class=\"R\"><EMPLID>"
        + emplid
        + "</EMPLID>\n"
        + rows
        + "</SCC_CM_PERSON_I>\n<PSCAMA class=\"R\"><AUDIT_ACTN/></PSCAMA>\n</Transaction>\n";
  }

  private static void row(StringBuilder rows, String emplid, String record, String fields) {
    rows.append(
            "<%s class=\"R\"><EMPLID>%s</EMPLID>%s</%s>".formatted(record, emplid, fields, record))
        .append("<PSCAMA class=\"R\"><AUDIT_ACTN/></PSCAMA>\n");
  }

  static String file(String... people) {
    return HEAD + String.join("", people) + TAIL;
  }

  /** What a publication sends before or after everybody: {@code H} or {@code T}. */
  static String sequence(String flag) {
    return "<Transaction><PSCAMA class=\"R\"><AUDIT_ACTN/><MSG_SEQ_FLG>%s</MSG_SEQ_FLG></PSCAMA>"
            .formatted(flag)
        + "</Transaction>";
  }

  private FullSync() {}
}
