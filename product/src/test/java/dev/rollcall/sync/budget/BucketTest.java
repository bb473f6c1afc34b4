package dev.rollcall.sync.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.model.Priority;
import dev.rollcall.sync.budget.Taken.Granted;
import dev.rollcall.sync.budget.Taken.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One bucket, step by step; what the other side does is as in facts/okta.md §4. */
class BucketTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** Their clock is wrong by this much; nothing may depend on it. */
  private static final Duration SKEW = Duration.ofSeconds(-4_711);

  private static final Terms NO_ORG_LIMIT = new Terms(0.2, null);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration NO_JITTER = Duration.ZERO;

  private Terms terms = NO_ORG_LIMIT;
  private Instant now = NOON;
  private Bucket bucket = Bucket.unknown();

  private void wait(Duration duration) {
    now = now.plus(duration);
  }

  private Taken ask(Priority priority) {
    Taken taken = bucket.take(now, priority, terms, PATIENCE);
    bucket = taken.bucket();
    return taken;
  }

  /** Takes a permit and waits for its moment. */
  private void take(Priority priority) {
    assertThat(ask(priority)).isInstanceOfSatisfying(Granted.class, granted -> now = granted.at());
  }

  private Later refuse(Priority priority) {
    Taken taken = ask(priority);
    assertThat(taken).isInstanceOf(Later.class);
    return (Later) taken;
  }

  /** Takes all that can be had in this window; each call is answered at once. */
  private int takeAll(int limit, Instant resets) {
    int count = 0;
    int remaining = limit;
    while (now.isBefore(resets.minus(SKEW)) && ask(Priority.BULK) instanceof Granted granted) {
      now = granted.at();
      count++;
      learn(limit, --remaining, resets);
    }
    return count;
  }

  private void learn(int limit, int remaining, Instant resets) {
    bucket =
        bucket.learn(
            now,
            Answers.call(
                200, Answers.ok(limit, remaining, resets, now.plus(SKEW)).room(), Duration.ZERO),
            terms,
            NO_JITTER);
  }

  /** What they call the end of a window that lasts this much longer. */
  private Instant endIn(int seconds) {
    return now.plus(SKEW).plusSeconds(seconds);
  }

  private Window window() {
    return Objects.requireNonNull(bucket.window());
  }

  private void begin(int limit) {
    take(Priority.NORMAL);
    learn(limit, limit - 1, endIn(60));
  }

  @Test
  void beforeTheFirstAnswerAHandfulIsCalledAndNoMore() {
    for (int i = 0; i < Bucket.HANDFUL; i++) {
      take(Priority.LEAVER);
    }
    assertThat(refuse(Priority.LEAVER).why()).contains("not known yet");
    learn(300, 295, endIn(59));
    assertThat(bucket.cap()).isEqualTo(300);
    take(Priority.BULK);
  }

  @Test
  void theLimitIsLearnedAndNotWrittenDownAnywhere() {
    for (int limit : new int[] {7, 50, 300, 600}) {
      bucket = Bucket.unknown();
      now = NOON;
      begin(limit);
      assertThat(bucket.permitted(terms, now)).isEqualTo(limit);
    }
  }

  @Test
  void theReserveOfTheOrgLimitIsKeptWhenTheCredentialMayTakeAll() {
    terms = new Terms(0.2, 600);
    begin(600);
    assertThat(bucket.permitted(terms, now)).isEqualTo(480);
    Instant resets = endIn(60);
    learn(600, 599, resets);
    assertThat(takeAll(600, resets)).isBetween(475, 480);
    terms = new Terms(0.2, 600);
    bucket = Bucket.unknown();
    begin(300);
    assertThat(bucket.permitted(terms, now)).as("half of it is below the share").isEqualTo(300);
  }

  @Test
  void callsAreSpreadOverTheWindow() {
    begin(300);
    Instant began = now;
    Instant resets = endIn(60);
    int[] tens = new int[7];
    int remaining = 299;
    while (ask(Priority.BULK) instanceof Granted granted && remaining > 0) {
      now = granted.at();
      tens[(int) (Duration.between(began, now).toMillis() / 10_000)]++;
      learn(300, --remaining, resets);
    }
    for (int ten = 0; ten < 6; ten++) {
      assertThat(tens[ten]).isBetween(44, 56);
    }
  }

  @Test
  void aWindowBeginsWithTheFirstCallAndNotWithTheMinute() {
    now = NOON.plusSeconds(17);
    begin(50);
    assertThat(window().ends()).isBetween(now.plusSeconds(60), now.plusSeconds(61));
    wait(Duration.ofSeconds(200));
    take(Priority.NORMAL);
    assertThat(window().began()).isEqualTo(now);
  }

  @Test
  void noMoreThanPermittedAreCalledBeforeTheEnd() {
    begin(50);
    Instant resets = endIn(60);
    assertThat(takeAll(50, resets)).isEqualTo(49);
    Later later = refuse(Priority.LEAVER);
    assertThat(later.at()).isBetween(resets.minus(SKEW), resets.minus(SKEW).plusSeconds(1));
  }

  @Test
  void theLeastRemainingOfAWindowCounts() {
    begin(300);
    Instant resets = endIn(60);
    learn(300, 40, resets);
    learn(300, 200, resets);
    assertThat(window().remaining()).isEqualTo(40);
    assertThat(window().used()).as("they count what others do, too").isEqualTo(260);
  }

  @Test
  void anAnswerOfAnOlderWindowIsIgnored() {
    begin(300);
    Instant first = endIn(60);
    wait(Duration.ofSeconds(70));
    begin(300);
    learn(300, 298, endIn(60));
    Window before = window();
    learn(300, 0, first);
    assertThat(window().remaining()).isEqualTo(before.remaining());
    assertThat(window().ends()).isEqualTo(before.ends());
    take(Priority.BULK);
  }

  @Test
  void aRefusalStopsTheBucketUntilItsResetAndNotLonger() {
    begin(300);
    wait(Duration.ofSeconds(20));
    take(Priority.BULK);
    Duration jitter = Duration.ofMillis(700);
    bucket = bucket.learn(now, Answers.refused(300, 280, endIn(40), now.plus(SKEW)), terms, jitter);
    Later later = refuse(Priority.LEAVER);
    assertThat(later.at()).isEqualTo(now.plusSeconds(41).plus(jitter));
    now = later.at();
    take(Priority.LEAVER);
  }

  @Test
  void aRefusalWhileThereIsRoomLowersWhatIsPermittedOnceForAWindow() {
    begin(300);
    wait(Duration.ofSeconds(20));
    for (int i = 0; i < 3; i++) {
      take(Priority.BULK);
    }
    for (int i = 0; i < 3; i++) {
      bucket =
          bucket.learn(now, Answers.refused(300, 280, endIn(40), now.plus(SKEW)), terms, NO_JITTER);
    }
    assertThat(bucket.permitted(terms, now)).isEqualTo(150);
    assertThat(bucket.permitted(terms, now.plus(Duration.ofMinutes(10)))).isEqualTo(150);
    assertThat(bucket.permitted(terms, now.plus(Duration.ofMinutes(20)))).isEqualTo(210);
    assertThat(bucket.permitted(terms, now.plus(Duration.ofHours(2)))).isEqualTo(300);
  }

  @Test
  void withAnOrgLimitWhatOthersDrawIsLeftToThem() {
    terms = new Terms(0.2, 600);
    begin(300);
    wait(Duration.ofSeconds(55));
    while (window().used() < 250) {
      bucket = bucket.learn(now, Answers.call(200, null, Duration.ZERO), terms, NO_JITTER);
      bucket =
          new Bucket(
              bucket.cap(),
              bucket.lowering(),
              bucket.lastResets(),
              window().granted().answered(false),
              bucket.lanes(),
              null);
    }
    bucket =
        bucket.learn(now, Answers.refused(300, 50, endIn(5), now.plus(SKEW)), terms, NO_JITTER);
    // 350 in 55 seconds are 382 in 60, and 420 with what they may grow by: 480 less those are left.
    assertThat(bucket.permitted(terms, now)).isBetween(58, 62);
  }

  @Test
  void tooManyAtOnceMeansAShortRestWhateverItSaysOfTheReset() {
    begin(300);
    take(Priority.BULK);
    bucket = bucket.learn(now, Answers.refused(0, 0, endIn(114), now.plus(SKEW)), terms, NO_JITTER);
    assertThat(bucket.cap()).isEqualTo(300);
    assertThat(bucket.permitted(terms, now)).isEqualTo(300);
    Later later = refuse(Priority.LEAVER);
    assertThat(later.at()).isEqualTo(now.plusMillis(500));
    now = later.at();
    take(Priority.LEAVER);
  }

  @Test
  void aRefusalThatSpeaksOfTheOrgBucketIsNotTakenForOurLimit() {
    begin(300);
    take(Priority.BULK);
    bucket =
        bucket.learn(now, Answers.refused(600, 0, endIn(30), now.plus(SKEW)), terms, NO_JITTER);
    assertThat(bucket.cap()).isEqualTo(300);
    assertThat(window().remaining()).isEqualTo(299);
  }

  @Test
  void aRefusalWithoutHeadersStopsUntilTheWindowEnds() {
    begin(300);
    take(Priority.BULK);
    Instant ends = window().ends();
    bucket = bucket.learn(now, Answers.call(429, null, Duration.ZERO), terms, NO_JITTER);
    assertThat(refuse(Priority.LEAVER).at()).isEqualTo(ends);
  }

  @Test
  void whatNeverCameBackCostsItsPermitsInTwoWindowsAndNoMore() {
    begin(50);
    for (int i = 0; i < 10; i++) {
      take(Priority.BULK);
    }
    now = window().ends();
    take(Priority.BULK);
    assertThat(window().used()).as("they may arrive now").isEqualTo(11);
    wait(Duration.ofSeconds(1));
    learn(50, 49, endIn(59));
    assertThat(window().outstanding()).isEqualTo(10);
    now = window().ends();
    take(Priority.BULK);
    assertThat(window().used()).isEqualTo(1);
  }

  @Test
  void anAnswerFromTheWindowBeforeFreesThePermitKeptForIt() {
    begin(50);
    Instant first = endIn(60);
    take(Priority.BULK);
    wait(Duration.ofSeconds(62));
    take(Priority.BULK);
    assertThat(window().used()).isEqualTo(2);
    bucket =
        bucket.learn(
            now,
            Answers.call(
                200, Answers.ok(50, 48, first, now.plus(SKEW)).room(), Duration.ofSeconds(5)),
            terms,
            NO_JITTER);
    assertThat(window().used()).isEqualTo(1);
    assertThat(window().outstanding()).isEqualTo(1);
  }

  @Test
  void aWindowThatAnAnswerTellsOfEarlyTakesOverWhatIsStillUnderWay() {
    begin(50);
    take(Priority.BULK);
    take(Priority.BULK);
    wait(Duration.ofSeconds(59).minus(Duration.between(window().began(), now)));
    take(Priority.BULK);
    learn(50, 49, endIn(60));
    assertThat(window().used()).isEqualTo(3);
    assertThat(window().remaining()).isEqualTo(49);
    assertThat(window().began()).isEqualTo(now);
  }

  @Test
  void theMoreUrgentOvertakesWhoWaits() {
    begin(60);
    take(Priority.BULK);
    Granted waiting = (Granted) ask(Priority.BULK);
    Granted waitingLonger = (Granted) ask(Priority.BULK);
    assertThat(waitingLonger.at()).isAfter(waiting.at()).isAfter(now);
    assertThat(((Granted) ask(Priority.NORMAL)).at()).isBefore(waitingLonger.at());
    assertThat(((Granted) ask(Priority.LEAVER)).at()).isEqualTo(now);
  }

  @Test
  void theLessUrgentIsPushedBackByTheMoreUrgent() {
    begin(60);
    take(Priority.NORMAL);
    for (int i = 0; i < 3; i++) {
      assertThat(ask(Priority.LEAVER)).isInstanceOf(Granted.class);
    }
    assertThat(((Granted) ask(Priority.BULK)).at()).isAfterOrEqualTo(now.plusSeconds(3));
  }

  @Test
  void somethingIsKeptForWhatIsUrgent() {
    begin(300);
    learn(300, 10, endIn(60));
    assertThat(refuse(Priority.BULK).why()).contains("urgent");
    assertThat(refuse(Priority.NORMAL).why()).contains("urgent");
    take(Priority.INTERACTIVE);
    take(Priority.LEAVER);
  }

  @Test
  void whatIsKeptIsFreedTowardsTheEnd() {
    begin(300);
    learn(300, 10, endIn(60));
    Later later = refuse(Priority.BULK);
    assertThat(later.at()).isBefore(window().ends());
    now = later.at();
    take(Priority.BULK);
  }

  @Test
  void whereAnswersSayNothingEachGoodOneMakesRoomForTheNext() {
    for (int i = 0; i < 100; i++) {
      take(Priority.BULK);
      wait(Duration.ofMillis(200));
      bucket = bucket.learn(now, Answers.call(204, null, Duration.ofMillis(200)), terms, NO_JITTER);
    }
  }

  @Test
  void whatWasNotUsedIsGivenBack() {
    begin(300);
    Window before = window();
    take(Priority.BULK);
    bucket = bucket.giveBack(window().began());
    assertThat(window().used()).isEqualTo(before.used());
    assertThat(window().outstanding()).isEqualTo(before.outstanding());
  }

  @Test
  void aClockOfTheirsThatIsPutBackIsBelievedAgainAfterAWhile() {
    begin(300);
    Instant late = endIn(60);
    for (int minute = 0; minute < 4; minute++) {
      wait(Duration.ofSeconds(63));
      take(Priority.BULK);
      learn(200, 199, now.plus(SKEW).minusSeconds(86_400).plusSeconds(60));
    }
    assertThat(bucket.cap()).isEqualTo(200);
    assertThat(bucket.lastResets()).isBefore(late);
  }
}
