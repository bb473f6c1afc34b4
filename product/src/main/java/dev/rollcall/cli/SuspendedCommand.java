package dev.rollcall.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lists what waits for a person to decide. */
@Command(
    name = "suspended",
    description = "List what waits for a person to decide, with the accounts that could be meant.")
final class SuspendedCommand implements Callable<Integer> {

  @Option(names = "--instance")
  private @Nullable String instance;

  @Option(names = "--limit", description = "At most this many (default ${DEFAULT-VALUE}).")
  private int limit = 100;

  @Option(names = "--after", description = "Only those after this event: the next page.")
  private long after;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Query query =
        new Query("/api/suspended")
            .with("limit", limit)
            .with("after", after)
            .with("instance", instance);
    JsonNode answer = service.get(query.toString());
    output.answer(answer, () -> tell(answer));
    return ExitCode.DONE;
  }

  private static void tell(JsonNode answer) {
    if (answer.isEmpty()) {
      System.out.println("Nothing waits for a decision.");
    }
    for (JsonNode one : answer) {
      System.out.printf(
          "Event %s of %s about %s:%s, since %s%n  %s%n",
          Output.text(one.path("event")),
          Output.text(one.path("instance")),
          Output.text(one.path("source")),
          Output.text(one.path("subject")),
          Output.text(one.path("since")),
          Output.text(one.path("reason")));
      one.path("candidates").forEach(SuspendedCommand::candidate);
      System.out.printf(
          "  decide with: rollcall resolve %s --link ID|--create --why TEXT%n",
          Output.text(one.path("event")));
    }
  }

  private static void candidate(JsonNode candidate) {
    System.out.printf(
        "  account %s, found by %s%n",
        Output.text(candidate.path("id")), Output.text(candidate.path("rule")));
    for (JsonNode same : candidate.path("agree")) {
      System.out.printf(
          "    = %s %s%n", Output.text(same.path("attribute")), Output.text(same.path("value")));
    }
    for (JsonNode other : candidate.path("conflict")) {
      System.out.printf(
          "    ! %s: here %s, on the account %s%n",
          Output.text(other.path("attribute")),
          shown(other.path("wanted")),
          shown(other.path("found")));
    }
  }

  private static String shown(JsonNode value) {
    return value.isNull() ? "none" : Output.text(value);
  }
}
