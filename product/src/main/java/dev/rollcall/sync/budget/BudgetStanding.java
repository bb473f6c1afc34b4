package dev.rollcall.sync.budget;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a bucket stands. Times are on Rollcall's clock.
 *
 * @param limit calls a window for our credential, as the other side says; null before its first
 *     answer
 * @param remaining how many the other side has left in this window; null before its first answer
 * @param reserve the part of the org limit that is left to others
 * @param resetsAt when the window is over; null when none is open
 * @param waiting events that are due of the instances that call this target
 * @param eta when all of them will have had their calls; null when none waits, or when it is not
 *     known how many calls an event needs
 * @param orgLimit calls a window of the whole org; null when it is not set
 * @param permitted calls of ours in this window
 * @param used of them
 * @param lowered how much of what would be permitted is left because others draw on the bucket; 1
 *     for all
 * @param stoppedUntil nobody calls before this; null when nothing stopped it
 * @param refused calls answered with 429 in this window
 * @param callsPerEvent in the last hour; null when nothing was finished
 * @param forecast by priority, the most urgent first, of those that wait
 */
public record BudgetStanding(
    String target,
    String bucket,
    @Nullable Integer limit,
    @Nullable Integer remaining,
    double reserve,
    @Nullable Instant resetsAt,
    long waiting,
    @Nullable Instant eta,
    @Nullable Integer orgLimit,
    int permitted,
    int used,
    double lowered,
    @Nullable Instant stoppedUntil,
    int refused,
    @Nullable Double callsPerEvent,
    List<Forecast> forecast) {

  /**
   * How long events of one priority take; the more urgent ones come first.
   *
   * @param priority for example BULK
   * @param eta when the last of them will have had its calls; null when it is not known
   */
  public record Forecast(String priority, long waiting, @Nullable Instant eta) {}
}
