package dev.rollcall.cli;

import dev.rollcall.app.Home;
import dev.rollcall.bench.BudgetBench;
import dev.rollcall.bench.BudgetBench.Scenario;
import dev.rollcall.bench.BudgetRealBench;
import dev.rollcall.bench.EngineBench;
import dev.rollcall.bench.LoadBench;
import dev.rollcall.bench.MessageBench;
import dev.rollcall.bench.PagesBench;
import dev.rollcall.bench.ScratchDatabase;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures. */
@Command(
    name = "bench",
    description = "Measure through the real path, and against something.",
    subcommands = {
      BenchCommand.Engine.class,
      BenchCommand.Message.class,
      BenchCommand.Load.class,
      BenchCommand.Budget.class,
      BenchCommand.Pages.class
    })
final class BenchCommand {

  @Command(name = "engine", description = "Events a second, and the ratio to a bare claim loop.")
  static final class Engine implements Callable<Integer> {
    @Option(names = "--events", description = "How many (default ${DEFAULT-VALUE}).")
    private int events = 100_000;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
      Arguments.atLeast("--events", 1, events);
      try (ScratchDatabase scratch = ScratchDatabase.open(Home.of(System.getenv()))) {
        Map<String, Object> result = new EngineBench(scratch.database()).run(events);
        output.answer(
            result,
            () ->
                System.out.printf(
                    "%s events/s, %s rows/s in a bare claim loop, ratio %s%n",
                    result.get("eventsPerSecond"),
                    result.get("rawClaimPerSecond"),
                    result.get("ratio")));
        return ExitCode.DONE;
      }
    }
  }

  @Command(name = "message", description = "Milliseconds until a message is safely stored.")
  static final class Message implements Callable<Integer> {
    @Option(names = "--messages", description = "How many (default ${DEFAULT-VALUE}).")
    private int messages = 2_000;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      Arguments.atLeast("--messages", 1, messages);
      Home home = Home.of(System.getenv());
      try (ScratchDatabase scratch = ScratchDatabase.open(home)) {
        Map<String, Object> result = new MessageBench(home, scratch).run(messages);
        output.answer(
            result,
            () ->
                System.out.printf(
                    "answered: p50 %s ms, p99 %s ms; a bare commit: p50 %s ms; identity there: p50"
                        + " %s ms, p99 %s ms%n",
                    result.get("p50Ms"),
                    result.get("p99Ms"),
                    result.get("commitP50Ms"),
                    result.get("identityP50Ms"),
                    result.get("identityP99Ms")));
        return ExitCode.DONE;
      }
    }
  }

  @Command(name = "load", description = "People a second of a full load, first and unchanged.")
  static final class Load implements Callable<Integer> {
    @Option(names = "--people", description = "How many (default ${DEFAULT-VALUE}).")
    private int people = 100_000;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      Home home = Home.of(System.getenv());
      try (ScratchDatabase scratch = ScratchDatabase.open(home)) {
        Map<String, Object> result =
            new LoadBench(scratch, home.directory().resolve("bench")).run(people);
        output.answer(
            result,
            () ->
                System.out.printf(
                    "first %s people/s, unchanged %s/s; %s of a bare parse, %s of a bare COPY; %s MB"
                        + " resident%n",
                    result.get("firstPerSecond"),
                    result.get("unchangedPerSecond"),
                    result.get("ratioToParse"),
                    result.get("ratioToCopy"),
                    result.get("rssMb")));
        return ExitCode.DONE;
      }
    }
  }

  @Command(
      name = "budget",
      description = "How much of the permitted calls is used, and what others feel of it.")
  static final class Budget implements Callable<Integer> {
    @Option(
        names = "--scenario",
        required = true,
        description = "What goes on around: ${COMPLETION-CANDIDATES}.")
    private Scenario scenario = Scenario.HALF;

    @Option(names = "--minutes", description = "Of virtual time (default ${DEFAULT-VALUE}).")
    private int minutes = 12;

    @Option(
        names = "--real",
        description =
            "In real time, about five minutes: two processes call the Okta simulator for a first"
                + " window and three more.")
    private boolean real;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
      Arguments.atLeast("--minutes", 3, minutes);
      Home home = Home.of(System.getenv());
      try (ScratchDatabase scratch = ScratchDatabase.open(home)) {
        Map<String, Object> result =
            real
                ? new BudgetRealBench(home, scratch, SimulatorsJar.find()).run(scenario)
                : new BudgetBench(scratch.database()).run(scenario, minutes);
        output.answer(
            result,
            () ->
                System.out.printf(
                    "%s of %s permitted calls used, ratio %s; refused after the first minute: %s,"
                        + " reserve touched: %s, logins refused: %s%n",
                    result.get("used"),
                    result.get("permitted"),
                    result.get("ratio"),
                    result.get("own429"),
                    result.get("reserveTouched"),
                    result.get("loginsRefused")));
        return ExitCode.DONE;
      }
    }
  }

  @Command(name = "pages", description = "Milliseconds until each page is answered.")
  static final class Pages implements Callable<Integer> {
    @Option(names = "--events", description = "How many (default ${DEFAULT-VALUE}).")
    private int events = 1_000_000;

    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws Exception {
      Arguments.atLeast("--events", 1_000, events);
      Home home = Home.of(System.getenv());
      try (ScratchDatabase scratch = ScratchDatabase.open(home)) {
        Map<String, Object> result = new PagesBench(home, scratch).run(events);
        output.answer(
            result,
            () ->
                System.out.printf(
                    "slowest of all requests: %s ms; each page: %s%n",
                    result.get("slowestMs"), result.get("pages")));
        return ExitCode.DONE;
      }
    }
  }
}
