package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.event.Lines;
import dev.rollcall.model.LineStatus;
import dev.rollcall.model.SyncEvent;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The lines of PeopleSoft's requests: what became of them, and trying them again. */
@RestController
@RequestMapping("/api/lines")
final class LinesController {

  private static final int MOST = 10_000;

  private final WebParts parts;

  LinesController(WebParts parts) {
    this.parts = parts;
  }

  /**
   * A line, in its last generation.
   *
   * @param status INPR, COMP, WARN or ERR
   * @param http the status of the answer that failed, null when none did
   * @param errorCode Okta's own, null when there is none
   * @param errorText what a person should know, null when nothing
   * @param created on the clock of the source's database, null when it does not say
   */
  record LineView(
      long id,
      String instance,
      String batch,
      int line,
      int generation,
      String oprid,
      String action,
      @Nullable String group,
      String status,
      @Nullable Integer http,
      @Nullable String errorCode,
      @Nullable String errorText,
      @Nullable String oktaId,
      long event,
      @Nullable LocalDateTime created,
      Instant stored,
      @Nullable Instant finished) {}

  @Operation("Lists the lines of PeopleSoft's requests.")
  @GetMapping
  List<LineView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(required = false) @Nullable String status,
      @RequestParam(required = false) @Nullable String batch,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable String action,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "100") int limit) {
    return parts
        .lines()
        .list(
            new Lines.Filter(
                instance,
                status == null ? null : status(status),
                batch,
                subject == null ? null : PeopleController.idOf(subject),
                action,
                before,
                Spoken.limit(limit, MOST)))
        .stream()
        .map(LinesController::view)
        .toList();
  }

  /**
   * Lines to try again.
   *
   * @param batch whose lines that ended as errors; null together with {@code line} is refused
   * @param line only this one of the batch, null for all
   */
  record Again(@Nullable String instance, @Nullable String batch, @Nullable Integer line) {}

  /** An event that tries lines again. */
  record Retried(long event, @Nullable Long parent, String cause, String subject) {}

  @Operation(
      value = "Tries the lines of a batch again that ended as errors.",
      refuses = {404, 409})
  @PostMapping("/retry")
  List<Retried> retry(@RequestBody Again again, SignedIn who) {
    String batch = again.batch();
    if (batch == null || batch.isBlank()) {
      throw new IllegalArgumentException("'batch' says of which batch the lines are");
    }
    Integer line = again.line();
    List<Lines.Shown> failed =
        parts
            .lines()
            .list(new Lines.Filter(again.instance(), LineStatus.ERR, batch, null, null, null, MOST))
            .stream()
            .filter(one -> line == null || one.line().key().number() == line)
            .toList();
    if (failed.isEmpty()) {
      throw new Failures.NotFound(
          "No line of batch %s%s ended as an error"
              .formatted(batch, line == null ? "" : " with number " + line));
    }
    List<Retried> retried = new ArrayList<>();
    for (long id : parts.requests().retryLines(failed, who.name())) {
      SyncEvent event = parts.lookup().byId(id).orElseThrow();
      retried.add(
          new Retried(id, event.parent(), event.cause().name(), event.subject().toString()));
    }
    return retried;
  }

  private static LineStatus status(String asked) {
    return Arrays.stream(LineStatus.values())
        .filter(one -> one != LineStatus.NEW && one.name().equals(asked))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "Unknown status of a line '%s'; one of %s"
                    .formatted(
                        asked,
                        Arrays.stream(LineStatus.values())
                            .filter(one -> one != LineStatus.NEW)
                            .map(Enum::name)
                            .collect(Collectors.joining(", ")))));
  }

  private static LineView view(Lines.Shown shown) {
    LineAnswer answer = LineAnswer.of(shown);
    return new LineView(
        shown.id(),
        shown.instance(),
        shown.line().key().batch(),
        shown.line().key().number(),
        shown.generation(),
        shown.line().subject().id(),
        shown.line().action(),
        shown.line().group(),
        shown.status().name(),
        answer.http(),
        answer.code(),
        shown.text(),
        shown.accountId(),
        shown.event(),
        shown.line().created(),
        shown.stored(),
        shown.finished());
  }
}
