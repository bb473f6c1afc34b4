package dev.rollcall.web.page;

import dev.rollcall.event.EventSearch;
import dev.rollcall.model.Cause;
import dev.rollcall.model.EventStatus;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** All events, the newest first. */
@Controller("eventsPage")
final class EventsController {

  private static final int PAGE = 50;

  /** How many new ones are put into the page at once; when there are more, it says so. */
  private static final int MOST_NEW = 50;

  /** A page that stood open all night asks about no more than this. */
  private static final int MOST_OPEN = 200;

  private static final Pattern NUMBER = Pattern.compile("#?([0-9]{1,18})");

  private final WebParts parts;
  private final EventSearch events;
  private final PeopleSearch people;
  private final Names names;

  EventsController(WebParts parts) {
    this.parts = parts;
    this.events = parts.pages().events();
    this.people = new PeopleSearch(parts);
    this.names = new Names(parts);
  }

  @GetMapping("/events")
  String list(
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam(required = false) @Nullable Long before,
      Model model) {
    Asked asked = new Asked(status, instance, cause, person, from, to);
    List<SubjectKey> subjects = subjects(asked);
    List<SyncEvent> found =
        events.older(asked.filter(parts.instances(), subjects, zone()), before, PAGE + 1);
    boolean more = found.size() > PAGE;
    List<SyncEvent> page = more ? found.subList(0, PAGE) : found;
    model.addAttribute("asked", asked);
    model.addAttribute("rows", EventRow.of(page, names));
    model.addAttribute("older", more ? page.getLast().id() : null);
    model.addAttribute("newest", before == null);
    model.addAttribute("nobody", subjects != null && subjects.isEmpty());
    model.addAttribute("statuses", EventStatus.values());
    model.addAttribute("causes", Cause.values());
    model.addAttribute("instances", parts.instances().stream().map(Instance::name).toList());
    if (before == null) {
      live(model, page.isEmpty() ? 0 : page.getFirst().id(), open(page));
    }
    return "events";
  }

  /**
   * What is new on the first page since it was asked for last: events that came, and events that
   * went on.
   *
   * @param after the newest id that is on the page
   * @param open those on the page that have not ended
   */
  @GetMapping("/events/new")
  String news(
      @RequestParam(defaultValue = "") String status,
      @RequestParam(defaultValue = "") String instance,
      @RequestParam(defaultValue = "") String cause,
      @RequestParam(defaultValue = "") String person,
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "") String to,
      @RequestParam long after,
      @RequestParam(defaultValue = "") List<Long> open,
      Model model) {
    Asked asked = new Asked(status, instance, cause, person, from, to);
    EventSearch.Filter filter = asked.filter(parts.instances(), subjects(asked), zone());
    List<SyncEvent> came = events.newer(filter, after, MOST_NEW + 1);
    boolean tooMany = came.size() > MOST_NEW;
    List<SyncEvent> shown = tooMany ? List.of() : came;
    List<SyncEvent> moved =
        events.byIds(open.stream().limit(MOST_OPEN).toList()).stream()
            .filter(event -> event.status() != EventStatus.NEW)
            .toList();
    List<Long> still = new ArrayList<>(open(shown));
    List<Long> ended =
        moved.stream().filter(event -> event.status().isFinal()).map(SyncEvent::id).toList();
    open.stream().filter(id -> !ended.contains(id)).limit(MOST_OPEN).forEach(still::add);
    model.addAttribute("asked", asked);
    model.addAttribute("came", EventRow.of(shown, names));
    model.addAttribute("moved", EventRow.of(moved, names));
    model.addAttribute("tooMany", tooMany);
    live(model, shown.isEmpty() ? after : shown.getFirst().id(), still);
    return "events :: news";
  }

  /**
   * Where what was typed into the search leads: an event by its number, else people.
   *
   * @param q as it was typed
   */
  @GetMapping("/search")
  String search(@RequestParam(defaultValue = "") String q) {
    var number = NUMBER.matcher(q.strip());
    if (number.matches() && q.strip().startsWith("#")) {
      return "redirect:" + Paths.event(Long.parseLong(number.group(1)));
    }
    return "redirect:/people?q=" + Paths.encoded(q.strip());
  }

  private void live(Model model, long after, List<Long> open) {
    model.addAttribute("after", after);
    model.addAttribute(
        "open", String.join(",", open.stream().limit(MOST_OPEN).map(String::valueOf).toList()));
  }

  private static List<Long> open(List<SyncEvent> page) {
    return page.stream().filter(event -> !event.status().isFinal()).map(SyncEvent::id).toList();
  }

  private @Nullable List<SubjectKey> subjects(Asked asked) {
    return asked.person().isEmpty() ? null : people.subjects(asked.person());
  }

  private ZoneId zone() {
    return parts.instances().stream().findFirst().map(Instance::zone).orElse(ZoneOffset.UTC);
  }
}
