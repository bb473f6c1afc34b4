package dev.rollcall.web;

import dev.rollcall.access.Role;
import dev.rollcall.app.Parts;
import dev.rollcall.event.NewEvent;
import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Member;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.event.Sessions.State;
import dev.rollcall.link.Links;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A service with an instance that gives people to an identity source, and a few sessions of it; the
 * instance is off, so that they stay as they are.
 */
final class GivenSessions implements AutoCloseable {

  static final String INSTANCE = "hcm-to-okta";
  static final String SOURCE = "0oaxc95befZNgrJl71d7";
  static final String TARGET = "univ.okta.example/" + SOURCE;
  static final String PASSWORD = "three quiet blue herons";
  static final String WHY = "login: ann.lee@univ.example is somebody else's <b>there</b>";

  private static final Duration LONG = Duration.ofHours(1);

  private final RunningService service;
  private final Sessions sessions;
  private final UUID holder = UUID.randomUUID();

  /** The sessions: one that was given up, one that is done, one that failed, one that is open. */
  final long givenUp;

  final long done;
  final long failed;
  final long open;

  private GivenSessions() {
    service =
        RunningService.start(
            "",
            """
            hcm-to-okta:
              route: hcm-to-okta
              state: off
              hcm: {url: "https://hcm.example", user: reader, password: a-password-of-hcm}
              tenants:
                hcm.example: {url: "https://univ.okta.example", identitySource: %s, token: a-token}
            """
                .formatted(SOURCE)
                .indent(2));
    sessions = parts().sessions();
    var users = service.service().access().users();
    users.changePassword(
        "vera", users.add("vera", Role.VIEWER, false, "test").password(), PASSWORD);
    name("W1000", "Ada", "Okafor");
    givenUp = plan(List.of(request(1, "UPSERT", 1, 900)), 900);
    sessions.end(
        givenUp, State.CANCELLED, INSTANCE + " is not on any more", false, Map.<Long, String>of());
    done =
        plan(
            List.of(
                request(1, "UPSERT", 200, 199_964),
                request(2, "UPSERT", 60, 61_200),
                request(3, "DELETE", 2, 71)),
            1000);
    opened(done, "aps1abc");
    for (int number : List.of(1, 2, 3)) {
      sessions.request(done, number, RequestState.TAKEN, null);
    }
    sessions.started(done, Instant.now().minusSeconds(400));
    accepted("W1201", "Ann", "Lee");
    sessions.end(done, State.DONE, null, false, Map.of(eventOf(done, "W1201"), WHY));
    failed = plan(List.of(request(1, "UPSERT", 2, 2_100)), 2000);
    opened(failed, "aps2def");
    sessions.request(failed, 1, RequestState.REFUSED, "HTTP 400 E0000001 what is not taken");
    sessions.end(
        failed,
        State.FAILED,
        "no request of it is taken",
        false,
        Map.of(eventOf(failed, "W2000"), "not taken", eventOf(failed, "W2001"), "not taken"));
    open = plan(List.of(request(1, "UPSERT", 3, 3_050), request(2, "DELETE", 1, 44)), 3000);
    opened(open, "aps3ghi");
    sessions.request(open, 1, RequestState.TAKEN, null);
  }

  static GivenSessions start() {
    return new GivenSessions();
  }

  RunningService service() {
    return service;
  }

  Parts parts() {
    return service.service().parts();
  }

  /** The other side takes what is left, and works it. */
  void go(Instant next) {
    sessions.request(open, 2, RequestState.TAKEN, null);
    sessions.started(open, next);
  }

  /** The open session comes to its end. */
  void end() {
    sessions.end(open, State.DONE, null, true, Map.of());
  }

  long eventOf(long session, String person) {
    return sessions.people(session, null, 1_000).stream()
        .filter(one -> one.subject().id().equals(person))
        .mapToLong(Sessions.Person::event)
        .findFirst()
        .orElseThrow();
  }

  private void opened(long session, String outside) {
    sessions.opened(session, outside);
  }

  private static Request request(int number, String kind, int people, int bytes) {
    return new Request(number, kind, RequestState.READY, people, bytes, "{}", null);
  }

  /** Nobody but this test takes its steps. */
  private long plan(List<Request> requests, int first) {
    return service
        .database()
        .inTransaction(() -> {
          List<Member> members = new ArrayList<>();
          for (Request request : requests) {
            for (int i = 0; i < request.profiles(); i++) {
              members.add(member(request, "W" + (first + members.size())));
            }
          }
          long id = sessions.plan(INSTANCE, TARGET, UUID.randomUUID(), requests, members);
          sessions.hold(id, holder, LONG);
          return id;
        });
  }

  private Member member(Request request, String person) {
    SubjectKey subject = new SubjectKey("hcm", person);
    long event =
        parts()
            .events()
            .append(
                new NewEvent(
                    INSTANCE,
                    subject,
                    Cause.CHANGE,
                    Priority.NORMAL,
                    Instant.now(),
                    null,
                    EventStatus.NEW,
                    null));
    String what = request.kind().equals("DELETE") ? "deactivated" : "created";
    return new Member(event, 0, request.number(), subject, person, what, List.of(), "{}", "{}");
  }

  /** As Oracle HCM told it. */
  private void name(String person, String first, String last) {
    service
        .database()
        .jdbc()
        .sql(
            "insert into hcm_worker (source, person_id, record, number, kind, first_seen,"
                + " changed_at) values ('hcm', :person, json_build_object('firstName',"
                + " :first::text, 'lastName', :last::text)::jsonb, 1, 'ACTIVE', now(), now())")
        .param("person", person)
        .param("first", first)
        .param("last", last)
        .update();
  }

  /** As it was given last. */
  private void accepted(String id, String first, String last) {
    service
        .database()
        .jdbc()
        .sql(
            "insert into okta_profile (source, external_id, login, profile, deleted, accepted_at)"
                + " values (:target, :id, 'x', json_build_object('firstName', :first::text,"
                + " 'lastName', :last::text)::jsonb, false, now())")
        .param("target", TARGET)
        .param("id", id)
        .param("first", first)
        .param("last", last)
        .update();
    parts()
        .links()
        .put(
            TARGET,
            List.of(new Links.Applied(new SubjectKey("hcm", id), id, eventOf(done, id), Map.of())));
  }

  @Override
  public void close() {
    service.close();
  }
}
