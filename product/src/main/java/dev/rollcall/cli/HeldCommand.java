package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists what is held. */
@Command(name = "held", description = "List the changes beyond a limit that wait for a decision.")
final class HeldCommand implements Callable<Integer> {

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(names = "--class", description = "For example deactivations or groupRemovals.")
  private @Nullable String changeClass;

  @Option(names = "--limit", description = "At most this many (default ${DEFAULT-VALUE}).")
  private int limit = 1000;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    StringBuilder path = new StringBuilder("/api/held?limit=").append(limit);
    if (instance != null) {
      path.append("&instance=").append(Arguments.segment(instance));
    }
    if (changeClass != null) {
      path.append("&class=").append(Arguments.segment(changeClass));
    }
    output.answerRows(
        service.get(path.toString()),
        "Nothing is held.",
        Column.of("EVENT", "event"),
        Column.of("INSTANCE", "instance"),
        Column.of("SUBJECT", "subject"),
        Column.of("CLASS", "class"),
        Column.of("SINCE", "since"),
        Column.of("REASON", "reason"));
    return ExitCode.DONE;
  }
}
