package dev.rollcall.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Takes changed settings into the running service. */
@Command(
    name = "reload",
    description = "Take the changed settings file into the running service, whole or not at all.")
final class ReloadCommand implements Callable<Integer> {

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer = service.post("/api/reload", Map.of());
    output.answer(
        answer, () -> System.out.println("In force now for " + answer.path("instances") + "."));
    return ExitCode.DONE;
  }
}
