package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Holds.Open;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.web.WebParts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

/** Changes that the guard holds back until a person decides. */
@Controller("heldPage")
final class HeldController {

  private static final int MOST = 10_000;

  /** Of each class so many people are shown. */
  private static final int SHOWN = 20;

  private final WebParts parts;
  private final Names names;

  HeldController(WebParts parts) {
    this.parts = parts;
    this.names = new Names(parts);
  }

  /**
   * What is held of one class of an instance.
   *
   * @param rows the first of them
   */
  record Group(String instance, ChangeClass changeClass, int count, List<Row> rows) {
    /** Of these people it is told who they are. */
    public boolean more() {
      return count > rows.size();
    }
  }

  /** What is held of one person. */
  record Row(Open held, @Nullable String name, List<Story.ChangeTold> changes) {
    public String personPath() {
      return Paths.person(held.subject());
    }
  }

  @GetMapping("/held")
  String list(SignedIn who, Model model) {
    Map<List<Object>, List<Open>> byClass = new LinkedHashMap<>();
    for (Open one : parts.holds().undecided(null, null, MOST)) {
      byClass
          .computeIfAbsent(List.of(one.instance(), one.changeClass()), _ -> new ArrayList<>())
          .add(one);
    }
    model.addAttribute("groups", byClass.values().stream().map(this::group).toList());
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    return "held";
  }

  private Group group(List<Open> held) {
    List<Open> shown = held.subList(0, Math.min(SHOWN, held.size()));
    Map<SubjectKey, String> known =
        names.of(shown.stream().map(Open::subject).collect(Collectors.toSet()));
    return new Group(
        held.getFirst().instance(),
        held.getFirst().changeClass(),
        held.size(),
        shown.stream()
            .map(one -> new Row(one, known.get(one.subject()), Story.changes(one.changes())))
            .toList());
  }

  /** Decides all that is held of a class. */
  @PostMapping("/held")
  String decideAll(
      @RequestParam String instance,
      @RequestParam("class") String changeClass,
      @RequestParam String decision,
      @RequestParam(defaultValue = "") String why,
      SignedIn who) {
    parts
        .consents()
        .decideAll(
            instance, classOf(changeClass), decisionOf(decision), who.name(), Reason.of(why));
    return "redirect:/held";
  }

  /** Decides what is held of one event's person. */
  @PostMapping("/events/{id}/held")
  String decide(
      @PathVariable long id,
      @RequestParam String decision,
      @RequestParam(defaultValue = "") String why,
      SignedIn who) {
    return "redirect:"
        + Paths.event(
            parts
                .consents()
                .decide(id, null, decisionOf(decision), who.name(), Reason.of(why))
                .event());
  }

  private static ChangeClass classOf(String code) {
    try {
      return ChangeClass.ofCode(code);
    } catch (IllegalArgumentException unknown) {
      throw new PageFailures.Unfit(unknown.getMessage() + ".");
    }
  }

  private static Decision decisionOf(String decision) {
    return switch (decision) {
      case "release" -> Decision.RELEASED;
      case "reject" -> Decision.REJECTED;
      default -> throw new PageFailures.Unfit("Either release or reject.");
    };
  }
}
