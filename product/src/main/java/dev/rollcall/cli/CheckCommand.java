package dev.rollcall.cli;

import dev.rollcall.app.Check;
import dev.rollcall.app.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks whether everything is as it should be. */
@Command(name = "check", description = "Check the settings, the database and the listener.")
final class CheckCommand implements Callable<Integer> {

  @Parameters(arity = "0..1", paramLabel = "INSTANCE", description = "Only this one.")
  private @Nullable String instance;

  @Option(names = "--config", description = "The settings (default: the home's rollcall.yaml).")
  private @Nullable Path config;

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Home home = Home.of(System.getenv());
    Path given = config;
    Path file = given == null ? home.directory().resolve("rollcall.yaml") : given;
    List<Check.Result> results = new Check(home, System.getenv()).run(file, instance);
    if (instance != null && results.stream().noneMatch(one -> instance.equals(one.instance()))) {
      throw new CommandFailure(
          results.stream().allMatch(Check.Result::ok) ? ExitCode.NOT_FOUND : ExitCode.FAILED,
          "There is no instance " + instance + " in " + file);
    }
    output.answer(results, () -> results.forEach(CheckCommand::tell));
    if (results.stream().anyMatch(one -> !one.ok() && one.check().equals(Check.ENVIRONMENT))) {
      return ExitCode.REFUSED;
    }
    return results.stream().allMatch(Check.Result::ok) ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static void tell(Check.Result result) {
    System.out.printf(
        "%-4s %-10s %-14s %s%n",
        result.ok() ? "ok" : "FAIL",
        result.instance() == null ? "" : result.instance(),
        result.check(),
        result.reason());
  }
}
