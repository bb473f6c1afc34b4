package dev.rollcall.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Lets a paused instance go on. */
@Command(name = "resume", description = "Let a paused instance go on.")
final class ResumeCommand implements Callable<Integer> {

  @Parameters(paramLabel = "INSTANCE")
  private String instance = "";

  @Option(names = "--why", description = "The reason, for the audit.")
  private @Nullable String why;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer =
        service.post(
            "/api/instances/" + Arguments.segment(instance) + "/resume", Arguments.asked(why));
    output.answer(answer, () -> System.out.println(instance + " goes on."));
    return ExitCode.DONE;
  }
}
