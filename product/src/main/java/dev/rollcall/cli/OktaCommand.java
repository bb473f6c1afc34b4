package dev.rollcall.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What belongs to the route from PeopleSoft to Okta. */
@Command(
    name = "okta",
    description = "Look at what PeopleSoft asked of Okta.",
    subcommands = OktaLinesCommand.class)
final class OktaCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command: okta lines");
  }
}
