package dev.rollcall.web.page;

import dev.rollcall.access.Role;
import dev.rollcall.access.SignedIn;
import dev.rollcall.event.EventFigures;
import dev.rollcall.sync.Instance;
import dev.rollcall.web.WebParts;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** One instance: how it stands, stopping it and letting it go on. */
@Controller("instancePage")
final class InstanceController {

  private final WebParts parts;

  InstanceController(WebParts parts) {
    this.parts = parts;
  }

  @GetMapping("/instances/{name}")
  String show(@PathVariable String name, SignedIn who, Model model) {
    Instance instance = instance(name);
    model.addAttribute("instance", instance);
    model.addAttribute("control", InstanceStanding.of(parts, name));
    model.addAttribute("standing", parts.pages().figures().standing(name));
    model.addAttribute("most", (long) EventFigures.MOST);
    model.addAttribute("heldCount", parts.holds().count(name));
    model.addAttribute("findings", parts.findings().open().getOrDefault(name, 0L));
    model.addAttribute("mayAct", who.role().covers(Role.OPERATOR));
    return "instance";
  }

  @PostMapping("/instances/{name}/pause")
  String pause(
      @PathVariable String name, @RequestParam(defaultValue = "") String why, SignedIn who) {
    parts.pauses().pause(instance(name).name(), who.name(), orNull(why));
    return back(name);
  }

  @PostMapping("/instances/{name}/resume")
  String resume(
      @PathVariable String name, @RequestParam(defaultValue = "") String why, SignedIn who) {
    parts.pauses().resume(instance(name).name(), who.name(), orNull(why));
    return back(name);
  }

  private static @Nullable String orNull(String why) {
    return why.isBlank() ? null : Reason.of(why);
  }

  private static String back(String name) {
    return "redirect:/instances/" + Paths.encoded(name);
  }

  private Instance instance(String name) {
    return parts.instances().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new PageFailures.NotThere(
                "There is no instance " + name, "The settings name no instance like this."));
  }
}
