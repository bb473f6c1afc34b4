package dev.rollcall.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long somebody stays signed in. */
class SessionsTest {

  private final AccessRoom room = new AccessRoom();
  private final Sessions sessions = room.access.sessions();
  private final Users users = room.access.users();
  private String secret = "";

  @BeforeEach
  void signIn() {
    users.first(false);
    secret = sessions.begin(room.user("ann", Role.OPERATOR));
  }

  private boolean signedIn() {
    return sessions.find(secret, true).isPresent();
  }

  @Test
  void aSessionIsGoodOnEveryProcessOfTheDatabase() {
    try (var database = TestDatabase.sameAs(room.database)) {
      Sessions elsewhere = new AccessRoom(database).access.sessions();
      assertThat(elsewhere.find(secret, true))
          .contains(new SignedIn("ann", Role.OPERATOR, false, false));
      elsewhere.end(secret);
    }
    assertThat(signedIn()).isFalse();
  }

  @Test
  void whatTheBrowserHoldsIsNotInTheDatabase() {
    assertThat(room.texts("select row_to_json(s)::text from user_session s"))
        .hasSize(1)
        .noneMatch(row -> row.contains(secret));
    assertThat(sessions.find("", true)).isEmpty();
    assertThat(sessions.find(secret + "x", true)).isEmpty();
  }

  @Test
  void aSessionEndsWhenNothingIsDone() {
    for (int i = 0; i < 3; i++) {
      room.clock.advance(AccessRoom.SETTINGS.idle().minusMinutes(1));
      assertThat(signedIn()).isTrue();
    }
    room.clock.advance(AccessRoom.SETTINGS.idle());
    assertThat(signedIn()).isFalse();
  }

  @Test
  void aPageThatRenewsItselfKeepsNobodySignedIn() {
    for (int i = 0; i < 29; i++) {
      room.clock.advance(Duration.ofMinutes(1));
      assertThat(sessions.find(secret, false)).isPresent();
    }
    room.clock.advance(Duration.ofMinutes(1));
    assertThat(sessions.find(secret, false)).isEmpty();
  }

  @Test
  void aSessionEndsAfterTheLongestTimeWhateverIsDone() {
    int turns = 0;
    while (signedIn()) {
      room.clock.advance(Duration.ofMinutes(20));
      turns++;
    }
    assertThat(turns).isEqualTo(36);
  }

  @Test
  void anotherPasswordEndsThem() {
    users.changePassword("ann", AccessRoom.passwordOf("ann"), "a whole new sentence");
    assertThat(signedIn()).isFalse();
  }

  @Test
  void aResetPasswordEndsThem() {
    users.resetPassword("ann", "command line");
    assertThat(signedIn()).isFalse();
  }

  @Test
  void anotherRoleEndsThem() {
    users.allow("ann", Role.VIEWER, null, "admin");
    assertThat(signedIn()).isFalse();
  }

  @Test
  void beingDisabledEndsThemForGood() {
    users.disable("ann", true, "admin");
    assertThat(signedIn()).isFalse();
    users.disable("ann", false, "admin");
    assertThat(signedIn()).isFalse();
  }

  @Test
  void whatAnOldPasswordOpenedStaysShut() {
    User before = users.find("ann").orElseThrow();
    users.changePassword("ann", AccessRoom.passwordOf("ann"), "a whole new sentence");
    assertThat(sessions.find(sessions.begin(before), true)).isEmpty();
  }

  @Test
  void endedSessionsAreForgotten() {
    room.clock.advance(AccessRoom.SETTINGS.longest());
    sessions.begin(users.find("admin").orElseThrow());
    assertThat(room.texts("select user_name from user_session")).containsExactly("admin");
  }
}
