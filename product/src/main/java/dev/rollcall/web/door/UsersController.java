package dev.rollcall.web.door;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.access.User;
import dev.rollcall.access.Users;
import dev.rollcall.web.WebParts;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** People who may sign in. */
@RestController
@RequestMapping("/api/users")
final class UsersController {

  private final Users users;

  UsersController(WebParts parts) {
    this.users = parts.access().users();
  }

  record UserView(
      String user,
      String role,
      boolean nationalIds,
      boolean disabled,
      boolean mustChange,
      Instant created,
      @Nullable Instant lastSignIn) {

    private static UserView of(User user) {
      return new UserView(
          user.name(),
          user.role().code(),
          user.nationalIds(),
          user.disabled(),
          user.mustChange(),
          user.created(),
          user.lastSignIn());
    }
  }

  @Operation("Lists the people who may sign in.")
  @GetMapping
  List<UserView> list() {
    return users.list().stream().map(UserView::of).toList();
  }

  /**
   * Somebody new.
   *
   * @param nationalIds null for no
   */
  record NewUser(@Nullable String user, @Nullable String role, @Nullable Boolean nationalIds) {}

  /** A password that was made; it is told once. */
  record FreshView(String user, String password) {
    private static FreshView of(Users.Fresh fresh) {
      return new FreshView(fresh.user(), fresh.password());
    }

    @Override
    public String toString() {
      return "FreshView[" + user + "]";
    }
  }

  @Operation(value = "Adds somebody; the password is told once.", refuses = 409)
  @PostMapping
  FreshView add(@RequestBody NewUser wanted, SignedIn who) {
    return FreshView.of(
        users.add(
            given("user", wanted.user()),
            Role.ofCode(given("role", wanted.role())),
            Boolean.TRUE.equals(wanted.nationalIds()),
            who.name()));
  }

  /** What somebody may do from now on; null leaves it as it is. */
  record Allowed(@Nullable String role, @Nullable Boolean nationalIds) {}

  @Operation(value = "Changes what somebody may do.", refuses = 409)
  @PostMapping("/{name}/role")
  UserView allow(@PathVariable String name, @RequestBody Allowed wanted, SignedIn who) {
    String role = wanted.role();
    if (role == null && wanted.nationalIds() == null) {
      throw new IllegalArgumentException("Name a role, or nationalIds with true or false");
    }
    return UserView.of(
        users.allow(
            name, role == null ? null : Role.ofCode(role), wanted.nationalIds(), who.name()));
  }

  @Operation(value = "Signs somebody out for good.", refuses = 409)
  @PostMapping("/{name}/disable")
  UserView disable(@PathVariable String name, SignedIn who) {
    return UserView.of(users.disable(name, true, who.name()));
  }

  @Operation("Lets somebody sign in again.")
  @PostMapping("/{name}/enable")
  UserView enable(@PathVariable String name, SignedIn who) {
    return UserView.of(users.disable(name, false, who.name()));
  }

  @Operation("Makes another password, which is told once.")
  @PostMapping("/{name}/password")
  FreshView resetPassword(@PathVariable String name, SignedIn who) {
    return FreshView.of(users.resetPassword(name, who.name()));
  }

  static String given(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }
}
