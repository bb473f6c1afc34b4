package dev.rollcall.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Decide that held changes are not made. */
@Command(name = "reject", description = "Decide that held changes are not made.")
final class RejectCommand implements Callable<Integer> {

  @Mixin private Deciding deciding = new Deciding();
  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer = deciding.send(service, "reject");
    output.answer(
        answer,
        () ->
            System.out.println(
                deciding.all()
                    ? "What was held of " + answer.path("count") + " people is not made."
                    : "What was held of "
                        + Output.text(answer.path("subject"))
                        + " is not made. 'rollcall release "
                        + Output.text(answer.path("parent"))
                        + "' takes it back."));
    return ExitCode.DONE;
  }
}
