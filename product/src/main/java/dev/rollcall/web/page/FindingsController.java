package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.finding.Findings;
import dev.rollcall.finding.StandingFinding;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.web.WebParts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What somebody should look at, until somebody has. */
@Controller("findingsPage")
final class FindingsController {

  private static final int PAGE = 50;

  private final WebParts parts;
  private final Names names;

  FindingsController(WebParts parts) {
    this.parts = parts;
    this.names = new Names(parts);
  }

  /** A finding. */
  record Row(StandingFinding finding, @Nullable String name) {
    public String personPath() {
      return Paths.person(finding.subject());
    }
  }

  /**
   * The first noticed first.
   *
   * @param after the last of the page before
   */
  @GetMapping("/findings")
  String list(@RequestParam(defaultValue = "0") long after, SignedIn who, Model model) {
    List<StandingFinding> found =
        parts.findings().list(new Findings.Filter(null, null, null, after, PAGE + 1));
    boolean more = found.size() > PAGE;
    List<StandingFinding> page = more ? found.subList(0, PAGE) : found;
    Map<SubjectKey, String> known =
        names.of(page.stream().map(StandingFinding::subject).collect(Collectors.toSet()));
    model.addAttribute(
        "rows", page.stream().map(one -> new Row(one, known.get(one.subject()))).toList());
    model.addAttribute("more", more ? page.getLast().id() : null);
    model.addAttribute("first", after == 0);
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    return "findings";
  }

  @PostMapping("/findings/{id}/done")
  String done(@PathVariable long id, @RequestParam(defaultValue = "") String why, SignedIn who) {
    parts.review().done(id, Reason.of(why), who.name());
    return "redirect:/findings";
  }
}
