package dev.rollcall.web.page;

import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Listed;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a target stands that takes many people together.
 *
 * @param instance who gives it people: one target belongs to one instance
 * @param open its open session, null when there is none
 * @param given how many requests of it the other side has taken
 * @param next from when on another session may be opened; null when at once
 */
record SessionTarget(
    String target, String instance, @Nullable Listed open, int given, @Nullable Instant next) {

  /** Every such target, in the order of the settings. */
  static List<SessionTarget> all(WebParts parts) {
    return parts.instances().stream()
        .filter(one -> one.bulk() != null)
        .map(one -> of(parts.sessions(), one))
        .toList();
  }

  private static SessionTarget of(Sessions sessions, Instance instance) {
    String target = instance.targetName();
    Listed open =
        sessions.open(target).flatMap(session -> sessions.byId(session.id())).orElse(null);
    return new SessionTarget(
        target,
        instance.name(),
        open,
        open == null ? 0 : given(sessions.requestsAlone(open.session().id())),
        sessions.nextAt(target).orElse(null));
  }

  /** How many of these the other side has taken. */
  static int given(List<Request> requests) {
    return (int) requests.stream().filter(one -> one.state() == RequestState.TAKEN).count();
  }
}
