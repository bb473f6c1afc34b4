package dev.rollcall.access;

/**
 * Somebody who was let in, whatever the door: the rest of Rollcall knows nothing else of who asks.
 *
 * @param name as written beside what was done
 * @param mayReadNationalIds a right of its own, which no role includes
 * @param mustChangePassword whether nothing else is allowed before that
 */
public record SignedIn(
    String name, Role role, boolean mayReadNationalIds, boolean mustChangePassword) {

  /** A user, with what is allowed to them now. */
  static SignedIn of(User user) {
    return new SignedIn(user.name(), user.role(), user.nationalIds(), user.mustChange());
  }

  /** A program; its name can be no user's, because those have no blank. */
  static SignedIn program(String name, Role role, boolean mayReadNationalIds) {
    return new SignedIn("token " + name, role, mayReadNationalIds, false);
  }
}
