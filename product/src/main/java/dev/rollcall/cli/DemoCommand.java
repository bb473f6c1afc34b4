package dev.rollcall.cli;

import dev.rollcall.app.Databases;
import dev.rollcall.app.Home;
import dev.rollcall.demo.Demo;
import dev.rollcall.demo.DemoReport;
import dev.rollcall.demo.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Everything on this machine, from nothing. */
@Command(
    name = "demo",
    description = "Start everything on this machine from nothing, play a scenario, compare.")
final class DemoCommand implements Callable<Integer> {

  private static final Duration PLAYING = Duration.ofMinutes(10);

  @Option(names = "--once", description = "Report when everything was played, and end.")
  private boolean once;

  @Option(names = "--people", description = "How many people (default ${DEFAULT-VALUE}).")
  private int people = 200;

  @Option(
      names = "--seed",
      description = "The same seed plays the same (default ${DEFAULT-VALUE}).")
  private long seed = 7;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (people < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--people must be at least 1");
    }
    long start = System.nanoTime();
    Home home = Home.of(System.getenv());
    boolean postgresWasUp = Databases.local(home).running().isPresent();
    Demo demo = Demo.foreground(home, SimulatorsJar.find());
    demo.reset();
    output.say("Starting PostgreSQL, the simulators and Rollcall ...");
    Demo.Addresses addresses = demo.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(demo, home, postgresWasUp)));
    Scenario scenario = new Scenario(people, seed);
    Demo.Begun begun = demo.begin(addresses, scenario);
    output.say(
        "Playing %d people of Campus, %d of HR, and their changes ..."
            .formatted(people, scenario.peopleOfHr()));
    DemoReport report = demo.report(addresses, begun, PLAYING);
    double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("ok", report.ok());
    answer.put("seconds", seconds);
    answer.put("url", addresses.url());
    answer.put("routes", report.routes());
    answer.put("differences", report.differences());
    output.answer(answer, () -> tell(report, seconds));
    if (!once && report.ok()) {
      ServiceClient.keep(home, addresses.url(), addresses.token());
      demo.goOn(addresses, scenario);
      output.say("Rollcall answers at " + addresses.url() + " until you press Ctrl-C.");
      if (addresses.password() != null) {
        output.say("Sign in there as " + addresses.user() + " with " + addresses.password());
      }
      output.say(
          "In another terminal: rollcall events, rollcall person ID, rollcall okta lines, rollcall"
              + " suspended");
      new CountDownLatch(1).await();
    }
    return report.ok() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void tell(DemoReport report, double seconds) {
    report
        .routes()
        .forEach((route, numbers) -> {
          System.out.println(route);
          if (numbers instanceof Map<?, ?> parts) {
            parts.forEach((part, number) ->
                System.out.printf(
                    "  %-13s %s%n", part, number instanceof Map<?, ?> of ? told(of) : number));
          }
        });
    report.differences().forEach(difference -> System.out.println("DIFFERENCE " + difference));
    System.out.println(
        report.ok()
            ? "Every identity and every account is as expected (" + seconds + " s)."
            : "The database and the simulators do not agree.");
  }

  private static String told(Map<?, ?> numbers) {
    return numbers.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }

  private static void stop(Demo demo, Home home, boolean postgresWasUp) {
    try {
      demo.stop();
      if (!postgresWasUp) {
        Databases.local(home).stop();
      }
    } catch (IOException failure) {
      System.err.println("The demo could not be stopped: " + failure.getMessage());
    }
  }
}
