package dev.rollcall.sync.budget;

import dev.rollcall.model.Priority;
import dev.rollcall.spi.Call;
import dev.rollcall.sync.budget.Taken.Granted;
import dev.rollcall.sync.budget.Taken.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one bucket, and what follows from it. No I/O: the caller keeps it, and says what
 * time it is on one clock for all processes. Times of the other side are only ever compared with
 * each other, so it does not matter how wrong its clock or ours is ({@code facts/okta.md §4}).
 *
 * @param cap calls a window for our credential, as answers say; null before the first
 * @param lastResets end of the last window an answer told of, on the other side's clock
 * @param window the current one; null before the first call, and it may be over
 * @param stoppedUntil nobody calls before this; null when nothing stopped it
 */
record Bucket(
    @Nullable Integer cap,
    Lowering lowering,
    @Nullable Instant lastResets,
    @Nullable Window window,
    Lanes lanes,
    @Nullable Instant stoppedUntil) {

  /** Calls that are made before anything is known. */
  static final int HANDFUL = 5;

  private static final Duration HANDFUL_DISTANCE = Duration.ofMillis(100);
  private static final Duration NEXT_LOOK = Duration.ofMillis(500);
  private static final int TOO_MANY_REQUESTS = 429;

  /** The part that only leavers and people who wait may take, as long as the window lasts. */
  private static final double KEPT = 0.05;

  /** A window's permits are to be used up this long before it is over for certain. */
  private static final Duration FINISH = Duration.ofSeconds(1);

  /** How much quicker than evenly calls are made when time was lost. */
  private static final double CATCHING_UP = 1.5;

  /** Windows are 60 seconds apart: ends that differ less are of one window. */
  private static final Duration SAME = Duration.ofSeconds(2);

  /** What others may draw more than they did. */
  private static final double GROWING = 1.1;

  /**
   * Whose answer says nothing, and came this shortly before the end, may belong to either window.
   */
  private static final Duration DOUBTFUL = Duration.ofSeconds(10);

  /** Between the last look at a permit and the call, a window may begin. */
  private static final Duration ON_ITS_WAY = Duration.ofMillis(200);

  private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(500);

  static Bucket unknown() {
    return new Bucket(null, Lowering.none(), null, null, Lanes.free(), null);
  }

  /** Calls of ours in a window that begins at a time. */
  int permitted(Terms terms, Instant time) {
    return Math.max(1, (int) Math.floor(base(terms) * lowering.at(time) + 1e-9));
  }

  private int base(Terms terms) {
    return Math.min(cap == null ? HANDFUL : cap, terms.share());
  }

  /** Calls of ours in this window: what was used of one that a refusal has ended. */
  int permittedIn(Window one, Terms terms) {
    return one.stopped() ? one.used() : permitted(terms, one.began());
  }

  /**
   * Asks for room for one call.
   *
   * @param patience a permit that can only be used later than this is not given
   */
  Taken take(Instant now, Priority priority, Terms terms, Duration patience) {
    if (stoppedUntil != null && now.isBefore(stoppedUntil)) {
      return new Later(this, stoppedUntil, "the other side refused a call");
    }
    Bucket bucket = window == null || window.isOver(now) ? next(now) : this;
    Window current = Objects.requireNonNull(bucket.window);
    int permitted = permitted(terms, current.began());
    Instant finish = current.ends().minus(FINISH);
    int unused = permitted - current.used();
    if (unused <= 0) {
      return cap == null
          ? new Later(bucket, now.plus(NEXT_LOOK), "how much room there is, is not known yet")
          : new Later(bucket, current.ends(), "the " + permitted + " calls of a minute are used");
    }
    if (current.remaining() != null && current.remaining() - current.outstanding() <= 0) {
      return current.remaining() <= 0 || now.plus(NEXT_LOOK).isAfter(current.ends())
          ? new Later(bucket, current.ends(), "the other side has no calls left")
          : new Later(bucket, now.plus(NEXT_LOOK), "the last calls are not answered yet");
    }
    if (priority.rank() > Priority.INTERACTIVE.rank()) {
      double keptNow = KEPT * permitted * until(now, finish) / seconds(Window.LENGTH);
      if (unused <= Math.floor(keptNow)) {
        double freed = (keptNow - unused) * seconds(Window.LENGTH) / (KEPT * permitted);
        return new Later(
            bucket,
            now.plusMillis(Math.max(NEXT_LOOK.toMillis(), (long) (freed * 1000) + 1)),
            "the rest is kept for what is urgent");
      }
    }
    Instant slot = lanes.slot(priority, now);
    if (!slot.isBefore(current.ends())) {
      return new Later(bucket, current.ends(), "the rest of this minute is taken");
    }
    if (Duration.between(now, slot).compareTo(patience) > 0) {
      return new Later(bucket, slot, "others wait for the same calls");
    }
    return new Granted(
        new Bucket(
            cap,
            lowering,
            bucket.lastResets,
            current.granted(),
            lanes.taken(priority, slot, distance(permitted, unused, until(slot, finish))),
            null),
        current.began(),
        slot);
  }

  private Duration distance(int permitted, int unused, double left) {
    if (cap == null) {
      return HANDFUL_DISTANCE;
    }
    double least = seconds(Window.LENGTH) / permitted / CATCHING_UP;
    return Duration.ofNanos((long) (Math.max(least, left / unused) * 1e9));
  }

  /**
   * With the window that a permit opens. What has not been answered by now may arrive in it. When
   * no answer told of the last one either, the other side's clock may have been put back: then the
   * next answer is believed whatever it says.
   */
  private Bucket next(Instant now) {
    return new Bucket(
        cap,
        lowering,
        window == null || window.resets() == null ? null : lastResets,
        Window.opened(now, window == null ? 0 : window.unanswered()),
        lanes,
        stoppedUntil);
  }

  /**
   * Gives a permit back that was not used.
   *
   * @param given when the window began in which it was given
   */
  Bucket giveBack(Instant given) {
    return window == null ? this : with(window.givenBack(!window.began().equals(given)));
  }

  /** Whether a permit may still be used. */
  boolean holds(Instant given) {
    return window != null && (window.began().equals(given) || window.unansweredBefore() > 0);
  }

  /**
   * Uses a permit after its moment has come. Meanwhile another window may have begun: then it is
   * one of that.
   */
  Bucket use(Instant given) {
    return window == null || window.began().equals(given) || !holds(given)
        ? this
        : with(window.moved());
  }

  /**
   * Learns from a call that has come to an end.
   *
   * @param now when this is known here: after the answer was given
   * @param jitter from 0 to 1 second, so that not everybody comes back at the same moment
   */
  Bucket learn(Instant now, Call call, Terms terms, Duration jitter) {
    Window current = window == null ? Window.opened(now, 0) : window;
    boolean before = now.minus(call.took()).isBefore(current.began().plus(ON_ITS_WAY));
    Call.Room room = call.room();
    if (room == null) {
      // Near the end it may have counted in the window that comes: it stays with the open ones.
      boolean late = !now.isBefore(current.ends().minus(DOUBTFUL));
      return with(late ? current : current.answered(before)).withoutRoom(now, call, jitter);
    }
    if (room.tooManyAtOnce()) {
      // What it says of the end is made up.
      return with(current.answered(before)).stoppedUntil(now.plus(SHORTEST_BACK_OFF).plus(jitter));
    }
    if (isRefused(call)) {
      // Which bucket it speaks of, ours or the org's above it, is not known: nothing but the time.
      return with(current.answered(before).refusedOne())
          .lowered(now, left(room), terms)
          .stoppedUntil(now.plus(left(room)).plus(FINISH).plus(jitter));
    }
    return withRoom(now, current, before, room);
  }

  private Bucket withoutRoom(Instant now, Call call, Duration jitter) {
    Window current = window;
    if (current == null) {
      return this;
    }
    if (isRefused(call)) {
      Instant until = current.isOver(now) ? now.plus(Window.LENGTH) : current.ends();
      return with(current.refusedOne()).stoppedUntil(until.plus(jitter));
    }
    Integer status = call.status();
    // Where answers say nothing, a call that went well makes room for the next one.
    return cap == null && status != null && status < 400 ? with(current.released()) : this;
  }

  private Bucket withRoom(Instant now, Window current, boolean before, Call.Room room) {
    Instant resets = room.resets();
    boolean newer = lastResets == null || resets.isAfter(lastResets.plus(SAME));
    boolean older = lastResets != null && resets.isBefore(lastResets.minus(SAME));
    if (older || (!newer && current.resets() == null)) {
      // It counted in a window that is over, whichever we thought it would count in.
      Window answered = current.answered(before);
      return with(answered.outstanding() < current.outstanding() ? answered.released() : answered);
    }
    Duration left = left(room);
    if (!newer) {
      Window told = current.answered(before).toldAgain(now, left, room.limit(), room.remaining());
      return new Bucket(room.limit(), lowering, lastResets, told, lanes, stoppedUntil);
    }
    Window counting =
        current.resets() == null
            ? current.answered(before)
            : Window.told(now, current.answered(before).unanswered());
    return new Bucket(
        room.limit(),
        lowering,
        resets,
        counting.confirmed(now, resets, left, room.limit(), room.remaining()),
        lanes,
        stoppedUntil);
  }

  /**
   * Others draw on the bucket: our own count never lets a call through that the other side would
   * have to refuse. It is halved; with the org limit known, what the others draw is known too, and
   * is left to them with the reserve and a tenth on top, because they may be growing. Only once for
   * each window: calls that were on their way are refused as well.
   *
   * @param left until the end of the window that is used up, which may be the org's
   */
  private Bucket lowered(Instant now, Duration left, Terms terms) {
    Window current = window;
    if (current == null
        || (lowering.since() != null && !lowering.since().isBefore(current.began()))) {
      return this;
    }
    double factor = lowering.at(current.began()) / 2;
    Integer orgLimit = terms.orgLimit();
    if (orgLimit != null) {
      double theirs = Math.max(1, seconds(Window.LENGTH.minus(left)));
      double ours = Math.max(1, seconds(Duration.between(current.began(), now)));
      double drawn = orgLimit - current.used() * Math.min(1, theirs / ours);
      double others = Math.max(0, drawn) * seconds(Window.LENGTH) / theirs;
      factor = Math.min(factor, (terms.share() - GROWING * others) / base(terms));
    }
    return new Bucket(cap, Lowering.to(factor, now), lastResets, window, lanes, stoppedUntil);
  }

  private Bucket stoppedUntil(Instant until) {
    Instant later = stoppedUntil != null && stoppedUntil.isAfter(until) ? stoppedUntil : until;
    return new Bucket(cap, lowering, lastResets, window, lanes, later);
  }

  private Bucket with(Window changed) {
    return new Bucket(cap, lowering, lastResets, changed, lanes, stoppedUntil);
  }

  /** Until the window's end when the answer was given; never longer than a window. */
  private static Duration left(Call.Room room) {
    Duration left = Duration.between(room.at(), room.resets());
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(Window.LENGTH) > 0 ? Window.LENGTH : left;
  }

  /** Whether the other side had no room for it. */
  static boolean isRefused(Call call) {
    Integer status = call.status();
    return status != null && status == TOO_MANY_REQUESTS;
  }

  /** Seconds, none when it is past. */
  private static double until(Instant from, Instant to) {
    return Math.max(0, seconds(Duration.between(from, to)));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
