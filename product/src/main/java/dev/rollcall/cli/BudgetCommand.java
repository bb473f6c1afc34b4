package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows the budgets. */
@Command(
    name = "budget",
    description = "Show how many calls each target may still be made, and when all will be done.")
final class BudgetCommand implements Callable<Integer> {

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    output.answerRows(
        service.get("/api/budget"),
        "Nothing was called yet.",
        Column.of("TARGET", "target"),
        Column.of("BUCKET", "bucket"),
        Column.of("LIMIT", "limit"),
        Column.of("PERMITTED", "permitted"),
        Column.of("USED", "used"),
        Column.of("REMAINING", "remaining"),
        new Column("RESERVE", BudgetCommand::reserve),
        Column.of("RESETS", "resetsAt"),
        Column.of("STOPPED UNTIL", "stoppedUntil"),
        Column.of("WAITING", "waiting"),
        Column.of("DONE BY", "eta"));
    return ExitCode.DONE;
  }

  private static String reserve(JsonNode row) {
    return Math.round(row.path("reserve").asDouble(0) * 100) + " %";
  }
}
