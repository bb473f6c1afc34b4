package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.guard.Difference;
import dev.rollcall.guard.EnvironmentLock;
import dev.rollcall.guard.Objection;
import dev.rollcall.web.api.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether Rollcall's database is where it belongs, and saying that it is. */
@RestController
@RequestMapping("/api/environment")
final class EnvironmentController {

  private final WebParts parts;

  EnvironmentController(WebParts parts) {
    this.parts = parts;
  }

  /**
   * How it stands.
   *
   * @param ok whether anything may be worked here
   * @param reason why it may not, or null
   */
  record EnvironmentView(
      boolean ok, @Nullable String reason, List<EnvironmentLock.FactView> facts) {}

  @Operation("Says whether the database is where it is bound to.")
  @GetMapping
  EnvironmentView look() {
    EnvironmentLock.Standing standing = parts.environment().look();
    return new EnvironmentView(
        standing.objection().isEmpty(),
        standing.objection().map(Objection::text).orElse(null),
        standing.facts());
  }

  /**
   * What came of it.
   *
   * @param adopted whether anything differed
   */
  record Adopted(boolean adopted, List<Difference> differences) {}

  /** Who adopts has to say why. */
  @Operation(value = "Binds the database to where it is now.", refuses = 409)
  @PostMapping("/adopt")
  Adopted adopt(@RequestBody Asked asked, SignedIn who) {
    String why = asked.reason();
    List<Difference> differences =
        parts.environmentAdoption().adopt(asked.who(who), why == null ? "" : why);
    return new Adopted(!differences.isEmpty(), differences);
  }
}
