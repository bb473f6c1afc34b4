package dev.rollcall.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Moves the clock of a demo. */
@Command(
    name = "clock",
    description = "Move the clock of a demo, with the simulators'.",
    subcommands = {ClockCommand.SetClock.class, ClockCommand.Advance.class})
final class ClockCommand implements Callable<Integer> {

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  /** Without a subcommand: what time it is. */
  @Override
  public Integer call() {
    tell(output, service.get("/api/clock"));
    return ExitCode.DONE;
  }

  @Command(name = "set", description = "Make it this time.")
  static final class SetClock implements Callable<Integer> {
    @Parameters(paramLabel = "TIME", description = "2027-01-31 or 2027-01-31T08:00:00Z")
    private String time = "";

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      tell(output, service.post("/api/clock", Map.of("set", Arguments.moment(time).toString())));
      return ExitCode.DONE;
    }
  }

  @Command(name = "advance", description = "Move the time forward.")
  static final class Advance implements Callable<Integer> {
    @Parameters(paramLabel = "LENGTH", description = "P40D, 40d, 2h, 90s")
    private String length = "";

    @Mixin private ServiceClient service = new ServiceClient();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
      String by = Arguments.length("advance", length).toString();
      tell(output, service.post("/api/clock", Map.of("advance", by)));
      return ExitCode.DONE;
    }
  }

  private static void tell(Output output, JsonNode answer) {
    output.answer(answer, () -> System.out.println("It is " + Output.text(answer.path("now"))));
  }
}
