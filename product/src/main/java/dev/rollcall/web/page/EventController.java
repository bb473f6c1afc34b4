package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.audit.Audit.Stored;
import dev.rollcall.audit.AuditEntry;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.event.Lines;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.spi.AccountDirectory;
import dev.rollcall.spi.AccountDirectory.Listed;
import dev.rollcall.spi.Originals;
import dev.rollcall.spi.Originals.Original;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One event: what happened, in order, and why. */
@Controller("eventPage")
final class EventController {

  /** Chains of follow-ups are short; one that is not is shown from here on. */
  private static final int LONGEST_CHAIN = 20;

  /** Says that a new account is to be made; no target's id is spelled like this. */
  private static final String NEW = "new";

  private static final int HELD = 10_000;
  private static final int LINES = 20;

  private final WebParts parts;
  private final Names names;

  EventController(WebParts parts) {
    this.parts = parts;
    this.names = new Names(parts);
  }

  /**
   * An account that fits, and whose it is.
   *
   * @param login null when the account is not there any more
   */
  record Candidate(Story.CandidateTold told, @Nullable String login, @Nullable String name) {}

  @GetMapping("/events/{id}")
  String show(@PathVariable long id, SignedIn who, Model model) {
    SyncEvent event = event(id);
    fill(event, who, model);
    return "event";
  }

  /** The part of the page that changes while an event is worked. */
  @GetMapping("/events/{id}/story")
  String story(@PathVariable long id, SignedIn who, Model model) {
    fill(event(id), who, model);
    return "event :: story";
  }

  @PostMapping("/events/{id}/retry")
  String retry(@PathVariable long id, SignedIn who) {
    return "redirect:" + Paths.event(parts.requests().retry(id, who.name()).id());
  }

  /**
   * Decides whose account it is.
   *
   * @param account the account's id, or {@code new}
   */
  @PostMapping("/events/{id}/resolve")
  String resolve(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String account,
      @RequestParam(defaultValue = "") String why,
      SignedIn who) {
    if (account.isBlank()) {
      throw new PageFailures.Unfit("Choose an account, or that a new one is to be made.");
    }
    SyncEvent event =
        parts
            .resolutions()
            .resolve(id, account.equals(NEW) ? null : account, Reason.of(why), who.name());
    return "redirect:" + Paths.event(event.id());
  }

  @GetMapping("/events/{id}/message")
  String message(@PathVariable long id, SignedIn who, Model model) {
    return message(event(id), who, false, model);
  }

  /** Shows the message with national ids, and notes who looked. */
  @PostMapping("/events/{id}/message")
  String nationalIds(@PathVariable long id, SignedIn who, Model model) {
    if (!who.mayReadNationalIds()) {
      throw new ResponseStatusException(HttpStatus.FORBIDDEN);
    }
    SyncEvent event = event(id);
    Original original =
        original(event)
            .orElseThrow(() ->
                new PageFailures.NotThere(
                    "There is no message", "No message came before this event."));
    // Noted before it is shown: nobody looks without a trace.
    parts
        .audit()
        .append(
            List.of(
                new AuditEntry(
                    AuditKind.NATIONAL_ID_SEEN,
                    event.instance(),
                    event.subject(),
                    event.id(),
                    Map.of("by", who.name(), "message", original.id()))));
    return message(event, who, true, model);
  }

  private String message(SyncEvent event, SignedIn who, boolean nationalIds, Model model) {
    Original original =
        original(event)
            .orElseThrow(() ->
                new PageFailures.NotThere(
                    "There is no message", "No message came before this event."));
    Optional<Originals.Text> text =
        Optional.ofNullable(parts.pages().originals().get(event.instance()))
            .flatMap(originals -> originals.text(event.subject(), original.id(), nationalIds));
    model.addAttribute("event", event);
    model.addAttribute("name", name(event.subject()));
    model.addAttribute("personPath", Paths.person(event.subject()));
    model.addAttribute("original", original);
    model.addAttribute("text", text.orElse(null));
    model.addAttribute("lines", text.map(one -> String.join("\n", one.lines())).orElse(""));
    model.addAttribute("nationalIds", nationalIds);
    model.addAttribute("maySee", who.mayReadNationalIds());
    return "message";
  }

  private void fill(SyncEvent event, SignedIn who, Model model) {
    List<Story.Step> steps = Story.of(parts.audit().ofEvent(event.id()));
    Long parent = event.parent();
    List<SyncEvent> before = before(event);
    List<SyncEvent> after = parts.lookup().followUps(event.id());
    model.addAttribute("event", event);
    model.addAttribute("name", name(event.subject()));
    model.addAttribute("personPath", Paths.person(event.subject()));
    model.addAttribute("steps", steps);
    model.addAttribute("candidates", candidates(event, steps));
    boolean held = isHeld(event);
    model.addAttribute("held", held);
    model.addAttribute("decidable", !held && isOpen(event));
    model.addAttribute("chain", before);
    model.addAttribute(
        "parentRemoved", parent != null && (before.isEmpty() || before.getLast().id() != parent));
    model.addAttribute("followUps", after);
    model.addAttribute("original", original(event).orElse(null));
    List<Lines.Shown> lines = parts.pages().lines().ofEvent(event.id(), LINES + 1);
    boolean more = lines.size() > LINES;
    model.addAttribute("lines", LineRow.of(more ? lines.subList(0, LINES) : lines, names));
    model.addAttribute("moreLines", more);
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    model.addAttribute("control", InstanceStanding.of(parts, event.instance()));
  }

  private SyncEvent event(long id) {
    return parts
        .lookup()
        .byId(id)
        .orElseThrow(() -> {
          List<Stored> left = parts.audit().ofEvent(id);
          return new PageFailures.NotThere(
              "There is no event " + id,
              left.isEmpty()
                  ? "No event has this number."
                  : "It was older than keep.events says and was removed. The audit still says: "
                      + left.getLast().kind()
                      + " "
                      + left.getLast().entry().getOrDefault("reason", ""));
        });
  }

  /** The events this one follows up, the first of them first. */
  private List<SyncEvent> before(SyncEvent event) {
    List<SyncEvent> chain = new ArrayList<>();
    Long parent = event.parent();
    while (parent != null && chain.size() < LONGEST_CHAIN) {
      SyncEvent found = parts.lookup().byId(parent).orElse(null);
      if (found == null) {
        break;
      }
      chain.addFirst(found);
      parent = found.parent();
    }
    return chain;
  }

  private List<Candidate> candidates(SyncEvent event, List<Story.Step> steps) {
    List<Story.CandidateTold> told =
        steps.stream().flatMap(step -> step.candidates().stream()).distinct().toList();
    AccountDirectory directory =
        parts.instances().stream()
            .filter(instance -> instance.name().equals(event.instance()))
            .map(Instance::targetName)
            .findFirst()
            .map(parts.pages().directories()::get)
            .orElse(null);
    Map<String, Listed> listed =
        directory == null
            ? Map.of()
            : directory.list(told.stream().map(Story.CandidateTold::account).toList());
    return told.stream()
        .map(one -> {
          Listed account = listed.get(one.account());
          return new Candidate(
              one,
              account == null ? null : account.login(),
              account == null ? null : account.name());
        })
        .toList();
  }

  /** Whether a person has to say whose account it is. */
  private boolean isOpen(SyncEvent event) {
    return event.status() == EventStatus.SUSPENDED
        && parts.resolutions().waiting(event.instance(), event.id() - 1, 1).stream()
            .anyMatch(waiting -> waiting.event().id() == event.id());
  }

  private boolean isHeld(SyncEvent event) {
    String reason = event.reason();
    return event.status() == EventStatus.SUSPENDED
        && reason != null
        && reason.startsWith("held")
        && parts.holds().undecided(event.instance(), null, HELD).stream()
            .anyMatch(held -> held.event() == event.id());
  }

  private Optional<Original> original(SyncEvent event) {
    Originals originals = parts.pages().originals().get(event.instance());
    return originals == null || event.cause() != Cause.MESSAGE
        ? Optional.empty()
        : originals.last(event.subject(), event.appended());
  }

  private @Nullable String name(SubjectKey subject) {
    return names.of(List.of(subject)).get(subject);
  }
}
