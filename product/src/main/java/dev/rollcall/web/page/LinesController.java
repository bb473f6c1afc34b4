package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.event.LineSearch;
import dev.rollcall.event.LineSearch.Batch;
import dev.rollcall.event.Lines;
import dev.rollcall.model.LineAction;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The lines of PeopleSoft's requests and their batches: what became of them, trying again. */
@Controller("linesPage")
final class LinesController {

  private static final int PAGE = 50;
  private static final int BATCHES = 25;

  /** So many lines of a batch are tried again at once. */
  private static final int MOST = 10_000;

  private final WebParts parts;
  private final LineSearch lines;
  private final PeopleSearch people;
  private final Names names;

  LinesController(WebParts parts) {
    this.parts = parts;
    this.lines = parts.pages().lines();
    this.people = new PeopleSearch(parts);
    this.names = new Names(parts);
  }

  /**
   * Lines, the newest first.
   *
   * @param before only what is older than this line; null for the newest
   * @param tried how many were tried again just now, or null
   */
  @GetMapping("/lines")
  String list(
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String batch,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(required = false) @Nullable Long tried,
      SignedIn who,
      Model model) {
    LinesAsked asked = new LinesAsked(instance, status, action, person, batch, from, to);
    List<SubjectKey> subjects = asked.person().isEmpty() ? null : people.subjects(asked.person());
    fill(asked, subjects, before, who, model);
    model.addAttribute("live", asked.query() + Subjects.query(subjects));
    model.addAttribute("tried", tried);
    model.addAttribute(
        "statuses",
        Arrays.stream(LineStatus.values()).filter(one -> one != LineStatus.NEW).toList());
    model.addAttribute(
        "actions", Arrays.stream(LineAction.values()).map(LineAction::code).toList());
    model.addAttribute("instances", instances());
    return "lines";
  }

  /**
   * The part of the first page that changes by itself. Whoever was meant by the person asked for
   * was looked up when the page was opened: that asks the source, and this comes again and again.
   *
   * @param more whose lines, when a person is asked for: {@code subject} once for each
   */
  @GetMapping("/lines/now")
  String now(
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String batch,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam MultiValueMap<String, String> more,
      SignedIn who,
      Model model) {
    LinesAsked asked = new LinesAsked(instance, status, action, person, batch, from, to);
    fill(asked, asked.person().isEmpty() ? null : Subjects.of(more), null, who, model);
    return "lines :: now";
  }

  /**
   * Batches, those with errors first.
   *
   * @param failed whether the page begins among those with errors
   * @param before only what is older than this place
   */
  @GetMapping("/lines/batches")
  String batches(
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String batch,
      @RequestParam(defaultValue = "true") boolean failed,
      @RequestParam(required = false) @Nullable Long before,
      SignedIn who,
      Model model) {
    LinesAsked asked = new LinesAsked(instance, "", "", "", batch, "", "");
    List<Batch> found = batches(asked, failed, before);
    boolean more = found.size() > BATCHES;
    List<Batch> page = more ? found.subList(0, BATCHES) : found;
    model.addAttribute("asked", asked);
    model.addAttribute("batches", page);
    model.addAttribute("older", more ? LineSearch.From.after(page.getLast()) : null);
    model.addAttribute("newest", before == null);
    model.addAttribute("instances", instances());
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    return "batches";
  }

  private List<Batch> batches(LinesAsked asked, boolean failed, @Nullable Long before) {
    List<String> among = asked.among(instances());
    if (!asked.batch().isEmpty()) {
      return among.stream()
          .flatMap(instance -> lines.batch(instance, asked.batch()).stream())
          .toList();
    }
    LineSearch.From from =
        before == null ? LineSearch.From.FIRST : new LineSearch.From(failed, before);
    return lines.batches(among, from, BATCHES + 1);
  }

  @GetMapping("/lines/{id}")
  String show(@PathVariable long id, SignedIn who, Model model) {
    Lines.Shown line = line(id);
    List<Lines.Shown> generations = lines.generations(line.instance(), line.line().key());
    model.addAttribute("row", LineRow.of(List.of(line), names).getFirst());
    model.addAttribute("line", line);
    model.addAttribute("generations", LineRow.of(generations, names));
    model.addAttribute("last", generations.getFirst().id() == id);
    model.addAttribute(
        "calls",
        Story.of(parts.audit().ofEvent(line.event())).stream().filter(Story.Step::isCall).toList());
    model.addAttribute("control", InstanceStanding.of(parts, line.instance()));
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    return "line";
  }

  @PostMapping("/lines/{id}/retry")
  String retry(@PathVariable long id, SignedIn who) {
    Lines.Shown line = line(id);
    List<Long> events = parts.requests().retryLines(List.of(line), who.name());
    if (events.isEmpty()) {
      throw new PageFailures.Unfit(
          "Line " + line.line().key() + " did not end as an error, so there is nothing to retry.");
    }
    return "redirect:" + Paths.event(events.getFirst());
  }

  /** Tries again what of a batch ended as an error. */
  @PostMapping("/lines/retry")
  String retryBatch(
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String batch,
      SignedIn who) {
    LinesAsked asked = new LinesAsked(instance, LineStatus.ERR.name(), "", "", batch, "", "");
    if (asked.batch().isEmpty() || !instances().contains(asked.instance())) {
      throw new PageFailures.Unfit("Say which batch of which instance is to be tried again.");
    }
    List<Lines.Shown> failed = lines.older(asked.filter(instances(), null, zone()), null, MOST);
    parts.requests().retryLines(failed, who.name());
    return "redirect:" + Paths.batch(asked.instance(), asked.batch()) + "&tried=" + failed.size();
  }

  /**
   * @param subjects whose lines; null for everybody's
   */
  private void fill(
      LinesAsked asked,
      @Nullable List<SubjectKey> subjects,
      @Nullable Long before,
      SignedIn who,
      Model model) {
    List<Lines.Shown> found =
        subjects != null && subjects.isEmpty()
            ? List.of()
            : lines.older(asked.filter(instances(), subjects, zone()), before, PAGE + 1);
    boolean more = found.size() > PAGE;
    List<Lines.Shown> page = more ? found.subList(0, PAGE) : found;
    model.addAttribute("asked", asked);
    model.addAttribute("rows", LineRow.of(page, names));
    model.addAttribute("older", more ? page.getLast().id() : null);
    model.addAttribute("newest", before == null);
    model.addAttribute("nobody", subjects != null && subjects.isEmpty());
    model.addAttribute("several", instances().size() > 1);
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    model.addAttribute("batches", asked.batch().isEmpty() ? List.of() : batches(asked, true, null));
  }

  private Lines.Shown line(long id) {
    return lines
        .byId(id)
        .orElseThrow(() ->
            new PageFailures.NotThere(
                "There is no line " + id,
                "No line has this number, or it was older than keep.events says and was removed."));
  }

  /** Those that take lines over, or did before they were set to ask a view. */
  private List<String> instances() {
    return parts.instances().stream()
        .filter(one -> one.outside() != null)
        .map(Instance::name)
        .toList();
  }

  private ZoneId zone() {
    return parts.instances().stream().findFirst().map(Instance::zone).orElse(ZoneOffset.UTC);
  }
}
