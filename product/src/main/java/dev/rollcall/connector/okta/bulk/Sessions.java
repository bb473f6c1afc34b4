package dev.rollcall.connector.okta.bulk;

import dev.rollcall.connector.okta.OktaCall;
import dev.rollcall.connector.okta.OktaConnection;
import dev.rollcall.connector.okta.OktaError;
import dev.rollcall.connector.okta.OktaFailure;
import dev.rollcall.connector.okta.OktaJson;
import dev.rollcall.http.Exchange;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.spi.BulkTarget.Kind;
import dev.rollcall.spi.BulkTarget.Session;
import dev.rollcall.spi.BulkTarget.State;
import dev.rollcall.spi.ConnectorException;
import dev.rollcall.spi.Errand;
import dev.rollcall.spi.TooSoon;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The sessions of one identity source on one errand: a method for each call ({@code facts/okta.md
 * §5}). What Okta says in words does not decide anything; where one code means several things, the
 * session is looked at.
 */
final class Sessions {

  /** Okta does not say how long; asking again costs one call. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private static final String BUCKET = "/api/v1/identity-sources/{id}/sessions";
  private static final String VALIDATION_FAILED = "E0000001";
  private static final String NOT_FOUND = "E0000007";
  private static final String NOT_FOR_THIS_ORG = "E0000015";

  private final OktaConnection connection;
  private final Errand errand;
  private final String sourceId;
  private final String path;

  Sessions(OktaConnection connection, Errand errand, IdentitySourceSettings settings) {
    this.connection = connection;
    this.errand = errand;
    this.sourceId = settings.sourceId();
    this.path = "/api/v1/identity-sources/%s/sessions".formatted(OktaCall.encoded(sourceId));
  }

  /** The sessions that are open or at work. */
  List<Session> open() {
    OktaCall call = call("GET", path, BUCKET, null);
    JsonNode list = OktaJson.tree(success(call), call.named());
    if (!list.isArray()) {
      throw unreadable(call, "an object where a list was asked for");
    }
    List<Session> sessions = new ArrayList<>();
    for (JsonNode session : list) {
      sessions.add(session(session, call));
    }
    return sessions;
  }

  /**
   * Makes one.
   *
   * @throws TooSoon while there is an open one, or less than five minutes after one was started
   */
  Session begin() {
    OktaCall call = call("POST", path, BUCKET, null);
    Exchange answer = connection.answer(errand, call);
    if (answer.success()) {
      return session(OktaJson.tree(answer, call.named()), call);
    }
    OktaError error = OktaError.of(answer);
    if (invalid(error)) {
      // Nothing was sent that could be invalid: it is the sessions there are.
      throw new TooSoon(
          "Okta permits identity source %s no new session yet: %s"
              .formatted(sourceId, error.text()),
          ASK_AGAIN);
    }
    throw failure(call, answer);
  }

  /** One of them; empty when Okta knows none with this id. */
  Optional<Session> look(String id) {
    OktaCall call = call("GET", of(id), BUCKET, null);
    Exchange answer = connection.answer(errand, call);
    if (answer.success()) {
      return Optional.of(session(OktaJson.tree(answer, call.named()), call));
    }
    if (invalid(OktaError.of(answer))) {
      return Optional.empty();
    }
    throw failure(call, answer);
  }

  /**
   * Gives a session a request.
   *
   * @throws ConnectorException INVALID when the request is refused; CONFLICT when the session takes
   *     nothing any more
   */
  void give(String id, Kind kind, String body) {
    String operation =
        switch (kind) {
          case UPSERT -> "bulk-upsert";
          case DELETE -> "bulk-delete";
        };
    OktaCall call =
        call("POST", of(id) + "/" + operation, BUCKET + "/{sessionId}/" + operation, body);
    Exchange answer = connection.answer(errand, call);
    if (answer.success()) {
      return;
    }
    OktaError error = OktaError.of(answer);
    if (!invalid(error)) {
      throw failure(call, answer);
    }
    Optional<Session> there = look(id);
    if (there.filter(Sessions::takes).isEmpty()) {
      throw new ConnectorException(
          ErrorKind.CONFLICT,
          "Session %s takes nothing any more, it is %s: %s"
              .formatted(id, named(there), error.text()),
          null);
    }
    throw new ConnectorException(
        ErrorKind.INVALID,
        "Okta does not take a request of session %s: %s".formatted(id, error.text()),
        null);
  }

  /**
   * Starts a session; one that was started already is only looked at.
   *
   * @throws ConnectorException INVALID when nothing that it was given is anything to Okta
   */
  Session start(String id) {
    OktaCall call =
        call("POST", of(id) + "/start-import", BUCKET + "/{sessionId}/start-import", null);
    Exchange answer = connection.answer(errand, call);
    if (answer.success()) {
      JsonNode said = OktaJson.tree(answer, call.named());
      // Okta's description shows a list, its traffic an object.
      return session(said.isArray() ? said.path(0) : said, call);
    }
    OktaError error = OktaError.of(answer);
    if (!invalid(error)) {
      throw failure(call, answer);
    }
    Optional<Session> there = look(id);
    State state = there.map(Session::state).orElse(State.CLOSED);
    return switch (state) {
      case TRIGGERED, COMPLETED, ERROR -> there.orElseThrow();
      case CREATED ->
          throw new ConnectorException(
              ErrorKind.INVALID,
              "Session %s cannot be started: nothing that it was given is anything to Okta, as when all are deletions of people it does not know: %s"
                  .formatted(id, error.text()),
              null);
      case IN_PROGRESS, CLOSED, EXPIRED ->
          throw new ConnectorException(
              ErrorKind.CONFLICT,
              "Session %s cannot be started, it is %s: %s"
                  .formatted(id, named(there), error.text()),
              null);
    };
  }

  /**
   * Gives a session up; one that has ended is left as it is.
   *
   * @return whether nothing of what it was given was or will be looked at
   * @throws ConnectorException CONFLICT when it works already: nothing can stop it then
   */
  boolean cancel(String id) {
    OktaCall call = call("DELETE", of(id), BUCKET, null);
    Exchange answer = connection.answer(errand, call);
    if (answer.success()) {
      return true;
    }
    OktaError error = OktaError.of(answer);
    if (!invalid(error)) {
      throw failure(call, answer);
    }
    Optional<Session> there = look(id);
    // One that Okta knows no more may have worked.
    State state = there.map(Session::state).orElse(State.COMPLETED);
    return switch (state) {
      case CLOSED, EXPIRED -> true;
      case COMPLETED, ERROR -> false;
      case CREATED, IN_PROGRESS, TRIGGERED ->
          throw new ConnectorException(
              ErrorKind.CONFLICT,
              "Session %s cannot be given up, it is %s: %s"
                  .formatted(id, named(there), error.text()),
              null);
    };
  }

  private static boolean takes(Session session) {
    return session.state() == State.CREATED || session.state() == State.IN_PROGRESS;
  }

  private static String named(Optional<Session> session) {
    return session.map(known -> known.state().name()).orElse("not known to Okta");
  }

  private static OktaCall call(String method, String path, String bucket, @Nullable String body) {
    return new OktaCall(method, path, null, bucket, !method.equals("GET"), false, body);
  }

  private String of(String id) {
    return path + "/" + OktaCall.encoded(id);
  }

  private Exchange success(OktaCall call) {
    Exchange answer = connection.answer(errand, call);
    if (!answer.success()) {
      throw failure(call, answer);
    }
    return answer;
  }

  private static boolean invalid(OktaError error) {
    return error.status() == 400 && error.code().equals(VALIDATION_FAILED);
  }

  private ConnectorException failure(OktaCall call, Exchange answer) {
    OktaError error = OktaError.of(answer);
    ConnectorException failure = OktaFailure.of(call, answer);
    return switch (error.code()) {
      // Nobody can be given anything until the settings are right; it is nothing about anybody.
      case NOT_FOUND ->
          new ConnectorException(
              ErrorKind.REFUSED_CREDENTIALS,
              "Okta knows no identity source %s; set okta.identitySource to the id of the Custom Identity Source app, and look whether its API integration is enabled: %s"
                  .formatted(sourceId, error.text()),
              failure);
      case NOT_FOR_THIS_ORG ->
          new ConnectorException(
              failure.kind(),
              failure.getMessage()
                  + "; the tenant may lack the feature 'Identity Source Apps' (Anything-as-a-Source)",
              failure);
      default -> failure;
    };
  }

  /** A session as Okta writes it. */
  private static Session session(JsonNode session, OktaCall call) {
    String id = session.path("id").asString("");
    String status = session.path("status").asString("");
    String updated = session.path("lastUpdated").asString("");
    String changed = updated.isEmpty() ? session.path("created").asString("") : updated;
    if (id.isEmpty()) {
      throw unreadable(call, "a session without an id");
    }
    State state;
    try {
      state = State.valueOf(status);
    } catch (IllegalArgumentException unknown) {
      throw unreadable(call, "session %s has the status '%s'".formatted(id, status));
    }
    try {
      return new Session(id, state, Instant.parse(changed));
    } catch (DateTimeParseException broken) {
      throw unreadable(call, "session %s changed at '%s'".formatted(id, changed));
    }
  }

  private static ConnectorException unreadable(OktaCall call, String what) {
    return new ConnectorException(
        ErrorKind.UNREADABLE,
        "Okta's answer to %s cannot be understood: %s".formatted(call.named(), what),
        null);
  }
}
