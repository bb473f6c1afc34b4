package dev.rollcall.survival;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Okta was sent, in order, as Okta itself wrote it down. */
final class OktaLedger {

  private static final Pattern ONE_USER = Pattern.compile("/users/([^/?]+)");
  private static final Pattern NUMBER = Pattern.compile("employeeNumber eq \"([^\"]+)\"");

  /** Which actions of lines may come to a change. */
  private static final Map<String, Set<String>> ASKED_BY =
      Map.of(
          "created", Set.of("CR8I", "CR8A"),
          "updated", Set.of("CR8I", "CR8A", "USAU"),
          "activated", Set.of("CR8A", "USRA"),
          "suspended", Set.of("USAU"),
          "unsuspended", Set.of("USAU", "USRA", "CR8A"),
          "deactivated", Set.of("USRD"),
          "joined", Set.of("GRPA"),
          "left", Set.of("GRPR"));

  private final List<JsonNode> calls = new ArrayList<>();

  /** Employee numbers by user id. */
  private final Map<String, String> owners = new HashMap<>();

  private final OktaAndPeople world;

  OktaLedger(OktaAndPeople world) {
    this.world = world;
    for (JsonNode call : world.okta("requests", null)) {
      if (call.path("target").asString().startsWith("/api/")) {
        calls.add(call);
      }
      for (JsonNode change : call.path("changes")) {
        if (change.path("what").asString().equals("created")) {
          owners.put(
              change.path("user").asString(),
              change.path("profile").path("employeeNumber").asString());
        }
      }
    }
  }

  /** How many calls went wrong on purpose, by fault. */
  Map<String, Integer> faults() {
    Map<String, Integer> faults = new TreeMap<>();
    for (JsonNode call : calls) {
      String fault = call.path("fault").asString("");
      if (!fault.isEmpty()) {
        faults.merge(fault, 1, Integer::sum);
      }
    }
    return faults;
  }

  int size() {
    return calls.size();
  }

  void nobodyWasCreatedTwice() {
    List<String> twice = new ArrayList<>();
    for (JsonNode person : world.okta("users?by=employeeNumber", null)) {
      if (person.path("created").asInt() > 1) {
        twice.add(person.path("key").asString() + " " + person.path("users"));
      }
    }
    assertThat(twice).as("people created twice").isEmpty();
    assertThat(owners.values()).as("everybody has a number").doesNotContain("");
  }

  /** A call of a person began before another one of theirs was answered. */
  void callsOfOnePersonNeverOverlap() {
    Map<String, JsonNode> before = new HashMap<>();
    List<String> overlapping = new ArrayList<>();
    int known = 0;
    for (JsonNode call : calls) {
      String person = person(call);
      if (person == null) {
        continue;
      }
      known++;
      JsonNode earlier = before.put(person, call);
      if (earlier != null && at(call).isBefore(at(earlier.path("answer")))) {
        overlapping.add(person + ": " + said(earlier) + " and " + said(call));
      }
    }
    assertThat(overlapping).isEmpty();
    assertThat(known).as("calls that are about a person").isGreaterThan(calls.size() / 2);
  }

  /** Each change can be put down to a line that does not come before that of an earlier change. */
  void changesOfOnePersonAreInTheOrderOfTheirLines(Tables people) {
    Map<String, List<String>> actions = actions(people);
    Map<String, Integer> places = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    for (JsonNode call : calls) {
      for (JsonNode change : call.path("changes")) {
        String person = owners.getOrDefault(change.path("user").asString(), "");
        List<String> lines = actions.getOrDefault(person, List.of());
        Set<String> askedBy = ASKED_BY.getOrDefault(change.path("what").asString(), Set.of());
        int place = places.getOrDefault(person, 0);
        while (place < lines.size() && !askedBy.contains(lines.get(place))) {
          place++;
        }
        if (place == lines.size()) {
          wrong.add(
              "%s: %s at %s, after all of %s"
                  .formatted(person, change.path("what").asString(), said(call), lines));
        } else {
          places.put(person, place);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** The actions asked for, in order, by employee number. */
  private static Map<String, List<String>> actions(Tables people) {
    Map<String, List<String>> actions = new HashMap<>();
    people
        .jdbc()
        .sql(
            """
            select p.EMPLID, d.CHG_LINE_ACTION from PS_CHG_OK_REQ_DTL d
            join PS_CHG_OK_REQ_HDR h on h.CHG_BATCH_ID = d.CHG_BATCH_ID
            join PSOPRDEFN p on p.OPRID = d.OPRID
            order by h.CREATED_DTTM, d.CHG_BATCH_ID, d.LINE_NBR
            """)
        .query(row -> {
          actions
              .computeIfAbsent(row.getString(1), _ -> new ArrayList<>())
              .add(row.getString(2).strip());
        });
    return actions;
  }

  /** Whose call it is; null where only a login or an address says so, which others may share. */
  private @Nullable String person(JsonNode call) {
    String target =
        URLDecoder.decode(
            call.path("target").asString().replace("+", "%2B"), StandardCharsets.UTF_8);
    Matcher user = ONE_USER.matcher(target);
    if (user.find() && owners.containsKey(user.group(1))) {
      return owners.get(user.group(1));
    }
    Matcher number = NUMBER.matcher(target);
    if (number.find()) {
      return number.group(1);
    }
    String body = call.path("body").asString("");
    if (body.isEmpty() || !call.path("method").asString().equals("POST")) {
      return null;
    }
    String own =
        JsonMapper.shared().readTree(body).path("profile").path("employeeNumber").asString("");
    return own.isEmpty() ? null : own;
  }

  private static Instant at(JsonNode entry) {
    return Instant.parse(entry.path("at").asString());
  }

  private static String said(JsonNode call) {
    return "%s %s %s %s-%s %s"
        .formatted(
            call.path("request"),
            call.path("method").asString(),
            call.path("target").asString(),
            call.path("at").asString(),
            call.path("answer").path("at").asString("?"),
            call.path("fault").asString(""));
  }
}
