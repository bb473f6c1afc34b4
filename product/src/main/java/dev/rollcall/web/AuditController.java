package dev.rollcall.web;

import dev.rollcall.access.SignedIn;
import dev.rollcall.audit.AuditFilter;
import dev.rollcall.audit.AuditKind;
import dev.rollcall.audit.AuditSearch.Hit;
import dev.rollcall.model.SubjectKey;
import dev.rollcall.web.api.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Every decision and what came of it: a page at a time, or all that fits as a file. */
@RestController
@RequestMapping("/api/audit")
final class AuditController {

  private static final int MOST = 10_000;

  private final WebParts parts;
  private final JsonMapper json = new JsonMapper();

  AuditController(WebParts parts) {
    this.parts = parts;
  }

  record EntryView(
      long id,
      Instant at,
      String kind,
      @Nullable String instance,
      @Nullable String source,
      @Nullable String subject,
      @Nullable Long event,
      Map<String, Object> entry) {}

  /** How a file is written. */
  enum Format {
    JSONL("application/x-ndjson;charset=UTF-8"),
    CSV("text/csv;charset=UTF-8");

    private final String type;

    Format(String type) {
      this.type = type;
    }
  }

  @Operation("Lists what was decided and done, the newest first.")
  @GetMapping
  List<EntryView> list(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Long event,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "100") int limit) {
    AuditFilter filter = filter(instance, subject, event, kind, from, to, before);
    return parts.auditSearch().find(filter, Spoken.limit(limit, MOST)).stream()
        .map(AuditController::view)
        .toList();
  }

  /** Everything that fits, as it is read; the audit says who took it. */
  @Operation(
      value = "Writes all of the audit that fits, as JSON lines or as CSV.",
      gives = {Operation.LINES, "text/csv"},
      answers = EntryView.class)
  @GetMapping("/export")
  void export(
      @RequestParam(required = false) @Nullable String instance,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Long event,
      @RequestParam(required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String from,
      @RequestParam(required = false) @Nullable String to,
      @RequestParam(required = false) @Nullable Long limit,
      @RequestParam(defaultValue = "jsonl") String format,
      SignedIn who,
      HttpServletResponse response)
      throws IOException {
    AuditFilter filter = filter(instance, subject, event, kind, from, to, null);
    Format wanted = format(format);
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1");
    }
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("what", "audit");
    put(asked, "instance", instance);
    put(asked, "subject", subject);
    put(asked, "event", event);
    put(asked, "kind", kind);
    put(asked, "from", from);
    put(asked, "to", to);
    parts.requests().exported(null, who.name(), asked);
    response.setContentType(wanted.type);
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8));
    write(filter, limit == null ? Long.MAX_VALUE : limit, wanted, out);
    out.flush();
  }

  private void write(AuditFilter filter, long limit, Format format, Writer out) throws IOException {
    if (format == Format.CSV) {
      out.write(
          CsvLine.of(
              "id",
              "at",
              "kind",
              "instance",
              "source",
              "subject",
              "event",
              "by",
              "reason",
              "entry"));
    }
    Consumer<Hit> each =
        hit -> {
          try {
            out.write(format == Format.CSV ? csv(hit) : json.writeValueAsString(view(hit)) + "\n");
          } catch (IOException gone) {
            throw new UncheckedIOException("nobody reads the export any more", gone);
          }
        };
    parts.auditSearch().each(filter, limit, each);
  }

  private String csv(Hit hit) {
    SubjectKey subject = hit.subject();
    Object why = hit.entry().getOrDefault("reason", hit.entry().get("why"));
    return CsvLine.of(
        hit.id(),
        hit.at(),
        hit.kind(),
        hit.instance(),
        subject == null ? null : subject.source(),
        subject == null ? null : subject.id(),
        hit.event(),
        hit.entry().get("by"),
        why,
        json.writeValueAsString(hit.entry()));
  }

  private static EntryView view(Hit hit) {
    SubjectKey subject = hit.subject();
    return new EntryView(
        hit.id(),
        hit.at(),
        hit.kind(),
        hit.instance(),
        subject == null ? null : subject.source(),
        subject == null ? null : subject.id(),
        hit.event(),
        hit.entry());
  }

  private static AuditFilter filter(
      @Nullable String instance,
      @Nullable String subject,
      @Nullable Long event,
      @Nullable String kind,
      @Nullable String from,
      @Nullable String to,
      @Nullable Long before) {
    int colon = subject == null ? -1 : subject.indexOf(':');
    return new AuditFilter(
        instance,
        subject == null || colon < 0 ? null : subject.substring(0, colon),
        subject == null ? null : subject.substring(colon + 1),
        event,
        kind == null ? null : AuditKind.ofCode(kind),
        moment("from", from),
        moment("to", to),
        before);
  }

  private static @Nullable Instant moment(String name, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException(
          name + " must be a moment such as 2026-01-31T08:00:00Z", wrong);
    }
  }

  private static Format format(String text) {
    return switch (text) {
      case "jsonl" -> Format.JSONL;
      case "csv" -> Format.CSV;
      default -> throw new IllegalArgumentException("format must be jsonl or csv");
    };
  }

  private static void put(Map<String, Object> asked, String name, @Nullable Object value) {
    if (value != null) {
      asked.put(name, value);
    }
  }
}
