package dev.rollcall.sync.budget;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A window of a bucket as far as it is known here. The other side opens one with the first call
 * that arrives after the last one's end ({@code facts/okta.md §4}); when exactly, only its answers
 * tell. So everything here errs to one side: a window lasts too long rather than too short, and a
 * call that may count in it does.
 *
 * @param began when its first permit was given, or the first answer told of it
 * @param ends not before this it is over
 * @param resets its end on the other side's clock; null until an answer tells it
 * @param used permits given, and calls of the window before that may arrive in this one
 * @param remaining the least an answer of this window has left; null before the first
 * @param unanswered permits given whose calls have not come to an end
 * @param unansweredBefore the same of the window before
 * @param refused calls the other side answered with 429
 * @param stopped whether one of them has ended it
 */
record Window(
    Instant began,
    Instant ends,
    @Nullable Instant resets,
    int used,
    @Nullable Integer remaining,
    int unanswered,
    int unansweredBefore,
    int refused,
    boolean stopped) {

  static final Duration LENGTH = Duration.ofSeconds(60);

  /** Both their times come in whole seconds: a window may last this much longer than they say. */
  private static final Duration ROUNDING = Duration.ofSeconds(1);

  /** Until an answer tells more: the first call may take a while to arrive. */
  private static final Duration UNCERTAIN = Duration.ofSeconds(2);

  /** Opened by a permit, with calls of the window before that may still arrive. */
  static Window opened(Instant now, int carried) {
    return new Window(
        now, now.plus(LENGTH).plus(UNCERTAIN), null, carried, null, 0, carried, 0, false);
  }

  /** Opened by the call whose answer has told of it. */
  static Window told(Instant now, int carried) {
    return new Window(now, now, null, carried + 1, null, 0, carried, 0, false);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(ends);
  }

  int outstanding() {
    return unanswered + unansweredBefore;
  }

  Window granted() {
    return new Window(
        began,
        ends,
        resets,
        used + 1,
        remaining,
        unanswered + 1,
        unansweredBefore,
        refused,
        stopped);
  }

  /**
   * A permit that was not used.
   *
   * @param before whether it was given in the window before
   */
  Window givenBack(boolean before) {
    return (before ? unansweredBefore : unanswered) == 0 ? this : answered(before).released();
  }

  /** A permit of the window before whose call is made only now. It is counted here already. */
  Window moved() {
    return new Window(
        began,
        ends,
        resets,
        used,
        remaining,
        unanswered + 1,
        unansweredBefore - 1,
        refused,
        stopped);
  }

  /** One call less counts in it. */
  Window released() {
    return withUsed(Math.max(0, used - 1));
  }

  /**
   * A call has come to an end.
   *
   * @param before whether it began before this window
   */
  Window answered(boolean before) {
    boolean old = unansweredBefore > 0 && (before || unanswered == 0);
    return new Window(
        began,
        ends,
        resets,
        used,
        remaining,
        old ? unanswered : Math.max(0, unanswered - 1),
        old ? unansweredBefore - 1 : unansweredBefore,
        refused,
        stopped);
  }

  /**
   * What the first answer tells of it.
   *
   * @param left until its end when the answer was given
   */
  Window confirmed(Instant now, Instant resetsAt, Duration left, int limit, int stillRemaining) {
    return new Window(
            began,
            now.plus(left).plus(ROUNDING),
            resetsAt,
            used,
            stillRemaining,
            unanswered,
            unansweredBefore,
            refused,
            stopped)
        .counting(limit - stillRemaining);
  }

  /** What one more answer tells: answers overtake each other, so the least counts. */
  Window toldAgain(Instant now, Duration left, int limit, int stillRemaining) {
    Instant sooner = now.plus(left).plus(ROUNDING);
    return new Window(
            began,
            sooner.isBefore(ends) ? sooner : ends,
            resets,
            used,
            remaining == null ? stillRemaining : Math.min(remaining, stillRemaining),
            unanswered,
            unansweredBefore,
            refused,
            stopped)
        .counting(limit - stillRemaining);
  }

  /** They have counted this many: whoever made them, they are gone. */
  private Window counting(int counted) {
    return counted > used ? withUsed(counted) : this;
  }

  Window refusedOne() {
    return new Window(
        began, ends, resets, used, remaining, unanswered, unansweredBefore, refused + 1, true);
  }

  private Window withUsed(int now) {
    return new Window(
        began, ends, resets, now, remaining, unanswered, unansweredBefore, refused, stopped);
  }
}
