package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.model.Priority;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.Previewed;
import dev.rollcall.web.WebParts;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** People: finding one, and everything about one. */
@Controller("peoplePages")
final class PeopleController {

  private final WebParts parts;
  private final PeopleSearch search;
  private final PersonPage.Reader reader;
  private final Names names;

  PeopleController(WebParts parts) {
    this.parts = parts;
    this.search = new PeopleSearch(parts);
    this.reader = new PersonPage.Reader(parts);
    this.names = new Names(parts);
  }

  /**
   * Looks for people.
   *
   * @param q as it was typed; without it those are shown who have no account
   */
  @GetMapping("/people")
  String find(@RequestParam(defaultValue = "") String q, Model model) {
    String typed = q.strip();
    model.addAttribute("q", typed);
    if (typed.isEmpty()) {
      List<PeopleSearch.Hit> without = search.withoutAccount();
      model.addAttribute("hits", without.stream().limit(PeopleSearch.MOST).toList());
      model.addAttribute("more", without.size() > PeopleSearch.MOST);
      return "people";
    }
    PeopleSearch.Found found = search.find(typed);
    if (found.hits().size() == 1 && isId(found.hits().getFirst(), typed)) {
      return "redirect:" + found.hits().getFirst().path();
    }
    model.addAttribute("hits", found.hits());
    model.addAttribute("more", found.more());
    return "people";
  }

  /** What is found while somebody types. */
  @GetMapping("/people/found")
  String found(@RequestParam(defaultValue = "") String q, Model model) {
    String typed = q.strip();
    model.addAttribute("q", typed);
    if (typed.isEmpty()) {
      List<PeopleSearch.Hit> without = search.withoutAccount();
      model.addAttribute("hits", without.stream().limit(PeopleSearch.MOST).toList());
      model.addAttribute("more", without.size() > PeopleSearch.MOST);
    } else {
      PeopleSearch.Found found = search.find(typed);
      model.addAttribute("hits", found.hits());
      model.addAttribute("more", found.more());
    }
    return "people :: found";
  }

  @GetMapping("/people/{named}")
  String person(
      @PathVariable String named,
      @RequestParam(required = false) @Nullable Long before,
      SignedIn who,
      Model model) {
    fill(named, before, who, model);
    return "person";
  }

  /** The part of the page that changes by itself. */
  @GetMapping("/people/{named}/now")
  String now(@PathVariable String named, SignedIn who, Model model) {
    fill(named, null, who, model);
    return "person :: now";
  }

  @PostMapping("/people/{named}/resync")
  String resync(@PathVariable String named, @RequestParam String instance, SignedIn who) {
    SubjectKey subject = Named.subject(named, parts);
    Instance known = instance(instance, subject);
    List<Long> events =
        parts.requests().resync(known.name(), List.of(subject), Priority.INTERACTIVE, who.name());
    return "redirect:" + Paths.event(events.getFirst());
  }

  /** What would be done about this person now; nothing is. */
  @GetMapping("/people/{named}/preview")
  String preview(@PathVariable String named, @RequestParam String instance, Model model) {
    SubjectKey subject = Named.subject(named, parts);
    Instance known = instance(instance, subject);
    Previewed previewed = parts.preview().of(known, subject).orElseThrow(() -> unknown(subject));
    model.addAttribute("subject", subject);
    model.addAttribute("path", Paths.person(subject));
    model.addAttribute("name", names.of(List.of(subject)).get(subject));
    model.addAttribute("instance", known.name());
    model.addAttribute("outcome", previewed.outcome());
    model.addAttribute("reason", previewed.reason());
    model.addAttribute("match", Story.match(previewed.match()));
    model.addAttribute("changes", Story.changes(previewed.changes()));
    return "preview";
  }

  private Instance instance(String name, SubjectKey subject) {
    return parts.instances().stream()
        .filter(one -> one.name().equals(name))
        .filter(one -> one.sourceName().equals(subject.source()))
        .findFirst()
        .orElseThrow(() ->
            new PageFailures.NotThere(
                "There is no such instance", "No instance of this name knows " + subject + "."));
  }

  private void fill(String named, @Nullable Long before, SignedIn who, Model model) {
    SubjectKey subject = Named.subject(named, parts);
    PersonPage page = reader.read(subject, before).orElseThrow(() -> unknown(subject));
    model.addAttribute("person", page);
    model.addAttribute("before", before);
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    model.addAttribute("mayErase", who.role().covers(Role.ADMIN));
  }

  private static PageFailures.NotThere unknown(SubjectKey subject) {
    return new PageFailures.NotThere(
        "Nobody here is known as " + subject,
        "Nothing was ever told about this id. Look at the id once more, or have the source send"
            + " this person again.");
  }

  /** Whether it was this person's id that was typed, and not a part of a name. */
  private static boolean isId(PeopleSearch.Hit hit, String typed) {
    return hit.subject().id().equals(typed) || hit.subject().toString().equals(typed);
  }
}
