package dev.rollcall.web.page;

import dev.rollcall.intake.Resolutions.Waiting;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.web.WebParts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What waits for a person to say whose account it is. */
@Controller("suspendedPage")
final class SuspendedController {

  private static final int PAGE = 50;

  private final WebParts parts;
  private final Names names;

  SuspendedController(WebParts parts) {
    this.parts = parts;
    this.names = new Names(parts);
  }

  /** A suspended event. */
  record Row(SyncEvent event, @Nullable String name, List<Story.CandidateTold> candidates) {
    public String personPath() {
      return Paths.person(event.subject());
    }
  }

  /**
   * The longest waiting first.
   *
   * @param after the last of the page before
   */
  @GetMapping("/suspended")
  String list(@RequestParam(defaultValue = "0") long after, Model model) {
    List<Waiting> waiting = parts.resolutions().waiting(null, after, PAGE + 1);
    boolean more = waiting.size() > PAGE;
    List<Waiting> page = more ? waiting.subList(0, PAGE) : waiting;
    Map<SubjectKey, String> known =
        names.of(page.stream().map(one -> one.event().subject()).collect(Collectors.toSet()));
    model.addAttribute(
        "rows",
        page.stream()
            .map(one ->
                new Row(
                    one.event(),
                    known.get(one.event().subject()),
                    Story.candidates(one.candidates())))
            .toList());
    model.addAttribute("more", more ? page.getLast().event().id() : null);
    model.addAttribute("first", after == 0);
    return "suspended";
  }
}
