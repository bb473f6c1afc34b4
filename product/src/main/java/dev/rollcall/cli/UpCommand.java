package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.demo.Demo;
import dev.rollcall.demo.Scenario;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a demo in the background. */
@Command(
    name = "up",
    description = "Start service, simulators and local PostgreSQL in the background.")
final class UpCommand implements Callable<Integer> {

  @Option(names = "--demo", required = true, description = "With simulators for the outside.")
  @SuppressWarnings("UnusedVariable") // there is nothing else yet; the word says what is meant
  private boolean demo;

  @Option(
      names = "--people",
      description = "How many people to begin with (default ${DEFAULT-VALUE}).")
  private int people = 100;

  @Option(names = "--seed", description = "The same seed makes the same people.")
  private long seed = 7;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    Arguments.atLeast("--people", 0, people);
    Home home = Home.of(System.getenv());
    Demo background = Demo.background(home, SimulatorsJar.find());
    Demo.Addresses addresses = background.start();
    ServiceClient.keep(home, addresses.url(), addresses.token());
    Scenario scenario = new Scenario(people, seed);
    background.begin(addresses, scenario);
    background.goOn(addresses, scenario);
    output.answer(
        addresses,
        () -> {
          System.out.println("Rollcall answers at " + addresses.url());
          if (addresses.password() != null) {
            System.out.println(
                "Sign in there as " + addresses.user() + " with " + addresses.password());
          }
          System.out.println(
              "PeopleSoft is simulated at %s, Okta at %s"
                  .formatted(
                      addresses.simulators().get("peoplesoft"),
                      addresses.simulators().get("okta")));
          System.out.println("Look around: rollcall events; stop it all: rollcall down");
        });
    return ExitCode.DONE;
  }
}
