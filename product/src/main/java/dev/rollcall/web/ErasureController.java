package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.intake.Erasure.Erased;
import dev.rollcall.web.api.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Forgets what was said about one person in the past. */
@RestController
final class ErasureController {

  private final WebParts parts;

  ErasureController(WebParts parts) {
    this.parts = parts;
  }

  /**
   * That somebody's past is to be forgotten.
   *
   * @param why in words that do not name the person: they stay
   */
  record Erase(@Nullable String why) {}

  /** What was forgotten, in numbers. */
  record ErasedView(
      String source,
      String subject,
      long audit,
      long events,
      long messages,
      long findings,
      String by) {}

  @Operation("Forgets the past of one person.")
  @PostMapping("/api/people/{named}/erase")
  ErasedView erase(@PathVariable String named, @RequestBody Erase erase, SignedIn who) {
    Erased erased = parts.erasure().erase(named, Spoken.why(erase.why()), who.name());
    return new ErasedView(
        erased.subject().source(),
        erased.subject().id(),
        erased.audit(),
        erased.events(),
        erased.messages(),
        erased.findings(),
        who.name());
  }
}
