package dev.rollcall.model;

/**
 * Where a request line stands, by the codes that stand in CHG_LINE_STATUS ({@code
 * facts/peoplesoft.md §1.9}).
 */
public enum LineStatus {
  /** Not seen yet. */
  NEW,
  /** Being worked. */
  INPR,
  /** Done: the account is as the line asks. */
  COMP,
  /** Done, with something for a person to look at. */
  WARN,
  /** Not done. */
  ERR
}
