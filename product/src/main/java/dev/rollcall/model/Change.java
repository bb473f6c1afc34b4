package dev.rollcall.model;

import org.jspecify.annotations.Nullable;

/** One thing to do to an account, with the reason for it. */
public sealed interface Change {

  /** Why it is needed, in one line. */
  String reason();

  /** Make the account; its attributes follow as {@link Update}s. */
  record Create(String login, String reason) implements Change {}

  /**
   * Set or clear one attribute.
   *
   * @param before the found value, null when it had none
   * @param origin where the new value comes from
   */
  record Update(
      String attribute, @Nullable String before, Value after, Origin origin, String reason)
      implements Change {}

  /** Let the owner use the account. */
  record Activate(String reason) implements Change {}

  /** Stop the owner from using the account. */
  record Deactivate(String reason) implements Change {}

  /** Stop the owner from using the account for a while. */
  record Suspend(String reason) implements Change {}

  /** Let the owner use a suspended account again. */
  record Unsuspend(String reason) implements Change {}

  /**
   * Add or change an affiliation, or change whether it counts.
   *
   * @param before as found, null when it is new
   * @param after as wanted
   */
  record PutAffiliation(
      Account.@Nullable HeldAffiliation before, Account.HeldAffiliation after, String reason)
      implements Change {}

  /** Make the account a member of a group; in the repository: give it a role. */
  record JoinGroup(String group, String reason) implements Change {}

  /** End the account's membership of a group; in the repository: take a role from it. */
  record LeaveGroup(String group, String reason) implements Change {}
}
