package dev.rollcall.simulators.okta.source;

import java.time.Instant;

/**
 * One bulk request that a session took.
 *
 * @param number 1 for the session's first
 * @param request the number of the call in the ledger
 * @param bytes of its body, in UTF-8
 */
public record Upload(int number, long request, Kind kind, int rows, int bytes, Instant at) {

  /** What is to be done with the people in it. */
  public enum Kind {
    UPSERT,
    DELETE
  }
}
