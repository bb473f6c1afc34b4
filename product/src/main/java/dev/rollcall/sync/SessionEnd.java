package dev.rollcall.sync;

import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.db.Database;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Events;
import dev.rollcall.event.Finish;
import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Member;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.event.Sessions.Session;
import dev.rollcall.link.AppliedOrigin;
import dev.rollcall.link.Links;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Outcome;
import dev.rollcall.spi.BulkTarget.Kind;
import dev.rollcall.spi.BulkTarget.Parcel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what came of a session, in one transaction: everybody's outcome, links, what was taken.
 */
final class SessionEnd {

  private static final TypeReference<Map<String, Object>> ENTRY = new TypeReference<>() {};
  private static final TypeReference<Map<String, AppliedOrigin>> ORIGINS = new TypeReference<>() {};

  private final Database database;
  private final Claims claims;
  private final Sessions sessions;
  private final Links links;
  private final Settlement settlement;
  private final Instance instance;
  private final Bulk bulk;
  private final JsonMapper json = new JsonMapper();

  SessionEnd(
      Database database,
      Claims claims,
      Sessions sessions,
      Links links,
      Settlement settlement,
      Instance instance,
      Bulk bulk) {
    this.database = database;
    this.claims = claims;
    this.sessions = sessions;
    this.links = links;
    this.settlement = settlement;
    this.instance = instance;
    this.bulk = bulk;
  }

  /**
   * It came to its end.
   *
   * @param failed why, by account, as far as the other side says so
   * @param unverified why it could not be asked about single people; null when it could
   */
  void completed(Session session, Map<String, String> failed, @Nullable String unverified) {
    String flag = unverified == null ? "" : "; unverified: " + unverified;
    end(
        session,
        Sessions.State.DONE,
        unverified,
        unverified != null,
        member -> {
          String why = failed.get(member.accountId());
          return why == null
              ? new Outcome.Completed(
                  "%s in session %s%s".formatted(member.what(), session.outsideId(), flag))
              : new Outcome.Failed(ErrorKind.INVALID, why, false);
        });
  }

  /** Nothing of it was taken: everybody is tried again, or is not. */
  void failed(Session session, ErrorKind kind, String why, boolean retry) {
    end(session, Sessions.State.FAILED, why, false, _ -> new Outcome.Failed(kind, why, retry));
  }

  /** Gives its events back as they were. */
  void cancelled(Session session, String why) {
    database.inTransaction(() -> {
      claims.handBack(session.token());
      sessions.end(session.id(), Sessions.State.CANCELLED, why, false, Map.of());
    });
  }

  private void end(
      Session session,
      Sessions.State state,
      @Nullable String said,
      boolean unverified,
      Function<Member, Outcome> outcomes) {
    List<Finish> finishes =
        database.inTransaction(() -> {
          Set<Long> held = claims.hold(session.token());
          if (sessions.open(session.target()).filter(one -> one.id() == session.id()).isEmpty()) {
            return List.<Finish>of();
          }
          List<Request> requests = sessions.requests(session.id());
          List<Member> members =
              sessions.members(session.id()).stream()
                  .filter(member -> held.contains(member.event()))
                  .toList();
          Map<Long, Outcome> became = became(requests, members, outcomes);
          accept(requests, members, became);
          List<Finish> written = write(session, members, became);
          Map<Long, String> failures = new HashMap<>();
          became.forEach((event, outcome) -> {
            if (outcome instanceof Outcome.Failed) {
              failures.put(event, outcome.reason());
            }
          });
          sessions.end(session.id(), state, said, unverified, failures);
          return written;
        });
    settlement.count(instance, finishes);
  }

  /** Who was in a request that the other side does not take at all failed with that request. */
  private static Map<Long, Outcome> became(
      List<Request> requests, List<Member> members, Function<Member, Outcome> outcomes) {
    Map<Integer, String> refused =
        requests.stream()
            .filter(request -> request.state() == RequestState.REFUSED)
            .collect(Collectors.toMap(Request::number, request -> String.valueOf(request.said())));
    Map<Long, Outcome> became = new HashMap<>();
    for (Member member : members) {
      String why = refused.get(member.request());
      became.put(
          member.event(),
          why == null ? outcomes.apply(member) : new Outcome.Failed(ErrorKind.INVALID, why, false));
    }
    return became;
  }

  private void accept(List<Request> requests, List<Member> members, Map<Long, Outcome> became) {
    Map<Integer, List<Member>> byRequest =
        members.stream().collect(Collectors.groupingBy(Member::request));
    for (Request request : requests) {
      List<Member> in = byRequest.getOrDefault(request.number(), List.of());
      Set<String> but = new HashSet<>();
      in.stream()
          .filter(member -> became.get(member.event()) instanceof Outcome.Failed)
          .forEach(member -> but.add(member.accountId()));
      if (request.state() == RequestState.TAKEN && but.size() < in.size()) {
        bulk.target()
            .accept(
                new Parcel(
                    Kind.valueOf(request.kind()),
                    request.body(),
                    in.stream().map(Member::accountId).toList()),
                but);
      }
    }
  }

  private List<Finish> write(Session session, List<Member> members, Map<Long, Outcome> became) {
    List<Finish> finishes = new ArrayList<>();
    List<AuditEntry> entries = new ArrayList<>();
    List<Events.Cancellation> moot = new ArrayList<>();
    List<Links.Applied> linked = new ArrayList<>();
    for (Member member : members) {
      Outcome outcome = Objects.requireNonNull(became.get(member.event()));
      Finish finish = settlement.finish(member.event(), member.attempt(), outcome);
      finishes.add(finish);
      Map<String, Object> entry = OutcomeEntry.status(finish, outcome.reason());
      json.readValue(member.entry(), ENTRY).forEach(entry::putIfAbsent);
      entry.put("session", String.valueOf(session.outsideId()));
      entries.add(
          new AuditEntry(
              AuditKind.OUTCOME, instance.name(), member.subject(), member.event(), entry));
      if (outcome instanceof Outcome.Completed) {
        linked.add(
            new Links.Applied(
                member.subject(),
                member.accountId(),
                member.event(),
                json.readValue(member.origins(), ORIGINS)));
        member
            .behind()
            .forEach(other ->
                moot.add(
                    new Events.Cancellation(
                        other, "event " + member.event() + " has seen the same facts")));
      }
    }
    links.put(instance.targetName(), linked);
    settlement.finishEntrusted(session.token(), finishes, entries, moot);
    return finishes;
  }
}
