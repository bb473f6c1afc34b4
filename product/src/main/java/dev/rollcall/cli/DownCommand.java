package dev.rollcall.cli;

import dev.rollcall.app.Databases;
import dev.rollcall.app.Home;
import dev.rollcall.demo.Demo;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops what up started. */
@Command(name = "down", description = "Stop the demo and the local PostgreSQL; data is kept.")
final class DownCommand implements Callable<Integer> {

  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws IOException {
    Home home = Home.of(System.getenv());
    boolean demo = Demo.background(home, SimulatorsJar.find()).stop();
    boolean once = Demo.foreground(home, SimulatorsJar.find()).stop();
    boolean postgres = Databases.local(home).stop();
    output.answer(
        Map.of("stopped", demo || once, "postgres", postgres),
        () -> System.out.println(demo || once || postgres ? "Stopped." : "Nothing was running."));
    return ExitCode.DONE;
  }
}
