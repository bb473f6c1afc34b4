package dev.rollcall.web.page;

import dev.rollcall.event.Sessions;
import dev.rollcall.event.Sessions.Listed;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Sessions in which many people are given together: how they stand, and what came of them. */
@Controller("sessionsPage")
final class SessionsController {

  private static final int PAGE = 50;
  private static final int PEOPLE = 200;

  private final WebParts parts;
  private final Sessions sessions;
  private final Names names;

  SessionsController(WebParts parts) {
    this.parts = parts;
    this.sessions = parts.sessions();
    this.names = new Names(parts);
  }

  /**
   * Somebody a session is about.
   *
   * @param name of the person, or null
   */
  record PersonRow(Sessions.Person person, @Nullable String name) {
    /** Where the person's page is. */
    public String path() {
      return Paths.person(person.subject());
    }

    /** Where the event's page is. */
    public String eventPath() {
      return Paths.event(person.event());
    }
  }

  /**
   * Sessions, the newest first.
   *
   * @param before only what is older than this session; null for the newest
   */
  @GetMapping("/sessions")
  String list(@RequestParam(required = false) @Nullable Long before, Model model) {
    fill(before, model);
    return "sessions";
  }

  /** The part of the first page that changes by itself. */
  @GetMapping("/sessions/now")
  String now(Model model) {
    fill(null, model);
    return "sessions :: now";
  }

  /**
   * One session.
   *
   * @param request only people of this request; null for all
   */
  @GetMapping("/sessions/{id}")
  String show(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer request,
      Model model) {
    fill(id, request, model);
    return "session";
  }

  /** The part of a session's page that changes while it is open. */
  @GetMapping("/sessions/{id}/now")
  String showNow(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable Integer request,
      Model model) {
    fill(id, request, model);
    return "session :: now";
  }

  private void fill(@Nullable Long before, Model model) {
    List<Listed> found = sessions.list(null, before, PAGE + 1);
    boolean more = found.size() > PAGE;
    List<Listed> page = more ? found.subList(0, PAGE) : found;
    List<SessionTarget> targets = before == null ? SessionTarget.all(parts) : List.of();
    model.addAttribute("targets", targets);
    model.addAttribute("rows", page);
    model.addAttribute("several", bulk().count() > 1);
    model.addAttribute("none", bulk().findAny().isEmpty());
    model.addAttribute("older", more ? page.getLast().session().id() : null);
    model.addAttribute("newest", before == null);
  }

  private Stream<Instance> bulk() {
    return parts.instances().stream().filter(one -> one.bulk() != null);
  }

  private void fill(long id, @Nullable Integer request, Model model) {
    Listed listed =
        sessions
            .byId(id)
            .orElseThrow(() ->
                new PageFailures.NotThere(
                    "There is no session " + id,
                    "No session has this number, or it was older than keep.events says and was removed."));
    List<Sessions.Request> requests = sessions.requestsAlone(id);
    List<Sessions.Person> people = sessions.people(id, request, PEOPLE);
    Map<SubjectKey, String> known =
        names.of(people.stream().map(Sessions.Person::subject).collect(Collectors.toSet()));
    model.addAttribute("listed", listed);
    model.addAttribute("one", listed.session());
    model.addAttribute("requests", requests);
    model.addAttribute("given", SessionTarget.given(requests));
    model.addAttribute("only", request);
    model.addAttribute(
        "people",
        people.stream().map(one -> new PersonRow(one, known.get(one.subject()))).toList());
    model.addAttribute("of", of(listed, requests, request));
    model.addAttribute("next", parts.sessions().nextAt(listed.session().target()).orElse(null));
    model.addAttribute("control", InstanceStanding.of(parts, listed.session().instance()));
  }

  /** How many people could be listed. */
  private static int of(Listed listed, List<Sessions.Request> requests, @Nullable Integer request) {
    return request == null
        ? listed.profiles()
        : requests.stream()
            .filter(one -> one.number() == request)
            .mapToInt(Sessions.Request::profiles)
            .sum();
  }
}
