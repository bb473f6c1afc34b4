package dev.rollcall.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.rollcall.access.SignedIn;
import dev.rollcall.guard.ChangeClass;
import dev.rollcall.guard.Holds.Decision;
import dev.rollcall.guard.Holds.Open;
import dev.rollcall.intake.Consents.Decided;
import dev.rollcall.model.Cause;
import dev.rollcall.web.api.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Changes beyond a limit of the guard: what waits, and deciding it. */
@RestController
@RequestMapping("/api/held")
final class HeldController {

  private static final int MOST = 10_000;

  private final WebParts parts;

  HeldController(WebParts parts) {
    this.parts = parts;
  }

  /** A change that waits for a person to decide; {@code event} is how to name it. */
  record HeldView(
      long event,
      String instance,
      String source,
      String subject,
      @JsonProperty("class") String changeClass,
      Instant since,
      String reason,
      List<Map<String, Object>> changes) {

    static HeldView of(Open held) {
      return new HeldView(
          held.event(),
          held.instance(),
          held.subject().source(),
          held.subject().id(),
          held.changeClass().code(),
          held.since(),
          held.reason(),
          held.changes());
    }
  }

  /** The oldest first. */
  @Operation("Lists the changes that wait for a decision, the oldest first.")
  @GetMapping
  List<HeldView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(name = "class", required = false) @Nullable String changeClass,
      @RequestParam(defaultValue = "1000") int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("limit must be from 1 to " + MOST);
    }
    if (instance != null) {
      parts.instance(instance);
    }
    return parts.holds().undecided(instance, ofCode(changeClass), limit).stream()
        .map(HeldView::of)
        .toList();
  }

  /**
   * What is decided, who decides and why.
   *
   * @param instance whose, when all are decided
   * @param changeClass the only class to decide; needed when all are decided
   * @param by for whom, as told by whoever asks
   * @param why in their words
   */
  record DecisionRequest(
      @Nullable String instance,
      @JsonProperty("class") @Nullable String changeClass,
      @Nullable String by,
      @Nullable String why) {

    private Asked asked() {
      return new Asked(by, why);
    }

    String who(SignedIn asker) {
      return asked().who(asker);
    }

    String reason() {
      String reason = asked().reason();
      if (reason == null) {
        throw new IllegalArgumentException("A decision needs a reason: why");
      }
      return reason;
    }
  }

  /** A decision about one person. */
  record DecidedView(
      long event,
      long parent,
      String instance,
      String subject,
      List<String> classes,
      String cause,
      String by) {}

  @Operation(value = "Lets the held changes of one person pass.", refuses = 409)
  @PostMapping("/{event}/release")
  DecidedView release(
      @PathVariable long event, @RequestBody DecisionRequest request, SignedIn who) {
    return decide(event, request, who, Decision.RELEASED);
  }

  @Operation(value = "Refuses the held changes of one person.", refuses = 409)
  @PostMapping("/{event}/reject")
  DecidedView reject(@PathVariable long event, @RequestBody DecisionRequest request, SignedIn who) {
    return decide(event, request, who, Decision.REJECTED);
  }

  private DecidedView decide(long event, DecisionRequest request, SignedIn who, Decision decision) {
    String by = request.who(who);
    Decided decided =
        parts
            .consents()
            .decide(event, ofCode(request.changeClass()), decision, by, request.reason());
    return new DecidedView(
        decided.event(),
        decided.parent(),
        decided.instance(),
        decided.subject(),
        decided.classes(),
        Cause.RESOLVED.name(),
        by);
  }

  /** A decision about all that is held of a class. */
  record AllDecidedView(
      String instance,
      @JsonProperty("class") String changeClass,
      int count,
      String cause,
      String by) {}

  @Operation(
      value = "Lets all held changes of a class pass.",
      refuses = {404, 409})
  @PostMapping("/release")
  AllDecidedView releaseAll(@RequestBody DecisionRequest request, SignedIn who) {
    return decideAll(request, who, Decision.RELEASED);
  }

  @Operation(
      value = "Refuses all held changes of a class.",
      refuses = {404, 409})
  @PostMapping("/reject")
  AllDecidedView rejectAll(@RequestBody DecisionRequest request, SignedIn who) {
    return decideAll(request, who, Decision.REJECTED);
  }

  private AllDecidedView decideAll(DecisionRequest request, SignedIn who, Decision decision) {
    String instance = request.instance();
    ChangeClass changeClass = ofCode(request.changeClass());
    if (instance == null || changeClass == null) {
      throw new IllegalArgumentException("Name the instance and the class whose changes you mean");
    }
    String by = request.who(who);
    int count =
        parts
            .consents()
            .decideAll(parts.instance(instance).name(), changeClass, decision, by, request.reason())
            .size();
    return new AllDecidedView(instance, changeClass.code(), count, Cause.RESOLVED.name(), by);
  }

  private static @Nullable ChangeClass ofCode(@Nullable String code) {
    return code == null ? null : ChangeClass.ofCode(code);
  }
}
