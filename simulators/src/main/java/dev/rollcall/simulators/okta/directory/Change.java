package dev.rollcall.simulators.okta.directory;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One thing that happened to the tenant; all of them in order are the tenant. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface Change {
  /**
   * The user is like this now.
   *
   * @param what the verb, for example {@code created} or {@code suspended}
   */
  record UserSaved(String what, User user) implements Change {}

  record UserRemoved(String id) implements Change {}

  record GroupSaved(String what, Group group) implements Change {}

  record GroupRemoved(String id) implements Change {}

  record Joined(String group, String user) implements Change {}

  record Left(String group, String user) implements Change {}

  record Mailed(Mail mail) implements Change {}
}
