package dev.rollcall.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Stops an instance. */
@Command(
    name = "pause",
    description = "Stop an instance: when this ends, nothing is written for it any more.")
final class PauseCommand implements Callable<Integer> {

  @Parameters(paramLabel = "INSTANCE")
  private String instance = "";

  @Option(names = "--why", description = "The reason, for those who find it paused.")
  private @Nullable String why;

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer =
        service.post(
            "/api/instances/" + Arguments.segment(instance) + "/pause", Arguments.asked(why));
    output.answer(
        answer,
        () ->
            System.out.println(
                instance
                    + " is paused. Messages are stored; 'rollcall resume "
                    + instance
                    + "' lets it go on."));
    return ExitCode.DONE;
  }
}
