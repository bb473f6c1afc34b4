package dev.rollcall.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Puts a finding out of the way. */
@Command(
    name = "done",
    description = "Put a finding out of the way, because somebody has looked at it.")
final class FindingsDoneCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "As 'rollcall findings' lists it.")
  private long id;

  @Option(
      names = "--why",
      required = true,
      paramLabel = "TEXT",
      description = "What was found out; kept in the audit.")
  private String why = "";

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer = service.post("/api/findings/" + id + "/done", Map.of("why", why));
    output.answer(answer, () -> System.out.println("Finding " + id + " is out of the way."));
    return ExitCode.DONE;
  }
}
