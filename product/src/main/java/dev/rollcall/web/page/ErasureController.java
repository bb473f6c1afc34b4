package dev.rollcall.web.page;

import dev.rollcall.access.SignedIn;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.web.WebParts;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Forgetting what was said about one person in the past: asked twice, because it cannot be undone.
 */
@Controller("erasurePage")
final class ErasureController {

  private final WebParts parts;
  private final Names names;

  ErasureController(WebParts parts) {
    this.parts = parts;
    this.names = new Names(parts);
  }

  /** Names what is lost, and asks why. */
  @GetMapping("/people/{named}/erase")
  String ask(@PathVariable String named, Model model) {
    SubjectKey subject = Named.subject(named, parts);
    model.addAttribute("subject", subject);
    model.addAttribute("path", Paths.person(subject));
    model.addAttribute("name", names.of(List.of(subject)).get(subject));
    return "erase";
  }

  /**
   * Erases, and shows what the audit says of it.
   *
   * @param id of the person, typed once more
   */
  @PostMapping("/people/{named}/erase")
  String erase(
      @PathVariable String named,
      @RequestParam(defaultValue = "") String id,
      @RequestParam(defaultValue = "") String why,
      SignedIn who) {
    SubjectKey subject = Named.subject(named, parts);
    if (!id.strip().equals(subject.id())) {
      throw new PageFailures.Unfit("The id that was typed is not this person’s.");
    }
    parts.erasure().erase(subject.toString(), Reason.of(why), who.name());
    return "redirect:/audit?person=%s&kind=%s"
        .formatted(Paths.encoded(subject.toString()), AuditKind.ERASED.code());
  }
}
