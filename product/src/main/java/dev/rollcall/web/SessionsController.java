package dev.rollcall.web;

import dev.rollcall.event.Sessions;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Sessions of targets that take many people together. */
@RestController
@RequestMapping("/api/sessions")
final class SessionsController {

  private static final int MOST = 10_000;

  private final WebParts parts;

  SessionsController(WebParts parts) {
    this.parts = parts;
  }

  /**
   * A session; times on Rollcall's clock.
   *
   * @param source the identity source's id
   * @param sessionId what the other side calls it; null while it has none there
   * @param profiles how many people its requests are about
   * @param maxBytes the largest request
   * @param failed people who failed; 0 while it is open
   * @param triggeredAt when the other side began to work it, null before
   * @param nextAllowedAt from when on its target may be given another one, null before it is
   *     started
   * @param said what there is to say about it, null when nothing
   * @param unverified whether the other side could not be asked what became of single people
   */
  record SessionView(
      long id,
      String instance,
      String target,
      String source,
      @Nullable String sessionId,
      Sessions.State state,
      int requests,
      int profiles,
      int maxBytes,
      int failed,
      Instant plannedAt,
      @Nullable Instant openedAt,
      @Nullable Instant triggeredAt,
      @Nullable Instant nextAllowedAt,
      @Nullable Instant endedAt,
      @Nullable String said,
      boolean unverified) {}

  /**
   * A request of a session.
   *
   * @param kind UPSERT or DELETE
   * @param bytes of its body
   * @param said why it was not taken, null when it was
   */
  record SessionRequestView(
      int number,
      String kind,
      Sessions.RequestState state,
      int profiles,
      int bytes,
      @Nullable String said) {}

  /**
   * Somebody a session was about.
   *
   * @param request the number of the request they are in
   * @param what is done to them, in a word
   * @param failed why they failed, null when they did not or the session is open
   */
  record SessionPersonView(
      long event,
      int request,
      String source,
      String subject,
      String what,
      @Nullable String failed) {}

  /**
   * A session with what it consists of.
   *
   * @param people those who failed first
   */
  record WholeSession(
      SessionView session, List<SessionRequestView> requests, List<SessionPersonView> people) {}

  @Operation("Lists the sessions in which people were given together, the newest first.")
  @GetMapping
  List<SessionView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "100") int limit) {
    return parts.sessions().list(instance, before, Spoken.limit(limit, MOST)).stream()
        .map(SessionsController::view)
        .toList();
  }

  @Operation(
      value = "Tells a session with its requests and people, those who failed first.",
      refuses = {404})
  @GetMapping("/{id}")
  WholeSession show(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer request,
      @RequestParam(defaultValue = "1000") int limit) {
    int most = Spoken.limit(limit, MOST);
    Sessions.Listed listed =
        parts
            .sessions()
            .byId(id)
            .orElseThrow(() -> new Failures.NotFound("There is no session " + id));
    return new WholeSession(
        view(listed),
        parts.sessions().requestsAlone(id).stream().map(SessionsController::view).toList(),
        parts.sessions().people(id, request, most).stream().map(SessionsController::view).toList());
  }

  private static SessionView view(Sessions.Listed listed) {
    Sessions.Session session = listed.session();
    return new SessionView(
        session.id(),
        session.instance(),
        session.target(),
        session.part(),
        session.outsideId(),
        session.state(),
        listed.requests(),
        listed.profiles(),
        listed.maxBytes(),
        listed.failed(),
        session.planned(),
        session.opened(),
        session.started(),
        session.nextAt(),
        session.ended(),
        session.said(),
        session.unverified());
  }

  private static SessionRequestView view(Sessions.Request request) {
    return new SessionRequestView(
        request.number(),
        request.kind(),
        request.state(),
        request.profiles(),
        request.bytes(),
        request.said());
  }

  private static SessionPersonView view(Sessions.Person person) {
    return new SessionPersonView(
        person.event(),
        person.request(),
        person.subject().source(),
        person.subject().id(),
        person.what(),
        person.failed());
  }
}
