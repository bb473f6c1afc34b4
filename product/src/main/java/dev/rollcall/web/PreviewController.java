package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.sync.Adoption.Adopted;
import dev.rollcall.sync.Instance;
import dev.rollcall.sync.PreviewTally;
import dev.rollcall.sync.PreviewTally.Counted;
import dev.rollcall.sync.Previewed;
import dev.rollcall.web.api.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What would be done now; and linking those who have exactly one account. */
@RestController
@RequestMapping("/api/instances/{name}")
final class PreviewController {

  private final WebParts parts;
  private final JsonMapper json = new JsonMapper();

  PreviewController(WebParts parts) {
    this.parts = parts;
  }

  /** One person; {@code writes} is what was written on the way. */
  record PersonPreview(
      String instance,
      String subject,
      @Nullable Map<String, Object> match,
      List<Map<String, Object>> changes,
      String outcome,
      String reason,
      int writes) {}

  @Operation("Says what would be done about one person now.")
  @GetMapping("/preview/{named}")
  PersonPreview one(@PathVariable String name, @PathVariable String named) {
    Instance instance = parts.instance(name);
    String id = PeopleController.idOf(named);
    return parts
        .preview()
        .of(instance, new SubjectKey(instance.sourceName(), id))
        .map(previewed -> view(name, previewed))
        .orElseThrow(() -> new Failures.NotFound(name + " was never told anything about " + id));
  }

  private static PersonPreview view(String instance, Previewed one) {
    return new PersonPreview(
        instance, one.subject().id(), one.match(), one.changes(), one.outcome(), one.reason(), 0);
  }

  /** Everybody, in numbers. */
  record InstancePreview(
      String instance,
      long people,
      Map<String, Long> match,
      List<Counted> changes,
      Map<String, Long> outcomes,
      int writes) {}

  /**
   * Everybody: the numbers in the last line.
   *
   * @param people whether each person is a line before that
   */
  @Operation(
      value = "Says what would be done about everybody now, the numbers in the last line.",
      gives = Operation.LINES,
      answers = {PersonPreview.class, InstancePreview.class},
      refuses = 409)
  @GetMapping("/preview")
  void all(
      @PathVariable String name,
      @RequestParam(defaultValue = "false") boolean people,
      HttpServletResponse response)
      throws IOException {
    Instance instance = parts.instance(name);
    response.setContentType("application/x-ndjson;charset=UTF-8");
    OutputStream out = response.getOutputStream();
    PreviewTally tally =
        parts
            .preview()
            .all(
                instance,
                previewed -> {
                  if (people) {
                    write(out, view(name, previewed));
                  }
                });
    write(out, view(name, tally));
  }

  private static InstancePreview view(String instance, PreviewTally tally) {
    return new InstancePreview(
        instance, tally.people(), tally.matches(), tally.changes(), tally.outcomes(), 0);
  }

  private void write(OutputStream out, Object line) {
    try {
      out.write((json.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /**
   * What linking came to.
   *
   * @param match as it was found
   * @param writes accounts that were written
   */
  record LinkedView(
      String instance,
      long people,
      Map<String, Long> match,
      long linked,
      long failed,
      int writes) {}

  /** Links everybody who has exactly one account; no account is written. */
  @Operation(
      value = "Links everybody who has exactly one account; no account is written.",
      refuses = 409)
  @PostMapping("/link")
  LinkedView link(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String by,
      @RequestParam(required = false) @Nullable String why,
      SignedIn who) {
    Asked asked = new Asked(by, why);
    Adopted adopted = parts.adoption().link(parts.instance(name), asked.who(who), asked.reason());
    PreviewTally before = adopted.before();
    return new LinkedView(
        name, before.people(), before.matches(), adopted.linked(), adopted.failed(), 0);
  }
}
