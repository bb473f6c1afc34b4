package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the lines of PeopleSoft's requests. */
@Command(name = "lines", description = "List the lines of PeopleSoft's requests, the newest first.")
final class OktaLinesCommand implements Callable<Integer> {

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(names = "--status", description = "INPR, COMP, WARN or ERR.")
  private @Nullable String status;

  @Option(names = "--batch", description = "CHG_BATCH_ID.")
  private @Nullable String batch;

  @Option(names = "--subject", description = "The OPRID.")
  private @Nullable String subject;

  @Option(names = "--action", description = "CR8I, CR8A, USAU, USRA, USRD, GRPA or GRPR.")
  private @Nullable String action;

  @Option(names = "--limit", description = "At most this many (default ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--before", description = "Only those before this one: the next page.")
  private @Nullable Long before;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Query query =
        new Query("/api/lines")
            .with("limit", limit)
            .with("instance", instance)
            .with("status", status)
            .with("batch", batch)
            .with("subject", subject)
            .with("action", action)
            .with("before", before);
    output.answerRows(
        service.get(query.toString()),
        "No lines.",
        Column.of("BATCH", "batch"),
        Column.of("LINE", "line"),
        Column.of("OPRID", "oprid"),
        Column.of("ACTION", "action"),
        Column.of("STATUS", "status"),
        Column.of("HTTP", "http"),
        Column.of("CODE", "errorCode"),
        Column.of("OKTA ID", "oktaId"),
        Column.of("EVENT", "event"),
        Column.of("TEXT", "errorText"));
    return ExitCode.DONE;
  }
}
