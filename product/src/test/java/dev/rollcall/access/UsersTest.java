package dev.rollcall.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.access.Users.Fresh;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may sign in, and who may change that. */
class UsersTest {

  private final AccessRoom room = new AccessRoom();
  private final Users users = room.access.users();

  @Test
  void ofSeveralProcessesThatStartAtOnceOneMakesTheFirstAdmin() throws Exception {
    try (ExecutorService starting = Executors.newFixedThreadPool(4)) {
      Callable<Optional<Fresh>> start = () -> users.first(true);
      List<Future<Optional<Fresh>>> made = starting.invokeAll(List.of(start, start, start, start));
      int first = 0;
      for (Future<Optional<Fresh>> one : made) {
        first += one.get().isPresent() ? 1 : 0;
      }
      assertThat(first).isEqualTo(1);
    }
    assertThat(users.list()).extracting(User::name).containsExactly("admin");
    assertThat(users.list().getFirst().mustChange()).isTrue();
    assertThat(users.list().getFirst().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void whereThereAreUsersNoFirstOneIsMade() {
    users.add("ann", Role.VIEWER, false, "test");
    assertThat(users.first(true)).isEmpty();
  }

  @Test
  void aNameIsTheSameInAnyCase() {
    users.add(" Ann.Lee ", Role.VIEWER, false, "test");
    assertThat(users.find("ANN.LEE")).map(User::name).contains("ann.lee");
    assertThatThrownBy(() -> users.add("ann.LEE", Role.VIEWER, false, "test"))
        .isInstanceOf(RefusedAccess.class)
        .hasMessage("There is a user ann.lee already");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "token ci", "a:b", "-a", "a\u0000", "ä", "<b>"})
  void whatCannotBeANameIsRefused(String name) {
    assertThatThrownBy(() -> users.add(name, Role.VIEWER, false, "test"))
        .isInstanceOf(RefusedAccess.class)
        .hasMessageContaining("A user's name has up to 64 letters");
    assertThat(users.find(name)).isEmpty();
  }

  @Test
  void theOnlyAdminLeftCannotLeave() {
    users.first(false);
    users.add("ann", Role.ADMIN, false, "test");
    users.disable("ann", true, "admin");

    assertThatThrownBy(() -> users.disable("admin", true, "admin"))
        .hasMessage("admin is the only admin left; make somebody else admin first");
    assertThatThrownBy(() -> users.allow("admin", Role.OPERATOR, null, "admin"))
        .hasMessage("admin is the only admin left; make somebody else admin first");

    users.disable("ann", false, "admin");
    assertThat(users.allow("admin", Role.OPERATOR, null, "ann").role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void whatSomebodyMayDoIsChangedPartByPart() {
    users.add("ann", Role.VIEWER, false, "test");
    User right = users.allow("ann", null, true, "admin");
    assertThat(right.role()).isEqualTo(Role.VIEWER);
    assertThat(right.nationalIds()).isTrue();
    User role = users.allow("ann", Role.OPERATOR, null, "admin");
    assertThat(role.role()).isEqualTo(Role.OPERATOR);
    assertThat(role.nationalIds()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          short           | The password needs at least 12 characters
          aaaaaaaaaaaaaaa | The password needs at least 6 different characters
          my name is Ann. | The password must not contain the user's name
          """)
  void aPasswordThatIsEasilyGuessedIsNotTaken(String password, String why) {
    Fresh fresh = users.add("ann", Role.VIEWER, false, "test");
    assertThatThrownBy(() -> users.changePassword("ann", fresh.password(), password))
        .isInstanceOf(RefusedAccess.class)
        .hasMessage(why);
  }

  @Test
  void aPasswordLongerThanWhatIsComparedIsNotTaken() {
    Fresh fresh = users.add("ann", Role.VIEWER, false, "test");
    assertThatThrownBy(() -> users.changePassword("ann", fresh.password(), "äbcdefgh".repeat(9)))
        .hasMessage("The password is longer than 72 bytes");
  }

  @Test
  void aPasswordIsChangedByWhoKnowsIt() {
    Fresh fresh = users.add("ann", Role.VIEWER, false, "test");
    assertThatThrownBy(() -> users.changePassword("ann", "something else", "a whole new sentence"))
        .hasMessage("The present password is not right");
    assertThatThrownBy(() -> users.changePassword("ann", fresh.password(), fresh.password()))
        .hasMessage("The new password must be another one");

    User changed = users.changePassword("ann", fresh.password(), "a whole new sentence");
    assertThat(changed.mustChange()).isFalse();
    assertThat(room.passwordsChanged).containsExactly("ann");
  }

  @Test
  void everyChangeIsAuditedWithoutAnyPassword() {
    Fresh first = users.first(true).orElseThrow();
    Fresh ann = users.add("ann", Role.VIEWER, false, "admin");
    users.allow("ann", Role.OPERATOR, true, "admin");
    users.changePassword("ann", ann.password(), "a whole new sentence");
    Fresh reset = users.resetPassword("ann", "command line");
    users.disable("ann", true, "admin");

    assertThat(room.audited())
        .extracting(entry -> entry.replaceAll(".*\"did\" ?: ?\"([^\"]*)\".*", "$1"))
        .containsExactly(
            "add user",
            "add user",
            "change role",
            "change password",
            "reset password",
            "disable user");
    String everything =
        room.audited() + room.texts("select row_to_json(u)::text from rollcall_user u").toString();
    assertThat(everything)
        .contains("\"by\":\"command line\"", "{bcrypt}")
        .doesNotContain(first.password(), ann.password(), reset.password(), "a whole new sentence");
    assertThat(List.of(first, ann, reset).toString()).doesNotContain(reset.password());
  }
}
