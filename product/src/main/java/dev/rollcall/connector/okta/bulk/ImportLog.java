package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaCall;
import dev.rollcall.connector.okta.OktaClient;
import dev.rollcall.connector.okta.OktaConnection;
import dev.rollcall.connector.okta.OktaHeaders;
import dev.rollcall.connector.okta.OktaJson;
import dev.rollcall.http.Exchange;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.BulkTarget.Verdicts;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads out of Okta's System Log what became of an import: a session says nothing of single people,
 * not even how many there were ({@code facts/okta.md §5, §7}).
 *
 * <p>Okta documents which events there are, but not where in one the external id stands. So every
 * text of an event's targets and of its debug data is looked at: whichever is an external id of the
 * session, or the login somebody was given under, says who it is; the debug data only where no
 * target does. A failure that names nobody known makes the whole log unreadable; and so does a log
 * that does not tell of the end of the import, because it is written a little later than the
 * session ends, and silence proves nothing.
 */
final class ImportLog {

  private static final String LOGS = "/api/v1/logs";
  private static final String FAILURES =
      "eventType sw \"system.import.\" and outcome.result eq \"FAILURE\"";
  private static final String COMPLETE = "system.import.complete";
  private static final String ENDS = "eventType eq \"" + COMPLETE + "\"";
  private static final String ROADBLOCK = "system.import.roadblock";
  private static final String ROADBLOCKS = "eventType eq \"" + ROADBLOCK + "\"";
  private static final int PAGE = 1_000;

  /** How far two clocks may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  private static final Pattern SESSION = Pattern.compile("aps[0-9A-Za-z]{17}");

  private final OktaConnection connection;
  private final Errand errand;
  private final Clock clock;
  private final String sourceId;
  private final AcceptedProfiles accepted;

  ImportLog(
      OktaConnection connection,
      Errand errand,
      Clock clock,
      String sourceId,
      AcceptedProfiles accepted) {
    this.connection = connection;
    this.errand = errand;
    this.clock = clock;
    this.sourceId = sourceId;
    this.accepted = accepted;
  }

  /**
   * An event.
   *
   * @param apps the apps it names
   * @param named every text of its other targets: who they are
   * @param aside every text of its debug data, where other things stand, too
   */
  private record Told(String why, Set<String> apps, Set<String> named, Set<String> aside) {

    Set<String> texts() {
      Set<String> texts = new TreeSet<>(named);
      texts.addAll(aside);
      return texts;
    }
  }

  /**
   * Who failed.
   *
   * @param started when the session was
   * @param accountIds whom it was about
   */
  Verdicts verdicts(String session, Instant started, Collection<String> accountIds) {
    Instant since = started.minus(SKEW);
    List<Told> ends = told(session, since, ENDS);
    List<Told> stops = told(session, since, ROADBLOCKS);
    Map<String, String> failed = new HashMap<>();
    if (!stops.isEmpty()) {
      String why =
          "Okta's import safeguard stopped the import, and every other one until an administrator lets it go on: "
              + stops.getFirst().why();
      accountIds.forEach(id -> failed.put(id, why));
      return new Verdicts(failed);
    }
    if (ends.isEmpty()) {
      throw new ConnectorException(
          ErrorKind.UNAVAILABLE,
          "Okta's log does not tell of the end of the import of session %s yet".formatted(session),
          null);
    }
    List<Told> failures = told(session, since, FAILURES);
    Map<String, String> known = idsBehind(session, failures, accountIds);
    Set<String> mine = new HashSet<>(accountIds);
    Set<String> unknown = new TreeSet<>();
    for (Told failure : failures) {
      Set<String> whose = whose(failure.named(), known);
      if (whose.isEmpty()) {
        whose = whose(failure.aside(), known);
      }
      if (whose.isEmpty()) {
        unknown.add(failure.why());
      }
      // Somebody else of this source is of another session, and told there.
      whose.retainAll(mine);
      whose.forEach(id -> failed.merge(id, failure.why(), ImportLog::both));
    }
    if (!unknown.isEmpty()) {
      throw new ConnectorException(
          ErrorKind.UNREADABLE,
          "Okta's log tells of failures of session %s and not whose they are: %s%s"
              .formatted(
                  session,
                  String.join("; ", unknown),
                  failed.isEmpty() ? "" : "; beside them failed " + new TreeMap<>(failed)),
          null);
    }
    return new Verdicts(failed);
  }

  private static Set<String> whose(Set<String> texts, Map<String, String> known) {
    Set<String> ids = new TreeSet<>();
    texts.forEach(text -> {
      String id = known.get(text);
      if (id != null) {
        ids.add(id);
      }
    });
    return ids;
  }

  private static String both(String one, String other) {
    return one.equals(other) ? one : one + "; " + other;
  }

  private Map<String, String> idsBehind(
      String session, List<Told> failures, Collection<String> accountIds) {
    Set<String> texts = new TreeSet<>();
    failures.forEach(failure -> {
      texts.addAll(failure.texts());
      failure.texts().forEach(text -> texts.add(OktaClient.folded(text)));
    });
    Map<String, String> ids = new HashMap<>();
    if (texts.isEmpty()) {
      return ids;
    }
    Map<String, String> behind = accepted.idsBehind(session, texts);
    failures.forEach(failure ->
        failure
            .texts()
            .forEach(text -> {
              String id = behind.getOrDefault(text, behind.get(OktaClient.folded(text)));
              if (id != null) {
                ids.put(text, id);
              }
            }));
    accountIds.forEach(id -> ids.put(id, id));
    return ids;
  }

  /** The events of the time since that are about this source, as far as they say. */
  private List<Told> told(String session, Instant since, String filter) {
    String query =
        "since=%s&until=%s&filter=%s&sortOrder=ASCENDING&limit=%d"
            .formatted(
                moment(since),
                moment(Instant.now(clock).plus(SKEW)),
                OktaCall.encoded(filter),
                PAGE);
    List<Told> told = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    OktaCall call = new OktaCall("GET", LOGS, query, LOGS, false, false, null);
    while (true) {
      Exchange answer = connection.call(errand, call);
      JsonNode list = OktaJson.tree(answer, call.named());
      if (!list.isArray()) {
        throw new ConnectorException(
            ErrorKind.UNREADABLE, "Okta's log answers with no list of events", null);
      }
      for (JsonNode event : list) {
        Told one = read(event);
        if (concerns(session, one)) {
          told.add(one);
        }
      }
      Optional<String> next = OktaHeaders.next(answer.headers());
      if (next.isEmpty() || list.isEmpty()) {
        return told;
      }
      if (!asked.add(next.get())) {
        throw new ConnectorException(
            ErrorKind.UNREADABLE, "Okta's pages of the log come back to one that was read", null);
      }
      call = call.with(next.get());
    }
  }

  /** An event that names neither an app nor a session may be ours: better one too many. */
  private boolean concerns(String session, Told told) {
    if (!told.apps().isEmpty() && !told.apps().contains(sourceId)) {
      return false;
    }
    Set<String> sessions = new TreeSet<>(told.texts());
    sessions.removeIf(text -> !SESSION.matcher(text).matches());
    return sessions.isEmpty() || sessions.contains(session);
  }

  private static Told read(JsonNode event) {
    Set<String> apps = new TreeSet<>();
    Set<String> named = new TreeSet<>();
    Set<String> aside = new TreeSet<>();
    String whom = "";
    for (JsonNode target : event.path("target")) {
      String type = target.path("type").asString("");
      if (type.equals("AppInstance")) {
        apps.add(target.path("id").asString(""));
      } else {
        for (String name : List.of("id", "alternateId", "displayName")) {
          add(named, target.path(name));
        }
        target.path("detailEntry").properties().forEach(one -> add(named, one.getValue()));
        if (whom.isEmpty()) {
          whom = target.path("alternateId").asString(target.path("id").asString(""));
        }
      }
    }
    event
        .path("debugContext")
        .path("debugData")
        .properties()
        .forEach(one -> add(aside, one.getValue()));
    String type = event.path("eventType").asString("");
    String why = event.path("outcome").path("reason").asString("");
    String message = event.path("displayMessage").asString("");
    return new Told(
        "%s: %s%s"
            .formatted(
                type,
                why.isEmpty() ? (message.isEmpty() ? "no reason given" : message) : why,
                whom.isEmpty() ? "" : " (" + whom + ")"),
        apps,
        named,
        aside);
  }

  private static void add(Set<String> texts, @Nullable JsonNode value) {
    if (value != null && value.isValueNode() && !value.isNull()) {
      String text = value.asString("");
      if (!text.isBlank()) {
        texts.add(text);
      }
    }
  }

  private static String moment(Instant instant) {
    return OktaCall.encoded(instant.truncatedTo(ChronoUnit.MILLIS).toString());
  }
}
