package dev.rollcall.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is played of HR: people are hired, then things happen to them, and each time PeopleSoft
 * requests what is to be done in Okta. Some have an account there already, which is to be adopted;
 * one has an account that says of nobody whose it is, which is for a person to decide.
 *
 * @param people how many are hired
 * @param seed the same seed plays the same
 */
record HrScenario(int people, long seed) {

  /** Calls a minute of each bucket: ten times what Okta sells, so that nobody has to wait. */
  private static final int ROOM = 6_000;

  private static final List<String> BUCKETS =
      List.of(
          "/api/v1/users",
          "/api/v1/users/{id}",
          "/api/v1/users/{id:.+}",
          "/api/v1/groups",
          "/api/v1/groups/{id}",
          "/api/v1");

  private static final List<String> GROUPS =
      List.of(
          "Staff General", "Faculty General", "Student Cohort", "Adjunct Pool", "Contractor Pool");

  /** What happens to the first person, to the second, and so on, from the beginning again. */
  private static final List<List<String>> CHANGES =
      List.of(
          List.of("nameChanged"),
          List.of("termination"),
          List.of("typeChanged"),
          List.of("emailChanged"),
          List.of("termination", "rehire"),
          List.of("leave"),
          List.of("typeAdded"),
          List.of("preferredName"),
          List.of("leave", "return"),
          List.of("emailBlanked"));

  private static final String PLAY = "/_control/hr/play";
  private static final String EXPECTED = "/_control/hr/expected";
  private static final String USERS = "/_control/users";
  private static final int SECONDS_BETWEEN = 30;
  private static final int PEOPLE_FOR_ONE_TO_ADOPT = 10;
  private static final int PEOPLE_FOR_ONE_TO_HIRE = 10;

  /** How each account has to be in the end, by what HR knows. */
  static JsonNode expected(SimulatorApi hr) {
    return hr.get(EXPECTED);
  }

  /**
   * Prepares the tenant, hires people and requests accounts for them, unless that was done before.
   *
   * @return the OPRID of who waits for a person's decision then; empty when nobody does, or it was
   *     done before
   */
  Optional<String> begin(SimulatorApi hr, SimulatorApi okta) {
    if (!hr.get("/_control/hr/state").path("batches").isEmpty()) {
      return Optional.empty();
    }
    prepare(okta);
    if (hr.get("/_control/hr/people").isEmpty()) {
      hr.post("/_control/hr/fill", Map.of("people", people, "seed", seed, "requests", false));
    }
    List<JsonNode> ready = ready(expected(hr));
    Map<String, String> users = users(okta);
    for (JsonNode person : ready) {
      if (!users.containsKey(login(person))) {
        okta.post(USERS, account(person, person.equals(ready.getFirst())));
      }
    }
    hr.post("/_control/hr/request", Map.of());
    return ready.stream().findFirst().map(person -> person.path("oprid").asString());
  }

  /** Room, and the groups that identity types name. */
  private static void prepare(SimulatorApi okta) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("limits", BUCKETS.stream().collect(Collectors.toMap(name -> name, _ -> ROOM)));
    okta.post("/_control/settings", settings);
    Set<String> missing = new TreeSet<>(GROUPS);
    for (JsonNode group : okta.get("/_control/state?part=groups").path("groups")) {
      missing.remove(group.path("profile").path("name").asString(""));
    }
    if (!missing.isEmpty()) {
      okta.post("/_control/groups", Map.of("names", missing));
    }
  }

  /** The ids of all users by login in small letters. */
  private static Map<String, String> users(SimulatorApi okta) {
    Map<String, String> users = new HashMap<>();
    for (JsonNode user : okta.get("/_control/state?part=users").path("users")) {
      users.put(
          user.path("profile").path("login").asString("").toLowerCase(Locale.ROOT),
          user.path("id").asString());
    }
    return users;
  }

  /** Who has an account already: with a login that nobody else may get, and all it takes. */
  private List<JsonNode> ready(JsonNode expected) {
    return expected
        .valueStream()
        .filter(person -> person.path("certain").asBoolean())
        .filter(person -> !person.path("status").asString().equals("NONE"))
        .filter(person -> person.path("logins").size() == 1 && person.hasNonNull("email"))
        .limit(1 + Math.max(1, people / PEOPLE_FOR_ONE_TO_ADOPT))
        .toList();
  }

  private static String login(JsonNode person) {
    return person.path("logins").path(0).asString().toLowerCase(Locale.ROOT);
  }

  /**
   * @param unclear whether it says of nobody whose it is
   */
  private static Map<String, Object> account(JsonNode person, boolean unclear) {
    Map<String, Object> profile = new LinkedHashMap<>();
    profile.put("login", login(person));
    profile.put("email", person.path("email").asString());
    profile.put("firstName", person.path("firstName").asString());
    profile.put("lastName", person.path("lastName").asString());
    if (!unclear) {
      profile.put("employeeNumber", person.path("emplid").asString());
    }
    return Map.of("status", person.path("status").asString(), "profile", profile);
  }

  /**
   * What happened of all that was to happen.
   *
   * @param asked how much was to happen
   * @param done how much of it was possible
   */
  record Played(int asked, int done) {

    /** What is wrong with it: most is possible for most people. Empty when nothing is. */
    List<String> doubts() {
      return done > 0 && done * 2 >= asked
          ? List.of()
          : List.of(
              "%d of %d changes of HR could be played, expected at least half"
                  .formatted(done, asked));
    }
  }

  /**
   * Something happens to everybody who has an account, and some are hired. Nothing happens to those
   * who are hired just now: what an account is made by must not depend on when that is.
   *
   * @param unclear to whom nothing happens, because a person is to decide about them; null for none
   */
  Played change(SimulatorApi hr, @Nullable String unclear) {
    int place = 0;
    int asked = 0;
    int done = 0;
    for (JsonNode person : expected(hr)) {
      String oprid = person.path("oprid").asString();
      if (!oprid.equals(unclear)) {
        for (String what : CHANGES.get(place % CHANGES.size())) {
          // Somebody without a job cannot be on leave, and so on: then it happens to nobody.
          asked++;
          if (hr.tried(PLAY, Map.of("oprid", oprid, "what", what, "seed", seed + place))) {
            done++;
          }
        }
        place++;
      }
    }
    int hired = Math.max(1, people / PEOPLE_FOR_ONE_TO_HIRE);
    hr.post(PLAY, Map.of("what", "hire", "count", hired, "seed", seed));
    return new Played(asked, done);
  }

  /** From now on something happens now and then; not to whom a person is to decide about. */
  void goOn(SimulatorApi hr, SimulatorApi okta) {
    Map<String, Object> feed = new LinkedHashMap<>();
    feed.put("everySeconds", SECONDS_BETWEEN);
    feed.put("seed", seed);
    feed.put("except", undecided(hr, okta));
    hr.post("/_control/hr/feed", feed);
  }

  /** Those whose login is that of an account that says of nobody whose it is. */
  private static List<String> undecided(SimulatorApi hr, SimulatorApi okta) {
    Set<String> unowned = new TreeSet<>();
    for (JsonNode user : okta.get("/_control/state?part=users").path("users")) {
      JsonNode profile = user.path("profile");
      if (profile.path("employeeNumber").asString("").isEmpty()) {
        unowned.add(profile.path("login").asString("").toLowerCase(Locale.ROOT));
      }
    }
    return expected(hr)
        .valueStream()
        .filter(person ->
            person.path("logins").valueStream().anyMatch(one -> unowned.contains(one.asString())))
        .map(person -> person.path("oprid").asString())
        .toList();
  }
}
