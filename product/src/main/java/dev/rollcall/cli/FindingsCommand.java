package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what a person should look at. */
@Command(
    name = "findings",
    description = "List what a person should look at, until somebody has.",
    subcommands = FindingsDoneCommand.class)
final class FindingsCommand implements Callable<Integer> {

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(
      names = "--kind",
      description =
          "missing-attribute, unusable-fact, future-message, missing-role, failed-date,"
              + " login-clash, vanished or mastered-elsewhere.")
  private @Nullable String kind;

  @Option(names = "--subject", description = "The person's id in the source.")
  private @Nullable String subject;

  @Option(names = "--limit", description = "At most this many (default ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--after", description = "Only those after this one: the next page.")
  private long after;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Query query =
        new Query("/api/findings")
            .with("limit", limit)
            .with("after", after)
            .with("instance", instance)
            .with("kind", kind)
            .with("subject", subject);
    output.answerRows(
        service.get(query.toString()),
        "Nothing to look at.",
        Column.of("ID", "id"),
        Column.of("KIND", "kind"),
        Column.of("INSTANCE", "instance"),
        Column.of("SUBJECT", "subject"),
        Column.of("SINCE", "since"),
        Column.of("COUNT", "count"),
        Column.of("TEXT", "text"));
    return ExitCode.DONE;
  }
}
