package dev.rollcall.web.page;

import dev.rollcall.event.EventLookup;
import dev.rollcall.event.InstanceStates.Standing;
import dev.rollcall.web.WebParts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page people begin at. */
@Controller
final class OverviewController {

  private final WebParts parts;

  OverviewController(WebParts parts) {
    this.parts = parts;
  }

  /** An instance, as the page shows it. */
  record Row(String name, String state, long waiting, long due, long lagSeconds) {}

  @GetMapping("/")
  String overview(Model model) {
    Map<String, String> states =
        parts.states().all().stream()
            .collect(Collectors.toMap(Standing::instance, standing -> standing.state().code()));
    List<Row> rows =
        parts.instances().stream()
            .map(instance -> {
              String name = instance.name();
              EventLookup.Backlog backlog = parts.lookup().backlog(name);
              return new Row(
                  name,
                  states.getOrDefault(name, "off"),
                  backlog.waiting(),
                  backlog.due(),
                  backlog.lagSeconds());
            })
            .toList();
    model.addAttribute("instances", rows);
    return "overview";
  }
}
