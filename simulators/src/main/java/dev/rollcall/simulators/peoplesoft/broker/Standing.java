package dev.rollcall.simulators.peoplesoft.broker;

import org.jspecify.annotations.Nullable;

/**
 * Where a contract stands and what the last answer was.
 *
 * @param tries sends since it was published or resent by hand
 * @param delivered how often it ended as Done
 */
public record Standing(
    ContractStatus status,
    int tries,
    int delivered,
    @Nullable Integer httpStatus,
    @Nullable String answer,
    @Nullable String reason) {
  static final Standing NEW = new Standing(ContractStatus.NEW, 0, 0, null, null, null);

  Standing working() {
    return new Standing(ContractStatus.WORKING, tries + 1, delivered, httpStatus, answer, reason);
  }

  Standing resent() {
    return new Standing(ContractStatus.NEW, 0, delivered, httpStatus, answer, reason);
  }

  /** After an answer; a contract that was tried too often is given up to a person. */
  Standing after(Verdict verdict, int maxTries) {
    boolean givenUp = verdict.status() == ContractStatus.RETRY && maxTries > 0 && tries >= maxTries;
    boolean done = verdict.status() == ContractStatus.DONE;
    return new Standing(
        givenUp ? ContractStatus.TIMEOUT : verdict.status(),
        tries,
        done ? delivered + 1 : delivered,
        verdict.httpStatus(),
        verdict.answer(),
        verdict.reason());
  }
}
