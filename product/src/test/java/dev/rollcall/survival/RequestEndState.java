package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What must be in PeopleSoft's tables and in Okta when every request was worked, by the scenario
 * alone.
 */
final class RequestEndState {

  private static final String CONTRADICTING =
      """
      select h.CHG_BATCH_ID || ' is ' || h.CHG_BATCH_STATUS from PS_CHG_OK_REQ_HDR h
      where h.CHG_BATCH_STATUS <> case when exists (select 1 from PS_CHG_OK_REQ_DTL d
        where d.CHG_BATCH_ID = h.CHG_BATCH_ID and d.CHG_LINE_STATUS = 'ERR')
        then 'ERR' else 'COMP' end
      """;

  /** What may stand in the way of a request; nothing that passes by itself is among it. */
  private static final Pattern IN_THE_WAY =
      Pattern.compile("(no login by|no email:|there is no account:) ");

  private final OktaAndPeople world;
  private final Tables people;
  private final List<JsonNode> expected = new ArrayList<>();

  RequestEndState(OktaAndPeople world, Tables people) {
    this.world = world;
    this.people = people;
    world.people("expected", null).orElseThrow().forEach(expected::add);
  }

  /** Looks at everything. */
  void check() {
    everyLineEndedWell();
    everyBatchSaysWhatItsLinesSay();
    everyAccountIsAsTheScenarioSays();
    theCrossReferenceNamesEveryAccount();
  }

  private void everyLineEndedWell() {
    Set<String> without = new HashSet<>();
    for (JsonNode one : expected) {
      if (one.path("status").asString().equals("NONE") || !one.path("certain").asBoolean()) {
        without.add(one.path("oprid").asString());
      }
    }
    assertThat(without).as("people whose requests may fail").hasSizeLessThan(expected.size() / 3);
    List<String> failed = new ArrayList<>();
    people
        .jdbc()
        .sql(
            "select OPRID, CHG_LINE_ACTION, CHG_LINE_STATUS, ERROR_MSG from PS_CHG_OK_REQ_DTL"
                + " where CHG_LINE_STATUS not in ('COMP', 'WARN')")
        .query(row -> {
          if (!row.getString(3).equals("ERR")
              || !without.contains(row.getString(1))
              || !IN_THE_WAY.matcher(row.getString(4)).lookingAt()) {
            failed.add(
                "%s %s %s: %s"
                    .formatted(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
          }
        });
    assertThat(failed).as("lines that failed though nothing stood in their way").isEmpty();
  }

  /** How many lines failed, by action and what stood in their way. */
  static Map<String, Integer> failures(Tables people) {
    Map<String, Integer> failures = new TreeMap<>();
    people
        .jdbc()
        .sql(
            "select CHG_LINE_ACTION, ERROR_MSG from PS_CHG_OK_REQ_DTL where CHG_LINE_STATUS = 'ERR'")
        .query(row -> {
          Matcher why = IN_THE_WAY.matcher(row.getString(2));
          failures.merge(
              row.getString(1) + " " + (why.lookingAt() ? why.group(1) : row.getString(2)),
              1,
              Integer::sum);
        });
    return failures;
  }

  private void everyBatchSaysWhatItsLinesSay() {
    assertThat(people.texts(CONTRADICTING)).isEmpty();
  }

  private void everyAccountIsAsTheScenarioSays() {
    Map<String, JsonNode> users = users();
    Map<String, Set<String>> groups = groups();
    List<String> differences = new ArrayList<>();
    int compared = 0;
    for (JsonNode one : expected) {
      if (one.path("certain").asBoolean()) {
        compared++;
        compare(one, users.get(one.path("emplid").asString()), groups, differences);
      }
    }
    assertThat(differences).isEmpty();
    assertThat(compared).isGreaterThan(expected.size() * 9 / 10);
    assertThat(world.okta("state?part=mails", null).path("mails")).as("mails to people").isEmpty();
  }

  private static void compare(
      JsonNode wanted,
      @Nullable JsonNode user,
      Map<String, Set<String>> groups,
      List<String> differences) {
    String who = wanted.path("oprid").asString();
    boolean none = wanted.path("status").asString().equals("NONE");
    if (user == null || none) {
      if (none != (user == null)) {
        differences.add(who + (none ? " has an account" : " has no account"));
      }
      return;
    }
    JsonNode profile = user.path("profile");
    Set<String> logins = new HashSet<>();
    wanted.path("logins").forEach(login -> logins.add(login.asString().toLowerCase(Locale.ROOT)));
    String login = profile.path("login").asString().toLowerCase(Locale.ROOT);
    if (!logins.contains(login)) {
      differences.add("%s is %s and not one of %s".formatted(who, login, logins));
    }
    String status = user.path("status").asString();
    status = status.equals("PROVISIONED") ? "ACTIVE" : status;
    differ(differences, who, "status", wanted.path("status").asString(), status);
    Set<String> wantedGroups = new TreeSet<>();
    wanted.path("groups").forEach(group -> wantedGroups.add(group.asString()));
    differ(
        differences,
        who,
        "groups",
        wantedGroups,
        groups.getOrDefault(user.path("id").asString(), Set.of()));
    differ(
        differences,
        who,
        "number",
        wanted.path("emplid").asString(),
        profile.path("employeeNumber").asString());
    for (String name : List.of("firstName", "lastName")) {
      differ(differences, who, name, wanted.path(name).asString(), profile.path(name).asString(""));
    }
    // Of an account that ended these are not to be compared.
    if (!status.equals("DEPROVISIONED")) {
      if (!wanted.path("email").isNull()) {
        differ(
            differences,
            who,
            "email",
            wanted.path("email").asString(),
            profile.path("email").asString(""));
      }
    }
  }

  private static void differ(
      List<String> differences, String who, String what, Object wanted, Object found) {
    if (!wanted.equals(found)) {
      differences.add("%s: %s is %s and not %s".formatted(who, what, found, wanted));
    }
  }

  private Map<String, JsonNode> users() {
    Map<String, JsonNode> users = new HashMap<>();
    for (JsonNode user : world.okta("state?part=users", null).path("users")) {
      users.put(user.path("profile").path("employeeNumber").asString(""), user);
    }
    return users;
  }

  /** The names of the groups that each user is in. */
  private Map<String, Set<String>> groups() {
    JsonNode state = world.okta("state?part=groups,memberships", null);
    Map<String, String> names = new HashMap<>();
    for (JsonNode group : state.path("groups")) {
      names.put(group.path("id").asString(), group.path("profile").path("name").asString());
    }
    Map<String, Set<String>> groups = new HashMap<>();
    state
        .path("memberships")
        .forEachEntry((group, members) ->
            members.forEach(member ->
                groups
                    .computeIfAbsent(member.asString(), _ -> new TreeSet<>())
                    .add(names.getOrDefault(group, group))));
    return groups;
  }

  private void theCrossReferenceNamesEveryAccount() {
    Map<String, String> accounts = new HashMap<>();
    Map<String, JsonNode> users = users();
    for (JsonNode one : expected) {
      JsonNode user = users.get(one.path("emplid").asString());
      if (user != null) {
        accounts.put(
            one.path("oprid").asString(),
            user.path("id").asString() + " " + user.path("profile").path("login").asString());
      }
    }
    Map<String, Set<String>> held = new HashMap<>();
    for (JsonNode one : expected) {
      Set<String> types = new HashSet<>();
      one.path("identityTypes").forEach(type -> types.add(type.asString()));
      held.put(one.path("oprid").asString(), types.isEmpty() ? Set.of(" ") : types);
    }
    Map<String, String> said = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    people
        .jdbc()
        .sql("select OPRID, CHG_OKTA_ID, CHG_OKTA_LOGIN_ID, CHG_IDP_UTYPE from PS_CHG_OPR_OKTA_ID")
        .query(row -> {
          String who = row.getString(1);
          said.put(who, row.getString(2) + " " + row.getString(3));
          if (!held.getOrDefault(who, Set.of()).contains(row.getString(4))) {
            wrong.add("%s is %s and not %s".formatted(who, row.getString(4), held.get(who)));
          }
        });
    assertThat(said).as("the cross-reference").isEqualTo(accounts);
    assertThat(wrong).as("identity types in the cross-reference").isEmpty();
    assertThat(people.count("select count(*) from PS_CHG_OPR_OKTA_ID where LASTUPDDTTM is null"))
        .isZero();
  }
}
