package dev.rollcall.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Let held changes through, whatever the limit says. */
@Command(name = "release", description = "Let held changes through, whatever the limit says.")
final class ReleaseCommand implements Callable<Integer> {

  @Mixin private Deciding deciding = new Deciding();
  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    JsonNode answer = deciding.send(service, "release");
    output.answer(
        answer,
        () ->
            System.out.println(
                deciding.all()
                    ? answer.path("count")
                        + " people are looked at again, and what was held is made."
                    : "Event "
                        + Output.text(answer.path("event"))
                        + " makes what was held of "
                        + Output.text(answer.path("subject"))
                        + "."));
    return ExitCode.DONE;
  }
}
