package dev.rollcall.connector.peoplesoftqueue;

import dev.rollcall.model.LineStatus;
import java.util.Collection;

/**
 * Where a batch stands, by the codes that stand in CHG_BATCH_STATUS; it follows from its lines
 * ({@code facts/peoplesoft.md §1.9}).
 */
enum BatchStatus {
  NEW,
  INPR,
  COMP,
  ERR;

  /**
   * What follows from the statuses of a batch's lines. One that is not known is not ended.
   *
   * @param lines as they stand in CHG_LINE_STATUS, without blanks; at least one
   */
  static BatchStatus of(Collection<String> lines) {
    if (lines.stream().allMatch(LineStatus.NEW.name()::equals)) {
      return NEW;
    }
    if (!lines.stream().allMatch(BatchStatus::isEnded)) {
      return INPR;
    }
    return lines.contains(LineStatus.ERR.name()) ? ERR : COMP;
  }

  private static boolean isEnded(String line) {
    return line.equals(LineStatus.COMP.name())
        || line.equals(LineStatus.WARN.name())
        || line.equals(LineStatus.ERR.name());
  }
}
