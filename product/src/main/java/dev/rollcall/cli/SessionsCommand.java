package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the sessions in which people were given together. */
@Command(
    name = "sessions",
    description = "List the sessions in which people were given together, the newest first.")
final class SessionsCommand implements Callable<Integer> {

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(names = "--limit", description = "At most this many (default ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--before", description = "Only those before this one: the next page.")
  private @Nullable Long before;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Query query =
        new Query("/api/sessions")
            .with("limit", limit)
            .with("instance", instance)
            .with("before", before);
    output.answerRows(
        service.get(query.toString()),
        "No sessions.",
        Column.of("SESSION", "id"),
        Column.of("SOURCE", "source"),
        Column.of("STATE", "state"),
        Column.of("REQUESTS", "requests"),
        Column.of("PEOPLE", "profiles"),
        Column.of("FAILED", "failed"),
        Column.of("LARGEST", "maxBytes"),
        Column.of("STARTED", "triggeredAt"),
        Column.of("NEXT FROM", "nextAllowedAt"),
        Column.of("THERE", "sessionId"),
        Column.of("SAID", "said"));
    return ExitCode.DONE;
  }
}
