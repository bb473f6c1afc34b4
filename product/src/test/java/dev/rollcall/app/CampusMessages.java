package dev.rollcall.app;

import java.util.ArrayList;
import java.util.List;

/** Builds SCC_CONSTITUENT_SYNC messages row by row, as a test needs them. */
final class CampusMessages {

  private final String emplid;
  private final String root;
  private final List<String> rows = new ArrayList<>();

  private CampusMessages(String emplid, String root) {
    this.emplid = emplid;
    this.root = root;
  }

  static CampusMessages added(String emplid) {
    return new CampusMessages(emplid, "A");
  }

  static CampusMessages changed(String emplid) {
    return new CampusMessages(emplid, "C");
  }

  static CampusMessages deleted(String emplid) {
    return new CampusMessages(emplid, "D");
  }

  CampusMessages name(String action, String type, String effdt, String first, String last) {
    return row(
        "SCC_PER_NAME_I",
        action,
        "<NAME_TYPE>%s</NAME_TYPE><EFFDT>%s</EFFDT><EFF_STATUS>A</EFF_STATUS>"
                .formatted(type, effdt)
            + "<FIRST_NAME>%s</FIRST_NAME><LAST_NAME>%s</LAST_NAME>".formatted(first, last));
  }

  CampusMessages email(String action, String type, String address) {
    return row(
        "SCC_PER_EMAIL_I",
        action,
        "<E_ADDR_TYPE>%s</E_ADDR_TYPE><EMAIL_ADDR>%s</EMAIL_ADDR>".formatted(type, address));
  }

  CampusMessages affiliation(String action, String code, String status, String from, String to) {
    return row(
        "SCC_AFL_PERSON",
        action,
        "<INSTITUTION>PSUNV</INSTITUTION><SCC_AFL_CODE>%s</SCC_AFL_CODE>".formatted(code)
            + "<SCC_AFL_STATUS>%s</SCC_AFL_STATUS>".formatted(status)
            + "<START_DT>%s</START_DT><END_DT>%s</END_DT>".formatted(from, to));
  }

  CampusMessages row(String record, String action, String fields) {
    rows.add(
        "<%s class=\"R\"><EMPLID>%s</EMPLID>%s</%s>".formatted(record, emplid, fields, record)
            + "<PSCAMA class=\"R\"><AUDIT_ACTN>%s</AUDIT_ACTN></PSCAMA>".formatted(action));
    return this;
  }

  String xml() {
    return "<?xml version=\"1.0\"?><SCC_CONSTITUENT_SYNC><FieldTypes/><MsgData>"
        + transaction()
        + "</MsgData></SCC_CONSTITUENT_SYNC>";
  }

  /** As it stands in a full publication, which has its names in a record of another name. */
  String image() {
    return transaction()
        .replace("SCC_PER_NAME_I>", "SCC_PER_NAME_I2>")
        .replace("SCC_PER_NAME_I ", "SCC_PER_NAME_I2 ");
  }

  private String transaction() {
    return "<Transaction><SCC_CM_PERSON_I class=\"R\"><EMPLID>%s</EMPLID>".formatted(emplid)
        + String.join("", rows)
        + "</SCC_CM_PERSON_I><PSCAMA class=\"R\"><LANGUAGE_CD>ENG</LANGUAGE_CD>"
        + "<AUDIT_ACTN>%s</AUDIT_ACTN></PSCAMA></Transaction>".formatted(root);
  }
}
