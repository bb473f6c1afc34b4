package dev.rollcall.simulators.peoplesoft.hr;

import java.util.List;

/**
 * A person, and what has to have become of their account by now.
 *
 * @param state blank while there is none, else STAGED, ACTIVE or DEPROVISIONED
 * @param logins what the login was when the account was made, or would have been had it been made
 *     later: whoever works late sees a newer name
 */
record HrTruth(HrPerson person, String state, List<String> logins) {
  static final String STAGED = "STAGED";
  static final String ENDED = "DEPROVISIONED";

  HrTruth {
    logins = List.copyOf(logins);
  }
}
