package dev.rollcall.demo;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A line of a request as one of the two sides has it.
 *
 * @param text what somebody should know; empty when nothing
 * @param account the id of the account; empty when none is told
 */
record HrLine(String oprid, String action, String status, String text, String account) {

  /** Columns 2 to 6 of a row; a blank means nothing. */
  static HrLine of(ResultSet row) throws SQLException {
    return new HrLine(
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5).strip(),
        row.getString(6).strip());
  }

  boolean isOpen() {
    return status.equals("NEW") || status.equals("INPR");
  }
}
