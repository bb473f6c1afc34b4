package dev.rollcall.web;

import java.util.ArrayList;
import java.util.List;

/** SCC_CONSTITUENT_SYNC messages, written from the rowset rules and not from our reader. */
final class CampusXml {

  private final String emplid;
  private final String root;
  private final List<String> rows = new ArrayList<>();
  private String fields = "";
  private String declaration = "<?xml version=\"1.0\"?>";

  private CampusXml(String emplid, String root) {
    this.emplid = emplid;
    this.root = root;
  }

  static CampusXml added(String emplid) {
    return new CampusXml(emplid, "A");
  }

  static CampusXml changed(String emplid) {
    return new CampusXml(emplid, "C");
  }

  static CampusXml about(String emplid, String rootAction) {
    return new CampusXml(emplid, rootAction);
  }

  /** A whole small message about a person of this first name. */
  static String person(String emplid, String first) {
    return added(emplid).name("A", "PRI", "2020-01-01", first, "Smith").xml();
  }

  CampusXml encoding(String name) {
    declaration = "<?xml version=\"1.0\" encoding=\"" + name + "\"?>";
    return this;
  }

  CampusXml fields(String xml) {
    fields = xml;
    return this;
  }

  CampusXml campusId(String action, String id) {
    return row("PERSON_SA", action, "<CAMPUS_ID>" + id + "</CAMPUS_ID>");
  }

  CampusXml name(String action, String type, String effdt, String first, String last) {
    return row(
        "SCC_PER_NAME_I",
        action,
        "<NAME_TYPE>%s</NAME_TYPE><EFFDT>%s</EFFDT><EFF_STATUS>A</EFF_STATUS>"
                .formatted(type, effdt)
            + "<FIRST_NAME>%s</FIRST_NAME><LAST_NAME>%s</LAST_NAME>".formatted(first, last));
  }

  CampusXml inactiveName(String action, String effdt, String first) {
    return row(
        "SCC_PER_NAME_I",
        action,
        "<NAME_TYPE>PRI</NAME_TYPE><EFFDT>%s</EFFDT><EFF_STATUS>I</EFF_STATUS>".formatted(effdt)
            + "<FIRST_NAME>%s</FIRST_NAME><LAST_NAME>Gone</LAST_NAME>".formatted(first));
  }

  CampusXml email(String action, String type, String address) {
    return row(
        "SCC_PER_EMAIL_I",
        action,
        "<E_ADDR_TYPE>%s</E_ADDR_TYPE><EMAIL_ADDR>%s</EMAIL_ADDR>".formatted(type, address)
            + "<PREF_EMAIL_FLAG>Y</PREF_EMAIL_FLAG>");
  }

  CampusXml phone(String action, String type, String number) {
    return row(
        "SCC_PER_PHONE_I",
        action,
        "<PHONE_TYPE>%s</PHONE_TYPE><PHONE>%s</PHONE>".formatted(type, number)
            + "<PREF_PHONE_FLAG>Y</PREF_PHONE_FLAG>");
  }

  CampusXml affiliation(String action, String code, String status, String from, String to) {
    return row(
        "SCC_AFL_PERSON",
        action,
        "<INSTITUTION>PSUNV</INSTITUTION><SCC_AFL_CODE>%s</SCC_AFL_CODE>".formatted(code)
            + "<SCC_AFL_STATUS>%s</SCC_AFL_STATUS>".formatted(status)
            + "<START_DT>%s</START_DT><END_DT>%s</END_DT>".formatted(from, to));
  }

  CampusXml row(String record, String action, String fieldsXml) {
    rows.add(
        "<%s class=\"R\"><EMPLID>%s</EMPLID>%s</%s>".formatted(record, emplid, fieldsXml, record)
            + "<PSCAMA class=\"R\"><AUDIT_ACTN>%s</AUDIT_ACTN></PSCAMA>".formatted(action));
    return this;
  }

  String xml() {
    return declaration
        + "<SCC_CONSTITUENT_SYNC><FieldTypes><SCC_CM_PERSON_I class=\"R\">"
        + "<EMPLID type=\"CHAR\"/></SCC_CM_PERSON_I></FieldTypes><MsgData><Transaction>"
        + "<SCC_CM_PERSON_I class=\"R\"><EMPLID>%s</EMPLID>%s".formatted(emplid, fields)
        + String.join("", rows)
        + "</SCC_CM_PERSON_I><PSCAMA class=\"R\"><LANGUAGE_CD>ENG</LANGUAGE_CD>"
        + "<AUDIT_ACTN>%s</AUDIT_ACTN></PSCAMA></Transaction></MsgData>".formatted(root)
        + "</SCC_CONSTITUENT_SYNC>";
  }
}
