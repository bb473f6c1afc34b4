package dev.rollcall.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Synchronizes one person, or everybody, again. */
@Command(name = "resync", description = "Synchronize one person, or everybody, again.")
final class ResyncCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "INSTANCE")
  private String instance = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The person's id in the source.")
  private @Nullable String id;

  @Option(names = "--all", description = "Everybody who has an account.")
  private boolean all;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    if ((id == null) != all) {
      throw new CommandFailure(ExitCode.USAGE, "Name either one person or --all");
    }
    Map<String, Object> body = id == null ? Map.of("all", all) : Map.of("id", id);
    JsonNode answer =
        service.post("/api/instances/" + Arguments.segment(instance) + "/resync", body);
    output.answer(
        answer,
        () ->
            System.out.println(
                id == null
                    ? answer.path("count") + " people will be looked at again."
                    : "Event " + answer.path("event") + " looks at " + id + " again."));
    return ExitCode.DONE;
  }
}
