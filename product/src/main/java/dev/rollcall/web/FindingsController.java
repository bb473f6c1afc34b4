package dev.rollcall.web;

import dev.rollcall.finding.FindingKind;
import dev.rollcall.finding.Findings;
import dev.rollcall.finding.StandingFinding;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a person should look at, and that somebody has. */
@RestController
@RequestMapping("/api/findings")
final class FindingsController {

  private static final int MOST = 10_000;

  private final WebParts parts;

  FindingsController(WebParts parts) {
    this.parts = parts;
  }

  record FindingView(
      long id,
      String kind,
      String instance,
      String source,
      String subject,
      Instant since,
      Instant lastSeen,
      long count,
      @Nullable Long event,
      String text) {}

  @Operation("Lists what a person should look at.")
  @GetMapping
  List<FindingView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(defaultValue = "0") long after,
      @RequestParam(defaultValue = "100") int limit) {
    Findings.Filter filter =
        new Findings.Filter(
            instance,
            kind == null ? null : FindingKind.ofCode(kind),
            subject == null ? null : PeopleController.idOf(subject),
            after,
            Spoken.limit(limit, MOST));
    return parts.findings().list(filter).stream().map(FindingsController::view).toList();
  }

  private static FindingView view(StandingFinding finding) {
    return new FindingView(
        finding.id(),
        finding.kind(),
        finding.instance(),
        finding.subject().source(),
        finding.subject().id(),
        finding.since(),
        finding.lastSeen(),
        finding.seen(),
        finding.event(),
        finding.text());
  }

  /**
   * That somebody has looked at it.
   *
   * @param why in their words
   */
  record Reviewed(@Nullable String why) {}

  /** The finding that is out of the way. */
  record Done(long id, String kind, String subject, String by) {}

  @Operation("Notes that somebody has looked at a finding.")
  @PostMapping("/{id}/done")
  Done done(@PathVariable long id, @RequestBody Reviewed reviewed) {
    String by = "api";
    StandingFinding finding = parts.review().done(id, Spoken.why(reviewed.why()), by);
    return new Done(id, finding.kind(), finding.subject().id(), by);
  }
}
