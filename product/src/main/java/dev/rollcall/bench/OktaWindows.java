package dev.rollcall.bench;

import dev.rollcall.spi.Call.Room;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One bucket as Okta counts it: a window of 60 seconds for the whole org, opened by the first call
 * of anybody, and one for our credential, opened by our first call. Other integrations and people
 * who sign in draw on the org's. Written from what Okta says of its limits, not from what Rollcall
 * makes of it.
 */
final class OktaWindows {

  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final int TOO_MANY_REQUESTS = 429;

  /** The status of a call that was not refused. */
  static final int OK = 200;

  /**
   * What became of a window of the org.
   *
   * @param ours calls of ours that were answered
   * @param others calls of other integrations that were answered
   * @param signIns people who came in
   * @param refusedOurs calls of ours that were refused
   * @param refusedSignIns people who did not come in
   */
  record Counted(
      Instant began, int ours, int others, int signIns, int refusedOurs, int refusedSignIns) {}

  /**
   * An answer.
   *
   * @param room as its headers tell, on the other side's clock
   */
  record Answer(int status, Room room) {}

  /** Somebody who draws on the org's bucket in a steady stream. */
  private static final class Stream {
    private final DoubleUnaryOperator perMinute;
    private Instant next;

    Stream(DoubleUnaryOperator perMinute, Instant first) {
      this.perMinute = perMinute;
      this.next = first;
    }

    void step(Instant start) {
      double minutes = Duration.between(start, next).toMillis() / 60_000.0;
      double rate = perMinute.applyAsDouble(minutes);
      // Nobody there: looked again a second later.
      next = next.plusMillis(rate < 1 ? 1_000 : Math.round(60_000 / rate));
    }

    boolean isThere(Instant start) {
      return perMinute.applyAsDouble(Duration.between(start, next).toMillis() / 60_000.0) >= 1;
    }
  }

  private final Instant start;
  private final int orgLimit;
  private final int tokenLimit;
  private final Duration skew;
  private final Stream competitor;
  private final Stream signingIn;

  private @Nullable Instant orgEnds;
  private @Nullable Instant tokenEnds;
  private int tokenUsed;
  private final List<Counted> windows = new ArrayList<>();
  private final List<Integer> ours = new ArrayList<>();

  /**
   * @param tokenLimit for our credential: by default half of the org's
   * @param skew how far Okta's clock is ahead
   * @param competitor calls a minute of other integrations, by the minute since the start
   * @param signIns a minute
   */
  OktaWindows(
      Instant start,
      int orgLimit,
      int tokenLimit,
      Duration skew,
      DoubleUnaryOperator competitor,
      DoubleUnaryOperator signIns) {
    this.start = start;
    this.orgLimit = orgLimit;
    this.tokenLimit = tokenLimit;
    this.skew = skew;
    this.competitor = new Stream(competitor, start.plusMillis(130));
    this.signingIn = new Stream(signIns, start.plusMillis(370));
  }

  /** A call of ours arrives. */
  Answer arrive(Instant at) {
    othersUntil(at);
    openOrg(at);
    if (tokenEnds == null || !at.isBefore(tokenEnds)) {
      tokenEnds = at.plus(WINDOW);
      tokenUsed = 0;
      ours.add(0);
    }
    boolean orgFull = isOrgFull();
    if (orgFull || tokenUsed >= tokenLimit) {
      Counted now = windows.getLast();
      count(now.ours(), now.others(), now.signIns(), now.refusedOurs() + 1, now.refusedSignIns());
      return new Answer(TOO_MANY_REQUESTS, room(at, orgFull ? orgEnds : tokenEnds));
    }
    tokenUsed++;
    ours.set(ours.size() - 1, tokenUsed);
    Counted now = windows.getLast();
    count(now.ours() + 1, now.others(), now.signIns(), now.refusedOurs(), now.refusedSignIns());
    return new Answer(OK, room(at, tokenEnds));
  }

  private Room room(Instant at, @Nullable Instant ends) {
    return new Room(
        tokenLimit,
        tokenLimit - tokenUsed,
        (ends == null ? at : ends).plus(skew).truncatedTo(ChronoUnit.SECONDS),
        at.plus(skew).truncatedTo(ChronoUnit.SECONDS));
  }

  private void othersUntil(Instant at) {
    while (competitor.next.isBefore(at) || signingIn.next.isBefore(at)) {
      boolean isCompetitor = competitor.next.isBefore(signingIn.next);
      Stream stream = isCompetitor ? competitor : signingIn;
      if (stream.isThere(start)) {
        openOrg(stream.next);
        Counted now = windows.getLast();
        boolean full = isOrgFull();
        count(
            now.ours(),
            now.others() + (isCompetitor && !full ? 1 : 0),
            now.signIns() + (!isCompetitor && !full ? 1 : 0),
            now.refusedOurs(),
            now.refusedSignIns() + (!isCompetitor && full ? 1 : 0));
      }
      stream.step(start);
    }
  }

  private void openOrg(Instant at) {
    if (orgEnds == null || !at.isBefore(orgEnds)) {
      orgEnds = at.plus(WINDOW);
      windows.add(new Counted(at, 0, 0, 0, 0, 0));
    }
  }

  private boolean isOrgFull() {
    Counted now = windows.getLast();
    return now.ours() + now.others() + now.signIns() >= orgLimit;
  }

  private void count(int ourCalls, int others, int signIns, int refusedOurs, int refusedSignIns) {
    Instant began = windows.getLast().began();
    windows.set(
        windows.size() - 1,
        new Counted(began, ourCalls, others, signIns, refusedOurs, refusedSignIns));
  }

  /** The windows of the org so far; the last one is not over. */
  List<Counted> windows() {
    return windows;
  }

  /** Calls of ours in each window of our credential; the last one is not over. */
  List<Integer> ours() {
    return ours;
  }
}
