package dev.rollcall.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the route from HR to Okta came to from Rollcall's database, and holds it against
 * PeopleSoft's tables, against the tenant, and against what HR expects.
 */
final class HrTruth {

  private static final String NO_ACCOUNT = "NONE";
  private static final int LONGEST_NAME = 50;

  private final RollcallSide rollcall;
  private final HrSide hr;
  private final @Nullable String unclear;

  /**
   * @param unclear the OPRID of who waits for a person's decision; null when nobody does
   */
  HrTruth(RollcallSide rollcall, HrSide hr, @Nullable String unclear) {
    this.rollcall = rollcall;
    this.hr = hr;
    this.unclear = unclear;
  }

  /** Waits until no line is open but those of somebody about whom a person has to decide. */
  void awaitWorked(Duration atMost) {
    Instant end = Instant.now().plus(atMost);
    while (true) {
      List<String> open = new ArrayList<>();
      hr.lines()
          .forEach((key, line) -> {
            if (line.status().equals("NEW") || (line.isOpen() && !line.oprid().equals(unclear))) {
              open.add(key);
            }
          });
      if (open.isEmpty()) {
        return;
      }
      if (Instant.now().isAfter(end)) {
        throw new DemoFailure(
            "%d request lines are still open after %d seconds, %s among them"
                .formatted(open.size(), atMost.toSeconds(), open.getFirst()),
            null);
      }
      try {
        Thread.sleep(Duration.ofMillis(100));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("Interrupted while waiting", stop);
      }
    }
  }

  /**
   * What Rollcall's database says about the route.
   *
   * @param events how many have each status
   * @param lines how many have each status
   * @param accounts what was done to them
   * @param calls those that only read among them
   * @param refused how many of its own calls there was no room for
   */
  record Numbers(
      Map<String, Long> events,
      Map<String, Long> lines,
      Map<String, Long> accounts,
      long calls,
      long refused) {

    /** As the report tells them. */
    Map<String, Object> told() {
      Map<String, Object> route = new LinkedHashMap<>();
      route.put("events", events);
      route.put("lines", lines);
      route.put("accounts", accounts);
      route.put("calls", calls);
      route.put("own429", refused);
      return route;
    }
  }

  /** Reads them; what is told is what is compared. */
  Numbers numbers() {
    Collection<HrLine> all = rollcall.lines().values();
    Map<String, Long> lines = new LinkedHashMap<>();
    for (String status : List.of("COMP", "WARN", "ERR", "INPR")) {
      lines.put(status, all.stream().filter(line -> line.status().equals(status)).count());
    }
    return new Numbers(
        rollcall.events(RollcallSide.HR_TO_OKTA),
        lines,
        rollcall.accounts(),
        rollcall.calls(),
        rollcall.refused());
  }

  /**
   * Everything in which the sides differ.
   *
   * @param expected of everybody, by what HR knows
   * @param numbers as they were read before
   */
  List<String> compare(JsonNode expected, OktaSide okta, Numbers numbers) {
    List<String> differences = new ArrayList<>();
    List<OktaSide.User> users = okta.users();
    compareLines(expected, differences);
    differences.addAll(rollcall.unexplained(RollcallSide.HR_TO_OKTA));
    compareAccounts(expected, users, differences);
    compareLinks(expected, users, differences);
    compareCalls(numbers, okta.calls(), differences);
    okta.created()
        .forEach((number, times) -> {
          if (times > 1) {
            differences.add(number + " was made " + times + " times in Okta");
          }
        });
    return differences;
  }

  /**
   * Whether the comparison says anything: of nobody of whom HR cannot be certain is the account
   * compared, so these must be few.
   *
   * @return what is wrong with it; empty when nothing
   */
  static List<String> doubts(JsonNode expected) {
    long certain =
        expected.valueStream().filter(person -> person.path("certain").asBoolean()).count();
    return !expected.isEmpty() && certain * 10 >= expected.size() * 9L
        ? List.of()
        : List.of(
            "HR is certain of %d of %d people, expected nine in ten"
                .formatted(certain, expected.size()));
  }

  /** Each line stands in PeopleSoft as it does here, has ended, and its batch follows. */
  private void compareLines(JsonNode expected, List<String> differences) {
    Set<String> mayFail = new HashSet<>();
    for (JsonNode person : expected) {
      if (person.path("status").asString().equals(NO_ACCOUNT)
          || !person.path("certain").asBoolean()) {
        mayFail.add(person.path("oprid").asString());
      }
    }
    Map<String, HrLine> ours = new LinkedHashMap<>(rollcall.lines());
    Map<String, Set<String>> batches = new TreeMap<>();
    hr.lines()
        .forEach((key, line) -> {
          batches
              .computeIfAbsent(key.substring(0, key.lastIndexOf('/')), _ -> new TreeSet<>())
              .add(line.status());
          HrLine own = ours.remove(key);
          if (own == null) {
            differences.add("line " + key + " is " + line.status() + " and was never taken over");
          } else if (!own.status().equals(line.status()) || !own.account().equals(line.account())) {
            differences.add(
                "line %s is %s %s in PeopleSoft, expected %s %s"
                    .formatted(key, line.status(), line.account(), own.status(), own.account()));
          } else if (line.isOpen() && !line.oprid().equals(unclear)) {
            differences.add("line " + key + " of " + line.oprid() + " is still open");
          } else if (line.status().equals("ERR") && !mayFail.contains(line.oprid())) {
            differences.add(
                "line %s (%s %s) ended ERR: %s"
                    .formatted(key, line.action(), line.oprid(), line.text()));
          }
        });
    ours.keySet().forEach(key -> differences.add("line " + key + " is not in PeopleSoft"));
    Map<String, String> stand = hr.batches();
    batches.forEach((batch, lines) -> {
      String derived = derived(lines);
      if (!derived.equals(stand.get(batch))) {
        differences.add("batch %s is %s, expected %s".formatted(batch, stand.get(batch), derived));
      }
    });
    if (unclear != null && !rollcall.isSuspended(unclear)) {
      differences.add(unclear + " should wait for a decision, and does not");
    }
  }

  /** The status of a batch, by those of its lines. */
  private static String derived(Set<String> lines) {
    if (lines.equals(Set.of("NEW"))) {
      return "NEW";
    }
    if (lines.contains("NEW") || lines.contains("INPR")) {
      return "INPR";
    }
    return lines.contains("ERR") ? "ERR" : "COMP";
  }

  /** Every account is as HR expects it, and there is no other. */
  private void compareAccounts(
      JsonNode expected, List<OktaSide.User> users, List<String> differences) {
    Map<String, List<OktaSide.User>> byNumber =
        users.stream().collect(Collectors.groupingBy(OktaSide.User::number));
    int unowned = byNumber.getOrDefault("", List.of()).size();
    byNumber.remove("");
    if (unowned != (unclear == null ? 0 : 1)) {
      differences.add(unowned + " users of Okta say of nobody whose they are");
    }
    for (JsonNode person : expected) {
      List<OktaSide.User> own = byNumber.remove(person.path("emplid").asString());
      String oprid = person.path("oprid").asString();
      if (oprid.equals(unclear)) {
        if (own != null) {
          differences.add(oprid + " has an account, although nobody has decided yet");
        }
      } else if (person.path("certain").asBoolean()) {
        compare(oprid, person, own == null ? List.of() : own, differences);
      }
    }
    for (List<OktaSide.User> own : byNumber.values()) {
      differences.add(
          "%s (%s) is in Okta and nobody expects it"
              .formatted(own.getFirst().login(), own.getFirst().number()));
    }
  }

  /** Holds the accounts of one person against what is expected of them. */
  static void compare(
      String oprid, JsonNode expected, List<OktaSide.User> own, List<String> differences) {
    String status = expected.path("status").asString();
    if (status.equals(NO_ACCOUNT)) {
      if (!own.isEmpty()) {
        differences.add(oprid + " has an account and should have none");
      }
      return;
    }
    if (own.size() != 1) {
      differences.add(oprid + " has " + own.size() + " accounts, expected one");
      return;
    }
    OktaSide.User user = own.getFirst();
    Set<String> logins = new TreeSet<>();
    expected.path("logins").forEach(one -> logins.add(one.asString().toLowerCase(Locale.ROOT)));
    if (!logins.contains(user.login().toLowerCase(Locale.ROOT))) {
      differences.add("%s: login is %s, expected %s".formatted(oprid, user.login(), logins));
    }
    Set<String> groups = new TreeSet<>();
    expected.path("groups").forEach(group -> groups.add(group.asString()));
    differ(oprid, "status", user.status(), status, differences);
    differ(oprid, "groups", user.groups(), groups, differences);
    Map<String, String> profile =
        Map.of(
            "firstName", user.firstName(),
            "lastName", user.lastName(),
            "email", user.email(),
            "phone", user.phone());
    for (String name : List.of("firstName", "lastName", "email", "phone")) {
      if (expected.hasNonNull(name)) {
        differ(
            oprid,
            name,
            profile.getOrDefault(name, ""),
            expected.path(name).asString(),
            differences);
      }
    }
    String first = expected.path("firstName").asString("");
    String last = expected.path("lastName").asString("");
    // A name that was cut is whole in the name that is shown.
    if (first.length() < LONGEST_NAME && last.length() < LONGEST_NAME) {
      differ(oprid, "displayName", user.displayName(), (first + " " + last).strip(), differences);
    }
  }

  private static void differ(
      String oprid, String what, Object is, Object expected, List<String> differences) {
    if (!is.equals(expected)) {
      differences.add("%s: %s is %s, expected %s".formatted(oprid, what, is, expected));
    }
  }

  /**
   * Everybody with an account is linked to it, and PeopleSoft's copy of the links says the same.
   */
  private void compareLinks(
      JsonNode expected, List<OktaSide.User> users, List<String> differences) {
    Map<String, String> oprids = new TreeMap<>();
    for (JsonNode person : expected) {
      oprids.put(person.path("emplid").asString(), person.path("oprid").asString());
    }
    Map<String, String> owned = new TreeMap<>();
    Map<String, String> withLogins = new TreeMap<>();
    for (OktaSide.User user : users) {
      String oprid = oprids.get(user.number());
      if (oprid != null) {
        owned.put(oprid, user.id());
        withLogins.put(oprid, user.id() + " " + user.login());
      }
    }
    differ("the links of Rollcall", owned, rollcall.links(), differences);
    differ("PS_CHG_OPR_OKTA_ID", withLogins, hr.crossReference(), differences);
  }

  private static void differ(
      String what,
      Map<String, String> expected,
      Map<String, String> are,
      List<String> differences) {
    Set<String> oprids = new TreeSet<>(expected.keySet());
    oprids.addAll(are.keySet());
    for (String oprid : oprids) {
      if (!Objects.equals(expected.get(oprid), are.get(oprid))) {
        differences.add(
            "%s: %s: %s, and Okta has %s"
                .formatted(oprid, what, are.get(oprid), expected.get(oprid)));
      }
    }
  }

  /** What Rollcall says it called is what the tenant was called, and what came of it. */
  private void compareCalls(
      Numbers numbers, List<OktaSide.Received> calls, List<String> differences) {
    differ("calls", numbers.calls(), (long) calls.size(), differences);
    differ(
        "own429",
        numbers.refused(),
        calls.stream().filter(call -> call.status() == 429).count(),
        differences);
    numbers
        .accounts()
        .forEach((what, count) -> {
          long happened =
              calls.stream()
                  .flatMap(call -> call.changes().stream())
                  .filter(change -> change.equals(what))
                  .count();
          differ("accounts " + what, count, happened, differences);
        });
    Map<String, OktaSide.Received> writes = new LinkedHashMap<>();
    calls.stream()
        .filter(OktaSide.Received::writes)
        .sorted(Comparator.comparing(OktaSide.Received::id))
        .forEach(call -> writes.put(call.id(), call));
    for (RollcallSide.Write write : rollcall.writes()) {
      if (write.id() != null && writes.remove(write.id()) == null) {
        differences.add(
            "%s %s is in the audit and never reached Okta".formatted(write.method(), write.path()));
      }
    }
    for (OktaSide.Received call : writes.values()) {
      differences.add(
          "%s %s reached Okta and is not in the audit".formatted(call.method(), call.target()));
    }
  }

  private static void differ(String what, long ours, long theirs, List<String> differences) {
    if (ours != theirs) {
      differences.add("%s: Rollcall says %d, Okta %d".formatted(what, ours, theirs));
    }
  }
}
