package dev.rollcall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.access.PasswordDoor.Attempt;
import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Coming in with a password, and how often that may be tried. */
class PasswordDoorTest {

  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "192.0.2.2";

  private final AccessRoom room = new AccessRoom();
  private final PasswordDoor door = room.access.door();

  private Attempt wrong(String name, String address) {
    return door.enter(name, "not the password", address);
  }

  private Attempt right(String name, String address) {
    return door.enter(name, AccessRoom.passwordOf(name), address);
  }

  @Test
  void whoKnowsThePasswordComesIn() {
    room.user("ann", Role.OPERATOR);
    assertThat(right("ann", HERE))
        .isInstanceOfSatisfying(
            Attempt.Welcome.class,
            welcome -> assertThat(SignedIn.of(welcome.user()).role()).isEqualTo(Role.OPERATOR));
    assertThat(room.access.users().find("ann").orElseThrow().lastSignIn())
        .isEqualTo(AccessRoom.NOON);
    assertThat(room.audited().getLast()).startsWith("signed-in").contains("ann", HERE);
  }

  @Test
  void whyNotIsWrittenDownAndNotTold() {
    room.user("ann", Role.VIEWER);
    room.user("bob", Role.VIEWER);
    room.access.users().disable("bob", true, "test");

    assertThat(List.of(wrong("ann", HERE), right("bob", HERE), wrong("S3cret-typed-here", HERE)))
        .containsOnly(new Attempt.Wrong());
    assertThat(room.audited().toString())
        .contains("wrong password", "the user is disabled", "there is no such user")
        .doesNotContainIgnoringCase("S3cret-typed-here");
    assertThat(room.texts("select row_to_json(a)::text from sign_in_attempt a").toString())
        .doesNotContainIgnoringCase("S3cret");
  }

  @Test
  void aNameThatDoesNotExistTakesAsLongAsOneThatDoes() {
    room.user("ann", Role.VIEWER);
    assertThat(seconds("nobody")).isGreaterThan(seconds("ann") / 3);
  }

  /** The least of a few: what else the machine does only adds. */
  private double seconds(String name) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      long start = System.nanoTime();
      assertThat(wrong(name, HERE)).isEqualTo(new Attempt.Wrong());
      least = Math.min(least, System.nanoTime() - start);
    }
    return least / 1e9;
  }

  @Test
  void afterTooManyFailuresANameWaitsFromEveryAddress() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i < AccessRoom.SETTINGS.failuresPerUser(); i++) {
      assertThat(wrong("ann", HERE)).isEqualTo(new Attempt.Wrong());
      room.clock.advance(Duration.ofMinutes(1));
    }
    assertThat(right("ann", HERE)).isEqualTo(new Attempt.TooOften(Duration.ofMinutes(12)));
    assertThat(right("ANN ", ELSEWHERE)).isEqualTo(new Attempt.TooOften(Duration.ofMinutes(12)));

    room.clock.advance(Duration.ofMinutes(12));
    assertThat(right("ann", HERE)).isInstanceOf(Attempt.Welcome.class);
  }

  @Test
  void aNameThatDoesNotExistWaitsJustTheSame() {
    for (int i = 0; i < AccessRoom.SETTINGS.failuresPerUser(); i++) {
      assertThat(wrong("nobody", HERE)).isEqualTo(new Attempt.Wrong());
    }
    assertThat(wrong("nobody", HERE)).isEqualTo(new Attempt.TooOften(Duration.ofMinutes(15)));
  }

  @Test
  void afterTooManyFailuresAnAddressWaitsForEveryName() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i < AccessRoom.SETTINGS.failuresPerAddress(); i++) {
      assertThat(wrong("nobody" + i, HERE)).isEqualTo(new Attempt.Wrong());
    }
    assertThat(right("ann", HERE)).isInstanceOf(Attempt.TooOften.class);
    assertThat(right("ann", ELSEWHERE)).isInstanceOf(Attempt.Welcome.class);
  }

  @Test
  void allAddressesOfOneIpv6NetworkCountAsOne() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i < AccessRoom.SETTINGS.failuresPerAddress(); i++) {
      assertThat(wrong("nobody" + i, "2001:db8:1:2:%x::1".formatted(i)))
          .isEqualTo(new Attempt.Wrong());
    }
    assertThat(right("ann", "2001:db8:1:2:ffff::9")).isInstanceOf(Attempt.TooOften.class);
    assertThat(right("ann", "2001:db8:1:3::1")).isInstanceOf(Attempt.Welcome.class);
  }

  @Test
  void anAddressWrittenInAnotherWayCountsAsTheSame() {
    for (int i = 0; i < AccessRoom.SETTINGS.failuresPerAddress(); i++) {
      assertThat(wrong("nobody" + i, HERE)).isEqualTo(new Attempt.Wrong());
    }
    assertThat(wrong("somebody", "::ffff:" + HERE)).isInstanceOf(Attempt.TooOften.class);
  }

  @Test
  void whoFoundAnOpenBrowserCannotTryPasswordsWithoutEnd() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i < AccessRoom.SETTINGS.failuresPerUser(); i++) {
      assertThatThrownBy(() -> door.change("ann", "a guess", "a whole new sentence", HERE))
          .isInstanceOf(RefusedAccess.class)
          .hasMessage("The present password is not right");
    }
    String own = AccessRoom.passwordOf("ann");
    assertThatThrownBy(() -> door.change("ann", own, "a whole new sentence", HERE))
        .isInstanceOf(RefusedAccess.class)
        .hasMessage("Too many attempts have failed; try again in 16 minutes");
    assertThat(room.audited().toString()).contains("wrong password");

    room.clock.advance(AccessRoom.SETTINGS.window());
    door.change("ann", own, "a whole new sentence", HERE);
    assertThat(door.enter("ann", "a whole new sentence", HERE)).isInstanceOf(Attempt.Welcome.class);
  }

  @Test
  void anUnfitNewPasswordIsNoFailedAttempt() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i <= AccessRoom.SETTINGS.failuresPerUser(); i++) {
      assertThatThrownBy(() -> door.change("ann", AccessRoom.passwordOf("ann"), "short", HERE))
          .isInstanceOf(RefusedAccess.class)
          .hasMessageContaining("at least 12 characters");
    }
  }

  @Test
  void whoComesInStartsCountingAnew() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i < 3 * AccessRoom.SETTINGS.failuresPerUser(); i++) {
      assertThat(wrong("ann", HERE)).isEqualTo(new Attempt.Wrong());
      assertThat(right("ann", HERE)).isInstanceOf(Attempt.Welcome.class);
    }
    assertThat(room.texts("select id from sign_in_attempt")).isEmpty();
  }

  @Test
  void aResetPasswordDoesNotWait() {
    room.user("ann", Role.VIEWER);
    for (int i = 0; i <= AccessRoom.SETTINGS.failuresPerUser(); i++) {
      wrong("ann", HERE);
    }
    String fresh = room.access.users().resetPassword("ann", "command line").password();
    assertThat(door.enter("ann", fresh, HERE)).isInstanceOf(Attempt.Welcome.class);
  }

  @Test
  void manyAtOnceFromTwoProcessesGetNoMoreAttempts() throws Exception {
    room.user("ann", Role.VIEWER);
    try (var database = TestDatabase.sameAs(room.database);
        ExecutorService guessing = Executors.newFixedThreadPool(8)) {
      PasswordDoor other = new AccessRoom(database).access.door();
      Callable<Attempt> here = () -> wrong("ann", HERE);
      Callable<Attempt> there = () -> other.enter("ann", "not the password", ELSEWHERE);
      List<Callable<Attempt>> guesses = new java.util.ArrayList<>(Collections.nCopies(10, here));
      guesses.addAll(Collections.nCopies(10, there));
      int looked = 0;
      for (Future<Attempt> guess : guessing.invokeAll(guesses)) {
        looked += guess.get() instanceof Attempt.Wrong ? 1 : 0;
      }
      assertThat(looked).isEqualTo(AccessRoom.SETTINGS.failuresPerUser());
    }
  }
}
