package dev.rollcall.sync;

import dev.rollcall.event.Claim;
import dev.rollcall.event.Claims;
import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Member;
import dev.rollcall.event.Sessions.Request;
import dev.rollcall.event.Sessions.RequestState;
import dev.rollcall.link.Links;
import dev.rollcall.model.Change;
import dev.rollcall.model.ErrorKind;
import dev.rollcall.model.Outcome;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.Application;
import dev.rollcall.spi.BulkTarget.Packed;
import dev.rollcall.spi.BulkTarget.Parcel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Writes down what is to be given together: one session, its requests, and whom it is about. */
final class SessionPlan {

  private final Instance instance;
  private final Bulk bulk;
  private final Sessions sessions;
  private final Claims claims;
  private final Links links;
  private final JsonMapper json = new JsonMapper();

  SessionPlan(Instance instance, Bulk bulk, Sessions sessions, Claims claims, Links links) {
    this.instance = instance;
    this.bulk = bulk;
    this.sessions = sessions;
    this.claims = claims;
    this.links = links;
  }

  /**
   * Writes down one session; joins the caller's transaction.
   *
   * @return who ends now after all: refused, or without room
   */
  List<Worked> write(Claim claim, List<Worked> toApply, Map<SubjectKey, List<SyncEvent>> waiting) {
    List<Worked> ending = new ArrayList<>();
    List<Worked> wanted = withoutTooMany(toApply, ending);
    Packed packed =
        bulk.target()
            .pack(wanted.stream().map(one -> Objects.requireNonNull(one.application())).toList());
    List<Worked> packedWork = new ArrayList<>();
    for (Worked one : wanted) {
      SubjectKey subject = one.event().subject();
      String refused = packed.refused().get(subject);
      if (refused != null) {
        ending.add(one.instead(new Outcome.Failed(ErrorKind.INVALID, refused, false)));
      } else if (packed.accountIds().containsKey(subject)) {
        String remark = packed.remarks().get(subject);
        packedWork.add(remark == null ? one : one.remarked(remark));
      } else {
        ending.add(
            one.instead(new Outcome.Deferred(one.event().due(), "the session before it is full")));
      }
    }
    if (!packedWork.isEmpty()) {
      entrust(claim, packed, packedWork, waiting);
    }
    return ending;
  }

  /** Where the other side would stop all of it, nobody is deleted; the others go on. */
  private List<Worked> withoutTooMany(List<Worked> toApply, List<Worked> ending) {
    List<Worked> deletions = toApply.stream().filter(SessionPlan::isDeletion).toList();
    String objection =
        deletions.isEmpty()
            ? null
            : bulk.target()
                .objection(
                    deletions.size(), links.count(instance.targetName(), instance.sourceName()));
    if (objection == null) {
      return toApply;
    }
    deletions.forEach(one -> ending.add(one.instead(new Outcome.Suspended(objection, List.of()))));
    return toApply.stream().filter(one -> !isDeletion(one)).toList();
  }

  private void entrust(
      Claim claim,
      Packed packed,
      List<Worked> entrusted,
      Map<SubjectKey, List<SyncEvent>> waiting) {
    UUID token = UUID.randomUUID();
    claims.entrust(
        claim.token(),
        entrusted.stream().map(one -> one.event().id()).toList(),
        token,
        instance.name(),
        "a session");
    List<Request> requests = new ArrayList<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (Parcel parcel : packed.parcels()) {
      int number = requests.size() + 1;
      parcel.accountIds().forEach(id -> numbers.put(id, number));
      requests.add(
          new Request(
              number,
              parcel.kind().name(),
              RequestState.READY,
              parcel.accountIds().size(),
              parcel.body().getBytes(StandardCharsets.UTF_8).length,
              parcel.body(),
              null));
    }
    List<Member> members =
        entrusted.stream().map(one -> member(one, packed, numbers, waiting)).toList();
    sessions.plan(instance.name(), instance.targetName(), token, requests, members);
  }

  private Member member(
      Worked worked,
      Packed packed,
      Map<String, Integer> numbers,
      Map<SubjectKey, List<SyncEvent>> waiting) {
    SyncEvent event = worked.event();
    String account = Objects.requireNonNull(packed.accountIds().get(event.subject()));
    List<Long> behind =
        waiting.getOrDefault(event.subject(), List.of()).stream()
            .filter(other -> other.cause().isCollapsible())
            .map(SyncEvent::id)
            .toList();
    return new Member(
        event.id(),
        event.attempt(),
        Objects.requireNonNull(numbers.get(account)),
        event.subject(),
        account,
        what(worked),
        behind,
        json.writeValueAsString(OutcomeEntry.told(worked)),
        json.writeValueAsString(Applier.origins(worked)));
  }

  private static String what(Worked worked) {
    return isDeletion(worked) ? "deactivated" : worked.outcome().reason();
  }

  private static boolean isDeletion(Worked worked) {
    Application application = worked.application();
    return application != null
        && application.changes().stream().anyMatch(Change.Deactivate.class::isInstance);
  }
}
