package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists the audit, or writes it to a file. */
@Command(name = "audit", description = "List every decision and what came of it, the newest first.")
final class AuditCommand implements Callable<Integer> {

  private static final int SHOWN = 100;

  @Option(names = "--subject", description = "The person's id in the source, or SOURCE:ID.")
  private @Nullable String subject;

  @Option(names = "--event", description = "What belongs to this event.")
  private @Nullable Long event;

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(names = "--kind", description = "For example outcome, decided, requested, signed-in.")
  private @Nullable String kind;

  @Option(names = "--from", description = "Not before this day or moment (UTC).")
  private @Nullable String from;

  @Option(names = "--to", description = "Before this day or moment (UTC).")
  private @Nullable String to;

  @Option(names = "--limit", description = "At most this many (default 100; with --format all).")
  private @Nullable Long limit;

  @Option(names = "--before", description = "Only what comes behind this entry: the next page.")
  private @Nullable Long before;

  @Option(names = "--format", description = "csv or jsonl: everything that fits, as a file.")
  private @Nullable String format;

  @Option(names = "--out", description = "With --format: a file instead of stdout.")
  private @Nullable Path out;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    if (format == null && out != null) {
      throw new CommandFailure(ExitCode.USAGE, "--out goes with --format csv or jsonl");
    }
    if (format != null && before != null) {
      throw new CommandFailure(ExitCode.USAGE, "--before is for pages, not for --format");
    }
    return format == null ? list() : export(format);
  }

  private int list() {
    Query query = query("/api/audit").with("limit", limit == null ? (Long) (long) SHOWN : limit);
    output.answerRows(
        service.get(query.with("before", before).toString()),
        "Nothing fits.",
        Column.of("ID", "id"),
        Column.of("AT", "at"),
        Column.of("KIND", "kind"),
        Column.of("SUBJECT", "subject"),
        Column.of("EVENT", "event"),
        new Column("BY", row -> Output.text(row.path("entry").path("by"))),
        new Column("WHAT", row -> what(row.path("entry"))));
    return ExitCode.DONE;
  }

  private static String what(JsonNode entry) {
    if (entry.has("erased")) {
      return "erased by " + Output.text(entry.path("erased").path("by"));
    }
    return Output.text(entry.has("reason") ? entry.path("reason") : entry.path("why"));
  }

  private int export(String wanted) throws IOException {
    String path = query("/api/audit/export").with("limit", limit).with("format", wanted).toString();
    Path file = out;
    if (file == null) {
      service.receive(path, System.out);
      System.out.flush();
      return ExitCode.DONE;
    }
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file))) {
      service.receive(path, stream);
    }
    output.answer(Map.of("file", file.toString()), () -> System.out.println("Written to " + file));
    return ExitCode.DONE;
  }

  private Query query(String path) {
    return new Query(path)
        .with("subject", subject)
        .with("event", event)
        .with("instance", instance)
        .with("kind", kind)
        .with("from", from == null ? null : Arguments.moment(from))
        .with("to", to == null ? null : Arguments.moment(to));
  }
}
