package dev.rollcall.cli;

import dev.rollcall.cli.Output.Column;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the roles. */
@Command(
    name = "roles",
    description = "List the roles of the identity repository and how many have them.",
    subcommands = RolesSeedCommand.class)
final class RolesCommand implements Callable<Integer> {

  @Mixin private ServiceClient service = new ServiceClient();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    output.answerRows(
        service.get("/api/roles"),
        "No roles yet.",
        Column.of("ROLE", "role"),
        Column.of("DESCRIPTION", "description"),
        Column.of("CREATED BY", "created_by"),
        Column.of("HOLDERS", "holders"));
    return ExitCode.DONE;
  }
}
