package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Lists instances. */
@Command(name = "instances", description = "List the instances and how much they have to do.")
final class InstancesCommand implements Callable<Integer> {

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    output.answerRows(
        service.get("/api/instances"),
        "No instances.",
        Column.of("INSTANCE", "instance"),
        new Column("STATE", InstancesCommand::state),
        Column.of("HELD", "held"),
        Column.of("WAITING", "waiting"),
        Column.of("DUE LATER", "due"),
        Column.of("LAG (S)", "lagSeconds"),
        Column.of("LAST ERROR", "lastError"));
    return ExitCode.DONE;
  }

  private static String state(JsonNode row) {
    String state = Output.text(row.path("state"));
    return row.path("paused").asBoolean(false) ? state + ", paused" : state;
  }
}
