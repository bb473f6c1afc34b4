package dev.rollcall.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** What the tenant says in the end: its users, and the calls it was made. */
final class OktaSide {

  /** What the tenant calls the token that Rollcall has. */
  private static final String CALLER = "default";

  private final SimulatorApi okta;

  OktaSide(SimulatorApi okta) {
    this.okta = okta;
  }

  /**
   * A user.
   *
   * @param number whose account it says it is; empty when it does not say
   * @param phone empty when there is none
   */
  record User(
      String id,
      String number,
      String login,
      String status,
      String firstName,
      String lastName,
      String displayName,
      String email,
      String phone,
      Set<String> groups) {}

  List<User> users() {
    JsonNode state = okta.get("/_control/state?part=users,groups,memberships");
    Map<String, Set<String>> groups = new HashMap<>();
    for (JsonNode group : state.path("groups")) {
      String name = group.path("profile").path("name").asString("");
      for (JsonNode member : state.path("memberships").path(group.path("id").asString(""))) {
        groups.computeIfAbsent(member.asString(), _ -> new TreeSet<>()).add(name);
      }
    }
    List<User> users = new ArrayList<>();
    for (JsonNode user : state.path("users")) {
      JsonNode profile = user.path("profile");
      String id = user.path("id").asString();
      users.add(
          new User(
              id,
              profile.path("employeeNumber").asString(""),
              profile.path("login").asString(""),
              status(user),
              profile.path("firstName").asString(""),
              profile.path("lastName").asString(""),
              profile.path("displayName").asString(""),
              profile.path("email").asString(""),
              profile.path("primaryPhone").asString(""),
              groups.getOrDefault(id, Set.of())));
    }
    return users;
  }

  /** Provisioned is active with no password yet, which is not Rollcall's to set. */
  private static String status(JsonNode user) {
    String status = user.path("status").asString();
    return status.equals("PROVISIONED") ? "ACTIVE" : status;
  }

  /**
   * A call that arrived.
   *
   * @param status of the answer; 0 when there was none
   * @param changes what it did to users, in the tenant's words
   */
  record Received(String id, String method, String target, int status, List<String> changes) {
    boolean writes() {
      return !method.equals("GET");
    }
  }

  /** Rollcall's calls in order. */
  List<Received> calls() {
    List<Received> calls = new ArrayList<>();
    for (JsonNode call : okta.get("/_control/requests?caller=" + CALLER)) {
      calls.add(
          new Received(
              call.path("requestId").asString(""),
              call.path("method").asString(""),
              call.path("target").asString(""),
              call.path("answer").path("status").asInt(0),
              call.path("changes")
                  .valueStream()
                  .map(change -> change.path("what").asString(""))
                  .toList()));
    }
    return calls;
  }

  /** How often an account was made for each person, by the number that says whose it is. */
  Map<String, Integer> created() {
    Map<String, Integer> created = new LinkedHashMap<>();
    for (JsonNode person : okta.get("/_control/users?by=employeeNumber")) {
      created.put(person.path("key").asString(), person.path("created").asInt());
    }
    created.remove("(none)");
    return created;
  }
}
