package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists events. */
@Command(name = "events", description = "List events, the newest first.")
final class EventsCommand implements Callable<Integer> {

  static final Column[] COLUMNS = {
    Column.of("EVENT", "event"),
    Column.of("STATUS", "status"),
    Column.of("CAUSE", "cause"),
    Column.of("INSTANCE", "instance"),
    Column.of("SUBJECT", "subject"),
    Column.of("DUE", "due"),
    Column.of("REASON", "reason")
  };

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(names = "--status", description = "NEW, QUE, COMP, SKIP, SUSP, ERR or CANC.")
  private @Nullable String status;

  @Option(names = "--subject", description = "The person's id in the source.")
  private @Nullable String subject;

  @Option(names = "--limit", description = "At most this many (default ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    StringBuilder path = new StringBuilder("/api/events?limit=").append(limit);
    add(path, "instance", instance);
    add(path, "status", status);
    add(path, "subject", subject);
    output.answerRows(service.get(path.toString()), "No events.", COLUMNS);
    return ExitCode.DONE;
  }

  private static void add(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&').append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }
}
