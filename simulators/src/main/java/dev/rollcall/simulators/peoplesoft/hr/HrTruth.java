package dev.rollcall.simulators.peoplesoft.hr;

import java.util.ArrayList;
import java.util.List;

/**
 * A person, and what has to have become of their account by now, if requests are worked as soon as
 * they are written.
 *
 * @param state blank while there is none, else STAGED, ACTIVE or DEPROVISIONED
 * @param history the person at every step, because whoever works late sees a newer name
 * @param leftEarly whether they left once while requests of theirs were open: whoever works those
 *     afterwards finds nobody to make an account for
 */
record HrTruth(HrPerson person, String state, List<HrPerson> history, boolean leftEarly) {
  static final String STAGED = "STAGED";
  static final String ENDED = "DEPROVISIONED";
  static final String NONE = "";

  HrTruth {
    history = List.copyOf(history);
  }

  static HrTruth begun(HrPerson person, String state) {
    return new HrTruth(person, canHaveAccount(person) ? state : NONE, List.of(person), false);
  }

  /** Without an account there is nothing to be moved. */
  HrTruth moved(HrPerson after, String newState) {
    List<HrPerson> longer = new ArrayList<>(history);
    longer.add(after);
    return new HrTruth(after, state.equals(NONE) ? NONE : newState, longer, leftEarly);
  }

  HrTruth leavingEarly() {
    return new HrTruth(person, state, history, true);
  }

  /** No account is made without a login and an e-mail address. */
  static boolean canHaveAccount(HrPerson person) {
    return IdentityType.leading(person.types())
        .filter(type -> LoginRule.login(type, person).isPresent())
        .filter(type -> !person.email(type.emailTypes()).isEmpty())
        .isPresent();
  }

  /** Whether it makes no difference when requests are worked. */
  boolean certain() {
    return !leftEarly
        && history.stream()
                .filter(person -> !person.types().isEmpty())
                .map(HrTruth::canHaveAccount)
                .distinct()
                .count()
            < 2;
  }
}
