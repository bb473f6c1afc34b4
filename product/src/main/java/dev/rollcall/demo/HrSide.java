package dev.rollcall.demo;

import dev.rollcall.db.Database;
import java.util.LinkedHashMap;
import java.util.Map;

/** What PeopleSoft's own tables say in the end. */
final class HrSide {

  private final Database database;

  HrSide(Database database) {
    this.database = database;
  }

  /** The lines of all requests, by batch and number. */
  Map<String, HrLine> lines() {
    Map<String, HrLine> lines = new LinkedHashMap<>();
    database
        .jdbc()
        .sql(
            """
            select CHG_BATCH_ID || '/' || LINE_NBR, OPRID, CHG_LINE_ACTION, CHG_LINE_STATUS,
              ERROR_MSG, CHG_OKTA_ID
            from PS_CHG_OK_REQ_DTL order by CHG_BATCH_ID, LINE_NBR
            """)
        .query(row -> {
          lines.put(row.getString(1), HrLine.of(row));
        });
    return lines;
  }

  /** The status of each batch. */
  Map<String, String> batches() {
    Map<String, String> batches = new LinkedHashMap<>();
    database
        .jdbc()
        .sql("select CHG_BATCH_ID, CHG_BATCH_STATUS from PS_CHG_OK_REQ_HDR order by 1")
        .query(row -> {
          batches.put(row.getString(1), row.getString(2));
        });
    return batches;
  }

  /** Id and login of accounts by OPRID, as the cross-reference has them. */
  Map<String, String> crossReference() {
    Map<String, String> accounts = new LinkedHashMap<>();
    database
        .jdbc()
        .sql(
            "select OPRID, CHG_OKTA_ID || ' ' || CHG_OKTA_LOGIN_ID from PS_CHG_OPR_OKTA_ID"
                + " where CHG_OKTA_ID <> ' '")
        .query(row -> {
          accounts.put(row.getString(1), row.getString(2));
        });
    return accounts;
  }
}
