package dev.rollcall.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Tries a finished event again. */
@Command(name = "retry", description = "Try a finished event again, as a new event.")
final class RetryCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID")
  private long id;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer = service.post("/api/events/" + id + "/retry", Map.of());
    output.answer(
        answer,
        () ->
            System.out.println("Event " + answer.path("event") + " tries event " + id + " again."));
    return ExitCode.DONE;
  }
}
