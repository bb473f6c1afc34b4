package dev.rollcall.web;

import dev.rollcall.schedule.JobState;
import dev.rollcall.web.api.Operation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What is done again and again: how it stands, and housekeeping now instead of at night. */
@RestController
final class HousekeepingController {

  private final WebParts parts;

  HousekeepingController(WebParts parts) {
    this.parts = parts;
  }

  /** Every job, when it is due and how it ended last. */
  @Operation("Lists the jobs that run once for all processes.")
  @GetMapping("/api/schedule")
  List<JobState> schedule() {
    return parts.schedule().jobs();
  }

  /**
   * How to tidy.
   *
   * @param dryRun only says what would go; null is no
   */
  record TidyRequest(@Nullable Boolean dryRun) {}

  /** Removes what is old; answers when it has come to its end. */
  @Operation("Removes what is older than it has to be kept, or says what would go.")
  @PostMapping("/api/tidy")
  Map<String, Object> tidy(@RequestBody(required = false) @Nullable TidyRequest request) {
    boolean only = request != null && Boolean.TRUE.equals(request.dryRun());
    return (only ? parts.housekeeping().look() : parts.housekeeping().tidy("api", () -> false))
        .told();
  }
}
