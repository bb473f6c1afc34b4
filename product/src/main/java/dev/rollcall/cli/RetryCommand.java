package dev.rollcall.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Tries again what did not work. */
@Command(
    name = "retry",
    description = "Try a finished event again, as a new event; or the failed lines of a batch.")
final class RetryCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "ID", arity = "0..1", description = "An event.")
  private @Nullable Long id;

  @Option(names = "--batch", description = "Lines of this batch of PeopleSoft's requests.")
  private @Nullable String batch;

  @Option(names = "--line", description = "Only this line of the batch.")
  private @Nullable Integer line;

  @Option(names = "--errors", description = "All lines of the batch that ended as errors.")
  private boolean errors;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    if ((id == null) == (batch == null)) {
      throw new ParameterException(spec.commandLine(), "Name an event, or a batch with --batch");
    }
    if (batch == null) {
      JsonNode answer = service.post("/api/events/" + id + "/retry", Map.of());
      output.answer(
          answer,
          () ->
              System.out.println(
                  "Event " + answer.path("event") + " tries event " + id + " again."));
      return ExitCode.DONE;
    }
    if (errors == (line != null)) {
      throw new ParameterException(
          spec.commandLine(), "Say which lines of the batch: --errors, or one with --line");
    }
    Map<String, Object> again = new LinkedHashMap<>();
    again.put("batch", batch);
    if (line != null) {
      again.put("line", line);
    }
    JsonNode answer = service.post("/api/lines/retry", again);
    output.answer(
        answer,
        () -> System.out.println(answer.size() + " events try lines of " + batch + " again."));
    return ExitCode.DONE;
  }
}
