package dev.rollcall.demo;

import dev.rollcall.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the route from Campus came to from the database, and holds it against what the
 * simulator says it sent and what it expects.
 */
final class DemoTruth {

  private static final String INSTANCE = "campus";

  private final Database database;

  DemoTruth(Database database) {
    this.database = database;
  }

  /** Waits until no event is to be worked now. */
  void awaitIdle(Duration atMost) {
    Instant end = Instant.now().plus(atMost);
    String waiting =
        "select count(*) from event where status = 'QUE' or status = 'NEW' and (due <= now() +"
            + " (select seconds from clock_offset) * interval '1 second' or error is not null)";
    while (number(waiting) > 0) {
      if (Instant.now().isAfter(end)) {
        throw new DemoFailure("Events still wait after " + atMost.toSeconds() + " seconds", null);
      }
      try {
        Thread.sleep(Duration.ofMillis(50));
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new DemoFailure("Interrupted while waiting", stop);
      }
    }
  }

  /** What the database and the simulator's own knowledge do not agree on. */
  List<String> compare(SimulatorApi simulator) {
    List<String> differences = new ArrayList<>();
    compareMessages(simulator.get("/_control/requests"), differences);
    compareIdentities(simulator.get("/_control/expected"), differences);
    return differences;
  }

  /** What the database says about the route. */
  Map<String, Object> numbers() {
    Map<String, Object> route = new LinkedHashMap<>();
    route.put("events", new RollcallSide(database).events(INSTANCE));
    route.put(
        "due",
        number(
            "select count(*) from event where instance = 'campus' and status = 'NEW'"
                + " and cause = 'DUE'"));
    route.put(
        "identities",
        inOrder(
            "created", outcomes("created"),
            "changed", outcomes("changed"),
            "unchanged", outcomes("unchanged")));
    route.put(
        "affiliations",
        inOrder(
            "enabled", number("select count(*) from identity_affiliation where enabled"),
            "disabled", number("select count(*) from identity_affiliation where not enabled")));
    route.put(
        "roles",
        inOrder(
            "created", number("select count(*) from role"),
            "held", number("select count(*) from identity_role")));
    Map<String, Object> messages = new LinkedHashMap<>();
    messages.put("accepted", messages("state = 'APPLIED'"));
    messages.put("rejected", number("select count(*) from audit where kind = 'message-refused'"));
    messages.put("repeated", number("select coalesce(sum(repeats), 0) from campus_message"));
    messages.put("older", messages("state = 'OLDER'"));
    route.put("messages", messages);
    return route;
  }

  private static Map<String, Object> inOrder(Object... namesAndNumbers) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndNumbers.length; i += 2) {
      numbers.put(namesAndNumbers[i].toString(), namesAndNumbers[i + 1]);
    }
    return numbers;
  }

  private long outcomes(String reason) {
    return database
        .jdbc()
        .sql(
            "select count(*) from event where instance = 'campus' and status = 'COMP'"
                + " and reason = :reason")
        .param("reason", reason)
        .query(Long.class)
        .single();
  }

  private long messages(String condition) {
    return number("select count(*) from campus_message where " + condition);
  }

  /** Everything that was answered with success is stored, and nothing else. */
  private void compareMessages(JsonNode attempts, List<String> differences) {
    Set<String> answered = new HashSet<>();
    Set<String> attempted = new HashSet<>();
    long refused = 0;
    for (JsonNode attempt : attempts) {
      String id = attempt.path("transactionId").asString("");
      attempted.add(id);
      int status = attempt.path("answer").path("status").asInt(0);
      if (status == 200) {
        answered.add(id);
      } else if (status >= 400 && status < 500 && status != 403) {
        refused++;
      }
    }
    Set<String> stored =
        new HashSet<>(
            database
                .jdbc()
                .sql("select transaction_id from campus_message where transaction_id is not null")
                .query((row, number) -> row.getString(1))
                .list());
    for (String id : answered) {
      if (!stored.contains(id)) {
        differences.add("message " + id + " was answered with success but is not stored");
      }
    }
    for (String id : stored) {
      if (!attempted.contains(id)) {
        differences.add("message " + id + " is stored but was never sent");
      }
    }
    long rejected = number("select count(*) from audit where kind = 'message-refused'");
    if (rejected < refused) {
      differences.add(
          refused + " messages were answered as refused, but only " + rejected + " audited");
    }
  }

  /** Every identity is as the simulator expects it today, field by field, and there is no other. */
  private void compareIdentities(JsonNode expected, List<String> differences) {
    IdentityReader reader = new IdentityReader(database);
    Map<String, Map<String, Object>> identities = reader.all();
    for (JsonNode person : expected) {
      String emplid = person.path("emplid").asString();
      Map<String, Object> identity = identities.remove(emplid);
      if (identity == null) {
        // Somebody who was deleted before anything was made of them rightly has none.
        if (!person.path("status").asString().equalsIgnoreCase("disabled")) {
          differences.add(emplid + " was announced but has no identity");
        }
      } else {
        reader.compare(emplid, person, identity, differences);
      }
    }
    for (String login : identities.keySet()) {
      differences.add(login + " has an identity but was never announced");
    }
  }

  private long number(String sql) {
    return database.jdbc().sql(sql).query(Long.class).single();
  }
}
