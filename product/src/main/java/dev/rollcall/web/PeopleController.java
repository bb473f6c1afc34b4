package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.event.EventLookup;
import dev.rollcall.link.Links.Linked;
import dev.rollcall.model.Account;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.sync.Explanation;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One person: accounts, values with where they came from, what is due, what happened. */
@RestController
@RequestMapping("/api/people")
final class PeopleController {

  private static final int TIMELINE = 1_000;

  private final WebParts parts;
  private final Explanation explanation;

  PeopleController(WebParts parts) {
    this.parts = parts;
    this.explanation = new Explanation(parts.clock());
  }

  record PersonView(
      String subject,
      @Nullable String source,
      @Nullable String status,
      List<LinkView> links,
      List<AccountValues.AttributeView> attributes,
      List<AffiliationView> affiliations,
      List<String> roles,
      List<DueView> due,
      List<StepView> timeline) {}

  record LinkView(String target, String account) {}

  record AffiliationView(
      String institution,
      String code,
      @Nullable String status,
      @Nullable String description,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      Map<String, String> more,
      String state) {}

  record DueView(LocalDate date, @Nullable String why) {}

  record StepView(
      long event,
      @Nullable Long parent,
      String cause,
      String status,
      Instant at,
      @Nullable String reason) {}

  /** The source's id of a person named as {@code source:id} or by the id alone. */
  static String idOf(String named) {
    int colon = named.indexOf(':');
    return colon < 0 ? named : named.substring(colon + 1);
  }

  @Operation("Tells what is known of one person, and why.")
  @GetMapping("/{named}")
  PersonView person(
      @PathVariable String named,
      @RequestParam(defaultValue = "false") boolean nationalIds,
      SignedIn who) {
    String id = idOf(named);
    if (nationalIds && !who.mayReadNationalIds()) {
      throw new Failures.Forbidden(
          who.name() + " has no right to see national ids; an admin can give it");
    }
    List<SyncEvent> events =
        parts.lookup().find(new EventLookup.Filter(null, null, id, TIMELINE)).reversed();
    List<Linked> links = parts.links().ofSubject(id);
    if (events.isEmpty() && links.isEmpty()) {
      throw new Failures.NotFound("Nobody here is known as " + id);
    }
    if (nationalIds) {
      remember(
          who, events.isEmpty() ? links.getFirst().link().subject() : events.getFirst().subject());
    }
    List<AccountValues.AttributeView> attributes = new ArrayList<>();
    List<AffiliationView> affiliations = new ArrayList<>();
    Set<String> roles = new TreeSet<>();
    String status = null;
    for (Linked linked : links) {
      Instance instance = instance(linked);
      Account account = instance == null ? null : account(instance, linked);
      if (instance != null && account != null) {
        status = account.status().label();
        attributes.addAll(
            AccountValues.of(
                account,
                linked,
                explanation.of(instance, linked.link().subject()),
                instance.nationalIds(),
                nationalIds));
        account.affiliations().forEach(held -> affiliations.add(affiliation(held)));
        roles.addAll(account.groups());
      }
    }
    return new PersonView(
        id,
        events.isEmpty() ? null : events.getFirst().subject().source(),
        status,
        links.stream()
            .map(one -> new LinkView(one.link().target(), one.link().accountId()))
            .toList(),
        attributes,
        affiliations,
        List.copyOf(roles),
        events.stream().filter(PeopleController::isPendingDate).map(this::due).toList(),
        events.stream().map(PeopleController::step).toList());
  }

  /** Who looked at whose national ids; written before they are told. */
  private void remember(SignedIn who, SubjectKey subject) {
    parts
        .audit()
        .append(
            List.of(
                new AuditEntry(
                    AuditKind.NATIONAL_ID_SEEN, null, subject, null, Map.of("by", who.name()))));
  }

  private @Nullable Instance instance(Linked linked) {
    for (Instance instance : parts.instances()) {
      if (instance.targetName().equals(linked.link().target())
          && instance.sourceName().equals(linked.link().subject().source())) {
        return instance;
      }
    }
    return null;
  }

  private static @Nullable Account account(Instance instance, Linked linked) {
    String account = linked.link().accountId();
    return instance.target().read(List.of(account)).get(account);
  }

  private static AffiliationView affiliation(Account.HeldAffiliation held) {
    return new AffiliationView(
        held.affiliation().institution(),
        held.affiliation().code(),
        held.affiliation().status(),
        held.affiliation().description(),
        held.affiliation().from(),
        held.affiliation().to(),
        held.affiliation().more(),
        held.enabled() ? "Enabled" : "Disabled");
  }

  private static boolean isPendingDate(SyncEvent event) {
    return event.cause() == Cause.DUE && event.status() == EventStatus.NEW;
  }

  private DueView due(SyncEvent event) {
    for (Instance instance : parts.instances()) {
      if (instance.name().equals(event.instance())) {
        return new DueView(LocalDate.ofInstant(event.due(), instance.zone()), event.reason());
      }
    }
    return new DueView(LocalDate.ofInstant(event.due(), parts.clock().getZone()), event.reason());
  }

  private static StepView step(SyncEvent event) {
    Instant finished = event.finished();
    return new StepView(
        event.id(),
        event.parent(),
        event.cause().name(),
        event.status().code(),
        finished == null ? event.appended() : finished,
        event.reason());
  }
}
