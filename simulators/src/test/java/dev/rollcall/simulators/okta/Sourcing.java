package dev.rollcall.simulators.okta;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A tenant with one identity source, and somebody who loads it. */
final class Sourcing implements AutoCloseable {
  static final String SOURCE = "0oaSource00000000001";
  static final String SESSIONS = "/identity-sources/" + SOURCE + "/sessions";

  final Calling calling;

  private Sourcing(Calling calling) {
    this.calling = calling;
  }

  static Sourcing in(Path directory) {
    Sourcing sourcing = new Sourcing(Calling.in(directory));
    sourcing.source("{'label':'Oracle HCM','custom':['personNumber','middleName']}");
    // Tests about something else do not wait for windows.
    sourcing.calling.settings(
        "{'share':100,'limits':{'/api/v1/identity-sources/{id}/sessions':9000,"
            + "'/api/v1/identity-sources/{id}/sessions/{sessionId}/bulk-upsert':9000,"
            + "'/api/v1/identity-sources/{id}/sessions/{sessionId}/bulk-delete':9000,"
            + "'/api/v1/identity-sources/{id}/sessions/{sessionId}/start-import':9000,"
            + "'/api/v1/logs':9000}}");
    return sourcing;
  }

  /** Changes the source. */
  void source(String json) {
    calling.control.post("sources", "{'id':'" + SOURCE + "'," + json.substring(1));
  }

  JsonNode source() {
    return calling.control.get("sources/" + SOURCE);
  }

  /** Creates a session; returns its id. */
  String session() {
    Answer answer = calling.post(SESSIONS, "");
    if (answer.status() != 201) {
      throw new AssertionError(answer.toString());
    }
    return answer.json().path("id").asString();
  }

  String status(String session) {
    return calling.get(SESSIONS + "/" + session).json().path("status").asString();
  }

  Answer upsert(String session, String... people) {
    return calling.post(
        SESSIONS + "/" + session + "/bulk-upsert",
        "{'entityType':'USERS','profiles':[" + String.join(",", people) + "]}");
  }

  Answer delete(String session, String... externalIds) {
    return calling.post(
        SESSIONS + "/" + session + "/bulk-delete",
        "{'entityType':'USERS','profiles':["
            + Arrays.stream(externalIds)
                .map("{'externalId':'%s'}"::formatted)
                .collect(Collectors.joining(","))
            + "]}");
  }

  Answer trigger(String session) {
    return calling.post(SESSIONS + "/" + session + "/start-import", "");
  }

  /** Imports people in a session of their own, and lets the five minutes pass. */
  String imported(String... people) {
    String session = session();
    accepted(upsert(session, people));
    done(session);
    return session;
  }

  /** Takes people away in a session of their own, and lets the five minutes pass. */
  String removed(String... externalIds) {
    String session = session();
    accepted(delete(session, externalIds));
    done(session);
    return session;
  }

  void done(String session) {
    Answer answer = trigger(session);
    if (answer.status() != 200) {
      throw new AssertionError(answer.toString());
    }
    calling.advance(301);
  }

  static void accepted(Answer answer) {
    if (answer.status() != 202 || !answer.text().isEmpty()) {
      throw new AssertionError(answer.toString());
    }
  }

  static String person(String id) {
    return person(id, "'personNumber':'n" + id + "'");
  }

  /** One person of an upload, with more attributes. */
  static String person(String id, String more) {
    return "{'externalId':'%s','profile':{'userName':'%s@x.edu','email':'%s@x.edu','firstName':'F','lastName':'L',%s}}"
        .formatted(id, id, id, more);
  }

  static String[] people(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(number -> person("p" + number))
        .toArray(String[]::new);
  }

  JsonNode user(String id) {
    return calling.get("/users/" + id + "@x.edu").json();
  }

  /** What imports did to one person. */
  List<String> verdicts(String externalId) {
    return calling
        .control
        .get("sources/" + SOURCE + "/applied?externalId=" + externalId)
        .valueStream()
        .map(one -> one.path("verdict").asString())
        .toList();
  }

  List<JsonNode> events(String filter) {
    return calling
        .get("/logs?limit=1000&filter=" + Calling.encoded(filter))
        .json()
        .valueStream()
        .toList();
  }

  @Override
  public void close() {
    calling.close();
  }
}
